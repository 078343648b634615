"""Records what a run does to its folder, and plays the power cuts it may have met.

A flush makes a file's bytes last, a flush of the folder the names in it; whatever came after the last one may
be there after a cut, or not, or in part. That is harsher than any one file system: ext4 keeps a new file's
name with its bytes, others do not.
"""

from __future__ import annotations

import os
import random
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

SECTOR = 512
"""Bytes a disk writes whole or not at all."""
_CALLS = (
    "open", "close", "write", "pwrite", "ftruncate", "fsync", "fdatasync",
    "rename", "replace", "link", "unlink", "mkdir",
)  # fmt: skip

State = tuple[tuple[str, bytes | None], ...]
"""Paths below the folder with their bytes; None for a folder."""


@dataclass(eq=False)
class _File:
    """Its bytes as they last, and what was written since: places with bytes, or a length and None."""

    lasting: bytes = b""
    since: list[tuple[int, bytes | None]] = field(default_factory=list)

    def with_steps(self, steps: list[tuple[int, bytes | None]]) -> bytes:
        if not steps:
            return self.lasting
        data = bytearray(self.lasting)
        for place, new in steps:
            data = data.ljust(place, b"\0")
            if new is None:
                del data[place:]
            else:
                data[place : place + len(new)] = new
        return bytes(data)

    def flush(self) -> None:
        self.lasting, self.since = self.with_steps(self.since), []

    def torn(self) -> Iterator[bytes]:
        """The last write that was not of zeros in part: sectors from the beginning, or only later ones, the
        rest as before; what came after it is lost."""
        steps = list(self.since)
        while steps and not (steps[-1][1] or b"").strip(b"\0"):
            steps.pop()
        if not steps:
            return
        *steps, (place, new) = steps
        assert new is not None
        for stop in range((place // SECTOR + 1) * SECTOR, place + len(new), SECTOR):
            yield self.with_steps([*steps, (place, new[: stop - place])])
            yield self.with_steps([*steps, (stop, new[stop - place :])])


@dataclass(eq=False)
class _Folder:
    """Its names as they last, and what was done to them since; what one step changes, changes at once."""

    lasting: dict[str, _File | _Folder] = field(default_factory=dict)
    since: list[dict[str, _File | _Folder | None]] = field(default_factory=list)

    def with_steps(self, count: int) -> dict[str, _File | _Folder]:
        found: dict[str, Any] = dict(self.lasting)
        for step in self.since[:count]:
            found |= step
        return {name: node for name, node in found.items() if node is not None}

    def now(self) -> dict[str, _File | _Folder]:
        return self.with_steps(len(self.since))

    def flush(self) -> None:
        self.lasting, self.since = self.now(), []


class Recorder:
    """Follows what this process does below `root`, an empty folder."""

    def __init__(self, root: Path, mixed: int = 8) -> None:
        self.root = root
        self.mixed = mixed
        """States of each moment in which some files and names are ahead of others."""
        self.moments = 0
        """Calls that changed or flushed something: a cut may come after each."""
        self.states: dict[State, int] = {}
        """Everything a cut may leave, and how much had been acknowledged by then: the most of any moment."""
        self.said: list[Any] = []
        """What was acknowledged, in order."""
        self._top = _Folder()
        self._handles: dict[int, _File | _Folder] = {}
        self._luck = random.Random(11)

    def acknowledge(self, what: Any) -> None:
        """From here on no cut may lose this."""
        self.said.append(what)
        self._cut()

    @contextmanager
    def recording(self) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            for name in _CALLS:
                patch.setattr(os, name, self._followed(name, getattr(os, name)))
            yield
        assert self.kept() == found(self.root), "the recorder knows the folder as it is"

    def kept(self) -> State:
        """As the folder is while the machine runs."""
        return self._state(self._top, 1.0, {})

    def _followed(self, name: str, real: Any) -> Any:
        follow = getattr(self, f"_on_{name}")

        def call(*args: Any, **named: Any) -> Any:
            done = real(*args, **named)
            if follow(done, *args):
                self.moments += 1
                self._cut()
            return done

        return call

    def _cut(self) -> None:
        """Note every state a cut just now may leave."""
        files = list(self._files(self._top))
        for part in (0.0, 1.0):
            self._note(self._state(self._top, part, {}))
            self._note(self._state(self._top, part, {id(file): file.lasting for file in files}))
        for file in files:
            for data in file.torn():
                self._note(self._state(self._top, 1.0, {id(file): data}))
        for _ in range(self.mixed):
            drawn = {id(file): self._luck.choice([file.lasting, *file.torn()]) for file in files}
            some = dict(self._luck.sample(list(drawn.items()), self._luck.randint(0, len(drawn))))
            self._note(self._state(self._top, -1.0, some))

    def _note(self, state: State) -> None:
        self.states[state] = max(self.states.get(state, 0), len(self.said))

    def _files(self, folder: _Folder) -> Iterator[_File]:
        for node in folder.now().values():
            if isinstance(node, _Folder):
                yield from self._files(node)
            elif node.since:
                yield node

    def _state(self, folder: _Folder, part: float, data: dict[int, bytes], path: str = "") -> State:
        """`part` of the names done since the last flush are there, in each folder another part where it is
        negative; the files with `data` where it says so."""
        found: list[tuple[str, bytes | None]] = []
        here_part = part if part >= 0 else self._luck.random()
        for name, node in folder.with_steps(round(here_part * len(folder.since))).items():
            here = f"{path}{name}"
            if isinstance(node, _Folder):
                found += [(here, None), *self._state(node, part, data, f"{here}/")]
            else:
                found.append((here, data[id(node)] if id(node) in data else node.with_steps(node.since)))
        return tuple(sorted(found))

    def _place(self, path: Any) -> tuple[_Folder, str] | None:
        """The folder a path is in, and its name there; None outside."""
        try:
            *above, name = Path(path).relative_to(self.root).parts
        except (TypeError, ValueError):
            return None
        folder: Any = self._top
        for part in above:
            folder = folder.now()[part]
        return folder, name

    # What each call did

    def _on_open(self, handle: int, path: Any, flags: int, *_: Any) -> bool:
        self._handles.pop(handle, None)
        if isinstance(path, str | os.PathLike) and Path(path) == self.root:
            self._handles[handle] = self._top
        place = self._place(path) if handle not in self._handles else None
        if place is None:
            return False
        folder, name = place
        node = folder.now().get(name)
        made = node is None
        if node is None:
            assert flags & os.O_CREAT
            node = _File()
            folder.since.append({name: node})
        self._handles[handle] = node
        return made

    def _on_close(self, _done: None, handle: int) -> bool:
        self._handles.pop(handle, None)
        return False

    def _on_write(self, done: int, handle: int, data: Any) -> bool:
        file = self._handles.get(handle)
        if isinstance(file, _File):
            file.since.append((os.lseek(handle, 0, os.SEEK_CUR) - done, bytes(data[:done])))
        return isinstance(file, _File)

    def _on_pwrite(self, done: int, handle: int, data: Any, place: int) -> bool:
        file = self._handles.get(handle)
        if isinstance(file, _File):
            file.since.append((place, bytes(data[:done])))
        return isinstance(file, _File)

    def _on_ftruncate(self, _done: None, handle: int, length: int) -> bool:
        file = self._handles.get(handle)
        if isinstance(file, _File):
            file.since.append((length, None))
        return isinstance(file, _File)

    def _on_fsync(self, _done: None, handle: int) -> bool:
        node = self._handles.get(handle)
        if node is not None:
            node.flush()
        return node is not None

    _on_fdatasync = _on_fsync

    def _on_rename(self, _done: None, old: Any, new: Any, **_: Any) -> bool:
        left, came = self._place(old), self._place(new)
        if left is None or came is None:
            return False
        node = left[0].now()[left[1]]
        if left[0] is came[0]:
            left[0].since.append({left[1]: None, came[1]: node})
        else:
            came[0].since.append({came[1]: node})
            left[0].since.append({left[1]: None})
        return True

    _on_replace = _on_rename

    def _on_link(self, _done: None, old: Any, new: Any, **_: Any) -> bool:
        there, made = self._place(old), self._place(new)
        if there is None or made is None:
            return False
        made[0].since.append({made[1]: there[0].now()[there[1]]})
        return True

    def _on_unlink(self, _done: None, path: Any, **_: Any) -> bool:
        place = self._place(path)
        if place is not None:
            place[0].since.append({place[1]: None})
        return place is not None

    def _on_mkdir(self, _done: None, path: Any, *_: Any, **__: Any) -> bool:
        place = self._place(path)
        if place is not None:
            place[0].since.append({place[1]: _Folder()})
        return place is not None


def found(root: Path) -> State:
    """The folder as it is."""
    return tuple(
        sorted(
            (str(path.relative_to(root)), None if stat.S_ISDIR(path.lstat().st_mode) else path.read_bytes())
            for path in root.rglob("*")
        )
    )


def lay_out(root: Path, state: State) -> None:
    """Make the folder what a cut left."""
    root.mkdir(mode=0o700)
    for name, data in state:
        path = root / name
        if data is None:
            path.mkdir(mode=0o700)
        else:
            path.write_bytes(data)
            path.chmod(0o600)
