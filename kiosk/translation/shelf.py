"""The packages in memory: few enough, small enough, the least recently used first to go."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from kiosk.translation.loaded import Loaded, import_engines
from kiosk.translation.packages import Pair

_PAGE = 4096


@dataclass(frozen=True)
class Held:
    """A package in memory. `bytes` is how much the process grew when it was loaded, at least its files."""

    name: str
    from_code: str
    to_code: str
    bytes: int


class Shelf:
    """At most `limit` packages and, where `megabytes` is not 0, at most so much memory for all of them."""

    def __init__(self, limit: int, threads: int, megabytes: int = 0) -> None:
        self.threads = threads
        self._limit = max(1, limit)
        self._room = megabytes * 1_000_000
        self._loaded: OrderedDict[Pair, tuple[Loaded, int]] = OrderedDict()

    def get(self, pair: Pair) -> Loaded:
        """The package, loaded now if it is not. One alone is loaded whatever its size.

        Raises Trouble `trouble.model_damaged`.
        """
        if pair in self._loaded:
            self._loaded.move_to_end(pair)
            return self._loaded[pair][0]
        expected = sum(path.stat().st_size for path in pair.folder.rglob("*") if path.is_file())
        self._make_room(expected)
        import_engines()
        before = resident()
        loaded = Loaded(pair, threads=self.threads)
        self._loaded[pair] = (loaded, max(resident() - before, expected))
        self._make_room(0)
        return loaded

    def _make_room(self, coming: int) -> None:
        """Unload until `coming` bytes more fit; with nothing coming, the newest stays."""
        least = 0 if coming else 1
        while len(self._loaded) > least:
            too_many = len(self._loaded) >= self._limit + least
            too_big = self._room and self.bytes() + coming > self._room
            if not (too_many or too_big):
                return
            self._loaded.popitem(last=False)

    def bytes(self) -> int:
        """What all of them take."""
        return sum(size for _, size in self._loaded.values())

    def held(self) -> tuple[Held, ...]:
        """What is in memory, least recently used first."""
        return tuple(
            Held(pair.name, pair.from_code, pair.to_code, size) for pair, (_, size) in self._loaded.items()
        )

    def unload(self, *codes: tuple[str, str]) -> int:
        """Let go of the packages of these (from, to); returns the bytes they took."""
        going = [pair for pair in self._loaded if (pair.from_code, pair.to_code) in codes]
        return sum(self._loaded.pop(pair)[1] for pair in going)

    def clear(self) -> int:
        """Let go of everything; returns the bytes it took."""
        freed = self.bytes()
        self._loaded.clear()
        return freed


def resident() -> int:
    """Bytes of this process that are in memory now; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * _PAGE
    except (OSError, IndexError, ValueError):
        return 0
