"""Step `export`: a checkpoint as an Argos package: an int8 CTranslate2 model, its vocabulary, what it understands."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2.specs import TransformerSpec, common_spec
from numpy.typing import NDArray
from torch import Tensor, nn

from training import vocabulary
from training.checkpoint import Checkpoint
from training.config import BOS, EOS, HINT, UNK, TrainingError

_DATE = (1980, 1, 1, 0, 0, 0)  # in archives, so that the same files give the same archive


def export(
    checkpoint: Checkpoint,
    pieces: Path,
    folder: Path,
    *,
    version: str,
    card: Path | None = None,
    beam_size: int = 4,
    length_penalty: float = 1.0,
    quantization: str = "int8",
) -> None:
    """Write a package folder; one that is there is replaced.

    Args:
        checkpoint: whose weights.
        pieces: the SentencePiece model that it was trained with.
        folder: of the package, `translate-nl_en-…` by custom.
        version: of the package.
        card: its README.
        beam_size, length_penalty: the decoding that suits it best, for programs that ask.
        quantization: of the matrices, as CTranslate2 names it.

    Raises:
        TrainingError: checkpoint and vocabulary do not belong together.
    """
    processor = vocabulary.load(pieces)
    if processor.get_piece_size() != checkpoint.vocabulary:
        raise TrainingError(
            f"{pieces} has {processor.get_piece_size()} pieces, the checkpoint {checkpoint.vocabulary}: give its own."
        )
    spec = specification(checkpoint, [processor.id_to_piece(i) for i in range(checkpoint.vocabulary)])
    spec.validate()
    spec.optimize(quantization=quantization)
    fresh = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    (fresh / "model").mkdir(parents=True)
    spec.save(str(fresh / "model"))
    shutil.copyfile(pieces, fresh / "sentencepiece.model")
    if card:
        shutil.copyfile(card, fresh / "README.md")
    metadata = {
        "package_version": version,
        "argos_version": "1.9.0",
        "from_code": "nl",
        "from_name": "Dutch",
        "to_code": "en",
        "to_name": "English",
        "type": "translate",
        "vertaal": {
            "hints": dict(zip(("open", "arrow", "close"), HINT, strict=True)),
            "decoding": {"beam_size": beam_size, "length_penalty": length_penalty},
            "steps": checkpoint.steps,
        },
    }
    (fresh / "metadata.json").write_text(json.dumps(metadata, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)


def pack(folder: Path, archive: Path) -> None:
    """Write a package folder as an `.argosmodel` file, which Argos installs."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(str(Path(folder.name) / path.relative_to(folder)), _DATE)
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                out.writestr(entry, path.read_bytes())


def specification(checkpoint: Checkpoint, pieces: list[str]) -> Any:
    """The `TransformerSpec` of a checkpoint.

    Positions are left out: CTranslate2 computes the same sinusoids, for sentences of any length. Alignments come from
    the first head of the decoder's last layer.
    """
    size, model = checkpoint.size, checkpoint.model()
    spec = TransformerSpec.from_config(
        (size.encoder_layers, size.decoder_layers),
        size.heads,
        pre_norm=True,
        activation=common_spec.Activation.RELU,
        alignment_layer=-1,
        alignment_heads=1,
    )
    encoder, decoder = spec.encoder, spec.decoder
    for embeddings in (encoder.embeddings[0], decoder.embeddings, decoder.projection):
        embeddings.weight = _array(model.embedding.weight)
    decoder.projection.bias = _array(model.output_bias)
    encoder.scale_embeddings = decoder.scale_embeddings = True
    _norm(encoder.layer_norm, model.encoder_norm)
    _norm(decoder.layer_norm, model.decoder_norm)
    for layer, weights in zip(encoder.layer, model.encoder, strict=True):
        _self_attention(layer.self_attention, weights)
        _feed_forward(layer.ffn, weights)
    for layer, weights in zip(decoder.layer, model.decoder, strict=True):
        _self_attention(layer.self_attention, weights)
        _norm(layer.attention.layer_norm, weights.cross_norm)
        for linear, part in zip(
            layer.attention.linear, (weights.cross.query, weights.cross.key_value, weights.cross.output), strict=True
        ):
            _linear(linear, part)
        _feed_forward(layer.ffn, weights)
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    config = spec.config
    config.bos_token = config.decoder_start_token = pieces[BOS]
    config.eos_token, config.unk_token = pieces[EOS], pieces[UNK]
    config.add_source_bos, config.add_source_eos = False, True
    return spec


def _array(tensor: Tensor) -> NDArray[np.float32]:
    array: NDArray[np.float32] = tensor.detach().float().numpy()
    return array


def _linear(spec: Any, layer: nn.Linear) -> None:
    spec.weight, spec.bias = _array(layer.weight), _array(layer.bias)


def _norm(spec: Any, layer: nn.LayerNorm) -> None:
    spec.gamma, spec.beta = _array(layer.weight), _array(layer.bias)


def _self_attention(spec: Any, weights: Any) -> None:
    _norm(spec.layer_norm, weights.attention_norm)
    _linear(spec.linear[0], weights.attention.query_key_value)
    _linear(spec.linear[1], weights.attention.output)


def _feed_forward(spec: Any, weights: Any) -> None:
    _norm(spec.layer_norm, weights.feed_forward_norm)
    _linear(spec.linear_0, weights.feed_forward.inner)
    _linear(spec.linear_1, weights.feed_forward.outer)
