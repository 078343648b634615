"""One package in memory: Argos's description and tokenizer, CTranslate2's model."""

from __future__ import annotations

import os
import tempfile
import threading
import unicodedata
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kiosk.errors import Trouble
from kiosk.translation.archive import verify
from kiosk.translation.packages import Pair

BEAM, PATIENCE = 2, 2
"""CTranslate2 ends a search as soon as BEAM × PATIENCE answers are complete, however poor they are. Measured
with our samples: a beam of 4 without patience loses 5 in 100 sentences that this finds, at the same cost."""
_SPARE_TOKENS = 24
_ARGOS_FOLDERS = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "ARGOS_PACKAGES_DIR")
_environment = threading.Lock()


class Unknown(Exception):
    """The sentence has letters this package has never seen."""


class Unlikely(Exception):
    """The package itself gives its answer too little probability."""


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

    def translate(self, sentence: str) -> str:
        """One sentence. Raises Unknown or Unlikely where an answer would be a guess."""
        tokens = self._package.tokenizer.encode(sentence)
        if not tokens:
            return ""
        self._refuse_unknown(tokens)
        prefix: str = self._package.target_prefix
        result = self._model.translate_batch(
            [tokens],
            target_prefix=[[prefix]] if prefix else None,
            beam_size=BEAM,
            patience=PATIENCE,
            length_penalty=0.2,
            # A looping model would run to the end of its positions: no honest answer is this long.
            max_decoding_length=3 * len(tokens) + _SPARE_TOKENS,
            return_scores=True,
        )[0]
        answer: list[str] = result.hypotheses[0]
        # CTranslate2 divides the sum by length ** length_penalty; here the mean for a token is wanted.
        length = len(answer) + 1
        mean = result.scores[0] * length**0.2 / length
        if self.pair.floor is not None and mean < self.pair.floor:
            raise Unlikely
        text: str = self._package.tokenizer.decode(answer)
        return text.removeprefix(prefix).strip()

    def _refuse_unknown(self, tokens: list[str]) -> None:
        processor = getattr(self._package.tokenizer, "processor", None)
        if processor is None:
            return  # byte pair encoding has no unknown pieces
        for token in tokens:
            if processor.piece_to_id(token) == processor.unk_id() and any(map(_is_letter, token)):
                raise Unknown


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


class Shelf:
    """The packages in memory, at most `limit`; the least recently used goes first."""

    def __init__(self, limit: int, threads: int) -> None:
        self._limit = limit
        self._threads = threads
        self._loaded: OrderedDict[Pair, Loaded] = OrderedDict()

    def get(self, pair: Pair) -> Loaded:
        """The package, loaded now if it is not."""
        if pair in self._loaded:
            self._loaded.move_to_end(pair)
            return self._loaded[pair]
        while len(self._loaded) >= self._limit:
            self._loaded.popitem(last=False)
        self._loaded[pair] = Loaded(pair, threads=self._threads)
        return self._loaded[pair]

    def held(self) -> tuple[Pair, ...]:
        """What is in memory, least recently used first."""
        return tuple(self._loaded)
