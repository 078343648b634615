"""chrF and BLEU as everybody counts them: sacrebleu, with tokenizers that need nothing more."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.errors import Trouble

DRAWS = 1000
_SPREAD_FROM = 2
_BY_CHARACTERS = frozenset({"ja", "ko", "my", "th", "km", "lo"})
_CHINESE = frozenset({"zh-Hans", "zh-Hant"})


@dataclass(frozen=True)
class Score:
    """0 to 100 over all sentences together. `spread`: half the width of chrF's 95 % interval."""

    chrf: float
    spread: float
    bleu: float


def need_sacrebleu() -> None:
    """Raise Trouble("trouble.evaluate_missing") where sacrebleu is not installed."""
    if importlib.util.find_spec("sacrebleu") is None:
        raise Trouble("trouble.evaluate_missing", log="sacrebleu is not installed")


def tokenizer(tag: str) -> str:
    """BLEU's tokenizer for a language. `ja-mecab` and `ko-mecab` need a dictionary that is not installed and
    `spm` ones download theirs, so Japanese, Korean and Burmese count character by character."""
    if tag in _BY_CHARACTERS:
        return "char"
    return "zh" if tag in _CHINESE else "13a"


def scored(translated: Sequence[str], references: Sequence[str], tag: str) -> Score:
    """chrF2 (β 2, 6 characters, no words) and BLEU of sentences in the language `tag`.

    An empty translation counts as one. The interval draws the sentences anew a thousand times, always alike.
    """
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    chrf = CHRF().corpus_score(list(translated), [list(references)])
    bleu = BLEU(tokenize=tokenizer(tag), force=True).corpus_score(list(translated), [list(references)])
    return Score(float(chrf.score), _spread(list(translated), list(references)), float(bleu.score))


def _spread(translated: list[str], references: list[str]) -> float:
    """By the resampling of sacrebleu's paired tests, here of one system. Its `corpus_score(n_bootstrap=…)`
    does the same and fails where a drawing has no character right (2.6.0: a mean of float and float32)."""
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.significance import PairedTest, Result

    if len(translated) < _SPREAD_FROM or not any(translated):
        return 0.0
    test = PairedTest([("", translated)], {"chrF": CHRF()}, [references], "bs", DRAWS)
    (found,) = (row for name, row in test()[1].items() if name != "System")
    first = found[0]
    return float(first.ci) if isinstance(first, Result) and first.ci is not None else 0.0
