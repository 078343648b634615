"""Tables that give nobody away: small counts hidden, and others with them, so that nobody can subtract."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping

LEAST = 5
"""People in the smallest count that is shown."""
TOTAL = "*"
"""In a table's key: the sum over this dimension."""
Key = tuple[str, ...]


def suppress(
    cells: Mapping[Key, int],
    least: int = LEAST,
    *,
    hidden: Collection[Key] = (),
    fixed: Collection[Key] = (),
    known: Collection[Key] = (),
) -> dict[Key, int | None]:
    """A table of one or two dimensions with its sums (TOTAL in the key), None where a number is not shown.

    Counts of 1 to `least` - 1 are not shown, nor are others as needed so that whoever subtracts what is shown
    cannot tell any of them nearer than a range `least` wide; of what could be hidden for that, what loses
    least is. Nobody at all (0) is shown. `hidden` are not shown in any case and `fixed` are shown elsewhere,
    so that hiding them would protect nobody; where what is left does not protect enough, none of it is shown.
    `known` may be known from elsewhere though they are not shown: small counts are safe without them too.
    Raises ValueError for other than one or two dimensions, a negative count or TOTAL as a name.
    """
    whole = _with_sums(cells)
    small = {key for key, count in whole.items() if 0 < count < least and key not in fixed}
    gone = small | {key for key in hidden if key in whole}
    told = frozenset(known)
    passes = [(frozenset[Key](), gone), *([(told, small - told), (frozenset[Key](), gone)] if told else [])]
    for shut, protected in passes:
        line = deque(sorted(protected))
        while line:
            key = line.popleft()
            if _room(key, whole, gone - shut, least) >= least:
                continue
            more = _hidden_with(key, whole, gone, {*fixed, *shut}, least)
            if more is None:
                # Nothing is left that could be hidden for it alone.
                return {key: count if key in fixed else None for key, count in whole.items()}
            gone |= more
            # Hiding more never makes what is hidden easier to tell: each is looked at once.
            line.extend(() if shut else sorted(more))
    return {key: None if key in gone else count for key, count in whole.items()}


def over_time(
    parts: Mapping[str, Mapping[Key, int]], least: int = LEAST, known: Collection[str] = ()
) -> tuple[dict[str, dict[Key, int | None]], dict[Key, int | None]]:
    """Tables of one dimension of several months, each as its own report shows it, and of all together, so
    that nobody can tell a month's hidden number by subtracting the others from the whole. `known`: codes
    whose counts may be known from elsewhere."""
    alone = [(code,) for code in known]
    months = {name: suppress(cells, least, known=alone) if cells else {} for name, cells in parts.items()}
    cells: dict[Key, int] = {
        (key[0], name): count for name, part in parts.items() for key, count in part.items()
    }
    if not cells:
        return months, {}
    hidden, fixed = set[Key](), set[Key]()
    for name, shown in months.items():
        for key, number in shown.items():
            (hidden if number is None else fixed).add((key[0], name))
    told = [(code, name) for code in known for name in (*parts, TOTAL)]
    whole = suppress(cells, least, hidden=hidden, fixed=fixed, known=told)
    return months, {(code,): number for (code, name), number in whole.items() if name == TOTAL}


def _with_sums(cells: Mapping[Key, int]) -> dict[Key, int]:
    if any(count < 0 or TOTAL in key or len(key) not in (1, 2) for key, count in cells.items()):
        raise ValueError("a table has one or two dimensions, no negative counts and no name of a sum")
    if len({len(key) for key in cells}) > 1:
        raise ValueError("a table's keys are of one length")
    whole = dict(cells)
    for key, count in cells.items():
        for sum_key in _sums(key):
            whole[sum_key] = whole.get(sum_key, 0) + count
    return whole


def _sums(key: Key) -> list[Key]:
    if len(key) == 1:
        return [(TOTAL,)]
    return [(key[0], TOTAL), (TOTAL, key[1]), (TOTAL, TOTAL)]


