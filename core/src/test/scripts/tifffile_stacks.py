#!/usr/bin/env python3
"""Writes TIFF files with tifffile and says what is in them: python3 tifffile_stacks.py FOLDER

planes.jsonl has a line for each image of each file: how it is chosen, its size, and every value in the order of
(height, width, channels). null stands for what is not chosen.
"""
import itertools
import json
import pathlib
import sys

import numpy
import tifffile

TYPES = ("uint8", "uint16", "uint32", "int8", "int16", "int32", "float16", "float32", "float64")


def pattern(shape, dtype):
    i = numpy.arange(numpy.prod(shape), dtype=numpy.int64)
    values = (i * 2654435761 >> 9) % 60000
    if numpy.dtype(dtype).kind == "f":
        values = values % 2000 / 8 - 100  # exact in 16 bits
    elif numpy.dtype(dtype).itemsize == 1:
        values = values % 120
    elif numpy.dtype(dtype).kind == "i":
        values = values - 30000
        values = values if numpy.dtype(dtype).itemsize > 2 else values // 2
    return values.astype(dtype).reshape(shape)


class Lines:
    def __init__(self, root):
        self.root = root
        self.out = open(root / "planes.jsonl", "w")

    def add(self, file, image, channel=None, z=None, time=None, page=None):
        shape = image.shape + (1,) if image.ndim == 2 else image.shape
        json.dump(
            {
                "file": file,
                "channel": channel,
                "z": z,
                "time": time,
                "page": page,
                "height": shape[0],
                "width": shape[1],
                "channels": shape[2],
                "values": image.astype(float).ravel().tolist(),
            },
            self.out,
        )
        self.out.write("\n")


def kinds(root, lines):
    """Every sample type, byte order and layout that tifffile writes without other packages."""
    layouts = (
        {},
        {"rowsperstrip": 5},
        {"tile": (16, 32)},
        {"bigtiff": True},
        {"compression": "zlib"},
        {"compression": "zlib", "predictor": True, "tile": (32, 16)},
    )
    for dtype, order, (number, layout) in itertools.product(TYPES, "<>", enumerate(layouts)):
        if layout.get("predictor") and numpy.dtype(dtype).kind == "f":
            continue  # needs another package
        grey = pattern((45, 37), dtype)
        options = dict(layout, byteorder=order, photometric="minisblack", metadata=None)
        name = f"{dtype}-{'little' if order == '<' else 'big'}-{number}.tif"
        tifffile.imwrite(root / name, grey, **options)
        lines.add(name, grey)
    for planar, dtype in itertools.product(("contig", "separate"), ("uint8", "uint16", "float32")):
        colours = pattern((45, 37, 3), dtype)
        stored = colours if planar == "contig" else numpy.moveaxis(colours, 2, 0)
        name = f"rgb-{planar}-{dtype}.tif"
        tifffile.imwrite(root / name, stored, photometric="rgb", planarconfig=planar, metadata=None)
        lines.add(name, colours)


def planes(lines, name, data, axes):
    """A line for each image of a stack whose axes are some of T, Z and C, then Y and X."""
    for index in itertools.product(*(range(n) for n in data.shape[:-2])):
        chosen = {axis: i + 1 for axis, i in zip(axes, index)}
        channel = str(chosen["C"]) if "C" in chosen else None
        lines.add(name, data[index], channel, chosen.get("Z"), chosen.get("T"))


def stacks(root, lines):
    for axes in ("TZCYX", "ZCYX", "TCYX", "CYX", "ZYX"):
        lengths = {"T": 2, "Z": 3, "C": 2, "Y": 12, "X": 17}
        data = pattern([lengths[a] for a in axes], "uint16")
        name = f"imagej-{axes}.tif"
        tifffile.imwrite(root / name, data, imagej=True, metadata={"axes": axes})
        planes(lines, name, data, axes)
    for order in itertools.permutations("TZC"):
        axes = "".join(order) + "YX"
        lengths = {"T": 2, "Z": 3, "C": 2, "Y": 12, "X": 17}
        data = pattern([lengths[a] for a in axes], "uint16")
        name = f"ome-{axes}.ome.tif"
        metadata = {"axes": axes, "Channel": {"Name": ["DAPI", "GFP"]}, "PhysicalSizeX": 0.5, "PhysicalSizeXUnit": "um"}
        tifffile.imwrite(root / name, data, ome=True, metadata=metadata, bigtiff=order[0] == "Z")
        planes(lines, name, data, axes)
        by_name = numpy.take(data, 1, axes.index("C"))
        rest = axes.replace("C", "")
        first = by_name[(0,) * (by_name.ndim - 2)]
        lines.add(name, first, "GFP", 1 if "Z" in rest else None, 1 if "T" in rest else None)
    pages = pattern((4, 12, 17), "uint16")
    tifffile.imwrite(root / "pages.tif", pages, photometric="minisblack", metadata=None)
    for i, page in enumerate(pages):
        lines.add("pages.tif", page, page=i + 1)


def main():
    root = pathlib.Path(sys.argv[1])
    lines = Lines(root)
    kinds(root, lines)
    stacks(root, lines)
    lines.out.close()


if __name__ == "__main__":
    main()
