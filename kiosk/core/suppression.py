"""Tables that give nobody away: small counts hidden, and others with them, so that nobody can subtract."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from kiosk.core.circulation import Arc, send

LEAST = 5
"""People in the smallest count that is shown."""
TOTAL = "*"
"""In a table's key: the sum over this dimension; before a name: the sum over a group of this name."""
Key = tuple[str, ...]
Shown = Mapping[Key, int | None]
"""A table with its sums, None where a number is not shown."""


@dataclass(frozen=True)
class Shape:
    """What is known of a table beside its numbers."""

    groups: Mapping[str, str] = field(default_factory=dict)
    """Of the first dimension: name → its group's, TOTAL and a name. Groups have sums of their own."""
    floors: Mapping[Key, int] = field(default_factory=dict)
    """What a count cannot be less than, whoever asks."""
    small: Collection[Key] = ()
    """Sums that are small though their numbers here are not: these count somebody more than once."""


PLAIN = Shape()


def suppress(
    cells: Mapping[Key, int],
    least: int = LEAST,
    *,
    hidden: Collection[Key] = (),
    fixed: Collection[Key] = (),
    known: Collection[Key] = (),
    shape: Shape = PLAIN,
) -> dict[Key, int | None]:
    """A table of one or two dimensions with its sums (TOTAL in the key), None where a number is not shown.

    Counts of 1 to `least` - 1 are not shown, nor are others as needed so that whoever subtracts what is shown
    cannot tell any of them nearer than a range `least` wide; of what could be hidden for that, what loses
    least is. Nobody at all (0) is shown. `hidden` are not shown in any case and `fixed` are shown elsewhere,
    so that hiding them would protect nobody; where what is left does not protect enough, none of it is shown.
    `known` may be known from elsewhere though they are not shown: small counts are safe without them too,
    where that is possible.
    Raises ValueError for other than one or two dimensions, a negative count or TOTAL as a name.
    """
    whole = _with_sums(cells, shape.groups)
    small = {key for key, count in whole.items() if 0 < count < least and key not in fixed}
    gone = small | {key for key in (*hidden, *shape.small) if key in whole and key not in fixed}
    told = frozenset(known)
    passes = [(frozenset[Key](), gone), *([(told, small - told), (frozenset[Key](), gone)] if told else [])]
    for shut, protected in passes:
        line = deque(sorted(protected))
        while line:
            key = line.popleft()
            if _room(key, whole, gone - shut, least, shape) >= least:
                continue
            more = _hidden_with(key, whole, gone, {*fixed, *shut}, least, shape)
            if more is None and shut:
                continue  # Whoever knows those knows it, whatever is hidden.
            if more is None:
                # Nothing is left that could be hidden for it alone.
                return {key: count if key in fixed else None for key, count in whole.items()}
            gone |= more
            # Hiding more never makes what is hidden easier to tell: each is looked at once.
            line.extend(() if shut else sorted(more))
    return {key: None if key in gone else count for key, count in whole.items()}


def over_time(
    parts: Mapping[str, Mapping[Key, int]],
    least: int = LEAST,
    known: Collection[str] = (),
    *,
    told: Collection[str] = (),
    shape: Shape = PLAIN,
) -> tuple[dict[str, dict[Key, int | None]], dict[Key, int | None]]:
    """Tables of one dimension of several months, each as its own report shows it, and of all together, so
    that nobody can tell a month's hidden number by subtracting the others from the whole. `known`: codes
    whose counts may be known from elsewhere. `told`: months, or TOTAL, whose sums are shown elsewhere.
    `shape` is that of codes by months."""
    alone = [(code,) for code in known]
    months = {
        name: suppress(
            cells, least, fixed=[(TOTAL,)] if name in told else (), known=alone, shape=of_month(shape, name)
        )
        if cells
        else {}
        for name, cells in parts.items()
    }
    cells: dict[Key, int] = {
        (key[0], name): count for name, part in parts.items() for key, count in part.items()
    }
    if not cells:
        return months, {}
    hidden, fixed = set[Key](), {(TOTAL, TOTAL)} if TOTAL in told else set[Key]()
    for name, shown in months.items():
        for key, number in shown.items():
            (hidden if number is None else fixed).add((key[0], name))
    both = [(code, name) for code in known for name in (*parts, TOTAL)]
    # How few came in a month of few is nearly known: the numbers of another are not to rest on that.
    few = [name for name, part in parts.items() if sum(part.values()) < least or (TOTAL, name) in shape.small]
    both += [(key[0], name) for name in few for key in parts[name]]
    whole = suppress(cells, least, hidden=hidden, fixed=fixed, known=both, shape=shape)
    return months, {(code,): number for (code, name), number in whole.items() if name == TOTAL}


