"""How well the sample packages know the corpus: said in the report, held here."""

from __future__ import annotations

import random

import pytest

from kiosk.errors import Trouble
from kiosk.translation.engine import TranslationEngine
from tests.translation import corpus


def japanese(engine: TranslationEngine, text: str, language: str) -> str:
    try:
        return str(engine.handle("translate", (text, language), lambda _value: None).japanese)
    except Trouble as trouble:
        return str(trouble.details["reason"])


@pytest.mark.parametrize("language", ["ko", "en"])
def test_sentences_of_the_corpus_come_out_right_with_and_without_marks(
    engine: TranslationEngine, language: str
) -> None:
    rng = random.Random(11)
    right = tried = 0
    for meaning in rng.sample(corpus.meanings(), 60):
        sentence = corpus.draw(meaning, rng)
        said = rng.choice(sentence.wordings[language])
        if sentence.held_out or len(said) < 8:
            continue
        for text in (said, said.rstrip(".?")):
            tried += 1
            right += japanese(engine, text, language) == sentence.canonical("ja")
    assert right >= 0.98 * tried


def test_fillings_never_trained_on_mostly_come_out_right(engine: TranslationEngine) -> None:
    rng = random.Random(12)
    drawn = [corpus.draw(meaning, rng) for meaning in corpus.meanings() if meaning.slots for _ in range(9)]
    held_out = [sentence for sentence in drawn if sentence.held_out][:40]
    assert len(held_out) >= 30
    right = sum(
        japanese(engine, sentence.canonical("ko"), "ko") == sentence.canonical("ja") for sentence in held_out
    )
    assert right >= 0.8 * len(held_out)
