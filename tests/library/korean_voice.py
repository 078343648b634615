"""Sentences of models/sentences in Korean, spoken by the project's synthetic voice (kiosk.speech.sample).

A Japanese voice that is given Korean sounds: good enough to see that everything is measured, and no measure
of how a person is understood.
"""

from __future__ import annotations

from pathlib import Path

from kiosk.data.sentences import read_sentences
from kiosk.speech.sample import SENTENCES, Sentence, write_sample

SPOKEN = (
    "wages-months", "fired", "card-lost", "moving", "rent-late", "insurance-none", "pregnant", "divorce",
    "police",
)  # fmt: skip
# First letters, vowels, closing letters before another consonant, and what of these goes over to a vowel.
_SOUNDS = """
k k n t t r m p p s s - ch ch ch k t p h
a e ya ye o e yo ye o wa we we yo u wo we wi yu u i i
- cl cl cl n n n cl r r r r r r r r m cl cl cl cl N cl cl cl cl cl cl
- k k s n ch n t r k m p s t p r m p s s s - ch ch k t p -
"""
_FIRST, _VOWELS, _LAST, _OVER = (row.split() for row in _SOUNDS.strip().splitlines())


def phonemes(text: str) -> str:
    """OpenJTalk's phonemes for Korean text, by its letters with the consonants carried over."""
    syllables = [divmod(ord(sign) - 0xAC00, 28) for sign in text if "가" <= sign <= "힣"]
    made: list[str] = []
    for place, (open_part, last) in enumerate(syllables):
        first, vowel = divmod(open_part, 21)
        before = syllables[place - 1][1] if place else 0
        over = _OVER[before] if before and _FIRST[first] == "-" else "-"
        made.append(over if _FIRST[first] == "-" else _FIRST[first])
        made.extend(_VOWELS[vowel])
        following = syllables[place + 1][0] // 21 if place + 1 < len(syllables) else None
        carried = following is not None and _FIRST[following] == "-" and _OVER[last] != "-"
        nasal = following is not None and _FIRST[following] in ("n", "m") and _LAST[last] == "cl"
        made.append(
            "-" if carried else "m" if nasal and _OVER[last] == "p" else "n" if nasal else _LAST[last]
        )
    return " ".join(sound for sound in made if sound != "-")


def record(folder: Path, rate: int = 16_000) -> int:
    """Write recordings and transcripts into `folder`: two sentences tuned for the model, the rest as written.
    Returns how many."""
    texts = {row.id: row.texts["ko"] for row in read_sentences().rows}
    spoken = [(f"tuned-{number}", one) for number, one in enumerate(SENTENCES[:2])]
    spoken += [(name, Sentence(texts[name], "", phonemes(texts[name]))) for name in SPOKEN]
    for name, sentence in spoken:
        write_sample(folder / f"{name}.wav", rate, (sentence,))
        (folder / f"{name}.txt").write_text(sentence.text, "utf-8")
    return len(spoken)
