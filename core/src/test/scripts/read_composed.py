"""Reads a composed set with pycocotools and Pillow and prints what they find, as a JSON document."""

import contextlib
import io
import json
import os
import sys

import numpy
from PIL import Image
from pycocotools.coco import COCO

folder = sys.argv[1]
with contextlib.redirect_stdout(io.StringIO()):
    coco = COCO(os.path.join(folder, "coco.json"))
objects = cells = ignored = differing = outside = yolo = 0
for image in coco.loadImgs(coco.getImgIds()):
    labels = numpy.array(Image.open(os.path.join(folder, image["file_name"].replace("images/", "masks/"))))
    assert labels.shape == (image["height"], image["width"])
    with Image.open(os.path.join(folder, image["file_name"])) as field:
        assert field.size == (image["width"], image["height"])
    cells += len(numpy.unique(labels[labels > 0]))
    union = numpy.zeros(labels.shape, bool)
    for one in coco.loadAnns(coco.getAnnIds(imgIds=image["id"], iscrowd=False)):
        mask = coco.annToMask(one).astype(bool)
        rows, columns = numpy.where(mask)
        left, top, width, height = one["bbox"]
        objects += 1
        outside += int(
            mask.sum() != one["area"]
            or columns.min() < left
            or rows.min() < top
            or columns.max() + 1 > left + width + 1e-6
            or rows.max() + 1 > top + height + 1e-6
        )
        union |= mask
    ignored += len(coco.getAnnIds(imgIds=image["id"], iscrowd=True))
    differing += int((union != (labels > 0)).sum())
    # Ultralytics: images/NAME.png has labels/NAME.txt, lines of class and four shares of the image.
    name = image["file_name"].replace("images/", "labels/").replace(".png", ".txt")
    for line in open(os.path.join(folder, name)):
        label, x, y, width, height = line.split()
        assert int(label) < len(coco.cats)
        assert all(0 <= float(share) <= 1 for share in (x, y, width, height))
        yolo += 1
print(
    json.dumps(
        {
            "images": len(coco.imgs),
            "categories": [one["name"] for one in coco.cats.values()],
            "objects": objects,
            "cells": cells,
            "ignored": ignored,
            "differing": differing,
            "outside": outside,
            "yolo": yolo,
        }
    )
)