def _hidden_with(
    open_: Key, whole: Mapping[Key, int], gone: Collection[Key], not_these: Collection[Key], enough: int
) -> set[Key] | None:
    """What is hidden too to protect a cell: the cells through which the values it lacks run at the least
    cost. None where that is not possible."""
    price = {
        key: 0 if key in gone else _price(key, whole[key])
        for key in whole
        if key != open_ and key not in not_these
    }
    start, end = _ends(open_)
    found, through = _send(end, start, price, whole, enough)
    if found < enough:
        lower, also = _send(start, end, price, whole, min(whole[open_], enough - found))
        found, through = found + lower, through | also
    return through - set(gone) if found >= enough else None


def _price(key: Key, count: int) -> int:
    """What a reader loses with a number: more with a sum than with a cell, more with a large one."""
    if TOTAL in key:
        return 300 + 3 * count
    return 10 + count if count else 40


def _ends(key: Key) -> tuple[str, str]:
    """Counts as a flow that goes round: what leaves a row's sum goes through its cells to the columns' sums
    and from there to the whole. Every line of the table is a place where as much comes in as goes out."""
    if len(key) == 1:
        return ("t", "g") if key[0] == TOTAL else ("g", "t")
    row, column = key
    if row == TOTAL:
        return ("T", "S") if column == TOTAL else (f"c{column}", "T")
    return ("S", f"r{row}") if column == TOTAL else (f"r{row}", f"c{column}")


def _room(cell: Key, whole: Mapping[Key, int], hidden: Collection[Key], enough: int) -> int:
    """How many values besides its own a hidden cell could have for all that is shown; at most `enough`.

    In such a flow the values a cell can take are those between its least and its greatest: how much more or
    less may run through the hidden cells only.
    """
    start, end = _ends(cell)
    price = {key: 0 for key in hidden if key != cell}
    up, _ = _send(end, start, price, whole, enough)
    if up >= enough:
        return enough
    down, _ = _send(start, end, price, whole, min(enough - up, whole[cell]))
    return up + down


class _Step:
    """One way over a cell: how much more may run, at what price, and the way back over it."""

    __slots__ = ("back", "key", "price", "room", "to")

    def __init__(self, key: Key, to: str, room: int, price: int) -> None:
        self.key, self.to, self.room, self.price = key, to, room, price
        self.back: _Step


def _send(
    start: str, end: str, price: Mapping[Key, int], whole: Mapping[Key, int], enough: int
) -> tuple[int, set[Key]]:
    """The greatest flow between two places, up to `enough`, over the cells of `price` at the least price, and
    the cells it runs through: forward a cell takes any amount, backward what it holds."""
    steps: dict[str, list[_Step]] = {start: [], end: []}
    made: list[tuple[_Step, _Step]] = []
    for key in sorted(price):
        one, other = _ends(key)
        for here, there, room in ((one, other, enough), (other, one, whole[key])):
            step, back = _Step(key, there, room, price[key]), _Step(key, here, 0, -price[key])
            step.back, back.back = back, step
            steps.setdefault(here, []).append(step)
            steps.setdefault(there, []).append(back)
            made.append((step, back))
    found = 0
    while found < enough:
        way = _cheapest(start, end, steps)
        if not way:
            break
        more = min(enough - found, *(step.room for step in way))
        for step in way:
            step.room -= more
            step.back.room += more
        found += more
    return found, {step.key for step, back in made if back.room}


def _cheapest(start: str, end: str, steps: Mapping[str, list[_Step]]) -> list[_Step]:
    """The cheapest way with room on every step; empty where there is none. Bellman and Ford's, as a step back
    has a price below nothing."""
    paid, came = {start: 0}, dict[str, _Step]()
    places = deque([start])
    while places:
        here = places.popleft()
        for step in steps[here]:
            if step.room > 0 and paid[here] + step.price < paid.get(step.to, 1 << 60):
                paid[step.to], came[step.to] = paid[here] + step.price, step
                if step.to not in places:
                    places.append(step.to)
    way: list[_Step] = []
    while end != start:
        if end not in came:
            return []
        way.append(came[end])
        end = came[end].back.to
    return way
