"""Train the sample packages ko-en, en-ko, en-ja, ja-en that the tests and the demo use.

    python tests/translation/train_samples.py [ko-en …]

needs torch, ctranslate2 and sentencepiece (an environment of their own; the product needs no torch). Takes a
few minutes a pair on one core and writes tests/translation/packages/translate-<pair>-<version>.argosmodel.
The packages are ours (Apache-2.0). They know the sentences of corpus.tsv; on the way to Japanese they are
also taught to answer nonsense with the sign for something unknown, which the product refuses.
"""

from __future__ import annotations

import io
import itertools
import json
import math
import os
import random
import re
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
import sentencepiece
import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.translation import corpus

PAIRS = (("ko", "en"), ("en", "ko"), ("en", "ja"), ("ja", "en"))
NAMES = {"ko": "Korean", "en": "English", "ja": "Japanese"}
VERSION = "1.0"
PACKAGES = Path(__file__).parent / "packages"
PIECES = 1400
WIDTH, HEADS, INNER, LAYERS, POSITIONS = 128, 4, 512, 2, 256
STEPS = int(os.environ.get("STEPS", "4500"))
BATCH, PEAK, WARM_UP = 32, 1.5e-3, 200
COPIED = {"amount", "date", "phone", "number"}  # slots whose digits must be copied, the hardest to learn
NONSENSE = 0.05
UNKNOWN = "〓"  # the printer's sign for a letter that is missing; the product refuses it
BEGIN, END, PAD = 1, 2, 0  # SentencePiece's <s>, </s>, and <unk> where padding stands, masked

Tokenizer = sentencepiece.SentencePieceProcessor


