"""Packages of the usual size that translate as the samples do, to measure what a real one costs.

A sample (128 wide, 2 layers) is widened: every vector stands in the new one four times over, further layers
add nothing, and further words are never chosen. The sums come out the same, so the sentences and
their lengths do, while the processor has the work of a published package: 512 wide, 6 layers, 32,000
pieces, int8.
"""

from __future__ import annotations

import json
import struct
import zipfile
from pathlib import Path
from typing import Any

from kiosk.translation.archive import install
from kiosk.translation.packages import METADATA

TIMES, LAYERS, PIECES = 4, 6, 32_000
_HEADS = 4
_NEVER = -1e4
_TYPES = {0: "<f4", 1: "|i1", 2: "<i2", 3: "<i4"}


def widen(sample: Path, folder: Path) -> None:
    """Install the installed package `sample` widened, below `folder`; about 75 MB."""
    import ctranslate2

    values = _read(sample / "model" / "model.bin")
    old = json.loads((sample / "model" / "shared_vocabulary.json").read_text("utf-8"))
    spec = ctranslate2.specs.TransformerSpec.from_config(
        (LAYERS, LAYERS), _HEADS * TIMES, pre_norm=True, activation=ctranslate2.specs.Activation.RELU
    )
    for part in ("encoder", "decoder"):
        _fill(getattr(spec, part), values, part)
    pieces = [*old, *(f"<{number}>" for number in range(PIECES - len(old)))]
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.validate()
    spec.optimize(quantization="int8")
    made = folder / "made" / sample.name
    (made / "model").mkdir(parents=True)
    spec.save(str(made / "model"))
    described = json.loads((sample / METADATA).read_text("utf-8"))
    del described["floor"], described["sample"]  # searched as a full package is
    (made / METADATA).write_text(json.dumps(described), "utf-8")
    (made / "sentencepiece.model").write_bytes((sample / "sentencepiece.model").read_bytes())
    install(_zipped(made), folder / "translation")


def _fill(spec: Any, values: dict[str, Any], part: str) -> None:
    """One half of the model."""
    import numpy as np

    embedding = _weight(values, "decoder/embeddings")  # one for both halves
    rest = PIECES - len(embedding)
    wide = np.pad(np.tile(embedding, TIMES), ((0, rest), (0, 0))).astype(np.float32)
    scale = values.get(f"{part}/scale_embeddings")
    if scale is None or scale:
        wide /= TIMES**0.5  # the engine multiplies by the root of the width, which is four times as wide now
    if part == "encoder":
        spec.embeddings[0].weight = wide
    else:
        spec.embeddings.weight = wide
        spec.projection.weight = np.pad(np.tile(embedding, TIMES) / TIMES, ((0, rest), (0, 0))).astype(
            np.float32
        )
        bias = np.zeros(PIECES, np.float32)
        bias[len(embedding) :] = _NEVER
        spec.projection.bias = bias
    spec.scale_embeddings = bool(scale is None or scale)
    spec.position_encodings.encodings = np.tile(values[f"{part}/position_encodings/encodings"], TIMES)
    _norm(spec.layer_norm, values, f"{part}/layer_norm")
    for number, layer in enumerate(spec.layer):
        own = number < 2  # the sample's layers; the others repeat the last one and add nothing
        name = f"{part}/layer_{min(number, 1)}"
        for attention in ("self_attention", "attention") if part == "decoder" else ("self_attention",):
            _attention(getattr(layer, attention), values, f"{name}/{attention}", own)
        _norm(layer.ffn.layer_norm, values, f"{name}/ffn/layer_norm")
        _linear(layer.ffn.linear_0, values, f"{name}/ffn/linear_0", 1)
        _linear(layer.ffn.linear_1, values, f"{name}/ffn/linear_1", 1, adds=own)


def _attention(spec: Any, values: dict[str, Any], name: str, adds: bool) -> None:
    _norm(spec.layer_norm, values, f"{name}/layer_norm")
    last = len(spec.linear) - 1
    # One matrix for query, key and value; or one for the query and one for key and value.
    parts = (3,) if last == 1 else (1, 2)
    for place, count in enumerate(parts):
        _linear(spec.linear[place], values, f"{name}/linear_{place}", count)
    _linear(spec.linear[last], values, f"{name}/linear_{last}", 1, adds=adds)


def _norm(spec: Any, values: dict[str, Any], name: str) -> None:
    import numpy as np

    spec.gamma, spec.beta = (np.tile(values[f"{name}/{part}"], TIMES) for part in ("gamma", "beta"))


def _linear(spec: Any, values: dict[str, Any], name: str, parts: int, *, adds: bool = True) -> None:
    """`parts` matrices stand one below the other; each is repeated by itself."""
    import numpy as np

    weights = np.split(_weight(values, name), parts)
    biases = np.split(values[f"{name}/bias"], parts)
    factor = 1 / TIMES if adds else 0.0
    wide = [np.tile(weight, (TIMES, TIMES)) * factor for weight in weights]
    spec.weight = np.concatenate(wide).astype(np.float32)
    spec.bias = np.concatenate([np.tile(bias, TIMES) * (1.0 if adds else 0.0) for bias in biases]).astype(
        np.float32
    )


def _weight(values: dict[str, Any], name: str) -> Any:
    weight, scale = values[f"{name}/weight"], values.get(f"{name}/weight_scale")
    return weight if scale is None else weight / scale.reshape(-1, 1)


def _read(file: Path) -> dict[str, Any]:
    """The variables of a CTranslate2 model file (binary version 6, little-endian)."""
    import numpy as np

    with file.open("rb") as source:

        def number(form: str) -> int:
            return int(struct.unpack(f"<{form}", source.read(struct.calcsize(form)))[0])

        def text() -> str:
            return source.read(number("H")).rstrip(b"\0").decode()

        values: dict[str, Any] = {}
        number("I")
        text()
        number("I")
        for _ in range(number("I")):
            name = text()
            shape = [number("I") for _ in range(number("B"))]
            kind = _TYPES[number("B")]
            values[name] = np.frombuffer(source.read(number("I")), kind).reshape(shape)
        for _ in range(number("I")):
            name = text()
            values[name] = values[text()]
    return values


def _zipped(folder: Path) -> Path:
    archive = folder.with_suffix(".argosmodel")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as made:
        for path in folder.rglob("*"):
            if path.is_file():
                made.write(path, f"{folder.name}/{path.relative_to(folder)}")
    return archive
