#!/usr/bin/env python3
"""Writes TIFF files of every layout with tifffile, Pillow and tiffcp: python3 tiff_matrix.py FOLDER

matrix.jsonl has a line for each file: its name, and either its size, the largest difference that is allowed and the
file of its values (32-bit floats, little-endian, height x width x channels), or the words of the refusal.
Values are those that were written; where Pillow or tifffile can read the file, they must say the same.
"""
import itertools
import json
import pathlib
import shutil
import subprocess
import sys

import numpy
import tifffile
from PIL import Image

WIDTH, HEIGHT = 37, 29
ROOT = pathlib.Path(sys.argv[1])
OUT = open(ROOT / "matrix.jsonl", "w")
COUNT = 0


def pattern(dtype, channels=1):
    """Every value differs from its neighbours."""
    i = numpy.arange(WIDTH * HEIGHT * channels, dtype=numpy.int64)
    values = i * 2654435761 >> 9
    dtype = numpy.dtype(dtype)
    if dtype.kind == "f":
        values = values % 2000 / 8 - 100
    else:
        bits = dtype.itemsize * 8
        values = values % (1 << bits) - (1 << bits - 1 if dtype.kind == "i" else 0)
    shape = (HEIGHT, WIDTH) if channels == 1 else (HEIGHT, WIDTH, channels)
    return values.astype(dtype).reshape(shape)


def smooth(channels=1):
    """What JPEG stores nearly as it is."""
    y, x = numpy.mgrid[0:HEIGHT, 0:WIDTH]
    planes = [128 + 90 * numpy.sin(x / (7 + c) + c) * numpy.cos(y / (9 - c)) for c in range(channels)]
    return numpy.stack(planes, -1).round().astype("uint8").squeeze()


def line(**fields):
    global COUNT
    COUNT += 1
    OUT.write(json.dumps(fields) + "\n")


def read(name, values, tolerance=0):
    raw = name + ".f32"
    values.astype("<f4").tofile(ROOT / raw)
    channels = 1 if values.ndim == 2 else values.shape[2]
    line(file=name, values=raw, width=values.shape[1], height=values.shape[0], channels=channels, tolerance=tolerance, refused=None)


def refused(name, words):
    line(file=name, values=None, width=0, height=0, channels=0, tolerance=0, refused=words)


def by_tifffile():
    layouts = itertools.product("<>", (False, True), (None, (16, 32)), (None, "zlib"))
    for order, big, tile, compression in layouts:
        end = "%s-%s-%s-%s.tif" % ("II" if order == "<" else "MM", "big" if big else "classic", "tiles" if tile else "strips", compression)
        options = {"byteorder": order, "bigtiff": big, "compression": compression, "metadata": None}
        options.update({"tile": tile} if tile else {"rowsperstrip": 8})
        for dtype in ("u1", "u2", "u4", "i1", "i2", "i4", "f2", "f4", "f8"):
            image = pattern(dtype)
            name = "grey-%s-%s" % (dtype, end)
            tifffile.imwrite(ROOT / name, image, photometric="minisblack", **options)
            assert (tifffile.imread(ROOT / name) == image).all(), name
            read(name, image)
        for dtype in ("u1", "u2"):
            image = pattern(dtype)
            name = "inverted-%s-%s" % (dtype, end)
            tifffile.imwrite(ROOT / name, image, photometric="miniswhite", **options)
            read(name, numpy.iinfo(dtype).max - image.astype("i4"))
        for dtype, planar in itertools.product(("u1", "u2", "f4"), ("contig", "separate")):
            image = pattern(dtype, 3)
            name = "rgb-%s-%s-%s" % (dtype, planar, end)
            stored = image if planar == "contig" else numpy.moveaxis(image, -1, 0).copy()
            tifffile.imwrite(ROOT / name, stored, photometric="rgb", planarconfig=planar, **options)
            read(name, image)


def tiffcp(source, name, *options):
    done = subprocess.run(["tiffcp", *options, str(source), str(ROOT / name)], capture_output=True, text=True)
    return done.returncode == 0 and not done.stderr.strip()


