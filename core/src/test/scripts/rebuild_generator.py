#!/usr/bin/env python3
"""Rebuilds a generator from its safetensors file, in numpy and nothing else, and prints the largest difference from the
images that are expected of it.

python3 rebuild_generator.py generator.safetensors expected.safetensors    # with z, noise, label, images
"""
import json
import struct
import sys

import numpy as np


def load(path):
    content = open(path, "rb").read()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    data = content[8 + length :]
    tensors = {}
    for name, one in header.items():
        begin, end = one["data_offsets"]
        tensors[name] = np.frombuffer(data[begin:end], "<f4").reshape(one["shape"]).astype(float)
    return metadata, tensors


def active(x):
    return np.where(x > 0, x, 0.2 * x)


def dense(w, name, x):
    return x @ w[name + ".weight"].T + w[name + ".bias"]


def conv(x, kernel, bias, padding):
    """x (N, in, H, W), kernel (out, in, k, k)"""
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[2:], axis=(2, 3))
    return np.einsum("nihwyx,oiyx->nohw", windows, kernel, optimize=True) + bias[:, None, None]


def conv_transpose(x, kernel, bias):
    """Stride 2, padding 1, kernel (in, out, 4, 4): zeros between the pixels, then a convolution with the turned kernel."""
    n, channels, h, w = x.shape
    apart = np.zeros((n, channels, 2 * h - 1, 2 * w - 1))
    apart[:, :, ::2, ::2] = x
    return conv(apart, kernel[:, :, ::-1, ::-1].transpose(1, 0, 2, 3), bias, 2)


def classic(w, z):
    x = active(dense(w, "dense", z))
    side = round((x.shape[1] / 1024) ** 0.5)
    x = x.reshape(len(z), 1024, side, side)
    for block in range(1, 1 + sum(name.startswith("up") for name in w) // 2):
        x = active(conv_transpose(x, w[f"up{block}.weight"], w[f"up{block}.bias"]))
    return np.tanh(conv(x, w["out.weight"], w["out.bias"], 1))


def doubled(image):
    """Bilinear, the centres of pixels at halves: a pixel is 3/4 its nearest one and 1/4 the next, as in the border's copy."""
    for axis in (2, 3):
        padding = [(1, 1) if a == axis else (0, 0) for a in range(4)]
        padded = np.moveaxis(np.pad(image, padding, mode="edge"), axis, -1)
        here, before, after = padded[..., 1:-1], padded[..., :-2], padded[..., 2:]
        pair = np.stack([0.75 * here + 0.25 * before, 0.75 * here + 0.25 * after], -1)
        image = np.moveaxis(pair.reshape(*here.shape[:-1], -1), -1, axis)
    return image


def crop(x, pixels=1):
    return x[:, :, pixels:-pixels, pixels:-pixels]


def modern(w, z, noise, label):
    n = len(z)
    embedding = w["embed.weight"].T[label] + w["embed.bias"]
    style = active(dense(w, "map2", active(dense(w, "map1", np.concatenate([z, embedding], 1)))))
    last = sum(name.startswith("up") for name in w) // 2
    used, image = 0, None
    for block in range(last + 1):
        strength = w[f"noise{block}"]
        width = len(strength)
        if block == 0:
            x = dense(w, "start", style)
            side = round((x.shape[1] / width) ** 0.5)
            x = x.reshape(n, width, side, side)
        else:
            twice = x.repeat(2, 2).repeat(2, 3)
            x = crop(conv(twice, w[f"up{block}.weight"].transpose(1, 0, 2, 3), w[f"up{block}.bias"], 1))
        side = x.shape[2]
        grain = noise[:, used : used + 4 * side * side].reshape(n, 4, side, side)
        grain = np.tile(grain, (1, width // 4, 1, 1))  # channel c has the noise of map c modulo 4
        used += 4 * side * side
        modulation = dense(w, f"style{block}", style)[:, :, None, None]
        gain, bias = 1 + modulation[:, :width], modulation[:, width:]
        x = active((x + grain * strength[:, None, None]) * gain + bias)
        if block > 1:
            image = crop(doubled(image))
        if 0 < block < last:
            added = conv(x, w[f"rgb{block}.weight"], w[f"rgb{block}.bias"], 0)
            image = added if image is None else image + added
    image = np.clip(crop(image) + conv(x, w["out.weight"], w["out.bias"], 0), -1, 1)
    if noise.shape[1] == used:
        return image
    return np.stack([placed(one, position) for one, position in zip(image, noise[:, used:] > 0)])


def placed(image, position):
    """One image (channels, H, W): left to right, top to bottom, rows as columns, each or not."""
    over, under, transposed = position
    image = image[:, :, ::-1] if over else image
    image = image[:, ::-1] if under else image
    return image.transpose(0, 2, 1) if transposed else image


def main():
    metadata, w = load(sys.argv[1])
    _, given = load(sys.argv[2])
    if metadata["family"] == "classic":
        images = classic(w, given["z"])
    else:
        images = modern(w, given["z"], given["noise"], given["label"].astype(int))
    assert images.shape == given["images"].shape, images.shape
    print(abs(images - given["images"]).max())


if __name__ == "__main__":
    main()
