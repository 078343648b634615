"""Vosk's recognizers, kept from one stretch of listening to the next.

A recognizer puts its graph together while it listens and keeps the parts it has used: the same ten seconds
take the Korean model 2.2 s with a new recognizer and 0.5 s with one that has listened before. What it kept is
of the model, not of the person: `rest` ends the stretch and drops sound, words and adaptation.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kiosk.core.heard import Final, Partial
from kiosk.speech.activity import FRAME_S, Activity
from kiosk.speech.babble import words
from kiosk.speech.results import READINGS, Reading, final, readings, words_only
from kiosk.speech.sound import RATE, as_pcm

if TYPE_CHECKING:
    from collections.abc import Generator

    import numpy as np
    from numpy.typing import NDArray

    from kiosk.speech.sound import Sound

END_S = 0.38
"""Silence that ends an utterance. Vosk itself waits for 0.5 to 2 s and for what its network holds back."""
_FLUSH_S = 0.6
"""Background sound given behind the last word, at no wait: until then the network keeps the word back. With
1 s the sample's last word was right more often (27 of 32 takes, not 16 of 24), as with so much true silence,
but in the sentences that follow more letters were wrong (20 of 100, not 12)."""
_BACKGROUND_S = 0.2
_SCOUT_S = 0.46
_SCOUT_AGAIN_S = 0.16
_SCOUT_TRIES = 3
_SCOUT_SHARE = 0.4
"""How sure the scout must be. With less, and tries a chunk apart, the first word came 0.14 s sooner where it
was late, but 10 of 30 were wrong ones; so none of them was."""
_BEFORE_S = 0.2
_OPENING = 160  # samples
_WARM_STEP_S = 0.1


def _heard_by(recognizer: Recognizer, sound: Sound) -> Generator[None]:
    step = round(_WARM_STEP_S * RATE)
    try:
        for start in range(0, len(sound), step):
            yield
            recognizer.feed(sound[start : start + step])
    finally:
        recognizer.rest()


class Recognizer:
    """One Vosk recognizer; `grammar` is a list of the only phrases it may hear, as JSON."""

    def __init__(self, model: Any, grammar: str = "") -> None:
        import vosk

        args = (model, RATE, grammar) if grammar else (model, RATE)
        self._vosk = vosk.KaldiRecognizer(*args)
        self._vosk.SetWords(True)
        self._vosk.SetMaxAlternatives(READINGS)
        self.fed = 0
        """Samples taken since it was made; its words' times count from there."""

    def feed(self, sound: Sound) -> bool:
        """Whether Vosk's own rules say that the utterance has ended."""
        self.fed += len(sound)
        return bool(self._vosk.AcceptWaveform(as_pcm(sound)))

    def partial(self) -> str:
        return words_only(json.loads(self._vosk.PartialResult()).get("partial", ""))

    def result(self) -> str:
        """The utterance as JSON; the next one begins. What the network still holds back belongs to that."""
        return str(self._vosk.Result())

    def rest(self) -> str:
        """The last utterance as JSON with all that was held back. Everything of the stretch is dropped.

        Vosk drops how it has adapted to a voice only when an utterance is open, so that one is opened.
        """
        import numpy as np

        self.feed(np.zeros(_OPENING, dtype=np.float32))
        told = str(self._vosk.FinalResult())
        self._vosk.Reset()
        return told

    def whole(self, sound: Sound) -> tuple[Reading, ...]:
        """What this sound alone may be."""
        self.feed(sound)
        return readings(self.rest())


class Ears:
    """Free listening: one recognizer for all that is said, and a scout for the first word of an utterance.

    The graph gives a word out when it has ended and the network lags by half a second, so that a first word
    of three syllables would show after a second. The scout hears the first half second of an utterance as if
    it were all of it, and at one go: hearing along, it was ready 0.03 s sooner and took other words for it.
    """

    def __init__(self, model: Any) -> None:
        self._main, self.scout = Recognizer(model), Recognizer(model)
        self.begin()

    def warm(self) -> Generator[None]:
        """Have both recognizers put together the parts of their graphs that most utterances need, a little
        at every step. It may be closed at any of them; nothing of what was heard is kept."""
        for word in words():
            for recognizer in (self._main, self.scout):
                yield from _heard_by(recognizer, word)

    def begin(self) -> None:
        """A new stretch of listening."""
        import numpy as np

        self.activity = Activity()
        self._partial = ""
        self._open = False  # something was said since the last final
        self._speech: list[tuple[float, float]] = []  # seconds of the main recognizer's sound
        self._recent: Sound = np.zeros(0, dtype=np.float32)
        self._scouted = 0
        self._scout_at = 0.0

    def take(self, sound: Sound, speech: NDArray[np.bool_], hurried: bool) -> list[Partial | Final]:
        """Hear on; `speech` is the activity's answer for the same sound. `hurried`: leave the scout out."""
        import numpy as np

        self._recent = np.concatenate([self._recent, sound])[-RATE:]
        if speech.any():
            self._mark(self._main.fed / RATE, speech)
            if not self._open:
                self._open, self._scouted, self._scout_at = True, 0, self.activity.began + _SCOUT_S
        if self._main.feed(sound):
            return self._ended(self._main.result())
        if self._open and not self.activity.speaking and self.activity.quiet_for >= END_S:
            return self._flush()
        if not self._open:
            return []  # words heard before anybody spoke are noise
        text = self._main.partial()
        if not text and not self._partial and not hurried:
            text = self._early()
        if text == self._partial or (not text and self._scouted):
            return []
        self._partial = text
        return [Partial(text)]

    def rest(self) -> Final | None:
        """The words not yet final, now that no more sound comes. Nothing of the person is kept after it."""
        told = final(self._main.rest(), self._spoken)
        self.begin()
        return told

    def _early(self) -> str:
        """What the scout makes of an utterance half a second old; empty when it cannot say."""
        now = self.activity.now
        if now < self._scout_at or self._scouted >= _SCOUT_TRIES:
            return ""
        self._scouted += 1
        self._scout_at = now + _SCOUT_AGAIN_S
        since = round((now - self.activity.began + _BEFORE_S) * RATE)
        found = self.scout.whole(self._recent[-since:])
        if not found or found[0].share < _SCOUT_SHARE:
            return ""
        return words_only(found[0].text)

    def _flush(self) -> list[Partial | Final]:
        """End the utterance: background sound pushes out what the network still holds back."""
        import numpy as np

        background = self._recent[-round(_BACKGROUND_S * RATE) :]
        there_and_back = np.concatenate([background[::-1], background])
        self._main.feed(np.resize(there_and_back, round(_FLUSH_S * RATE)).astype(np.float32))
        return self._ended(self._main.result())

    def _ended(self, result: str) -> list[Partial | Final]:
        told = final(result, self._spoken)
        shown, self._partial = self._partial, ""
        self._open, self._speech = False, []
        if told is None:
            return [Partial("")] if shown else []
        return [told]

    def _mark(self, start: float, speech: NDArray[np.bool_]) -> None:
        for index in speech.nonzero()[0].tolist():
            begin = start + index * FRAME_S
            if self._speech and begin - self._speech[-1][1] < 2 * FRAME_S:
                self._speech[-1] = (self._speech[-1][0], begin + FRAME_S)
            else:
                self._speech.append((begin, begin + FRAME_S))

    def _spoken(self, start: float, end: float) -> bool:
        """Whether there was speech in this stretch, or near it: edges are heard a little early and late."""
        return any(begin - _BEFORE_S < end and stop + _BEFORE_S > start for begin, stop in self._speech)
