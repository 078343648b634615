"""Checks flows, directory, languages and catalogues against each other: everything wrong, in one report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kiosk import paths
from kiosk.core.care import CARES
from kiosk.core.flow import Flow
from kiosk.data import care, reading
from kiosk.data.flows import MOST_QUESTIONS
from kiosk.data.languages import Fault, read_languages
from kiosk.data.notes import notes, stale
from kiosk.data.report import FlowState, LanguageState, Report
from kiosk.data.sound import Material, needed, optional, read_material
from kiosk.data.ways import MOST_TOGETHER, Walker, Ways
from kiosk.data.words import check_words

SHIPPED = ("messages", "flows")
"""The domains every language has; the console is Japanese only."""
SOURCE = "ja"


@dataclass(frozen=True)
class Place:
    """What a check measures by: the office's rows and limits. `referral_days` 0 is no limit."""

    prefecture: str = "東京都"
    today: date = date.min
    referral_days: int = 0
    referrals: Path | None = None
    """The office's own rows of the directory."""
    roster: Path | None = None


@dataclass
class _Words:
    """What one catalogue file holds, with the Japanese each entry was made from."""

    texts: dict[str, str] = field(default_factory=dict)
    japanese: dict[str, str] = field(default_factory=dict)


def check(
    languages: Path = paths.LANGUAGES,
    flows: Path = paths.FLOWS,
    icons: Path = paths.ASSETS / "icons",
    place: Place | None = None,
) -> Report:
    """Read everything under these folders; nothing raises, whatever lies there."""
    place = place or Place()
    tongues, material = read_languages(languages), read_material(flows, icons, place.referrals)
    faults = [*tongues.faults, *material.faults, *_roster(material, place)]
    faults += care.faults(languages, tongues.by_tag)
    walker = Walker(material.directory.directory, place.prefecture)
    ways = {name: walker.walk(flow) for name, flow in material.flows.flows.items()}
    states = [_state(flow, ways[name]) for name, flow in material.flows.flows.items()]
    for name, found in ways.items():
        faults += _too_long(flows / f"{name}.toml", found)
    words = {tag: _read_domains(languages / tag, faults) for tag in sorted({SOURCE, *tongues.by_tag})}
    faults += _needed(material, words[SOURCE]["flows"], languages / SOURCE / "flows.po")
    spoken = []
    for tag, tongue in tongues.by_tag.items():
        missing = _compare(tag, words[tag], words[SOURCE], languages / tag, faults)
        spoken.append(LanguageState(tag, not missing, missing, tongue.review))
        if tag == "en":
            faults += _too_hard(material, words[tag]["flows"].texts, languages / tag / "flows.po")
    told = notes(
        material, tongues.by_tag.values(), languages, place.prefecture, place.today, place.referral_days
    )
    counts = _counts(material, ways, place) | {
        "phrases": _phrases(languages, tongues.by_tag),
        "texts": sum(len(domain.texts) for domain in words[SOURCE].values()),
    }
    return Report(tuple(faults), counts, tuple(spoken), tuple(states), tuple(told))


def _state(flow: Flow, ways: Ways) -> FlowState:
    choices = [choice for question in flow.questions.values() for choice in question.choices]
    return FlowState(
        id=flow.id,
        questions=len(flow.questions),
        choices=len(choices),
        longest=ways.longest,
        most=ways.most,
        ways=ways.alone,
        together=ways.together,
        destinations=tuple(sorted(ways.groups)),
        agency_only=ways.agency_only,
        deadlines=sum(choice.within is not None for choice in choices),
        cares=tuple(name for name in CARES if any(choice.care == name for choice in choices)),
    )


def _too_long(file: Path, ways: Ways) -> Iterator[Fault]:
    for answers in ways.lost:
        way = ", ".join(f"{question} {'+'.join(chosen)}" for question, chosen in answers.items())
        yield Fault(file, "start", f"these answers lead nowhere: {way}; give one of them destinations")
    if ways.most > MOST_TOGETHER:
        yield Fault(
            file,
            "start",
            f"{ways.most} questions for somebody with several problems; at most {MOST_TOGETHER}: let the "
            f"branches share their last questions (one problem alone: {ways.longest} of {MOST_QUESTIONS})",
        )


def _roster(material: Material, place: Place) -> Sequence[Fault]:
    from kiosk.data.roster import read_roster

    if place.roster is None or not place.roster.exists():
        return ()
    groups = {group for service in material.directory.services for group in service.groups}
    return read_roster(place.roster, material.flows.topics, groups).faults


