"""Counts as they may be shown, and the large numbers of a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kiosk.core.counts import CROSSES, UNKNOWN, Counts, Tally
from kiosk.core.suppression import TOTAL, Key, Shown, over_time, suppress
from kiosk.core.topics import NAMES, topics_of
from kiosk.reports import counted
from kiosk.reports.labels import BANDS, Labels
from kiosk.reports.model import Big

_WEEK = range(1, 8)
NONE = "none"
"""Among times at a counter: who had none."""
ALWAYS = ("interpreter", "handover", *NAMES)
"""Tables that the large numbers, the comparison and other tables need, whatever tables there are."""


@dataclass(frozen=True)
class Frame:
    """What stands around the tables."""

    office: str
    stamp: str
    notes: tuple[str, ...] = ()
    today: str = ""
    """In ISO form; a stretch it lies in is not over yet."""


def people_of(tally: Tally, months: Sequence[str], least: int) -> dict[Key, int | None]:
    """Consultations by month with their sum; a sum that would tell a hidden month is hidden."""
    cells: dict[Key, int] = {(month,): tally.over((month,)).people for month in months}
    shown = [key for key, count in cells.items() if not 0 < count < least]
    return suppress(cells, least, fixed=shown)


def too_few(tally: Tally, months: Sequence[str], least: int) -> bool:
    """Whether somebody came in these months, but fewer than are told of."""
    return 0 < tally.over(months).people < least


def people_in(tally: Tally, month: str, least: int) -> int | None:
    return people_of(tally, (month,), least)[(TOTAL,)]


def cells_of(counts: Counts, name: str) -> dict[Key, int]:
    """What a table of one dimension counts: hand-overs by what became of them, and among times at a counter
    those who had none, so that these tables, too, add up to all."""
    cells = dict(counts.table(name))
    if name in CROSSES:
        became: dict[Key, int] = {}
        for (_, outcome), count in cells.items():
            became[(outcome,)] = became.get((outcome,), 0) + count
        return became
    if name == "serving" and (none := counts.people - sum(cells.values())):
        cells[(NONE,)] = none
    return cells


def shown_in(tally: Tally, months: Sequence[str], names: Iterable[str], least: int) -> dict[str, Shown]:
    """Tables of one dimension as the report of a month, or of a year's months, shows them, so that none gives
    another away; empty where nobody counts, and for those of two."""
    parts = {month: tally.over((month,)) for month in months}
    shown: dict[str, Shown] = {name: {} for name in names}
    if not any(counts.people for counts in parts.values()):
        return shown
    if shown.keys() & set(NAMES):
        told = _told(tally, months, months, least)
        together = topics_of(parts, tally.national, least).shown(least, told)
        shown |= {name: one for name, one in together.items() if name in shown}
    for name in shown:
        if "*" not in name and name not in NAMES:
            shown[name] = _shown(tally, parts, name, least)
    return shown


def _shown(tally: Tally, parts: Mapping[str, Counts], name: str, least: int) -> Shown:
    cells = {month: cells_of(counts, name) for month, counts in parts.items()}
    whole = [month for month, part in cells.items() if sum(part.values()) == parts[month].people]
    told = _told(tally, list(parts), whole, least)
    if len(parts) > 1:
        return filled(name, over_time(cells, least, known=(UNKNOWN,), told=told)[1])
    (part,) = cells.values()
    fixed = [(TOTAL,)] if told else ()
    return filled(name, suppress(part, least, fixed=fixed, known=[(UNKNOWN,)])) if part else {}


def floors_of(tally: Tally, months: Sequence[str], name: str, local: Shown, least: int) -> dict[Key, int]:
    """What hidden sums of a table of two dimensions cannot be less than, for what `local` shows of topics."""
    if "topic" not in name.split("*"):
        return {}
    found = topics_of({month: tally.over((month,)) for month in months}, tally.national, least).least_of(
        local
    )
    return (
        found
        if name.startswith("topic*")
        else {(total, code): least for (code, total), least in found.items()}
    )


def _told(tally: Tally, months: Sequence[str], whole: Sequence[str], least: int) -> list[str]:
    """The months, and TOTAL, whose sums the number of people tells: of `whole` the tables add up to it."""
    people = people_of(tally, months, least)
    told = [month for month in whole if people[(month,)] is not None]
    return [*told, TOTAL] if len(whole) == len(months) and people[(TOTAL,)] is not None else told


def bigs(
    tally: Tally,
    now: Sequence[str],
    shown: Mapping[str, Shown],
    besides: Sequence[str],
    least: int,
    labels: Labels,
) -> tuple[Big, ...]:
    """The large numbers: consultations, languages, waiting, serving, hand-overs, with an interpreter; none
    that a table hides. `besides`: how many there were before, in words."""
    counts = tally.over(now)
    people = people_of(tally, now, least)[(TOTAL,)]
    languages = len(counts.table("language"))
    waiting, serving = (
        counted.median_words(name, counts.table(name), least, labels) for name in ("waiting", "serving")
    )
    beside = "　".join(filter(None, besides))
    helped = shown["interpreter"].get(("yes",), 0)
    handed = shown["handover"].get((TOTAL,), 0)
    text = labels.text
    return (
        Big(text("report.big.people"), counted.number(people, least, labels), beside),
        Big(text("report.big.languages"), str(languages)),
        Big(text("report.big.waiting"), waiting, text("report.big.median")),
        Big(text("report.big.serving"), serving, text("report.big.median")),
        opened_only("report.big.handed", counted.number(handed, least, labels), counts, labels),
        opened_only("report.big.interpreter", counted.number(helped, least, labels), counts, labels),
    )  # fmt: skip


def opened_only(key: str, value: str, counts: Counts, labels: Labels) -> Big:
    """A large number of what counselors recorded: nothing is known of it where no record opens here, and of
    some only where some do not."""
    if counts.closed and counts.closed == counts.people:
        return Big(labels.text(key), labels.text("report.hidden"), labels.text("report.closed"))
    beside = (
        labels.text("report.beside.opened", n=f"{counts.people - counts.closed:,}") if counts.closed else ""
    )
    return Big(labels.text(key), value, beside)


def against_year(
    tally: Tally, months: Sequence[str], before: Sequence[str], least: int, labels: Labels, frame: Frame
) -> list[str]:
    """How much more or less than a year ago, over the months that are over; nothing where the year before was
    not counted from its beginning, or a month's number is hidden."""
    over = [month for month in months if not frame.today or month < frame.today[:7]]
    then = before[: len(over)]
    if not over or not tally.over(before[:1]).people:
        return []
    now, ago = (people_of(tally, stretch, least) for stretch in (over, then))
    if None in (*now.values(), *ago.values()):
        return []
    if len(over) == len(months):
        return [against(now[(TOTAL,)], ago[(TOTAL,)], "year", 1, labels)]
    change = _change(now[(TOTAL,)], ago[(TOTAL,)])
    return [labels.text("report.beside.year.part", n=len(over), change=change)] if change else []


def filled(name: str, shown: Shown) -> Shown:
    """With the lines that count nobody, where the dimension has an order of its own."""
    all_ = [str(day) for day in _WEEK] if name == "weekday" else [str(start) for start in BANDS.get(name, ())]
    return {**{(code,): 0 for code in all_}, **shown}


def unfinished(frame: Frame, when: str) -> bool:
    return frame.today.startswith(when) if frame.today else False


def so_far(frame: Frame, when: str, labels: Labels) -> list[str]:
    return [labels.text("report.note.unfinished", day=frame.today)] if unfinished(frame, when) else []


def why_hidden(least: int, labels: Labels) -> str:
    return labels.text("report.note.hidden", least=least - 1)


def against(now: int | None, then: int | None, kind: str, place: int, labels: Labels) -> str:
    """The change in words; empty where one of the two is not shown, or there was nothing."""
    change = _change(now, then)
    return labels.text(f"report.beside.{kind}.{place}", change=change) if change else ""


def _change(now: int | None, then: int | None) -> str:
    """In percent."""
    return "" if now is None or not then else f"{round(100 * (now - then) / then):+d}"
