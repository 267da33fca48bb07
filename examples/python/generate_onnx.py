"""Draws images from an exported generator, without a copy check: generate_onnx.py GENERATOR.onnx OUT [COUNT]"""
import pathlib
import sys

import numpy
import onnxruntime
from PIL import Image


def main(file, out, count=16):
    net = onnxruntime.InferenceSession(file)
    normal = numpy.random.default_rng(0).standard_normal
    draw = {x.name: numpy.zeros(count, "int64") if x.name == "label" else normal((count, x.shape[1]), "float32")
            for x in net.get_inputs()}
    images = ((net.run(None, draw)[0] + 1) * 127.5).round().astype("uint8")  # (N, channels, size, size)
    folder = pathlib.Path(out)
    folder.mkdir(parents=True)
    for index, image in enumerate(images):
        pixels = image.transpose(1, 2, 0)
        Image.fromarray(pixels if pixels.shape[2] == 3 else pixels[:, :, 0]).save(folder / f"{index:06}.png")
    print(f"{count} images of {images.shape[2]} x {images.shape[3]} pixels: {folder}")


if __name__ == "__main__":
    main(*sys.argv[1:3], *map(int, sys.argv[3:]))
