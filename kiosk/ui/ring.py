"""Where the keyboard's ring goes: to the next target, or to the nearest in a direction."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.ui.parts import Box, Target


def turned(targets: Sequence[Target], before: Target | None, step: int) -> Target | None:
    """So many targets on or back, from the last to the first; None where there are none."""
    if not targets:
        return None
    at = targets.index(before) + step if before else (0 if step > 0 else -1)
    return targets[at % len(targets)]


def nearest(targets: Sequence[Target], before: Target, dx: int, dy: int) -> Target | None:
    """The nearest target in that direction (1 or -1 on one axis)."""
    return min(
        (target for target in targets if _ahead(before.box, target.box, dx, dy) > 0),
        key=lambda target: _distance(before.box, target.box, dx, dy),
        default=None,
    )


def _ahead(here: Box, there: Box, dx: int, dy: int) -> int:
    """How far the middle of `there` lies in the direction."""
    across = there.x + there.w // 2 - here.x - here.w // 2
    down = there.y + there.h // 2 - here.y - here.h // 2
    return across * dx + down * dy


def _distance(here: Box, there: Box, dx: int, dy: int) -> int:
    """Straight ahead counts once, sideways three times."""
    sideways = abs(_ahead(here, there, dy, dx))
    return _ahead(here, there, dx, dy) + 3 * sideways
