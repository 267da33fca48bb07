#!/usr/bin/env python3
"""Reads a synthetic data set with readers that are not ours and prints what it found as one JSON document.

python3 read_synthetic.py FOLDER
"""
import hashlib
import io
import json
import pathlib
import sys
import tarfile

from PIL import Image


def image(content):
    image = Image.open(io.BytesIO(content))
    image.load()
    return {
        "size": list(image.size),
        "mode": image.mode,
        "text": image.text.get("Comment", ""),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def folder(root):
    images = []
    for line in (root / "metadata.jsonl").read_text().splitlines():
        row = json.loads(line)
        images.append({**image((root / row["file_name"]).read_bytes()), **row})
    coco = json.loads((root / "coco.json").read_text())
    names = {one["id"]: one["name"] for one in coco["categories"]}
    files = {one["id"]: one["file_name"] for one in coco["images"]}
    labels = {files[one["image_id"]]: names[one["category_id"]] for one in coco["annotations"]}
    return {"images": images, "coco": labels}


def webdataset(root):
    images, members = [], []
    index = json.loads((root / "index.json").read_text())
    for one in index["tars"]:
        content = (root / one["name"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == one["sha256"], one
        assert len(content) == one["bytes"], one
        samples = {}
        with tarfile.open(root / one["name"]) as tar:
            for member in tar:
                members.append([member.mtime, member.uid, member.gid, member.uname, member.gname, member.mode])
                key, ending = member.name.split(".")
                samples.setdefault(key, {})[ending] = tar.extractfile(member).read()
        assert len(samples) == one["images"], one
        for key, sample in samples.items():
            row = json.loads(sample["json"])
            assert index["classes"][int(sample["cls"])] == row["label"], key
            images.append({**image(sample["png"]), **row, "file_name": f"{one['name']}/{key}.png"})
    return {"images": images, "members": [list(m) for m in sorted({tuple(m) for m in members})]}


def main():
    root = pathlib.Path(sys.argv[1])
    found = webdataset(root) if (root / "index.json").exists() else folder(root)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
