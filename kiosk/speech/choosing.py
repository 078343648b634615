"""Which of a page's choices is named: a recognizer with the page's phrases alone, checked by the free one.

What was said is kept in memory until it is answered, a few seconds at most, and heard again as a whole at
every dip in the voice: the short word list makes that a matter of 40 ms, so that an answer need not wait
until the silence is long enough to be sure of the end. Short answers are heard slowed down: of 60 ways to
say 네 and 예 in a fifth to half a second the Korean model understood 21 as they were and took 6 for a no;
slowed down 43 and none.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from kiosk.core.heard import Partial, Picked, Spoken
from kiosk.speech.activity import Activity
from kiosk.speech.ears import END_S, Recognizer
from kiosk.speech.results import readings, words_only
from kiosk.speech.slower import slower
from kiosk.speech.sound import RATE
from kiosk.speech.vocabulary import grammar, named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.speech.results import Reading
    from kiosk.speech.sound import Sound
    from kiosk.speech.vocabulary import Known

_DIP_S = 0.1
_SHORTEST_S = 0.15
"""A shorter sound is a click."""
_LONGEST_S = 8.0
_LONG_S = 0.9
"""Of so much speech the free recognizer should have made out something."""
_WORD_S = 0.5
"""Of less the free recognizer makes a word as long, whatever was said: of 네 흥행 or 메인."""
_SLOWED, _SLOWED_S = 1.3, 0.8
"""Speech shorter than this is heard so many times as long."""
_BEFORE_S = 0.25
_SURE, _POSSIBLE = 0.5, 0.1
"""How much of the likelihood a choice must hold to be named at once, and where the free recognizer agrees."""
_MOSTLY = 0.6
"""And how much of what all choices hold together."""
_ALIKE = 0.34
"""How like the free recognizer's words must be to the phrase. Measured with the Korean model: phrases of the
list 0.4 to 1, other sentences taken for a phrase 0.1 to 0.3."""
_SAME = 0.75
"""A phrase the short list did not hear, but the free recognizer did."""


class Chooser:
    """One question's choices. `free` is the recognizer that hears everything; it is left at rest."""

    def __init__(self, model: Any, free: Recognizer, choices: Sequence[Spoken], known: Known) -> None:
        import numpy as np

        told, self._ids = grammar(choices, known)
        self._strict = Recognizer(model, told) if told else None
        self._free = free
        self.activity = Activity()
        self._kept: Sound = np.zeros(0, dtype=np.float32)
        self._open = False
        self._looked = False
        self._stale = False
        self._partial = ""

    @property
    def able(self) -> bool:
        """Whether the model knows the words of any choice."""
        return self._strict is not None

    def take(self, sound: Sound) -> list[Partial | Picked]:
        """Hear on; the sound has its loudness, and the activity has heard it."""
        import numpy as np

        activity = self.activity
        if self._stale:
            self._clear()
        keep = _LONGEST_S if self._open else _BEFORE_S
        self._kept = np.concatenate([self._kept, sound])[-round(keep * RATE) :]
        self._free.feed(sound)
        if activity.speaking and activity.quiet_for < _DIP_S:
            self._open, self._looked = True, False
        if not self._open:
            return []
        if activity.quiet_for >= END_S:
            return self._answer()
        if activity.quiet_for >= _DIP_S and not self._looked:
            self._looked = True
            if self._spoke >= _SHORTEST_S and (early := self._early()):
                self._stale = True  # the answer is due; what was heard is dropped with the next sound
                return [early]
        return self._said(words_only(self._free.partial()))

    def rest(self) -> list[Partial | Picked]:
        """No more sound comes. Nothing of the person is kept after it."""
        made = self._answer() if self._open and not self._stale else []
        self._clear()
        return made

    @property
    def _spoke(self) -> float:
        """Seconds from the first to the last speech of the utterance."""
        return self.activity.last - self.activity.began

    def _said(self, text: str) -> list[Partial | Picked]:
        if text == self._partial:
            return []
        self._partial = text
        return [Partial(text)]

    def _early(self) -> Picked | None:
        """The answer before the end is sure: a phrase that none of another choice goes on from, and that the
        free recognizer's words so far do not contradict."""
        slowed = self._slowed()
        picked = slowed or self._strictly(_SURE)
        if picked is None or self._goes_on(picked):
            return None
        if slowed is not None and self._spoke < _WORD_S:
            return picked
        so_far, phrase = words_only(self._free.partial()), picked.text
        if not so_far and self._spoke > _LONG_S:
            return None
        if so_far and max(_alike(so_far, phrase[: len(so_far)]), _alike(so_far, phrase)) < _ALIKE:
            return None
        return picked

    def _goes_on(self, picked: Picked) -> bool:
        begin = picked.text + " "
        return any(phrase.startswith(begin) and one != picked.id for phrase, one in self._ids.items())

    def _answer(self) -> list[Partial | Picked]:
        """The answer at the end of what was said; nothing for a sound without words."""
        slowed, spoke = self._slowed(), self._spoke
        picked = slowed or self._strictly(_POSSIBLE)
        heard = readings(self._free.rest())
        said = words_only(heard[0].text) if heard else ""
        self._clear()
        if picked is not None:
            alone = slowed is not None and spoke < _WORD_S
            if alone or (self._agreed(heard, picked.text) if said else picked.confidence >= _SURE):
                return [picked]
        for reading in heard:
            best = max(self._ids, key=lambda known: _alike(reading.text, known))
            if _alike(reading.text, best) >= _SAME:
                return [Picked(self._ids[best], round(reading.share, 3), reading.text)]
        return [Picked("", 0.0, said)] if said and spoke >= _SHORTEST_S else self._said("")

    def _slowed(self) -> Picked | None:
        """What the short list is sure of in a short answer made longer."""
        return self._strictly(_SURE, _SLOWED) if self._spoke < _SLOWED_S else None

    def _strictly(self, least: float, times: float = 1.0) -> Picked | None:
        """What the short list makes of the sound kept: the id whose phrases hold most of the likelihood and
        at least so much of it. The rest is held by words of several choices strung together."""
        if self._strict is None:
            return None
        sound = slower(self._kept, times) if times > 1 else self._kept
        shares: dict[str, float] = {}
        phrases: dict[str, str] = {}
        for reading in self._strict.whole(sound):
            if found := named(reading.text, self._ids):
                shares[found] = shares.get(found, 0.0) + reading.share
                phrases.setdefault(found, reading.text)
        best = max(shares, key=lambda found: shares[found], default="")
        if not best or shares[best] < max(least, sum(shares.values()) * _MOSTLY):
            return None
        return Picked(best, round(min(shares[best], 1.0), 3), phrases[best])

    def _agreed(self, heard: Sequence[Reading], phrase: str) -> bool:
        return max(_alike(reading.text, phrase) for reading in heard) >= _ALIKE

    def _clear(self) -> None:
        self._free.rest()
        self._kept = self._kept[:0]
        self._open, self._looked, self._stale, self._partial = False, False, False, ""


def _alike(one: str, other: str) -> float:
    """1 for the same letters in the same order, Korean ones taken apart, spaces aside."""
    one, other = (unicodedata.normalize("NFD", text.replace(" ", "")).casefold() for text in (one, other))
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        before, row[0] = row[0], place
        for i, theirs in enumerate(other, 1):
            before, row[i] = row[i], min(row[i] + 1, row[i - 1] + 1, before + (letter != theirs))
    return 1 - row[-1] / max(len(one), len(other), 1)
