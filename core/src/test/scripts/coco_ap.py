"""Prints the AP at an IoU of 0.5 that pycocotools finds: truth, results."""

import json
import sys

from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

sys.stdout, out = open("/dev/null", "w"), sys.stdout
truth = COCO(sys.argv[1])
evaluation = COCOeval(truth, truth.loadRes(json.load(open(sys.argv[2]))), "bbox")
evaluation.params.iouThrs = [0.5]
evaluation.params.maxDets = [5000]
evaluation.params.areaRng = [[0, 1e10]]
evaluation.params.areaRngLbl = ["all"]
evaluation.evaluate()
evaluation.accumulate()
precision = evaluation.eval["precision"]  # (IoU, recall, class, area, most detections)
print(repr(float(precision[precision > -1].mean())), file=out)
