#!/usr/bin/env python3
"""Writes JPEG files with Pillow, and beside each what Pillow reads from it: python3 pillow_jpeg.py FOLDER

NAME.jpg and NAME.txt: width, height, channels, then every value in the order of (height, width, channels); turned as
Exif says, and CMYK as RGB.
"""
import pathlib
import sys

import numpy
from PIL import Image, ImageOps


def image(width, height, channels):
    y, x = numpy.mgrid[0:height, 0:width]
    waves = [128 + 90 * numpy.sin(x / (5 + c) + c) * numpy.cos(y / (4 + 2 * c)) for c in range(channels)]
    return numpy.stack(waves, axis=2).round().astype(numpy.uint8)


def write(root, name, image, **options):
    image.save(root / f"{name}.jpg", **options)
    with Image.open(root / f"{name}.jpg") as read:
        read = ImageOps.exif_transpose(read)
        shown = numpy.asarray(read.convert("RGB") if read.mode == "CMYK" else read)
    channels = shown.shape[2] if shown.ndim == 3 else 1
    values = " ".join(str(value) for value in shown.ravel().tolist())
    (root / f"{name}.txt").write_text(f"{shown.shape[1]} {shown.shape[0]} {channels} {values}")


def main():
    root = pathlib.Path(sys.argv[1])
    grey = Image.fromarray(image(61, 43, 1)[:, :, 0])
    rgb = Image.fromarray(image(61, 43, 3))
    cmyk = Image.fromarray(image(61, 43, 4), mode="CMYK")
    for progressive in (False, True):
        kind = "progressive" if progressive else "baseline"
        write(root, f"grey-{kind}", grey, quality=95, progressive=progressive)
        write(root, f"rgb-{kind}", rgb, quality=95, subsampling=0, progressive=progressive)
        write(root, f"halved-{kind}", rgb, quality=95, subsampling=2, progressive=progressive)
        write(root, f"cmyk-{kind}", cmyk, quality=95, progressive=progressive)
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        write(root, f"turned-{orientation}", rgb, quality=95, subsampling=0, exif=exif)


if __name__ == "__main__":
    main()
