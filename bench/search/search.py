#!/usr/bin/env python3
"""Tries hyperparameters of the preset modern on a GPU: many short trainings side by side.

    search.py TRAIN HELD_OUT FEATURES.onnx RUNS.json OUT [--minutes M] [--at-once N] [--device cuda|cpu]

TRAIN and HELD_OUT are folders of images of one class, FEATURES a network for `inoculum evaluate --features`. RUNS is a
JSON object: of each training's name, what differs from training.DEFAULTS, e.g. {"slow": {"learningRate": 2e-4}}.
OUT gets scores.json and a sheet of 64 images for each. Needs PyTorch 2.11 with CUDA (graphs with their own random
numbers), onnxruntime, numpy and Pillow. docs/explanation/method.md says how far its scores agree with the program's.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from PIL import Image

from training import Training

COUNT, DRAWS, DRAWN = 298, 40, 64


def read_images(folder):
    return [np.array(Image.open(file).convert("RGB")) for file in sorted(Path(folder).glob("*.png"))]


class Evaluator:
    """KID of all images; precision, recall (k = 3), density and coverage (k = 5) of equal counts, means of draws."""

    def __init__(self, network, held_out):
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
        self.real = self.features(held_out)

    def features(self, images):
        network_input = self.session.get_inputs()[0]
        first = network_input.shape[1] == 3
        side = network_input.shape[2]
        rows = []
        for image in images:
            channels = [
                np.array(Image.fromarray(image[:, :, c].astype(np.float32)).resize((side, side), Image.BICUBIC))
                for c in range(3)
            ]
            pixels = np.clip(np.stack(channels, 0 if first else 2), 0, 255) / 127.5 - 1
            rows.append(self.session.run(None, {network_input.name: pixels[None].astype(np.float32)})[0].ravel())
        return np.stack(rows).astype(np.float64)

    def scores(self, images):
        fake, random = self.features(images), np.random.default_rng(0)
        scores = {"kid": kid(fake, self.real)}
        count = min(DRAWN, len(fake), len(self.real))
        draws = [
            neighbours(*(x[random.permutation(len(x))[:count]] for x in (self.real, fake))) for _ in range(DRAWS)
        ]
        scores.update({name: float(np.mean([draw[name] for draw in draws])) for name in draws[0]})
        return scores


def kid(a, b):
    def kernel(x, y):
        return (x @ y.T / a.shape[1] + 1) ** 3

    def within(x):
        k = kernel(x, x)
        return (k.sum() - np.trace(k)) / (len(x) * (len(x) - 1))

    return float(within(a) + within(b) - 2 * kernel(a, b).mean())


def neighbours(real, fake):
    def distances(a, b):
        return np.sqrt(np.maximum(0, (a * a).sum(1)[:, None] + (b * b).sum(1)[None] - 2 * a @ b.T))

    among_real, among_fake, between = distances(real, real), distances(fake, fake), distances(real, fake)
    third, fifth = np.sort(among_real, 1)[:, 3], np.sort(among_real, 1)[:, 5]
    return {
        "precision": (between < third[:, None]).any(0).mean(),
        "recall": (between < np.sort(among_fake, 1)[:, 3][None]).any(1).mean(),
        "density": (between < fifth[:, None]).sum(0).mean() / 5,
        "coverage": (between.min(1) < fifth).mean(),
    }


def sheet(images, file):
    side = images.shape[1]
    rows = [np.concatenate(list(images[i : i + 8]), 1) for i in range(0, min(64, len(images) // 8 * 8), 8)]
    Image.fromarray(np.concatenate(rows)).resize((8 * side, len(rows) * side)).save(file, quality=93)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("train", "held_out", "features", "runs", "out"):
        parser.add_argument(name)
    parser.add_argument("--minutes", type=float, default=60, help="then what is unfinished is evaluated as it is")
    parser.add_argument("--at-once", type=int, default=6)
    parser.add_argument("--device", default="cuda")
    options = parser.parse_args()
    torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = True
    until, out = time.time() + 60 * options.minutes, Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    evaluator, scores = Evaluator(options.features, read_images(options.held_out)), {}
    train = torch.tensor(np.stack(read_images(options.train))).permute(0, 3, 1, 2).float() / 127.5 - 1
    waiting, running = list(json.loads(Path(options.runs).read_text()).items()), []

    def finish(training):
        if training.stream is not None:
            training.stream.synchronize()
        images = training.images(COUNT)
        real_logits, fake_logits, spectral, _ = training.found.tolist()
        scores[training.name] = {
            "changes": training.recipe, "kimg": training.kimg(), "finished": training.iteration >= training.iterations,
            "logits/real": real_logits, "logits/fake": fake_logits, "spectral": spectral, **evaluator.scores(images),
        }
        (out / "scores.json").write_text(json.dumps(scores, indent=1))
        sheet(images, out / f"{training.name}.jpg")
        told = {k: round(v, 3) for k, v in scores[training.name].items() if isinstance(v, float)}
        print(training.name, told, "" if scores[training.name]["finished"] else "UNFINISHED", flush=True)

    while waiting or running:
        while waiting and len(running) < options.at_once and time.time() < until:
            name, changes = waiting.pop(0)
            size = changes.get("size", 128)
            reals = torch.nn.functional.adaptive_avg_pool2d(train, size).to(options.device)
            running.append(Training(name, reals, **changes))
            if options.device == "cuda":
                running[-1].capture()
        late = time.time() >= until
        for training in list(running):
            training.advance()
            if late or training.iteration >= training.iterations:
                running.remove(training)
                finish(training)
        if late:
            for name, _ in waiting:
                print(name, "NOT STARTED")
            return


if __name__ == "__main__":
    main()
