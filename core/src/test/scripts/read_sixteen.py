#!/usr/bin/env python3
"""Prints every sample of the 16-bit grey PNG files of a folder, as Pillow reads them: python3 read_sixteen.py FOLDER

A JSON document: file name to mode, values row by row, and the text of its chunk Comment.
"""
import json
import pathlib
import sys

import numpy
from PIL import Image


def main():
    found = {}
    for file in sorted(pathlib.Path(sys.argv[1]).glob("*.png")):
        with Image.open(file) as image:
            values = numpy.asarray(image).astype(int)
            found[file.name] = {"mode": image.mode, "values": values.ravel().tolist(), "text": image.text["Comment"]}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
