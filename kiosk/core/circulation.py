"""The greatest flow between two places at the least price: how far numbers of a table can move."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping


class _Step:
    """One way along an arc: how much more may run, at what price, and the way back."""

    __slots__ = ("back", "name", "price", "room", "to")

    def __init__(self, name: tuple[str, ...], to: str, room: int, price: int) -> None:
        self.name, self.to, self.room, self.price = name, to, room, price
        self.back: _Step


Arc = tuple[tuple[str, ...], str, str, int, int]
"""Name, from, to, price, and how much less than now it may hold; more it may always."""


def send(start: str, end: str, arcs: Iterable[Arc], enough: int) -> tuple[int, set[tuple[str, ...]]]:
    """What can run from `start` to `end`, up to `enough`, at the least price, and the names of the arcs it
    runs through: forward any amount, backward what an arc may lose."""
    steps: dict[str, list[_Step]] = {start: [], end: []}
    made: list[_Step] = []
    for name, one, other, price, less in arcs:
        for here, there, room in ((one, other, enough), (other, one, less)):
            step, back = _Step(name, there, room, price), _Step(name, here, 0, -price)
            step.back, back.back = back, step
            steps.setdefault(here, []).append(step)
            steps.setdefault(there, []).append(back)
            made.append(step)
    found, free = 0, not any(step.price for step in made)
    while found < enough:
        way = _cheapest(start, end, steps, free)
        if not way:
            break
        more = min(enough - found, *(step.room for step in way))
        for step in way:
            step.room -= more
            step.back.room += more
        found += more
    return found, {step.name for step in made if step.back.room}


def _cheapest(start: str, end: str, steps: Mapping[str, list[_Step]], free: bool) -> list[_Step]:
    """The cheapest way with room on every step; empty where there is none. Bellman and Ford's, as a step back
    has a price below nothing. Where all are `free` the first way found will do."""
    paid, came = {start: 0}, dict[str, _Step]()
    places, waiting = deque([start]), {start}
    while places and not (free and end in came):
        here = places.popleft()
        waiting.discard(here)
        for step in steps[here]:
            if step.room > 0 and paid[here] + step.price < paid.get(step.to, 1 << 60):
                paid[step.to], came[step.to] = paid[here] + step.price, step
                if step.to not in waiting:
                    places.append(step.to)
                    waiting.add(step.to)
    way: list[_Step] = []
    while end != start:
        if end not in came:
            return []
        way.append(came[end])
        end = came[end].back.to
    return way
