"""One package in memory: Argos's description and tokenizer, CTranslate2's model."""

from __future__ import annotations

import os
import tempfile
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from kiosk.errors import Trouble
from kiosk.translation.archive import verify
from kiosk.translation.packages import Pair

THERE, BACK, CAREFUL = 2, 1, 4
"""Beams: for what people will read, for the way back that only checks it, for a sentence that was refused.

Scores are sums, not divided by a length: a search may then end at its best answer, as nothing longer can pass
it. Argos divides by length ** 0.2 and ends when four answers are complete, whichever they are: a short poor
one (the samples' sign for unknown words) wins while the good one is still being written, and where the first
was right it waits for three more. Of the 260 lines of the samples' corpus a sum finds 259 with any beam,
Argos's search 205. Only the careful search divides, and looks for twice as many: it is to find another."""
_LENGTH = 0.2
_SPARE_TOKENS = 24
_BATCH = 8
"""Sentences the model takes at once."""
_ARGOS_FOLDERS = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "ARGOS_PACKAGES_DIR")
_environment = threading.Lock()


@dataclass(frozen=True)
class Answer:
    """One sentence's translation, or why the package would only guess."""

    text: str
    fault: Literal["", "unknown", "unlikely"] = ""
    """unknown: letters the package has never seen; unlikely: its own answer has too little probability."""


class Loaded:
    """A package ready to translate. Checked byte by byte before it is loaded.

    Raises Trouble `trouble.model_damaged` when it differs from its manifest or cannot be loaded.
    """

    def __init__(self, pair: Pair, *, threads: int = 1) -> None:
        verify(pair.folder)
        self.pair = pair
        try:
            self._package = _argos_package(pair)
            self._model = _model(pair, threads)
            self._package.tokenizer.encode("1")
        except Exception as error:
            # Argos, SentencePiece and CTranslate2 each raise their own for content they cannot read.
            log = f"{pair.folder.name}: {type(error).__name__}"
            raise Trouble("trouble.model_damaged", log=log, package=pair.folder.name) from error

    def translate(self, sentences: Sequence[str], beam: int = BACK) -> list[Answer]:
        """Every sentence by itself, in one pass through the model: cheaper than one after the other."""
        tokens = [self._package.tokenizer.encode(sentence) for sentence in sentences]
        known = [place for place, row in enumerate(tokens) if row and not self._unknown(row)]
        answers = [Answer("", "unknown" if row else "") for row in tokens]
        results = self._search([tokens[place] for place in known], beam)
        for place, result in zip(known, results, strict=True):
            answers[place] = self._answer(result, _LENGTH if beam == CAREFUL else 0)
        return answers

    def _search(self, rows: list[list[str]], beam: int) -> Any:
        if not rows:
            return []
        prefix: str = self._package.target_prefix
        return self._model.translate_batch(
            rows,
            target_prefix=[[prefix]] * len(rows) if prefix else None,
            beam_size=beam,
            patience=2 if beam == CAREFUL else 1,
            length_penalty=_LENGTH if beam == CAREFUL else 0,
            # A looping model would run to the end of its positions: no honest answer is this long.
            max_decoding_length=3 * max(map(len, rows)) + _SPARE_TOKENS,
            max_batch_size=_BATCH,
            return_scores=True,
        )

    def _answer(self, result: Any, penalty: float) -> Answer:
        pieces: list[str] = result.hypotheses[0]
        # CTranslate2 divides the sum by length ** penalty; here the mean for a token is wanted.
        length = len(pieces) + 1
        mean = result.scores[0] * length**penalty / length
        if self.pair.floor is not None and mean < self.pair.floor:
            return Answer("", "unlikely")
        text: str = self._package.tokenizer.decode(pieces)
        return Answer(text.removeprefix(self._package.target_prefix).strip())

    def _unknown(self, tokens: list[str]) -> bool:
        processor = getattr(self._package.tokenizer, "processor", None)
        if processor is None:
            return False  # byte pair encoding has no unknown pieces
        unknown = processor.unk_id()
        return any(
            processor.piece_to_id(token) == unknown and any(map(_is_letter, token)) for token in tokens
        )


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LN"


def _model(pair: Pair, threads: int) -> Any:
    import ctranslate2

    return ctranslate2.Translator(
        str(pair.folder / "model"),
        device="cpu",
        compute_type="auto",
        inter_threads=1,
        intra_threads=threads,
    )


def import_engines() -> None:
    """Import what every package needs, so that what a package itself takes can be measured afterwards."""
    import ctranslate2  # noqa: F401

    with argos_without_home():
        import argostranslate.package  # noqa: F401


def _argos_package(pair: Pair) -> Any:
    with argos_without_home():
        from argostranslate.package import Package
    return Package(pair.folder)


@contextmanager
def argos_without_home() -> Iterator[None]:
    """Argos makes its folders when it is imported; this sends them to a temporary folder, gone afterwards.

    `argostranslate.translate` is never imported: its sentence splitter downloads at the first translation.
    """
    with _environment, tempfile.TemporaryDirectory(prefix="argos-") as folder:
        before = {name: os.environ.get(name) for name in (*_ARGOS_FOLDERS, "ARGOS_DEBUG")}
        os.environ.update(dict.fromkeys(_ARGOS_FOLDERS, folder))
        os.environ["ARGOS_DEBUG"] = "0"  # its debug log would print what people said
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value
