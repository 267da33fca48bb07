#!/usr/bin/env python3
"""Writes the golden values of PillowResizeTest: python3 pillow_resize.py > .../image/pillow-resize.txt

Needs numpy and Pillow; the committed file was made with Pillow 9.4.0 (Debian 12). Each line: width and height of the
source, width and height of the target, kernel, and up to 48 grey levels of the target in hexadecimal: those at the
positions (step * k) mod (width * height), with step the first of 7919, 7907, ... that has no factor in common with it.
"""
import math

import numpy
from PIL import Image

KERNELS = {"BILINEAR": Image.BILINEAR, "BICUBIC": Image.BICUBIC, "LANCZOS": Image.LANCZOS}
SAMPLES = 48


def waves(width, height):
    """TestImages.waves: structure at every frequency."""
    y, x = numpy.mgrid[0:height, 0:width].astype(numpy.int64)
    return Image.fromarray(((3 * x * x + 5 * y * y + 7 * x * y) % 256).astype(numpy.uint8), "L")


def pairs():
    """200 pairs of sizes: of each side every order of magnitude up to 300, drawn by a linear congruence."""
    state = 1
    for i in range(200):
        sides = []
        for _ in range(4):
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
            largest = (12, 40, 120, 300)[(state >> 60) % 4]
            sides.append(1 + (state >> 33) % largest)
        yield sides if i % 10 else [sides[0], sides[0], sides[2], sides[2]]


def main():
    for width, height, to_width, to_height in pairs():
        source = waves(width, height)
        count = to_width * to_height
        step = next(s for s in (7919, 7907, 7901, 7883) if math.gcd(s, count) == 1)
        for name, kernel in KERNELS.items():
            levels = list(source.resize((to_width, to_height), kernel).getdata())
            shown = bytes(levels[step * k % count] for k in range(min(SAMPLES, count)))
            print(width, height, to_width, to_height, name, shown.hex())


if __name__ == "__main__":
    main()
