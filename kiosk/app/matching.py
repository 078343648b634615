"""What choosing agencies costs over a directory of 5,000 rows, against the plain scan of the same rows."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from kiosk.app.office import is_holiday
from kiosk.core.care import CARE_GROUPS
from kiosk.core.directory import MAX_SERVICES, Directory, Match, Service, can_talk, match, speaks
from kiosk.core.hours import opening
from kiosk.data.flows import read_flows
from kiosk.data.referral_rows import PREFECTURES
from kiosk.data.referrals import read_directory
from kiosk.settings import LANGUAGES

ROWS = 5_000
TOKYO = ZoneInfo("Asia/Tokyo")
HOURS = {
    "open": datetime(2026, 11, 20, 11, 0, tzinfo=TOKYO),
    "closed": datetime(2026, 11, 22, 3, 0, tzinfo=TOKYO),
}
"""A Friday morning, and the night before a Monday that is a holiday."""
PREFECTURE, AREA = "北海道", "函館市"
"""The one with most rows of its own."""

Ask = Callable[[Sequence[str], str, datetime], tuple[Match, ...]]


def run() -> dict[str, float]:
    """Milliseconds of one choice: median, 95th percentile and longest, for all sets of groups that flows and
    care lead to, in nine languages, at an open and a closed hour. `scan_…`: the peer, in the same run and by
    turns; `scan_ratio`: its median over ours. `index_ms`: making the index, once at the start.

    Raises RuntimeError where both do not choose the same.
    """
    rows = many(ROWS)
    begun = time.perf_counter()
    directory = Directory(rows)
    figures = {"rows": float(len(rows)), "index_ms": (time.perf_counter() - begun) * 1000}
    asked = groups()
    figures["group_sets"] = float(len(asked))
    ways: dict[str, Ask] = {"match": _indexed(directory), "scan": _scanned(rows)}
    for hour, now in HOURS.items():
        took = _times(ways, asked, now)
        for name, times in took.items():
            figures |= _figures(f"{name}_{hour}", times)
        figures[f"scan_ratio_{hour}"] = statistics.median(took["scan"]) / statistics.median(took["match"])
    return figures


def many(count: int) -> list[Service]:
    """The shipped rows, and as many changed copies of them as it takes: of every prefecture, in several
    languages, some for an area, some not shown. The same on every machine."""
    shipped = read_directory().services
    dice = random.Random(5_000)
    rows = list(shipped)
    while len(rows) < count:
        pattern = shipped[len(rows) % len(shipped)]
        prefecture = dice.choice(("", PREFECTURE, *PREFECTURES))
        rows.append(
            replace(
                pattern,
                id=f"{pattern.id}-{len(rows)}",
                telephone=f"03-{len(rows):08d}",
                prefecture=prefecture,
                serves=tuple(dice.sample(PREFECTURES, 3)) if prefecture and dice.random() < 0.1 else (),
                areas=(dice.choice((AREA, "旭川市")),) if prefecture == PREFECTURE else (),
                languages=("ja", *dice.sample(LANGUAGES[1:-1], dice.randrange(4))),
                verification=dice.choice(("official", "public", "public", "secondary")),
            )
        )
    return rows[:count]


def groups() -> list[tuple[str, ...]]:
    """Every set of groups that one choice or one care leads to."""
    flows = read_flows().flows.values()
    choices = (
        choice for flow in flows for question in flow.questions.values() for choice in question.choices
    )
    found = [choice.destinations for choice in choices if choice.destinations]
    return list(dict.fromkeys([*found, *CARE_GROUPS.values()]))


def _indexed(directory: Directory) -> Ask:
    def ask(wanted: Sequence[str], language: str, now: datetime) -> tuple[Match, ...]:
        return match(
            wanted,
            directory,
            language=language,
            prefecture=PREFECTURE,
            area=AREA,
            now=now,
            is_holiday=is_holiday,
        )

    return ask


def _scanned(rows: Sequence[Service]) -> Ask:
    """The peer: every row looked at for every group, and its hours with it."""

    def rank(service: Service, language: str, now: datetime) -> tuple[int, bool, bool]:
        near = 0 if service.areas else 3 if not service.prefecture else 1
        if near == 1 and service.prefecture != PREFECTURE:
            near = 2
        return near, not speaks(service, language), opening(service.schedule, now, is_holiday).state != "open"

    def ask(wanted: Sequence[str], language: str, now: datetime) -> tuple[Match, ...]:
        found: dict[str, Match] = {}
        for group in wanted:
            fitting = [
                service
                for service in rows
                if service.shown
                and group in service.groups
                and (service.prefecture in ("", PREFECTURE) or PREFECTURE in service.serves)
                and (not service.areas or AREA in service.areas)
                and can_talk(service, language)
            ]
            if fitting:
                best = _choose(fitting, lambda service: rank(service, language, now), now)
                found.setdefault(best.service.id, best)
            if len(found) == MAX_SERVICES:
                break
        return tuple(found.values())

    return ask


def _choose(
    fitting: list[Service], rank: Callable[[Service], tuple[int, bool, bool]], now: datetime
) -> Match:
    best = min(fitting, key=rank)
    state = opening(best.schedule, now, is_holiday)
    others = (
        service
        for service in sorted(fitting, key=lambda service: rank(service)[:2])
        if (not service.telephone or service.telephone != best.telephone)
        and opening(service.schedule, now, is_holiday).state == "open"
    )
    return Match(best, state, next(others, None) if state.state == "closed" else None)


def _times(ways: dict[str, Ask], asked: Iterable[Sequence[str]], now: datetime) -> dict[str, list[float]]:
    took: dict[str, list[float]] = {name: [] for name in ways}
    for wanted in asked:
        for language in LANGUAGES:
            chosen = []
            for name, ask in ways.items():
                begun = time.perf_counter()
                chosen.append(ask(wanted, language, now))
                took[name].append((time.perf_counter() - begun) * 1000)
            if chosen[0] != chosen[1]:
                raise RuntimeError(f"the index and the scan choose differently for {', '.join(wanted)}")
    return took


def _figures(name: str, times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        f"{name}_p50_ms": statistics.median(ordered),
        f"{name}_p95_ms": ordered[int(len(ordered) * 0.95)],
        f"{name}_max_ms": ordered[-1],
    }
