"""Tables that give nobody away: small counts hidden, and others with them, so that nobody can subtract."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping

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
) -> dict[Key, int | None]:
    """A table of one or two dimensions with its sums (TOTAL in the key), None where a number is not shown.

    Counts of 1 to `least` - 1 are not shown, nor are others as needed so that whoever subtracts what is shown
    cannot tell any of them nearer than a range `least` wide. Nobody at all (0) is shown. `hidden` are not
    shown here in any case and `fixed` are shown elsewhere, so that hiding them would protect nobody; where
    what is left does not protect enough, none of it is shown. Raises ValueError for other than one or two
    dimensions, a negative count or TOTAL as a name.
    """
    whole = _with_sums(cells)
    gone = {key for key, count in whole.items() if 0 < count < least and key not in fixed}
    gone |= {key for key in hidden if key in whole}
    while open_ := next((key for key in sorted(gone) if _room(key, whole, gone, least) < least), None):
        more = _next_hidden(open_, whole, {*gone, *fixed})
        if more is None:
            gone |= whole.keys() - set(fixed)
            break
        gone.add(more)
    return {key: None if key in gone else count for key, count in whole.items()}


def over_time(
    parts: Mapping[str, Mapping[Key, int]], least: int = LEAST
) -> tuple[dict[str, dict[Key, int | None]], dict[Key, int | None]]:
    """Tables of one dimension of several months, each as its own report shows it, and of all together, so
    that nobody can tell a month's hidden number by subtracting the others from the whole."""
    months = {name: suppress(cells, least) if cells else {} for name, cells in parts.items()}
    cells: dict[Key, int] = {
        (key[0], name): count for name, part in parts.items() for key, count in part.items()
    }
    if not cells:
        return months, {}
    hidden, fixed = set[Key](), set[Key]()
    for name, shown in months.items():
        for key, number in shown.items():
            (hidden if number is None else fixed).add((key[0], name))
    whole = suppress(cells, least, hidden=hidden, fixed=fixed)
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


def _next_hidden(open_: Key, whole: Mapping[Key, int], not_these: Collection[Key]) -> Key | None:
    """What is hidden next to protect a cell: in its row or column before elsewhere, people before empty
    cells, cells before sums, the smallest first. None where nothing is left to hide."""

    def cost(key: Key) -> tuple[bool, bool, bool, int, Key]:
        beside = any(one == other for one, other in zip(key, open_, strict=True))
        return not beside, whole[key] == 0, TOTAL in key, whole[key], key

    return min((key for key in whole if key not in not_these), key=cost, default=None)


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
    others = [key for key in hidden if key != cell]
    up = _flow(end, start, others, whole, enough)
    return min(enough, up + min(whole[cell], _flow(start, end, others, whole, enough)))


def _flow(start: str, end: str, keys: Iterable[Key], whole: Mapping[Key, int], enough: int) -> int:
    """The greatest flow between two places, up to `enough`: forward a cell takes any amount, backward what
    it holds."""
    room: dict[tuple[str, str], int] = {}
    for key in keys:
        one, other = _ends(key)
        room[one, other] = room.get((one, other), 0) + enough
        room[other, one] = room.get((other, one), 0) + whole[key]
    found = 0
    while found < enough:
        way = _way(start, end, room)
        if not way:
            break
        more = min(enough - found, *(room[step] for step in way))
        for one, other in way:
            room[one, other] -= more
            room[other, one] += more
        found += more
    return found


def _way(start: str, end: str, room: Mapping[tuple[str, str], int]) -> list[tuple[str, str]]:
    """The shortest way with room on every step; empty where there is none."""
    came: dict[str, str] = {start: ""}
    places = deque([start])
    while places and end not in came:
        here = places.popleft()
        for one, other in room:
            if one == here and other not in came and room[one, other] > 0:
                came[other] = here
                places.append(other)
    way: list[tuple[str, str]] = []
    while end in came and end != start:
        way.append((came[end], end))
        end = came[end]
    return way
