"""Feeds a synthetic data set to Keras 3, on any of its backends: load_keras.py SYNTHETIC"""
import json
import pathlib
import sys

import keras
import numpy
from PIL import Image


class SyntheticSet(keras.utils.PyDataset):
    """Batches of images (N, H, W, C) from -1 to 1 and classes (N)."""

    def __init__(self, folder, batch=16, **rest):
        super().__init__(**rest)
        self.folder, self.batch = pathlib.Path(folder), batch
        self.rows = [json.loads(line) for line in (self.folder / "metadata.jsonl").read_text().splitlines()]
        self.classes = sorted({row["label"] for row in self.rows})

    def __len__(self):
        return -(-len(self.rows) // self.batch)

    def __getitem__(self, index):
        rows = self.rows[index * self.batch:(index + 1) * self.batch]
        images = [numpy.asarray(Image.open(self.folder / row["file_name"]).convert("RGB")) for row in rows]
        return (numpy.stack(images).astype("float32") / 127.5 - 1,
                numpy.array([self.classes.index(row["label"]) for row in rows]))


def main(folder):
    images = SyntheticSet(folder)
    net = keras.Sequential([
        keras.layers.Conv2D(16, 5, strides=4, activation="relu"), keras.layers.GlobalAveragePooling2D(),
        keras.layers.Dense(len(images.classes))])
    net.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    history = net.fit(images, epochs=1, verbose=0)
    print(f"{len(images.rows)} images in {len(images)} batches, loss {history.history['loss'][-1]:.3f}")


if __name__ == "__main__":
    main(sys.argv[1])
