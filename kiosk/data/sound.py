"""Topics, flows, life orientation and directory read together: do they fit, and which words do they need?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk import paths
from kiosk.core.care import CARE_GROUPS
from kiosk.core.flow import Choice
from kiosk.data.flows import TOPICS, Flows, read_flows
from kiosk.data.guides import Guides, needed_keys, optional_keys, read_guides
from kiosk.data.languages import Fault
from kiosk.data.referrals import Referrals, read_directory

ICONS = paths.ASSETS / "icons"
MESSAGES, FLOWS = "messages.po", "flows.po"


@dataclass(frozen=True)
class Material:
    """What lies in one `flows` folder. `faults`: everything that would change what residents meet."""

    folder: Path
    flows: Flows
    guides: Guides
    directory: Referrals
    faults: tuple[Fault, ...]


def read_material(folder: Path = paths.FLOWS, icons: Path = ICONS, own: Path | None = None) -> Material:
    """Never raises, whatever lies there. Without the folder of masks no icon is looked for. `own`: the
    office's own rows of the directory."""
    flows, directory = read_flows(folder), read_directory(folder / "referrals", own)
    guides = read_guides(flows.topics, folder / "guides")
    faults = [*flows.faults, *guides.faults, *directory.faults]
    faults += _icons(flows, guides, folder, icons)
    faults += _destinations(flows, directory, folder)
    return Material(folder, flows, guides, directory, tuple(faults))


def choices(flows: Flows) -> Iterator[tuple[str, str, Choice]]:
    """Flow, place in its file, choice: all there are."""
    for flow in flows.flows.values():
        for question in flow.questions.values():
            for choice in question.choices:
                yield flow.id, f"question {question.id}, choice {choice.id}", choice


def needed(material: Material) -> frozenset[str]:
    """Catalogue keys that must have words in every language offered."""
    flows = material.flows
    keys = {f"topic.{topic}{part}" for topic in flows.topics for part in ("", ".example")}
    for flow in flows.flows.values():
        for question in flow.questions.values():
            key = f"flow.{flow.id}.{question.id}"
            keys |= {key, f"{key}.label"} | {f"{key}.{choice.id}" for choice in question.choices}
            keys |= {f"bring.{item}" for choice in question.choices for item in choice.bring}
    for service in material.directory.services:
        if not service.names:
            keys |= {f"service.{service.text}.{part}" for part in ("name", "what")}
    return frozenset(keys) | needed_keys(material.guides)


def optional(material: Material) -> frozenset[str]:
    """Keys that may have words."""
    keys = {
        f"flow.{flow.id}.{question}.help"
        for flow in material.flows.flows.values()
        for question in flow.questions
    }
    keys |= {f"service.{service.text}.who" for service in material.directory.services}
    return frozenset(keys) | optional_keys(material.guides)


def untranslated(material: Material, languages: Path, tags: Iterable[str]) -> Iterator[Fault]:
    """Words that one of these languages lacks, read with the kiosk's own quick reader."""
    from kiosk.data.catalogue import read_po

    keys = needed(material)
    for tag in tags:
        file = languages / tag / FLOWS
        try:
            there = read_po(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as wrong:
            yield Fault(file, "", f"cannot be read: {wrong}; put it back")
            continue
        for key in sorted(keys - there.keys()):
            yield Fault(file, key, "is not translated; write its words, or take it out of the flow")


def _icons(flows: Flows, guides: Guides, folder: Path, icons: Path) -> Iterator[Fault]:
    if not icons.is_dir():
        return
    there = {file.stem for file in icons.glob("*.png")}
    for topic in flows.topics.values():
        if topic.icon not in there:
            yield Fault(folder / TOPICS, f"topic {topic.id}.icon", _no_icon(topic.icon, icons))
    for flow, where, choice in choices(flows):
        if choice.icon and choice.icon not in there:
            yield Fault(folder / f"{flow}.toml", f"{where}.icon", _no_icon(choice.icon, icons))
    for guide in guides.by_topic.values():
        for card in guide.cards:
            if card.icon not in there:
                file = folder / "guides" / f"{guide.topic}.toml"
                yield Fault(file, f"card {card.id}.icon", _no_icon(card.icon, icons))


def _no_icon(name: str, icons: Path) -> str:
    return f"there is no {short(icons)}/{name}.png; correct the name or make the mask (assets/make_icons.py)"


def _destinations(flows: Flows, directory: Referrals, folder: Path) -> Iterator[Fault]:
    groups = {group for service in directory.services if service.shown for group in service.groups}
    for flow, where, choice in choices(flows):
        pointed = [(group, f"{where}.destinations") for group in choice.destinations]
        pointed += [(group, f"{where}.care") for group in CARE_GROUPS.get(choice.care, ())]
        for group, key in pointed:
            if group not in groups:
                yield Fault(
                    folder / f"{flow}.toml",
                    key,
                    f"no shown service has the group {group}; correct it or confirm a row of the directory",
                )


def short(path: Path) -> str:
    """The path as staff know it."""
    return str(path.relative_to(paths.ROOT)) if path.is_relative_to(paths.ROOT) else str(path)
