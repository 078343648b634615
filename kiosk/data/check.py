"""Checks flows, directory, languages and catalogues against each other: everything wrong, in one report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk import paths
from kiosk.core.flow import Flow, next_question, walks
from kiosk.data.flows import TOPICS, Flows, read_flows
from kiosk.data.languages import Fault, read_languages
from kiosk.data.referrals import Referrals, read_directory
from kiosk.data.words import check_words

SHIPPED = ("messages", "flows")
"""The domains every language has; the console is Japanese only."""
SOURCE = "ja"


@dataclass(frozen=True)
class LanguageState:
    tag: str
    complete: bool
    missing: int
    """Texts that Japanese has and this language has not."""
    review: str


@dataclass(frozen=True)
class Report:
    """`counts`: topics, flows, questions, choices, paths, services, shown, hidden, texts."""

    faults: tuple[Fault, ...]
    counts: Mapping[str, int]
    languages: tuple[LanguageState, ...]

    @property
    def ok(self) -> bool:
        return not self.faults

    def as_json(self) -> dict[str, Any]:
        """Plain values: ok, counts, languages by tag, faults with file, key and message."""
        return {
            "ok": self.ok,
            "counts": dict(self.counts),
            "languages": {
                state.tag: {"complete": state.complete, "missing": state.missing, "review": state.review}
                for state in self.languages
            },
            "faults": [
                {"file": _short(fault.file), "key": fault.key, "message": fault.message}
                for fault in self.faults
            ],
        }

    def lines(self) -> Iterator[str]:
        """For a person at a terminal, in Japanese and English."""
        counted = self.counts
        yield (
            f"相談内容 topics {counted['topics']} · 流れ flows {counted['flows']} · "
            f"質問 questions {counted['questions']} · 選択肢 choices {counted['choices']} · "
            f"たどった道 paths walked {counted['paths']}"
        )
        yield (
            f"紹介先 services {counted['services']} · 確認済み shown {counted['shown']} · "
            f"未確認 not shown {counted['hidden']}"
        )
        for state in self.languages:
            whole = "そろっています complete" if state.complete else f"不足 missing {state.missing}"
            yield f"{state.tag:9} {whole} · {state.review}"
        for fault in self.faults:
            yield f"✗ {_short(fault.file)}: {fault.key}: {fault.message}"
        yield "問題はありません。No faults." if self.ok else f"問題 faults: {len(self.faults)}"


@dataclass
class _Words:
    """What one catalogue file holds, with the Japanese each entry was made from."""

    texts: dict[str, str] = field(default_factory=dict)
    japanese: dict[str, str] = field(default_factory=dict)


def check(
    languages: Path = paths.LANGUAGES,
    flows: Path = paths.FLOWS,
    icons: Path = paths.ASSETS / "icons",
    own: Path | None = None,
) -> Report:
    """Read everything under these folders, and the office's own referrals; nothing raises, whatever lies
    there."""
    tongues, found = read_languages(languages), read_flows(flows)
    directory = read_directory(flows / "referrals", own)
    faults = [*tongues.faults, *found.faults, *directory.faults]
    faults += _icons(found, flows, icons)
    faults += _destinations(found, directory, flows)
    words = {tag: _read_domains(languages / tag, faults) for tag in sorted({SOURCE, *tongues.by_tag})}
    faults += _needed(found, directory, words[SOURCE]["flows"], languages / SOURCE / "flows.po")
    states = []
    for tag, tongue in tongues.by_tag.items():
        missing = _compare(tag, words[tag], words[SOURCE], languages / tag, faults)
        states.append(LanguageState(tag, not missing, missing, tongue.review))
    return Report(tuple(faults), _counts(found, directory, words[SOURCE]), tuple(states))


def walk(flow: Flow) -> int:
    """How many ways lead through the flow; each is gone to its end. The reader has refused loops."""
    count = 0
    for answers in walks(flow):
        assert next_question(flow, answers) is None
        count += 1
    return count


def _counts(found: Flows, directory: Referrals, source: Mapping[str, _Words]) -> dict[str, int]:
    questions = [question for flow in found.flows.values() for question in flow.questions.values()]
    shown = sum(service.shown for service in directory.services)
    return {
        "topics": len(found.topics),
        "flows": len(found.flows),
        "questions": len(questions),
        "choices": sum(len(question.choices) for question in questions),
        "paths": sum(walk(flow) for flow in found.flows.values()),
        "services": len(directory.services),
        "shown": shown,
        "hidden": len(directory.services) - shown,
        "texts": sum(len(words.texts) for words in source.values()),
    }


def _choices(found: Flows) -> Iterator[tuple[str, str, Any]]:
    for flow in found.flows.values():
        for question in flow.questions.values():
            for choice in question.choices:
                yield flow.id, f"question {question.id}, choice {choice.id}", choice


def _icons(found: Flows, flows: Path, icons: Path) -> Iterator[Fault]:
    if not icons.is_dir():
        return
    there = {file.stem for file in icons.glob("*.png")}
    for topic in found.topics.values():
        if topic.icon not in there:
            yield Fault(flows / TOPICS, f"topic {topic.id}.icon", _no_icon(topic.icon, icons))
    for flow, where, choice in _choices(found):
        if choice.icon and choice.icon not in there:
            yield Fault(flows / f"{flow}.toml", f"{where}.icon", _no_icon(choice.icon, icons))


def _no_icon(name: str, icons: Path) -> str:
    return f"there is no {_short(icons)}/{name}.png; correct the name or make the mask (assets/make_icons.py)"


def _destinations(found: Flows, directory: Referrals, flows: Path) -> Iterator[Fault]:
    groups = {group for service in directory.services if service.shown for group in service.groups}
    for flow, where, choice in _choices(found):
        for group in choice.destinations:
            if group not in groups:
                yield Fault(
                    flows / f"{flow}.toml",
                    f"{where}.destinations",
                    f"no shown service has the group {group}; correct it or confirm a row of the directory",
                )


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


def _needed(found: Flows, directory: Referrals, source: _Words, file: Path) -> Iterator[Fault]:
    """Words that flows and directory need and Japanese lacks, and words that nothing needs."""
    needed = {f"topic.{topic}{part}" for topic in found.topics for part in ("", ".example")}
    for flow in found.flows.values():
        for question in flow.questions.values():
            key = f"flow.{flow.id}.{question.id}"
            needed |= {key, f"{key}.label"} | {f"{key}.{choice.id}" for choice in question.choices}
            needed |= {f"bring.{item}" for choice in question.choices for item in choice.bring}
    texts = {service.text for service in directory.services if not service.names}
    needed |= {f"service.{text}.{part}" for text in texts for part in ("name", "what")}
    for key in sorted(needed - source.texts.keys()):
        yield Fault(file, key, "has no words; add the entry in every language")
    optional = {f"{key.removesuffix('.label')}.help" for key in needed if key.endswith(".label")}
    every = {service.text for service in directory.services}
    optional |= {f"service.{text}.{part}" for text in every for part in ("name", "what", "who")}
    for key in sorted(source.texts.keys() - needed - optional):
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


def _short(path: Path) -> str:
    return str(path.relative_to(paths.ROOT)) if path.is_relative_to(paths.ROOT) else str(path)
