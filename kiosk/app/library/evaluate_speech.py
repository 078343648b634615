"""Word and character errors, pace and memory of speech models on recordings with transcripts."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from kiosk.app.library.evaluate_asking import Asking
from kiosk.app.library.evaluate_hearing import HearingEngine, Ready, Understood
from kiosk.app.library.evaluate_recordings import Recording
from kiosk.app.library.evaluate_results import HeardRecording, SpeechRow
from kiosk.app.library.evaluate_words import compared, letters, words
from kiosk.app.library.installed import Installed
from kiosk.errors import Trouble

log = logging.getLogger(__name__)

Tell = Callable[[str, int, int], None]


def heard(models: Sequence[Installed], recordings: Sequence[Recording], tell: Tell) -> Iterator[SpeechRow]:
    """One row a model, each in a process of its own. Ctrl-C ends it after a row of what was done."""
    for model in models:
        row = _heard(model, [one for one in recordings if one.language == model.tag], tell)
        yield row
        if row.partial and not row.note:
            return


def _heard(model: Installed, recordings: Sequence[Recording], tell: Tell) -> SpeechRow:
    row = SpeechRow(model.id, model.tag, len(recordings))
    if model.state == "damaged":
        return replace(row, note="trouble.model_damaged")
    if not recordings:
        return replace(row, note="no_recordings")
    done: list[HeardRecording] = []
    skipped: dict[str, str] = {}
    try:
        with Asking(HearingEngine) as hearing:
            ready: Ready = hearing.ask("load", str(model.folder))
            row = replace(row, load_s=ready.seconds, bytes=ready.bytes)
            for recording in recordings:
                tell(model.id, len(done) + len(skipped), len(recordings))
                try:
                    found: Understood = hearing.ask("hear", str(recording.file))
                except Trouble as met:
                    if met.key != "trouble.sound_file":
                        raise
                    log.info("%s: %s", recording.file.name, met.log)
                    skipped[recording.file.name] = met.key  # Told by name below the table.
                    continue
                done.append(_counted(recording, found))
                row = replace(row, bytes=max(row.bytes, found.bytes))
    except Trouble as met:
        row = replace(row, note=met.key)
    except KeyboardInterrupt:
        pass  # What was heard until then is told, and that it is not all.
    tell(model.id, len(done) + len(skipped), len(recordings))
    return replace(row, heard=tuple(done), skipped=skipped)


def _counted(recording: Recording, found: Understood) -> HeardRecording:
    return HeardRecording(
        recording.file.name,
        compared(words(recording.text), words(found.text)),
        compared(letters(recording.text), letters(found.text)),
        found.sound_s,
        found.took_s,
    )