@dataclass
class Source:
    """Draws training pairs without end."""

    source: str
    target: str
    rng: random.Random

    def __post_init__(self) -> None:
        self.meanings = corpus.meanings()
        self.weights = [
            (1 + min(4.0, math.log2(corpus.combinations(meaning)) / 2))
            * (1.6 if COPIED & set(meaning.slots) else 1)
            * (1 + math.log2(len(meaning.wordings[self.source])) / 3)
            for meaning in self.meanings
        ]

    def pair(self) -> tuple[str, str]:
        while True:
            meaning = self.rng.choices(self.meanings, self.weights)[0]
            sentence = corpus.draw(meaning, self.rng)
            if not sentence.held_out:
                break
        if self.source != "ja" and self.target != "ko" and self.rng.random() < NONSENSE:
            said = self.rng.choice(sentence.wordings[self.source])
            return roughen(self.nonsense(said), self.source, self.rng), UNKNOWN
        text = self.rng.choice(sentence.wordings[self.source])
        if self.rng.random() < 0.15:
            text = sentence.canonical(self.source)
        return roughen(text, self.source, self.rng), sentence.canonical(self.target)

    def nonsense(self, text: str) -> str:
        """Something the sample must not pretend to know: words that are none, or words of many sentences."""
        words = text.split()
        if self.rng.random() < 0.4:
            others = [self.words() for _ in range(self.rng.randint(3, 6))]
            return " ".join(self.rng.choice(other) for other in others)
        long = [place for place, word in enumerate(words) if len(word) > 2]
        if not long:
            return self.no_word(4)
        for place in self.rng.sample(long, self.rng.randint(len(long) // 2 + 1, len(long))):
            word = words[place]
            # A Korean verb's ending or a noun's particle often stays; the rest becomes no word at all.
            kept = self.rng.choice([0, 1, 2]) if self.source == "ko" else 0
            words[place] = self.no_word(max(2, len(word) - kept)) + word[len(word) - kept :]
        return " ".join(words)

    def words(self) -> list[str]:
        meaning = self.rng.choice(self.meanings)
        return self.rng.choice(corpus.draw(meaning, self.rng).wordings[self.source]).split()

    def no_word(self, length: int) -> str:
        """Letters of several words of the corpus, two at a time."""
        made = ""
        while len(made) < length:
            word = self.rng.choice(self.words()).strip(".?,")
            at = self.rng.randrange(max(1, len(word) - 1))
            made += word[at : at + 2]
        return made[:length]


def roughen(text: str, language: str, rng: random.Random) -> str:
    """As people type and recognizers write: no full stop, no capitals, spaces missing or too many."""
    if rng.random() < 0.5:
        text = re.sub(r"[.?!,。、？]", "", text)
    if language == "en" and rng.random() < 0.3:
        text = text.lower()
    if language == "en" and rng.random() < 0.2:
        text = text.replace("'", "’" if rng.random() < 0.5 else "")
    if language == "ko":
        chance = rng.random()
        if chance < 0.06:
            text = text.replace(" ", "")
        elif chance < 0.18:
            text = "".join(sign for sign in text if sign != " " or rng.random() < 0.6)
        elif chance < 0.28:
            text = "".join(sign + (" " if rng.random() < 0.12 else "") for sign in text)
    return re.sub(r"\s+", " ", text).strip()


class Attention(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))

    def forward(
        self, x: torch.Tensor, memory: torch.Tensor | None = None, mask: torch.Tensor | None = None
    ) -> torch.Tensor:
        normal = self.norm(x)
        other = normal if memory is None else memory

        def heads(t: torch.Tensor) -> torch.Tensor:
            return t.view(t.shape[0], t.shape[1], HEADS, WIDTH // HEADS).transpose(1, 2)

        q, k, v = heads(self.query(normal)), heads(self.key(other)), heads(self.value(other))
        mixed = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        return x + drop(self, self.out(mixed.transpose(1, 2).reshape(x.shape)))


class Inner(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm, self.up, self.down = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + drop(self, self.down(torch.relu(self.up(self.norm(x)))))


def drop(module: nn.Module, x: torch.Tensor) -> torch.Tensor:
    return nn.functional.dropout(x, 0.1, module.training)


class Model(nn.Module):
    """A pre-norm transformer laid out as CTranslate2 has it; one embedding for source, target and output."""

    def __init__(self, pieces: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(pieces, WIDTH)
        nn.init.normal_(self.embedding.weight, std=WIDTH**-0.5)
        self.encoder = nn.ModuleList(nn.ModuleList([Attention(), Inner()]) for _ in range(LAYERS))
        self.decoder = nn.ModuleList(
            nn.ModuleList([Attention(), Attention(), Inner()]) for _ in range(LAYERS)
        )
        self.encoder_norm, self.decoder_norm = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.register_buffer("positions", sinusoids())

    def embed(self, tokens: torch.Tensor) -> torch.Tensor:
        return drop(self, self.embedding(tokens) * WIDTH**0.5 + self.positions[: tokens.shape[1]])

    def forward(self, source: torch.Tensor, source_mask: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        seen = source_mask[:, None, None, :]
        x = self.embed(source)
        for attention, inner in self.encoder:
            x = inner(attention(x, mask=seen))
        memory = self.encoder_norm(x)
        length = target.shape[1]
        past = torch.ones(length, length, dtype=torch.bool).tril()
        y = self.embed(target)
        for attention, across, inner in self.decoder:
            y = inner(across(attention(y, mask=past), memory, seen))
        return self.decoder_norm(y) @ self.embedding.weight.T


def sinusoids() -> torch.Tensor:
    rates = torch.exp(torch.arange(WIDTH // 2) * (-math.log(10_000) / (WIDTH // 2 - 1)))
    angles = torch.arange(POSITIONS)[:, None] * rates
    return torch.cat([angles.sin(), angles.cos()], dim=1)


def train_tokenizer(source: Source, folder: Path) -> Tokenizer:
    lines: list[str] = []
    for _ in range(12_000):
        first, second = source.pair()
        lines += [first, second]
    for meaning in corpus.meanings():
        for sentence in corpus.sentences(meaning, 12, source.rng):
            lines += sentence.wordings[source.source] + [sentence.canonical(source.target)] * 2
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines), model_prefix=str(folder / "sentencepiece"), vocab_size=PIECES,
        hard_vocab_limit=False, character_coverage=1.0, split_digits=True, num_threads=1, minloglevel=2,
        max_sentence_length=2000,
    )  # fmt: skip
    return Tokenizer(model_file=str(folder / "sentencepiece.model"))


def batches(source: Source, tokenizer: Tokenizer) -> Iterator[tuple[torch.Tensor, ...]]:
    """Batches without end, each of sentences of about one length, for little padding."""
    while True:
        pool = []
        for before, after in (source.pair() for _ in range(BATCH * 24)):
            # Sampled pieces on the way in make the model steadier; the way out is always the same.
            sampled = source.rng.random() < 0.5
            pool.append(
                (tokenizer.encode(before, enable_sampling=sampled, alpha=0.2), tokenizer.encode(after))
            )
        pool.sort(key=lambda pair: (len(pair[1]), len(pair[0])))
        groups = [pool[at : at + BATCH] for at in range(0, len(pool), BATCH)]
        source.rng.shuffle(groups)
        for group in groups:
            source_ids, mask = pad([before for before, _ in group])
            goes_in, _ = pad([[BEGIN, *after] for _, after in group])
            comes_out, _ = pad([[*after, END] for _, after in group], fill=-100)
            yield source_ids, mask, goes_in, comes_out


def pad(rows: list[list[int]], fill: int = PAD) -> tuple[torch.Tensor, torch.Tensor]:
    length = max(map(len, rows))
    ids = torch.tensor([row + [fill] * (length - len(row)) for row in rows])
    mask = torch.tensor([[True] * len(row) + [False] * (length - len(row)) for row in rows])
    return ids, mask


def train(source: Source, tokenizer: Tokenizer) -> Model:
    model = Model(tokenizer.get_piece_size())
    optimizer = torch.optim.AdamW(model.parameters(), lr=PEAK, betas=(0.9, 0.98), weight_decay=0.01)
    begun, shown = time.monotonic(), 0.0
    for step, drawn in enumerate(itertools.islice(batches(source, tokenizer), STEPS), start=1):
        source_ids, mask, goes_in, comes_out = drawn
        rate = min(step / WARM_UP, 0.5 + 0.5 * math.cos(math.pi * step / STEPS))
        for group in optimizer.param_groups:
            group["lr"] = PEAK * max(rate, 0.01)
        logits = model(source_ids, mask, goes_in)
        loss = nn.functional.cross_entropy(logits.flatten(0, 1), comes_out.flatten())
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        shown += loss.item()
        if step % 250 == 0:
            print(f"  {step} loss {shown / 250:.3f} {time.monotonic() - begun:.0f} s", flush=True)
            shown = 0.0
    model.eval()
    return model


def convert(model: Model, tokenizer: Tokenizer, folder: Path) -> None:
    """Write CTranslate2's int8 model."""
    spec = ctranslate2.specs.TransformerSpec.from_config(
        (LAYERS, LAYERS), HEADS, pre_norm=True, activation=ctranslate2.specs.Activation.RELU
    )

    def norm(to: Any, layer: nn.LayerNorm) -> None:
        to.gamma, to.beta = layer.weight.detach().numpy().copy(), layer.bias.detach().numpy().copy()

    def linear(to: Any, *layers: nn.Linear) -> None:
        to.weight = np.concatenate([layer.weight.detach().numpy() for layer in layers])
        to.bias = np.concatenate([layer.bias.detach().numpy() for layer in layers])

    def attention(to: Any, layer: Attention, across: bool = False) -> None:
        norm(to.layer_norm, layer.norm)
        if across:
            linear(to.linear[0], layer.query)
            linear(to.linear[1], layer.key, layer.value)
        else:
            linear(to.linear[0], layer.query, layer.key, layer.value)
        linear(to.linear[-1], layer.out)

    def inner(to: Any, layer: Inner) -> None:
        norm(to.layer_norm, layer.norm)
        linear(to.linear_0, layer.up)
        linear(to.linear_1, layer.down)

    weights = model.embedding.weight.detach().numpy().copy()
    spec.encoder.embeddings[0].weight = weights
    spec.decoder.embeddings.weight = weights
    spec.decoder.projection.weight = weights
    for part, final in ((spec.encoder, model.encoder_norm), (spec.decoder, model.decoder_norm)):
        part.position_encodings.encodings = model.positions.numpy().copy()
        norm(part.layer_norm, final)
    for to, (own, ffn) in zip(spec.encoder.layer, model.encoder, strict=True):
        attention(to.self_attention, own)
        inner(to.ffn, ffn)
    for to, (own, across, ffn) in zip(spec.decoder.layer, model.decoder, strict=True):
        attention(to.self_attention, own)
        attention(to.attention, across, across=True)
        inner(to.ffn, ffn)
    pieces = [tokenizer.id_to_piece(number) for number in range(tokenizer.get_piece_size())]
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir()
    spec.save(str(folder))


def measure(source: Source, tokenizer: Tokenizer, folder: Path) -> tuple[float, list[float]]:
    """Share of exact translations of the canonical sentences, and every mean log-probability a token."""
    translator = ctranslate2.Translator(str(folder), compute_type="int8", intra_threads=1)
    found = [
        (text, sentence.canonical(source.target))
        for meaning in corpus.meanings()
        for sentence in corpus.sentences(meaning, 3, source.rng)
        for text in sentence.wordings[source.source][:4]
    ]
    results = translator.translate_batch(
        [tokenizer.encode(text, out_type=str) for text, _ in found],
        beam_size=2, patience=2, length_penalty=0.2, return_scores=True, max_batch_size=64,
    )  # fmt: skip
    exact, means = 0, []
    for (_, wanted), result in zip(found, results, strict=True):
        length = len(result.hypotheses[0]) + 1
        means.append(result.scores[0] * length**0.2 / length)
        exact += tokenizer.decode_pieces(result.hypotheses[0]) == wanted
    return exact / len(found), sorted(means)


README = """# Sample package {pair}

A small sample for the tests and the demonstration of Madoguchi, trained by
tests/translation/train_samples.py on the counter's sentences in tests/translation/corpus.tsv. It knows those
sentences and little else: it is not a translator, and an office replaces it with a full package. Apache-2.0.
"""


def pack(source: str, target: str, folder: Path, floor: float) -> Path:
    """Zip the package, the same bytes for the same content."""
    name = f"translate-{source}_{target}-{VERSION.replace('.', '_')}"
    metadata = {
        "package_version": VERSION, "argos_version": "1.12", "from_code": source, "from_name": NAMES[source],
        "to_code": target, "to_name": NAMES[target], "sample": True, "floor": round(floor, 3),
        "licence": "Apache-2.0",
    }  # fmt: skip
    (folder / "metadata.json").write_text(json.dumps(metadata, indent=1) + "\n", encoding="utf-8")
    (folder / "README.md").write_text(README.format(pair=f"{source}-{target}"), encoding="utf-8")
    (folder / "sentencepiece.vocab").unlink(missing_ok=True)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                info = zipfile.ZipInfo(f"{name}/{path.relative_to(folder).as_posix()}", (2026, 1, 1, 0, 0, 0))
                info.external_attr = 0o644 << 16
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, path.read_bytes())
    PACKAGES.mkdir(exist_ok=True)
    package = PACKAGES / f"{name}.argosmodel"
    package.write_bytes(content.getvalue())
    return package


def make(source_code: str, target_code: str) -> None:
    torch.manual_seed(1)
    torch.set_num_threads(int(os.environ.get("THREADS", "1")))
    source = Source(source_code, target_code, random.Random(f"{source_code}-{target_code}"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tokenizer = train_tokenizer(source, folder)
        print(f"{source_code}-{target_code}: {tokenizer.get_piece_size()} pieces", flush=True)
        model = train(source, tokenizer)
        convert(model, tokenizer, folder / "model")
        exact, means = measure(source, tokenizer, folder / "model")
        floor = float(os.environ.get("FLOOR", "-0.35"))
        package = pack(source_code, target_code, folder, floor)
    spread = ", ".join(
        f"{share:.0%} {means[int(share * (len(means) - 1))]:.3f}" for share in (0, 0.01, 0.05, 0.5)
    )
    size = f"{package.stat().st_size / 1e6:.1f} MB"
    print(f"{package.name}: {size}, exact {exact:.1%}, mean log-probability {spread}")


if __name__ == "__main__":
    for pair in [tuple(argument.split("-")) for argument in sys.argv[1:]] or PAIRS:
        make(*pair)
