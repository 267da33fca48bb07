"""Reads a coco.json with COCO's own tools and holds its masks against its boxes and areas."""

import sys

import numpy
from pycocotools.coco import COCO

sys.stdout, out = open("/dev/null", "w"), sys.stdout
coco = COCO(sys.argv[1])
for one in coco.anns.values():
    mask = coco.annToMask(one)
    rows, columns = numpy.nonzero(mask)
    box = [columns.min(), rows.min(), columns.max() - columns.min() + 1, rows.max() - rows.min() + 1]
    assert mask.sum() == one["area"], one["id"]
    assert box == one["bbox"], (one["id"], box, one["bbox"])
print(f"{len(coco.anns)} masks agree with boxes and areas", file=out)