def _counts(material: Material, ways: Mapping[str, Ways], place: Place) -> dict[str, int]:
    flows, services = material.flows, material.directory.services
    questions = [question for flow in flows.flows.values() for question in flow.questions.values()]
    shown = sum(service.shown for service in services)
    return {
        "topics": len(flows.topics),
        "flows": len(flows.flows),
        "questions": len(questions),
        "choices": sum(len(question.choices) for question in questions),
        "paths": sum(found.alone for found in ways.values()),
        "together": sum(found.together for found in ways.values()),
        "services": len(services),
        "shown": shown,
        "hidden": len(services) - shown,
        "stale": len(stale(services, place.today, place.referral_days)),
        "guides": len(material.guides.by_topic),
        "cards": sum(len(guide.cards) for guide in material.guides.by_topic.values()),
    }


def _phrases(languages: Path, tags: Mapping[str, object]) -> int:
    """Different phrases of all lists; a language that shares another's adds none."""
    lists = [care.read_care(tag, languages).phrases for tag in tags]
    return len({(name, phrase) for phrases in lists for name in phrases for phrase in phrases[name]})


def _too_hard(material: Material, texts: Mapping[str, str], file: Path) -> Iterator[Fault]:
    """English pages above primary school: the topics, a question with its choices, a card."""
    topics = [f"topic.{topic}" for topic in material.flows.topics]
    pages = {topics[0]: [*topics[1:], *(f"{key}.example" for key in topics)]} if topics else {}
    for flow in material.flows.flows.values():
        for question in flow.questions.values():
            key = f"flow.{flow.id}.{question.id}"
            pages[key] = [f"{key}.help", *(f"{key}.{choice.id}" for choice in question.choices)]
    for guide in material.guides.by_topic.values():
        for card in guide.cards:
            key = guide.key(card)
            pages[key] = [f"{key}.{part}" for part in ("what", "where", "when")]
    for key, more in pages.items():
        there = [texts[name] for name in (key, *more) if name in texts]
        sentences = [sentence for text in there for sentence in reading.split(text)]
        yield from (Fault(file, key, cure) for cure in reading.faults(sentences))


def _read_domains(folder: Path, faults: list[Fault]) -> dict[str, _Words]:
    return {domain: _read_po(folder / f"{domain}.po", faults) for domain in SHIPPED}


def _read_po(file: Path, faults: list[Fault]) -> _Words:
    import polib

    words = _Words()
    if not file.exists():
        faults.append(Fault(file, "", "the file is missing; copy the Japanese one and translate it"))
        return words
    try:
        entries = polib.pofile(str(file))
    except (OSError, UnicodeDecodeError, ValueError) as wrong:
        faults.append(Fault(file, "", f"not readable as PO: {wrong}"))
        return words
    for entry in entries:
        key = entry.msgctxt or ""
        where = key or f"line {entry.linenum}"
        if entry.obsolete:
            continue
        if not key or entry.msgid_plural:
            faults.append(Fault(file, where, "needs a msgctxt and no plural"))
        elif key in words.texts:
            faults.append(Fault(file, where, "occurs twice; take one out"))
        elif entry.fuzzy:
            faults.append(Fault(file, where, "is marked fuzzy: translate it anew and take the mark off"))
        elif entry.msgstr:
            words.texts[key], words.japanese[key] = entry.msgstr, entry.msgid
    return words


def _needed(material: Material, source: _Words, file: Path) -> Iterator[Fault]:
    """Words that flows, directory and cards need and Japanese lacks, and words that nothing needs."""
    keys = needed(material)
    for key in sorted(keys - source.texts.keys()):
        yield Fault(file, key, "has no words; add the entry in every language")
    for key in sorted(source.texts.keys() - keys - optional(material)):
        yield Fault(file, key, "is used by nothing; take it out in every language")


def _compare(
    tag: str, words: Mapping[str, _Words], source: Mapping[str, _Words], folder: Path, faults: list[Fault]
) -> int:
    """Faults of one language against Japanese; answers how many texts are missing."""
    missing = 0
    for domain in SHIPPED:
        file, own, japanese = folder / f"{domain}.po", words[domain], source[domain].texts
        lacking = sorted(japanese.keys() - own.texts.keys())
        missing += len(lacking)
        if own.texts:
            faults += [Fault(file, key, "is not translated") for key in lacking]
        for key, text in own.texts.items():
            if key not in japanese:
                faults.append(Fault(file, key, "the Japanese has no such entry; take it out"))
                continue
            if own.japanese[key] != japanese[key]:
                faults.append(Fault(file, key, f"the Japanese is now {japanese[key]}: check the translation"))
            faults += [Fault(file, key, cure) for cure in check_words(tag, text, japanese[key])]
    return missing
