"""`madoguchi models evaluate`: installed models measured on what an office gives, for it to choose by."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.app.library.evaluate_chains import Chain, chains, versions
from kiosk.app.library.evaluate_recordings import Recordings, read_recordings
from kiosk.app.library.evaluate_results import Evaluation, SpeechRow, TranslationRow
from kiosk.app.library.evaluate_scores import need_sacrebleu
from kiosk.app.library.evaluate_speech import heard
from kiosk.app.library.evaluate_translation import Tell, measured
from kiosk.app.library.installed import Installed
from kiosk.app.library.library import Library
from kiosk.data.sentences import OURS, Sentences, read_sentences
from kiosk.errors import Trouble
from kiosk.translation.quality import Quality, own_file, read_quality


@dataclass(frozen=True)
class Wanted:
    """What to measure. Empty: everything installed. `speech` is where recordings lie; without it only
    translation is measured, and with it only speech unless sentences are named, too."""

    tags: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()
    """`ko-en`, in Argos's codes."""
    models: tuple[str, ...] = ()
    """Ids of installed models."""
    sentences: Path | None = None
    speech: Path | None = None

    @property
    def translation(self) -> bool:
        return self.speech is None or self.sentences is not None or bool(self.pairs)


@dataclass
class _Plan:
    chains: tuple[Chain, ...] = ()
    given: Sentences | None = None
    quality: Quality | None = None
    speech: tuple[Installed, ...] = ()
    recordings: Recordings | None = None
    left_out: dict[str, str] = field(default_factory=dict)


def evaluate(library: Library, tags: Collection[str], wanted: Wanted, tell: Tell) -> Evaluation:
    """Measure; `tags` are the languages of the kiosk. Ctrl-C gives what was measured until then.

    Raises Trouble: `evaluate_missing` (no sacrebleu), `evaluate_nothing` (nothing installed fits),
    `model_absent`, `language_unknown`, `sentences_file`, `recordings_absent`, `recordings_none`,
    `recordings_columns`.
    """
    plan = _planned(library, tags, wanted)
    translation: list[TranslationRow] = []
    speech: list[SpeechRow] = []
    stopped = False
    try:
        for row in _translated(library, plan, tell):
            translation.append(row)
            stopped = row.partial and not row.note
        for heard_row in () if stopped else _listened(plan, tell):
            speech.append(heard_row)
            stopped = heard_row.partial and not heard_row.note
    except KeyboardInterrupt:
        stopped = True
    return Evaluation(
        tuple(translation),
        tuple(speech),
        plan.left_out,
        plan.given.file.name if plan.given else "",
        plan.recordings.place.name if plan.recordings else "",
        stopped,
    )


def _translated(library: Library, plan: _Plan, tell: Tell) -> Iterator[TranslationRow]:
    if plan.given is not None and plan.quality is not None and plan.chains:
        yield from measured(plan.chains, plan.given, library.places.translation, plan.quality, tell)


def _listened(plan: _Plan, tell: Tell) -> Iterator[SpeechRow]:
    if plan.recordings is not None:
        yield from heard(plan.speech, plan.recordings.usable, tell)


def _planned(library: Library, tags: Collection[str], wanted: Wanted) -> _Plan:
    """What will be measured, and everything that can be refused before it begins."""
    for tag in wanted.tags:
        if tag not in tags:
            raise Trouble("trouble.language_unknown", log="no such language", tag=tag, known=", ".join(tags))
    for name in wanted.models:
        library.find(name)
    here = library.installed()
    plan = _Plan()
    if wanted.translation:
        need_sacrebleu()
        plan.given = _sentences(wanted.sentences or OURS)
        plan.left_out |= {fault.key: fault.message for fault in plan.given.faults}
        try:
            plan.quality = read_quality(own_file(library.places.translation))
        except (OSError, ValueError) as error:
            file = own_file(library.places.translation)
            raise Trouble("trouble.quality_file", log=str(error), path=str(file)) from error
        plan.chains = _chains(here, tags, wanted)
        for package in here:
            if package.kind == "translation" and package.state == "damaged":
                plan.left_out[package.id] = "trouble.model_damaged"
    if wanted.speech is not None:
        language = wanted.tags[0] if len(wanted.tags) == 1 else ""
        plan.recordings = read_recordings(wanted.speech, tags, language)
        plan.left_out |= plan.recordings.left_out
        plan.speech = _speech(here, plan.recordings, wanted)
    if not plan.chains and not plan.speech:
        raise Trouble("trouble.evaluate_nothing", log="no installed model fits what was asked")
    return plan


def _sentences(file: Path) -> Sentences:
    try:
        given = read_sentences(file)
    except OSError as error:
        raise Trouble("trouble.sentences_file", log=type(error).__name__, path=str(file)) from error
    if not given.rows or len(given.languages) < 2:
        faults = "; ".join(f"{fault.key}: {fault.message}" for fault in given.faults[:3])
        raise Trouble("trouble.sentences_file", log=f"nothing usable; {faults}", path=str(file))
    return given


def _chains(here: Sequence[Installed], tags: Collection[str], wanted: Wanted) -> tuple[Chain, ...]:
    found = chains(versions(here), wanted.tags or tuple(tags))
    if wanted.pairs:
        found = tuple(chain for chain in found if _pair(chain) in wanted.pairs)
    if wanted.models:
        folders = {model.folder for model in here if model.id in wanted.models}
        found = tuple(chain for chain in found if any(pair.folder in folders for pair in chain.route))
    return found


def _pair(chain: Chain) -> str:
    """Of a single package; empty for a way of several."""
    return f"{chain.route[0].from_code}-{chain.route[0].to_code}" if len(chain.route) == 1 else ""


def _speech(here: Sequence[Installed], given: Recordings, wanted: Wanted) -> tuple[Installed, ...]:
    languages = {recording.language for recording in given.usable}
    asked = {"ja" if tag == "ja-simple" else tag for tag in wanted.tags}
    return tuple(
        model
        for model in here
        if model.kind == "speech"
        and model.tag in languages
        and (not asked or model.tag in asked)
        and (not wanted.models or model.id in wanted.models)
    )
