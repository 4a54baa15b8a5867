"""A torch model as an ONNX graph, in fp32 and in int8."""
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np

_INPUTS: Final = ("input_ids", "attention_mask")
_OPSET: Final = 20
_LONGEST_BATCH: Final = 1024
_MATRIX: Final = 2
_AXIS: Final = "rows.axis"
_LEAST: Final = "rows.least"
_DIVIDED: Final = ".divided"
_STEP: Final = "rows.step"
_ZERO: Final = "rows.zero"
_STEPS: Final = 127
_TINIEST: Final = 1e-9
"""rows of zeros are divided by this"""


def write_fp32(path: Path, model: Any) -> None:
    """input_ids and attention_mask (batch, length) to logits (batch, length, tags); both axes are free."""
    import torch

    class Logits(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            return self.model(input_ids=input_ids, attention_mask=attention_mask).logits

    model.set_attn_implementation("eager")  # what sdpa becomes takes 13% longer: it looks for rows without any token
    positions = model.config.max_position_embeddings
    axes = {0: torch.export.Dim("batch", min=1, max=_LONGEST_BATCH),
            1: torch.export.Dim("length", min=2, max=positions)}
    example = tuple(torch.ones((2, min(8, positions)), dtype=torch.long) for _ in _INPUTS)
    with _quiet():
        program: Any = torch.onnx.export(
            Logits().eval(), example, dynamo=True, dynamic_shapes=dict.fromkeys(_INPUTS, axes), verbose=False,
            input_names=_INPUTS, output_names=["logits"], opset_version=_OPSET,
        )
    _write(path, program.model_proto)


def _write(path: Path, proto: Any) -> None:
    """Without the notes on where each node comes from, which hold paths of this machine."""
    for node in proto.graph.node:
        node.ClearField("metadata_props")
        node.ClearField("doc_string")
    for value in (*proto.graph.value_info, *proto.graph.input, *proto.graph.output, *proto.graph.initializer):
        value.ClearField("metadata_props")
    for held in (proto, proto.graph):
        held.ClearField("metadata_props")
        held.ClearField("doc_string")
    path.write_bytes(proto.SerializeToString(deterministic=True))


def write_int8(path: Path, fp32: Path) -> None:
    """Weights in int8, one scale a channel, activations in uint8, one scale a token; embeddings in int8 too.

    Weights keep to 7 bits: on processors without VNNI the sums of larger ones overflow, and spans would differ.
    No token's scale depends on its neighbours, so that windows can be read together with the same scores.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    proto = onnx.load(fp32)
    scale_rows(proto.graph)
    with _quiet():
        quantize_dynamic(proto, path, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
                         op_types_to_quantize=["MatMul", "Gather"])
    quantized = onnx.load(path)
    fix_steps(quantized.graph)
    path.write_bytes(quantized.SerializeToString(deterministic=True))


def fix_steps(graph: Any) -> None:
    """Quantise rows that lie within ±1 in steps of 1/127 around 128, whatever else the call holds."""
    from onnx import helper, numpy_helper

    graph.initializer.extend([numpy_helper.from_array(np.array(1 / _STEPS, np.float32), _STEP),
                              numpy_helper.from_array(np.array(_STEPS + 1, np.uint8), _ZERO)])
    fixed: dict[str, str] = {}
    nodes = []
    for node in graph.node:
        if node.op_type == "DynamicQuantizeLinear" and node.input[0].endswith(_DIVIDED):
            made, step, zero = node.output
            fixed |= {step: _STEP, zero: _ZERO}
            nodes.append(helper.make_node("QuantizeLinear", [node.input[0], _STEP, _ZERO], [made], name=node.name))
        else:
            nodes.append(node)
    for node in nodes:
        for place, name in enumerate(node.input):
            node.input[place] = fixed.get(name, name)
    del graph.node[:]
    graph.node.extend(nodes)


def scale_rows(graph: Any) -> None:
    """Divide what is multiplied with weights by each token's largest value, and multiply the product with it.

    Quantising takes one scale for all that is multiplied. A few tokens have values ten times those of the others,
    which then keep too few steps: without this, twice as many characters got other tags than from torch.
    """
    from onnx import helper, numpy_helper

    weights = {one.name for one in graph.initializer if len(one.dims) == _MATRIX}
    graph.initializer.extend([numpy_helper.from_array(np.array([-1]), _AXIS),
                              numpy_helper.from_array(np.array(_TINIEST, np.float32), _LEAST)])
    nodes, scaled = [], set()
    for node in graph.node:
        if node.op_type != "MatMul" or node.input[1] not in weights:
            nodes.append(node)
            continue
        given, made = node.input[0], node.output[0]
        largest, divided, product = f"{given}.largest", f"{given}{_DIVIDED}", f"{made}{_DIVIDED}"
        if given not in scaled:
            scaled.add(given)
            nodes += [helper.make_node("Abs", [given], [f"{given}.size"]),
                      helper.make_node("ReduceMax", [f"{given}.size", _AXIS], [f"{given}.row"], keepdims=1),
                      helper.make_node("Max", [f"{given}.row", _LEAST], [largest]),
                      helper.make_node("Div", [given, largest], [divided])]
        node.input[0], node.output[0] = divided, product
        nodes += [node, helper.make_node("Mul", [product, largest], [made])]
    del graph.node[:]
    graph.node.extend(nodes)


@contextmanager
def _quiet() -> Iterator[None]:
    """No warnings of the exporters' own: of deprecations inside torch, of axis names that two inputs share."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