def of_month(shape: Shape, month: str) -> Shape:
    """One month's of a shape of codes by months."""
    floors: dict[Key, int] = {(key[0],): floor for key, floor in shape.floors.items() if key[1] == month}
    return Shape(shape.groups, floors, [(key[0],) for key in shape.small if key[1] == month])


def _with_sums(cells: Mapping[Key, int], groups: Mapping[str, str]) -> dict[Key, int]:
    if any(
        count < 0 or len(key) not in (1, 2) or any(name.startswith(TOTAL) for name in key)
        for key, count in cells.items()
    ):
        raise ValueError("a table has one or two dimensions, no negative counts and no name of a sum")
    if len({len(key) for key in cells}) > 1:
        raise ValueError("a table's keys are of one length")
    whole = dict(cells)
    for key, count in cells.items():
        for sum_key in _sums(key, groups.get(key[0])):
            whole[sum_key] = whole.get(sum_key, 0) + count
    return whole


def _sums(key: Key, group: str | None) -> Sequence[Key]:
    rows = [TOTAL] if group is None else [group, TOTAL]
    if len(key) == 2:
        return [(row, column) for row in (key[0], *rows) for column in (key[1], TOTAL)][1:]
    return [(row,) for row in rows]


def _hidden_with(
    open_: Key,
    whole: Mapping[Key, int],
    gone: Collection[Key],
    not_these: Collection[Key],
    enough: int,
    shape: Shape,
) -> set[Key] | None:
    """What is hidden too to protect a cell: the cells through which the values it lacks run at the least
    cost. None where that is not possible."""
    arcs = [
        _arc(key, whole, shape, 0 if key in gone else _price(key, whole[key]))
        for key in sorted(whole)
        if key != open_ and key not in not_these
    ]
    _, start, end, _, less = _arc(open_, whole, shape)
    found, through = send(end, start, arcs, enough)
    if found < enough:
        lower, also = send(start, end, arcs, min(less, enough - found))
        found, through = found + lower, through | also
    return through - set(gone) if found >= enough else None


def _price(key: Key, count: int) -> int:
    """What a reader loses with a number: more with a sum than with a cell, more with a large one."""
    if any(name.startswith(TOTAL) for name in key):
        return 300 + 3 * count
    return 10 + count if count else 40


def _room(cell: Key, whole: Mapping[Key, int], hidden: Collection[Key], enough: int, shape: Shape) -> int:
    """How many values besides its own a hidden cell could have for all that is shown; at most `enough`.

    In such a flow the values a cell can take are those between its least and its greatest: how much more or
    less may run through the hidden cells only.
    """
    arcs = [_arc(key, whole, shape) for key in sorted(hidden) if key != cell]
    _, start, end, _, less = _arc(cell, whole, shape)
    up, _ = send(end, start, arcs, enough)
    if up >= enough:
        return enough
    down, _ = send(start, end, arcs, min(enough - up, less))
    return up + down


def _arc(key: Key, whole: Mapping[Key, int], shape: Shape, price: int = 0) -> Arc:
    start, end = _ends(key, shape.groups)
    return key, start, end, price, max(0, whole[key] - shape.floors.get(key, 0))


def _ends(key: Key, groups: Mapping[str, str]) -> tuple[str, str]:
    """Counts as a flow that goes round: what leaves a row's sum goes through its cells to the columns' sums
    and from there to the whole; a group's cells of a column meet in its sum there before. Every line of the
    table is a place where as much comes in as goes out."""
    row, group = key[0], groups.get(key[0])
    if len(key) == 1:
        if row == TOTAL:
            return "t", "g"
        return ("g", row) if row.startswith(TOTAL) else (group or "g", "t")
    column = key[1]
    if row == TOTAL:
        return ("T", "S") if column == TOTAL else (f"c{column}", "T")
    if row.startswith(TOTAL):
        return ("S", row) if column == TOTAL else (f"{row} {column}", f"c{column}")
    if column == TOTAL:
        return group or "S", f"r{row}"
    return f"r{row}", f"{group} {column}" if group else f"c{column}"
