#!/usr/bin/env python3
"""Lets onnx's own checker and shape inference read an ONNX file and prints what is in it as one JSON document.

python3 check_onnx.py FILE
"""
import json
import sys

import onnx


def main():
    model = onnx.load(sys.argv[1])
    onnx.checker.check_model(model, full_check=True)
    for value in model.graph.output:
        value.type.tensor_type.ClearField("shape")  # so that it is inferred
    inferred = onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    sides = inferred.graph.output[0].type.tensor_type.shape.dim
    json.dump(
        {
            "irVersion": model.ir_version,
            "opsets": [[one.domain, one.version] for one in model.opset_import],
            "operators": sorted({node.op_type for node in model.graph.node}),
            "inputs": [one.name for one in model.graph.input],
            "inferred": [side.dim_param or side.dim_value for side in sides],
            "metadata": {one.key: one.value for one in model.metadata_props},
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
