"""Reads how a training went: read_statistics.py RUN"""
import pathlib
import sys

import pandas


def main(run):
    run = pathlib.Path(run)
    iterations = pandas.read_json(run / "stats.jsonl", lines=True)
    evaluations = pandas.read_json(run / "metrics.jsonl", lines=True)
    iterations["gap"] = iterations["logits/real"] - iterations["logits/fake"]
    print(iterations[["kimg", "imagesPerSecond", "loss/d", "loss/g", "gap", "ada/p"]].describe().loc[["min", "mean", "max"]])
    best = evaluations[evaluations["best"]].iloc[-1]
    print(f"best of {len(evaluations)} evaluated snapshots: iteration {best['iteration']}, energy distance"
          f" {best['energyDistance']:.3f} (real images {best['energyDistanceBaseline']:.3f})")


if __name__ == "__main__":
    main(sys.argv[1])
