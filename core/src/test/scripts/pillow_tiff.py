#!/usr/bin/env python3
"""Writes TIFF files with libtiff, through Pillow, and beside each what is in it: python3 pillow_tiff.py FOLDER

NAME.tif and NAME.txt: width, height, channels, then every value in the order of (height, width, channels).
"""
import pathlib
import sys

import numpy
from PIL import Image

LOSSLESS = ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits")


def pattern(width, height, channels, most):
    i = numpy.arange(width * height * channels, dtype=numpy.int64)
    values = (i * 2654435761 >> 7) % (most + 1)
    return values.reshape((height, width, channels) if channels > 1 else (height, width))


def write(root, name, image, shown, **options):
    image.save(root / f"{name}.tif", **options)
    shown = numpy.asarray(shown)
    channels = shown.shape[2] if shown.ndim == 3 else 1
    values = " ".join(str(value) for value in shown.ravel().tolist())
    (root / f"{name}.txt").write_text(f"{shown.shape[1]} {shown.shape[0]} {channels} {values}")


def main():
    root = pathlib.Path(sys.argv[1])
    for compression in LOSSLESS:
        grey = pattern(67, 45, 1, 255).astype(numpy.uint8)
        rgb = pattern(67, 45, 3, 255).astype(numpy.uint8)
        deep = pattern(67, 45, 1, 65535).astype(numpy.uint16)
        real = (pattern(67, 45, 1, 1000) / 8 - 50).astype(numpy.float32)
        write(root, f"grey-{compression}", Image.fromarray(grey), grey, compression=compression)
        write(root, f"rgb-{compression}", Image.fromarray(rgb), rgb, compression=compression)
        write(root, f"deep-{compression}", Image.fromarray(deep), deep, compression=compression)
        write(root, f"float-{compression}", Image.fromarray(real), real, compression=compression)
        bits = Image.fromarray(grey).convert("1")
        write(root, f"bits-{compression}", bits, numpy.asarray(bits) * 255, compression=compression)
        palette = Image.fromarray(rgb).quantize(32)
        write(root, f"palette-{compression}", palette, palette.convert("RGB"), compression=compression)
        strips = {278: 7, 317: 2 if compression in ("tiff_lzw", "tiff_adobe_deflate") else 1}
        write(root, f"strips-{compression}", Image.fromarray(rgb), rgb, compression=compression, tiffinfo=strips)


if __name__ == "__main__":
    main()
