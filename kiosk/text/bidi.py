"""Order of runs in text that mixes writing directions.

The implicit part of Unicode's bidirectional algorithm (UAX #9: W1–W7, N0–N2, I1–I2, L2). Explicit
embeddings are not needed: our texts have one base direction, and what a resident types holds none; the
marks LRM, RLM and ALM work, being letters without a picture.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

# A number with its separators is one unit and reads the same in every language, as telephone, time, date
# and "3 / 7" must (UAX #9 allows it: HL4). Without it Arabic would turn 03-1234 round.
_NUMBER = re.compile(r"\+?\d+(?:(?:[-‐‑:.,/]| / )\d+)*", re.ASCII)
_STRONG_RTL = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_BRACKETS = dict(zip("([{「『（［〈《【〔", ")]}」』）］〉》】〕", strict=True))
_NEUTRAL = frozenset({"B", "S", "WS", "ON", "BN"})


def levels(text: str, rtl: bool) -> list[int]:
    """The embedding level of each character of one paragraph; even levels run left to right."""
    base = int(rtl)
    if not rtl and not _STRONG_RTL.search(text):
        return [0] * len(text)
    kinds = _weak(text, "R" if rtl else "L")
    _pair_brackets(text, kinds, base)
    _resolve_neutrals(kinds, base)
    return [_level(kind, base) for kind in kinds]


def visual(items: Sequence[T], item_levels: Sequence[int]) -> list[T]:
    """The items of one line from left to right (L2)."""
    order = list(range(len(items)))
    for level in range(max(item_levels, default=0), 0, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and item_levels[order[end]] >= level:
                end += 1
            order[at:end] = reversed(order[at:end])
            at = end + 1
    return [items[index] for index in order]


def _level(kind: str, base: int) -> int:
    if base:
        return 1 if kind == "R" else 2
    return {"L": 0, "R": 1}.get(kind, 2)


def _weak(text: str, start: str) -> list[str]:
    kinds = [unicodedata.bidirectional(character) or "L" for character in text]
    for match in _NUMBER.finditer(text):
        kinds[match.start() : match.end()] = ["number"] * len(match[0])
    strong = previous = start
    for at, kind in enumerate(kinds):
        if kind == "NSM":  # W1
            kind = previous
        elif kind == "EN" and strong == "AL":  # W2
            kind = "AN"
        if kind in ("L", "R", "AL"):
            strong = kind
        kinds[at] = previous = kind
    kinds = ["R" if kind == "AL" else "EN" if kind == "number" else kind for kind in kinds]  # W3
    for at in range(1, len(kinds) - 1):  # W4
        before, after = kinds[at - 1], kinds[at + 1]
        if before == after and (
            (kinds[at] == "ES" and before == "EN") or (kinds[at] == "CS" and before in ("EN", "AN"))
        ):
            kinds[at] = before
    _terminators(kinds)
    strong = start
    for at, kind in enumerate(kinds):  # W7
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"
    return kinds


def _terminators(kinds: list[str]) -> None:
    at = 0
    while at < len(kinds):
        end = at
        while end < len(kinds) and kinds[end] == "ET":
            end += 1
        if end > at:  # W5
            beside = kinds[at - 1 : at] + kinds[end : end + 1]
            kinds[at:end] = ["EN" if "EN" in beside else "ON"] * (end - at)
        elif kinds[at] in ("ES", "CS"):  # W6
            kinds[at] = "ON"
        at = max(end, at + 1)


def _direction(kind: str) -> str:
    return "L" if kind == "L" else "R" if kind in ("R", "EN", "AN") else ""


def _pair_brackets(text: str, kinds: list[str], base: int) -> None:
    embedding = "R" if base else "L"
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for at, character in enumerate(text):
        if kinds[at] != "ON":
            continue
        if character in _BRACKETS:
            stack.append((_BRACKETS[character], at))
            continue
        for depth in range(len(stack) - 1, -1, -1):
            if stack[depth][0] == character:
                pairs.append((stack[depth][1], at))
                del stack[depth:]
                break
    for opening, closing in sorted(pairs):  # N0
        inside = {_direction(kind) for kind in kinds[opening + 1 : closing]} - {""}
        if not inside:
            continue
        side = embedding
        if embedding not in inside:
            before = next((d for d in map(_direction, reversed(kinds[:opening])) if d), embedding)
            side = before if before != embedding else embedding
        kinds[opening] = kinds[closing] = side


def _resolve_neutrals(kinds: list[str], base: int) -> None:
    embedding = "R" if base else "L"
    at = 0
    while at < len(kinds):
        end = at
        while end < len(kinds) and _is_neutral(kinds[end]):
            end += 1
        if end > at:  # N1, N2
            before = _direction(kinds[at - 1]) if at else embedding
            after = _direction(kinds[end]) if end < len(kinds) else embedding
            kinds[at:end] = [before if before == after else embedding] * (end - at)
        at = max(end, at + 1)


def _is_neutral(kind: str) -> bool:
    return kind in _NEUTRAL or not _direction(kind)