def sources():
    """Name to file and values as they are read."""
    found = {}

    def add(name, image, values, **options):
        file = ROOT / ("source-%s.tif" % name)
        tifffile.imwrite(file, image, metadata=None, **options)
        found[name] = (file, values)

    grey, deep, rgb, deep_rgb = pattern("u1"), pattern("u2"), pattern("u1", 3), pattern("u2", 3)
    add("grey8", grey, grey, photometric="minisblack")
    add("grey16", deep, deep, photometric="minisblack")
    add("inverted8", grey, 255 - grey, photometric="miniswhite")
    add("rgb8", rgb, rgb, photometric="rgb")
    add("rgb16", deep_rgb, deep_rgb, photometric="rgb")
    add("float32", pattern("f4"), pattern("f4"), photometric="minisblack")
    opaque = numpy.dstack([rgb, numpy.full((HEIGHT, WIDTH), 255, "u1")])
    add("rgba8", opaque, rgb, photometric="rgb", extrasamples=["unassalpha"])
    ink = pattern("u1", 4)
    paper = 255 - ink.astype("i4")
    add("cmyk8", ink, (paper[..., :3] * paper[..., 3:] + 127) // 255, photometric="separated")
    colours = numpy.random.default_rng(5).integers(0, 65536, (3, 256), "uint16")
    add("palette8", grey, numpy.moveaxis(colours >> 8, 0, -1)[grey], photometric="palette", colormap=colours)
    bits = pattern("u1") > 127
    Image.fromarray(bits).save(ROOT / "source-bilevel.tif")
    found["bilevel"] = (ROOT / "source-bilevel.tif", bits * 255)
    return found


def by_tiffcp():
    ways = ["none", "lzw", "zip", "packbits", "lzw:2", "zip:2", "zip:3"]
    places = {"strips": ["-s", "-r", "7"], "tiles": ["-t", "-w", "16", "-l", "32"]}
    for name, (file, values) in sources().items():
        for way, place, order in itertools.product(ways, places, ("-L", "-B")):
            if way == "zip:3" and order == "-B":
                continue  # libtiff 4.5 stores these with their bytes swapped, and reads them so
            if (way.endswith(":2") and name in ("bilevel", "float32")) or (way == "zip:3" and name != "float32"):
                continue
            target = "cp-%s-%s-%s%s.tif" % (name, way.replace(":", ""), place, order)
            # tiffcp takes planes apart for 8 bits only.
            planar = "separate" if name in ("rgb8", "rgba8", "cmyk8") and order == "-B" else "contig"
            if not tiffcp(file, target, "-c", way, "-p", planar, order, *places[place], *(["-8"] if way == "packbits" else [])):
                raise SystemExit("tiffcp cannot write " + target)
            if order == "-L" and not way.startswith("zip:3"):
                check(target, values, name)
            read(target, values)
    for kind, channels in (("grey", 1), ("rgb", 3)):
        file = ROOT / ("source-smooth-%s.tif" % kind)
        tifffile.imwrite(file, smooth(channels), metadata=None, photometric="rgb" if channels == 3 else "minisblack")
        ways = ("jpeg:90", "jpeg:r:90", "jpeg:50")
        for way, place, order, big in itertools.product(ways, places, ("-L", "-B"), ((), ("-8",))):
            target = "cp-%s-%s-%s%s%s.tif" % (kind, way.replace(":", ""), place, order, "-big" if big else "")
            size = ["-s", "-r", "16"] if place == "strips" else ["-t", "-w", "16", "-l", "16"]
            if not tiffcp(file, target, "-c", way, order, *size, *big):
                raise SystemExit("tiffcp cannot write " + target)
            if order == "-L" and not big:  # Pillow does not read every BigTIFF; the pixels are the same
                seen = numpy.asarray(Image.open(ROOT / target))
            read(target, seen, 2)
    planar = "cp-rgb-planar-jpeg.tif"
    if tiffcp(ROOT / "source-smooth-rgb.tif", planar, "-c", "jpeg:r:90", "-p", "separate", "-s", "-r", "16"):
        try:
            read(planar, numpy.asarray(Image.open(ROOT / planar)), 2)
        except OSError:  # an old Pillow
            pass
    for way, words in (("lzma", "LZMA"), ("zstd", "Zstandard"), ("webp", "WebP"), ("lerc", "LERC")):
        if tiffcp(ROOT / "source-rgb8.tif", "cp-refused-%s.tif" % way, "-c", way):
            refused("cp-refused-%s.tif" % way, words)
    for way in ("g3", "g4", "jbig"):
        if tiffcp(ROOT / "source-bilevel.tif", "cp-refused-%s.tif" % way, "-c", way):
            refused("cp-refused-%s.tif" % way, "JBIG" if way == "jbig" else "CCITT")
    if tiffcp(ROOT / "source-float32.tif", "cp-refused-lerc-float.tif", "-c", "lerc"):
        refused("cp-refused-lerc-float.tif", "LERC")


def check(name, values, kind):
    """Pillow reads the same, where it knows the layout."""
    if kind in ("cmyk8", "float32", "inverted8", "rgb16"):
        return
    with Image.open(ROOT / name) as image:
        image = image.convert("RGB") if kind in ("palette8", "rgba8") else image
        seen = numpy.asarray(image)
    seen = seen * 255 if seen.dtype == bool else seen
    assert (seen.astype("i4") == values.astype("i4")).all(), name


def by_pillow():
    grey, rgb = pattern("u1"), pattern("u1", 3)
    modes = {
        "1": Image.fromarray(pattern("u1") > 127),
        "L": Image.fromarray(grey),
        "I16": Image.fromarray(pattern("u2")),
        "I": Image.fromarray(pattern("i4")),
        "F": Image.fromarray(pattern("f4")),
        "RGB": Image.fromarray(rgb),
        "P": Image.fromarray(rgb).quantize(60),
    }
    for mode, image in modes.items():
        for way in (None, "tiff_lzw", "tiff_deflate", "tiff_adobe_deflate", "packbits"):
            name = "pillow-%s-%s.tif" % (mode, way)
            image.save(ROOT / name, compression=way)
            values = numpy.asarray(Image.open(ROOT / name).convert("RGB") if mode == "P" else Image.open(ROOT / name))
            read(name, values * 255 if mode == "1" else values)
    for quality in (60, 75, 90, 95, 100):
        for mode, image in (("L", smooth(1)), ("RGB", smooth(3))):
            name = "pillow-jpeg-%s-%d.tif" % (mode, quality)
            Image.fromarray(image).save(ROOT / name, compression="jpeg", quality=quality)
            read(name, numpy.asarray(Image.open(ROOT / name)), 2)
    Image.fromarray(pattern("u1") > 127).save(ROOT / "pillow-group4.tif", compression="group4")
    refused("pillow-group4.tif", "CCITT")
    Image.fromarray(rgb).convert("YCbCr").save(ROOT / "pillow-ycbcr.tif")
    refused("pillow-ycbcr.tif", "YCbCr")


def others():
    """What tifffile can write and this program refuses by name, or reads in a way of its own."""
    tifffile.imwrite(ROOT / "lab.tif", pattern("u1", 3), photometric="cielab", metadata=None)
    refused("lab.tif", "CIELab")
    tifffile.imwrite(ROOT / "inverted-float.tif", pattern("f4"), photometric="miniswhite", metadata=None)
    refused("inverted-float.tif", "WhiteIsZero")
    tifffile.imwrite(ROOT / "complex.tif", pattern("f4").astype("complex64"), photometric="minisblack", metadata=None)
    refused("complex.tif", "complex")
    tifffile.imwrite(ROOT / "u8.tif", pattern("u4").astype("u8"), photometric="minisblack", metadata=None)
    refused("u8.tif", "64-bit")
    tifffile.imwrite(ROOT / "cfa.tif", pattern("u2"), photometric="cfa", metadata=None)
    refused("cfa.tif", "colour filter")
    deep = pattern("u2")
    for order, tile in itertools.product("<>", (None, (16, 16))):
        name = "palette16-%s-%s.tif" % ("II" if order == "<" else "MM", "tiles" if tile else "strips")
        colours = numpy.zeros((3, 65536), "u2")
        colours[1] = numpy.arange(65536)
        tifffile.imwrite(ROOT / name, deep, photometric="palette", colormap=colours, byteorder=order, tile=tile, metadata=None)
        read(name, deep)
    shape = pattern("u2", 4)
    for number, dtype in enumerate(("u1", "u2", "f4")):
        image = pattern(dtype, 5)
        tifffile.imwrite(ROOT / ("five-%s.tif" % dtype), image, photometric="rgb", extrasamples=["unspecified"] * 2, metadata=None)
        refused("five-%s.tif" % dtype, "--channel 1 to 5")
    tifffile.imwrite(ROOT / "four-alpha.tif", shape, photometric="rgb", extrasamples=["unassalpha"], metadata=None)
    refused("four-alpha.tif", "--channel 1 to 4")


if shutil.which("tiffcp") is None:
    print("no tiffcp")
    sys.exit(0)
by_tifffile()
by_tiffcp()
by_pillow()
others()
OUT.close()
print(COUNT, "files")
