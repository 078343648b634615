"""Chime and spoken call: what is said, when it is quiet, and what staff see of a loudspeaker that is not
there."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import datetime, time

from kiosk.app.office import Office
from kiosk.core.calls import Call
from kiosk.speech.announce import Announce, AnnounceEngine, Sentence
from kiosk.speech.voice import Speaker, WavSink, available
from kiosk.ui.display.words import Words
from kiosk.workers import Reply, Results, Worker

log = logging.getLogger(__name__)

LONGEST_S = 40.0
"""After so long a voice that does not end holds up nobody who waits to be called."""
_TIME = re.compile(r"(\d\d):(\d\d)")


class Announcer:
    """The display's voice, in a process of its own. Every method is called on the window's thread."""

    def __init__(
        self,
        office: Office,
        results: Results,
        words: Words,
        clock: Callable[[], float],
        sink: Callable[[Call], WavSink] | None = None,
    ) -> None:
        """`clock` tells seconds; `sink` names a file for each call instead of the loudspeaker."""
        self._office, self._words, self._clock = office, words, clock
        self._own = office.settings.display
        self._sink = sink
        self._worker = Worker("calls", AnnounceEngine, (), results)
        self._asked: int | None = None
        self._since = 0.0
        self.silent = False
        """Whether the last call could not be heard."""

    def start(self) -> None:
        """Look for the loudspeaker and warm the voices up, before anybody is called."""
        if self._own.sound == "none":
            return
        if self._sink is None:
            self._worker.ask("check", self._speaker(), self._heard)
        if self._own.sound == "voice":
            voices = dict.fromkeys(
                self._office.languages[tag].voice for tag in ("ja-simple", "en") if self._speaks(tag)
            )
            self._worker.ask("load", tuple(voices), _only_log)

    def close(self) -> None:
        self._worker.close()

    @property
    def muted(self) -> bool:
        """Whether this is an hour without a sound."""
        return self._own.sound != "none" and within(self._own.mute, self._office.now())

    @property
    def speaking(self) -> bool:
        """Whether a call is being spoken."""
        if self._asked is not None and self._clock() - self._since > LONGEST_S:
            log.warning("a call took too long to be spoken")
            self._worker.drop(self._asked)
            self._worker.close()
            self._asked, self.silent = None, True
        return self._asked is not None

    def announce(self, call: Call) -> None:
        """Chime and speak, instead of what is still being spoken."""
        self.hush()
        if self._own.sound == "none" or self.muted:
            return
        sink = self._sink(call) if self._sink is not None else self._speaker()
        asked = Announce(self.spoken(call), self._own.volume / 100, sink)
        self._since = self._clock()

        def answer(reply: Reply) -> None:
            self._heard(reply)
            if reply.final and self._asked == number:
                self._asked = None

        number = self._worker.ask("announce", asked, answer)
        self._asked = number

    def hush(self) -> None:
        """Be quiet: the call was taken back."""
        if self._asked is not None:
            self._worker.tell(self._asked, "stop")
            self._asked = None

    def spoken(self, call: Call) -> tuple[Sentence, ...]:
        """The call in Japanese and the ticket's language, where this machine has honest voices for them."""
        if self._own.sound != "voice":
            return ()
        return tuple(
            Sentence(sentence, self._office.languages[tag].voice)
            for tag, sentence in self._words.spoken(call)
            if self._speaks(tag)
        )

    def _speaks(self, tag: str) -> bool:
        return tag in self._office.languages and available(self._office.languages[tag])

    def _speaker(self) -> Speaker:
        return Speaker(self._own.loudspeaker or None)

    def _heard(self, reply: Reply) -> None:
        if reply.trouble is not None:
            log.warning("a call is not heard: %s", reply.trouble)
        if reply.final:
            self.silent = reply.trouble is not None


def within(spans: tuple[str, ...], now: datetime) -> bool:
    """Whether it is now one of the hours "12:00-13:00"; "22:00-06:00" goes over midnight."""
    at = now.time()
    for span in spans:
        (h1, m1), (h2, m2) = _TIME.findall(span)
        start, end = time(int(h1), int(m1)), time(int(h2) % 24, int(m2))
        if (start <= at < end) if start < end else (at >= start or at < end):
            return True
    return False


def _only_log(reply: Reply) -> None:
    if reply.trouble is not None:
        log.warning("a voice is not ready: %s", reply.trouble)
