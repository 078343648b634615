"""Which chains of installed packages there are to measure: single packages, and whole ways to Japanese and
from it, with every version of a package in turn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from kiosk.app.library.installed import Installed
from kiosk.translation.codes import JAPANESE, PIVOT, argos_codes
from kiosk.translation.packages import METADATA, Pair, Route, both_ways, read_metadata

Versions = dict[tuple[str, str], list[Pair]]


@dataclass(frozen=True)
class Chain:
    """Packages to be measured between two languages (tags). `back`: the way home, for whole ways."""

    source: str
    target: str
    route: Route
    back: Route = ()

    @property
    def name(self) -> str:
        """`ko-en 1.1 · en-ja 1.1`."""
        return " · ".join(pair.name for pair in self.route)


def versions(packages: Iterable[Installed]) -> Versions:
    """Every whole package by (from, to), the one the kiosk would take first."""
    found: Versions = {}
    for package in packages:
        if package.kind != "translation" or package.state != "whole":
            continue
        pair = read_metadata((package.folder / METADATA).read_bytes(), package.folder)
        if pair is not None:
            found.setdefault((pair.from_code, pair.to_code), []).append(pair)
    for pairs in found.values():
        pairs.sort(key=_rank, reverse=True)
    return found


def _rank(pair: Pair) -> tuple[bool, tuple[int, ...]]:
    return (not pair.sample, tuple(int(part) for part in pair.version.split(".")))


def chains(found: Versions, tags: Sequence[str]) -> tuple[Chain, ...]:
    """For each language first its packages one by one, then its ways. What two languages share comes once."""
    made: dict[tuple[Route, bool], Chain] = {}
    best = {key: pairs[0] for key, pairs in found.items()}
    for tag in tags:
        if tag == JAPANESE:
            continue
        routes = both_ways(best, tag) or ((), ())
        ways = [
            *(
                Chain(tag, JAPANESE, route, routes[1])
                for route in _routes(found, argos_codes(tag), (JAPANESE,))
            ),
            *(
                Chain(JAPANESE, tag, route, routes[0])
                for route in _routes(found, (JAPANESE,), argos_codes(tag))
            ),
        ]
        for pair in dict.fromkeys(pair for way in ways for pair in way.route):
            made.setdefault(
                ((pair,), False), Chain(_tag(pair.from_code, tag), _tag(pair.to_code, tag), (pair,))
            )
        for way in ways:
            if len(way.route) == 1:
                made[way.route, False] = way  # One package is the whole way.
            else:
                made.setdefault((way.route, True), way)
    return tuple(made.values())


def _routes(found: Versions, sources: Sequence[str], targets: Sequence[str]) -> list[Route]:
    """Direct packages where there are any, as the kiosk prefers them, else two through English."""
    for source, target in product(sources, targets):
        if direct := found.get((source, target)):
            return [(pair,) for pair in direct]
    for source, target in product(sources, targets):
        first, second = found.get((source, PIVOT)), found.get((PIVOT, target))
        if first and second:
            return list(product(first, second))
    return []


def _tag(code: str, tag: str) -> str:
    return code if code in (JAPANESE, PIVOT) else tag
