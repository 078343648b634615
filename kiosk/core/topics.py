"""Topics as a report shows them: an office's own and the national ones over them, suppressed together.

Somebody with two topics of one national topic counts twice among the office's own and once there; somebody
with two national topics counts once among the people. How often that was is taken as known to whoever
subtracts: then the tables add up, and what such visits need stays out of what a hidden number could be.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kiosk.core.counts import UNKNOWN, Counts
from kiosk.core.suppression import TOTAL, Key, Shape, Shown, of_month, over_time, suppress

NAMES = ("topic", "local")


@dataclass(frozen=True)
class Topics:
    """Topics of some months."""

    parts: Mapping[str, Mapping[Key, int]]
    """By month: the finest topics that are counted."""
    national: Mapping[str, Mapping[Key, int]]
    place: Mapping[str, str]
    """National topic → its name in the suppressed table: that of its only local one, or its group's."""
    shape: Shape

    def shown(self, least: int, told: Collection[str]) -> dict[str, Shown]:
        """`topic` and `local` of the one month, or of all months together. `told`: months whose sums are
        known, as `over_time` takes them."""
        if len(self.parts) == 1:
            ((month, part),) = self.parts.items()
            fixed, shape = [(TOTAL,)] if month in told else [], of_month(self.shape, month)
            whole = suppress(part, least, fixed=fixed, known=[(UNKNOWN,)], shape=shape)
        else:
            _, whole = over_time(self.parts, least, known=(UNKNOWN,), told=told, shape=self.shape)
        return {"topic": self._topic(whole), "local": self._local(whole)}

    def least_of(self, local: Shown) -> dict[Key, int]:
        """What the sums of national topics over all months cannot be less than, for what `local` shows."""
        found: dict[Key, int] = {}
        for topic, place in self.place.items():
            codes = [code for code, group in self.shape.groups.items() if group == place] or [place]
            finest = sum(part.get((code,), 0) for part in self.parts.values() for code in codes)
            twice = finest - sum(part.get((topic,), 0) for part in self.national.values())
            found[(topic, TOTAL)] = max(0, sum(self._at_least(local, code) for code in codes) - twice)
        return found

    def _at_least(self, local: Shown, code: str) -> int:
        number = local.get((code,))
        if number is not None:
            return number
        return sum(self.shape.floors.get((code, month), 0) for month in self.parts)

    def _local(self, whole: Shown) -> Shown:
        groups = set(self.shape.groups.values())
        return {key: number for key, number in whole.items() if key[0] not in groups}

    def _topic(self, whole: Shown) -> Shown:
        counts: dict[str, int] = {}
        for part in self.national.values():
            for (topic,), count in part.items():
                counts[topic] = counts.get(topic, 0) + count
        numbers = [(topic, self.place[topic], count) for topic, count in counts.items()]
        numbers += [(TOTAL, TOTAL, sum(counts.values()))] if counts else []
        return {(name,): None if whole[(place,)] is None else count for name, place, count in numbers}


def topics_of(months: Mapping[str, Counts], national: Mapping[str, str], least: int) -> Topics:
    """The topics of these months; `national`: local topic → national one, where not itself."""
    finest = "local" if any("local" in counts.tables for counts in months.values()) else "topic"
    parts = {month: dict(counts.table(finest)) for month, counts in months.items()}
    under = {month: dict(counts.table("topic")) for month, counts in months.items()}
    codes: dict[str, set[str]] = {}
    for part in parts.values():
        for (code,) in part:
            topic = national.get(code, code) if finest == "local" else code
            codes.setdefault(topic, set()).add(code)
    several = {topic: found for topic, found in codes.items() if len(found) > 1}
    place = {topic: TOTAL + topic if topic in several else min(found) for topic, found in codes.items()}
    groups = {code: TOTAL + topic for topic, found in several.items() for code in found}
    floors: dict[Key, int] = {}
    for month, counts in months.items():
        unsaid = under[month].get((UNKNOWN,), 0)
        said = {key[0]: count for key, count in under[month].items() if key[0] != UNKNOWN}
        kept = _kept(said, counts.people - unsaid)
        for topic, floor in kept.items():
            own = {code: parts[month].get((code,), 0) for code in codes[topic]}
            whole = under[month][(topic,)]
            floors[(place[topic], month)] = floor + sum(own.values()) - whole
            if topic in several:
                floors |= {(code, month): number for code, number in _kept(own, whole).items()}
    few = {(TOTAL, month) for month, counts in months.items() if 0 < counts.people < least}
    return Topics(parts, under, place, Shape(groups, floors, few | _small(under, place, least)))


def _kept(counts: Mapping[str, int], once: int) -> dict[str, int]:
    """How much of each count visits may need that count in several, of which there are `once` visits: without
    any of them the others still hold what goes beyond."""
    beyond, most = sum(counts.values()) - once, max(counts.values(), default=0)

    def held(each: int) -> int:
        return sum(min(count, each) for count in counts.values()) - min(most, each)

    each = bisect_left(range(most), beyond, key=held)
    return {code: min(count, each) for code, count in counts.items()}


def _small(under: Mapping[str, Mapping[Key, int]], place: Mapping[str, str], least: int) -> set[Key]:
    """National topics with few people by month and over all, and sums of them."""
    sums: dict[Key, int] = {}
    for month, part in under.items():
        for (topic,), count in part.items():
            for name in (place[topic], TOTAL):
                for column in (month, TOTAL):
                    sums[(name, column)] = sums.get((name, column), 0) + count
    return {key for key, count in sums.items() if 0 < count < least}
