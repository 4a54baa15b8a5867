"""Scaling rows changes no product, and lets int8 keep small values beside large ones."""
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from train.graph import scale_rows, write_int8

onnx = pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")

RNG = np.random.default_rng(0)
ROWS = RNG.normal(size=(1, 6, 32)).astype(np.float32)
ROWS[0, 2] *= 1000
ROWS[0, 4] = 0


def product_of_two(path: Path) -> Path:
    """One input, multiplied with two weights and with itself."""
    helper, floats = onnx.helper, onnx.TensorProto.FLOAT
    weights = [onnx.numpy_helper.from_array(RNG.normal(size=(32, 16)).astype(np.float32), name) for name in "ab"]
    nodes = [helper.make_node("MatMul", ["x", "a"], ["xa"], name="xa"),
             helper.make_node("MatMul", ["x", "b"], ["xb"], name="xb"),
             helper.make_node("Transpose", ["xb"], ["bx"], perm=[0, 2, 1]),
             helper.make_node("MatMul", ["xa", "bx"], ["y"], name="xx")]
    ends = [helper.make_tensor_value_info(name, floats, [1, 6, last]) for name, last in (("xa", 16), ("y", 6))]
    graph = helper.make_graph(nodes, "two", [helper.make_tensor_value_info("x", floats, [1, 6, 32])], ends, weights)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10), path)
    return path


def products(path: Path) -> list[NDArray[np.float32]]:
    found: Any = onnxruntime.InferenceSession(path).run(None, {"x": ROWS})
    return list(found)


def test_products_stay(tmp_path: Path) -> None:
    plain = product_of_two(tmp_path / "plain.onnx")
    model = onnx.load(plain)
    scale_rows(model.graph)
    onnx.checker.check_model(model)
    onnx.save(model, tmp_path / "scaled.onnx")
    for one, other in zip(products(plain), products(tmp_path / "scaled.onnx"), strict=True):
        assert one == pytest.approx(other, rel=1e-4, abs=1e-4)


def test_int8_keeps_small_rows_beside_a_large_one(tmp_path: Path) -> None:
    plain = product_of_two(tmp_path / "plain.onnx")
    write_int8(tmp_path / "int8.onnx", plain)
    exact, found = products(plain)[0][0], products(tmp_path / "int8.onnx")[0][0]
    for row in (0, 1, 2, 3, 5):
        assert np.abs(found[row] - exact[row]).max() < 0.04 * np.abs(exact[row]).max()
    assert not found[4].any()
