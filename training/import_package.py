"""Step `import-package`: an exported package back as a checkpoint, to train on from it.

Only int8 rounding is lost. The file format is CTranslate2's own (`model_spec.py`, `ModelSpec.save`): named arrays, then
aliases, all little-endian.
"""

from __future__ import annotations

import io
import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.checkpoint import Checkpoint
from training.config import Size, TrainingError

_KINDS = (np.float32, np.int8, np.int16, np.int32, np.float16)

# Names in CTranslate2's file and, without the layer, in this recipe's model.
_SELF = {"self_attention/linear_0": "attention.query_key_value", "self_attention/linear_1": "attention.output"}
_FEED_FORWARD = {"ffn/linear_0": "feed_forward.inner", "ffn/linear_1": "feed_forward.outer"}
_CROSS = {
    "attention/linear_0": "cross.query",
    "attention/linear_1": "cross.key_value",
    "attention/linear_2": "cross.output",
}
_LINEAR = {"encoder": _SELF | _FEED_FORWARD, "decoder": _SELF | _CROSS | _FEED_FORWARD}
_NORMS = {
    "self_attention/layer_norm": "attention_norm",
    "attention/layer_norm": "cross_norm",
    "ffn/layer_norm": "feed_forward_norm",
}


def import_package(package: Path) -> Checkpoint:
    """The weights of an Argos package that the step `export` of this recipe, or an earlier one, wrote.

    Raises:
        TrainingError: there is no such package, or its model has another shape than this recipe's.
    """
    try:
        arrays = _read(io.BytesIO((package / "model" / "model.bin").read_bytes()))
        metadata = json.loads((package / "metadata.json").read_text(encoding="utf-8"))
        return _checkpoint(arrays, int(metadata.get("vertaal", {}).get("steps") or 0))
    except (OSError, ValueError, KeyError, IndexError, struct.error) as error:
        raise TrainingError(f"{package} is no package of this recipe: {error}.") from error


def _read(file: io.BytesIO) -> dict[str, NDArray[Any]]:
    """The arrays of a model file by name."""

    def number(kind: str) -> int:
        return int(struct.unpack("<" + kind, file.read(struct.calcsize(kind)))[0])

    def text() -> str:
        return file.read(number("H"))[:-1].decode()

    number("I"), text(), number("I")  # version of the format, name of the model, its revision
    arrays: dict[str, NDArray[Any]] = {}
    for _ in range(number("I")):
        name, rank = text(), number("B")
        shape = [number("I") for _ in range(rank)]
        kind, size = number("B"), number("I")
        arrays[name] = np.frombuffer(file.read(size), _KINDS[kind]).reshape(shape)
    for _ in range(number("I")):
        alias, name = text(), text()
        arrays[alias] = arrays[name]
    return arrays


def _checkpoint(arrays: dict[str, NDArray[Any]], steps: int) -> Checkpoint:
    def weight(name: str) -> Tensor:
        values = arrays[name].astype(np.float32)
        if (scale := arrays.get(f"{name}_scale")) is not None:
            values = values / scale.astype(np.float32).reshape(-1, *[1] * (values.ndim - 1))
        return torch.from_numpy(values.copy())

    def layers(side: str) -> int:
        return len(
            {
                name.split("/")[1]
                for name in arrays
                if name.startswith(f"{side}/layer_") and name[len(side) + 7].isdigit()
            }
        )

    weights = {
        "embedding.weight": weight("decoder/embeddings/weight"),
        "output_bias": weight("decoder/projection/bias"),
    }
    for side, linear in _LINEAR.items():
        for name, own in {"weight": "gamma", "bias": "beta"}.items():
            weights[f"{side}_norm.{name}"] = weight(f"{side}/layer_norm/{own}")
        for layer in range(layers(side)):
            there, here = f"{side}/layer_{layer}", f"{side}.{layer}"
            for theirs, ours in linear.items():
                weights[f"{here}.{ours}.weight"] = weight(f"{there}/{theirs}/weight")
                weights[f"{here}.{ours}.bias"] = weight(f"{there}/{theirs}/bias")
            for theirs, ours in _NORMS.items():
                if side == "decoder" or ours != "cross_norm":
                    weights[f"{here}.{ours}.weight"] = weight(f"{there}/{theirs}/gamma")
                    weights[f"{here}.{ours}.bias"] = weight(f"{there}/{theirs}/beta")
    heads = arrays["encoder/num_heads"] if "encoder/num_heads" in arrays else arrays["num_heads"]
    width = weights["embedding.weight"].size(1)
    feed_forward = weights["encoder.0.feed_forward.inner.weight"].size(0)
    size = Size(width, feed_forward, int(heads.reshape(-1)[0]), layers("encoder"), layers("decoder"))
    checkpoint = Checkpoint(size, weights, steps)
    checkpoint.model()
    return checkpoint
