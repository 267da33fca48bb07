"""Trains a small classifier on a synthetic data set: train_torch.py SYNTHETIC [STEPS]"""
import json
import pathlib
import sys

import numpy
import torch
from PIL import Image


class SyntheticSet(torch.utils.data.Dataset):
    """Images (C, H, W) from -1 to 1 and their classes, as metadata.jsonl lists them."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.rows = [json.loads(line) for line in (self.folder / "metadata.jsonl").read_text().splitlines()]
        self.classes = sorted({row["label"] for row in self.rows})

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        row = self.rows[index]
        with Image.open(self.folder / row["file_name"]) as image:
            pixels = numpy.asarray(image.convert("RGB"), dtype="float32") / 127.5 - 1
        return torch.from_numpy(pixels).permute(2, 0, 1), self.classes.index(row["label"])


def main(folder, steps=20):
    torch.manual_seed(0)
    images = SyntheticSet(folder)
    loader = torch.utils.data.DataLoader(images, batch_size=16, shuffle=True)
    net = torch.nn.Sequential(
        torch.nn.Conv2d(3, 16, 5, stride=4), torch.nn.ReLU(),
        torch.nn.Conv2d(16, 32, 5, stride=4), torch.nn.ReLU(),
        torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(),
        torch.nn.Linear(32, len(images.classes)))
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
    done = 0
    while done < steps:
        for pixels, labels in loader:
            loss = torch.nn.functional.cross_entropy(net(pixels), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            done += 1
            if done == steps:
                break
    print(f"{len(images)} images of {len(images.classes)} classes, {steps} steps, loss {loss.item():.3f}")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
