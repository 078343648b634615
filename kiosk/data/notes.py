"""What an office should know although nothing is wrong: old numbers, rows to confirm, places left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from kiosk.core.care import CARE_GROUPS
from kiosk.core.directory import Service, can_talk
from kiosk.core.language import Language
from kiosk.data.languages import Fault
from kiosk.data.sound import Material, choices

PREFECTURES = 47
UNREVIEWED = "not yet reviewed"
"""How the `review` of a language begins until somebody has put their name there."""


def stale(services: Iterable[Service], today: date, days: int) -> tuple[Service, ...]:
    """Shown rows that were confirmed longer ago than the office allows."""
    return tuple(service for service in services if service.shown and service.stale(today, days))


def notes(
    material: Material, languages: Iterable[Language], home: Path, prefecture: str, today: date, days: int
) -> Iterator[Fault]:
    folder = material.folder / "referrals"
    if old := stale(material.directory.services, today, days):
        names = ", ".join(service.id for service in old)
        yield Fault(folder, "stale", f"{len(old)} numbers are older than {days} days; call and date: {names}")
    waiting = [service for service in material.directory.services if not service.shown and not service.off]
    if waiting:
        yield Fault(
            folder,
            "verification",
            f"{len(waiting)} rows are shown to nobody until the office has asked there and says so",
        )
    for group, places in _local(material):
        known = ", ".join(places) if places else "nowhere"
        here = f" In {prefecture} only the counter." if prefecture not in places else ""
        yield Fault(folder, f"group {group}", f"has rows for {known} and none for the whole country.{here}")
    unread = [language.tag for language in languages if language.review.startswith(UNREVIEWED)]
    if unread:
        yield Fault(home, "review", f"no native speaker has read: {', '.join(unread)}")


def _local(material: Material) -> Iterator[tuple[str, list[str]]]:
    """Groups that flows name and that not every prefecture has, with those that have them."""
    named = {group for *_, choice in choices(material.flows) for group in choice.destinations}
    named |= {group for *_, choice in choices(material.flows) for group in CARE_GROUPS.get(choice.care, ())}
    for group in sorted(named):
        rows = [s for s in material.directory.services if s.shown and group in s.groups and can_talk(s, "ja")]
        whole = [service for service in rows if not service.areas]
        places = dict.fromkeys(place for service in whole for place in (service.prefecture, *service.serves))
        if rows and "" not in places and len(places) < PREFECTURES:
            yield group, list(places)
