"""Files of the store's folder: private, never through a link, and damage kept aside rather than destroyed."""

from __future__ import annotations

import errno
import fcntl
import logging
import os
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path

from kiosk.errors import Trouble

log = logging.getLogger(__name__)

DAMAGED = "damaged"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_SAFE = os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
_LOCK_MODE = os.O_RDONLY | os.O_CREAT | _SAFE
_NO_LOCKS = frozenset({errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF, errno.EINVAL})
_BLOCK = 4096
_SETTLED_S = 3.0
"""Seconds a file must be old: its time is too coarse to tell two writes within a tick."""


def trouble(error: OSError, doing: str) -> Trouble:
    """What a person is told about a failed system call."""
    key = "trouble.disk_full" if error.errno in _FULL else "trouble.store_failed"
    return Trouble(key, log=f"{doing}: {errno.errorcode.get(error.errno or 0, error.errno)}")


def make_folder(folder: Path) -> None:
    """Make the folder, for its owner only; anything else in its place is moved aside. Raises OSError."""
    if not folder.is_dir():
        above = [parent for parent in folder.parents if not parent.exists()]
        try:
            folder.mkdir(mode=0o700, parents=True)
        except FileExistsError:
            _make_way(folder)
        for made in (folder, *above):
            # A folder that lasts in one whose own name is lost by a power cut would be lost with it.
            sync_folder(made.parent)
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        folder.chmod(0o700)


def _make_way(folder: Path) -> None:
    """Move what is no folder aside and make one, where another process did not just make it."""
    with alone_in(folder.parent):
        if folder.is_dir():
            return
        if os.path.lexists(folder):
            folder.rename(_free(folder.with_name(f"{folder.name}.{DAMAGED}")))
        folder.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """One process, and one thread of it, at a time looks at what stands in the folder and moves it aside: a
    second one would move what the first has put in its place. Held again by the thread that holds it; a stick
    or a network's disk that knows no locks is nobody's alone.

    Raises OSError.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        found = os.fstat(handle)
        mine, one = _held_by_thread.folders, (found.st_dev, found.st_ino)
        if one in mine:
            yield
            return
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
        mine.add(one)
        try:
            yield
        finally:
            mine.remove(one)
    finally:
        os.close(handle)


class _Held(threading.local):
    def __init__(self) -> None:
        self.folders: set[tuple[int, int]] = set()


_held_by_thread = _Held()


def sync_folder(folder: Path) -> None:
    """Make names in the folder last through a power cut. Raises OSError."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_file(path: Path, *, append: int = os.O_APPEND) -> int:
    """A handle to read and append, or only to read where the disk allows no more. With `append` 0 it writes
    where it is told to. Raises OSError."""
    try:
        handle = os.open(path, os.O_RDWR | append | _SAFE)
    except OSError as error:
        if error.errno not in (errno.EROFS, errno.EACCES, errno.EPERM):
            raise
        # A disk that failed is remounted read-only: what is kept must still be served.
        return os.open(path, os.O_RDONLY | _SAFE)
    if stat.S_IMODE(os.fstat(handle).st_mode) & 0o077:
        with suppress(OSError):  # Somebody else's file: reading it matters more than its mode.
            os.fchmod(handle, 0o600)
    return handle


def create_file(path: Path, *, append: int = os.O_APPEND) -> int:
    """A new empty file whose name is on disk when this returns. Raises OSError."""
    handle = os.open(path, os.O_RDWR | append | os.O_CREAT | os.O_EXCL | _SAFE, 0o600)
    try:
        sync_folder(path.parent)
    except OSError:
        os.close(handle)
        with suppress(OSError):  # An empty file left behind is harmless.
            path.unlink()
        raise
    return handle


def read_range(handle: int, start: int, stop: int) -> bytes:
    """The bytes from `start` to `stop`; what the disk cannot give any more comes as zeros."""
    parts = []
    while start < stop:
        try:
            part = os.pread(handle, min(stop - start, 1 << 22), start)
        except OSError as error:
            log.warning("unreadable from byte %d: %s", start, errno.errorcode.get(error.errno or 0, "?"))
            part = _block(handle, start, stop)
        if not part:
            break
        parts.append(part)
        start += len(part)
    return b"".join(parts)


def _block(handle: int, start: int, stop: int) -> bytes:
    """The rest of one block, or as many zeros: a bad sector must not hide the rest of the file."""
    length = min(stop, (start // _BLOCK + 1) * _BLOCK) - start
    try:
        return os.pread(handle, length, start)
    except OSError:
        return bytes(length)


def write_all(handle: int, data: bytes) -> None:
    """Write all of it; a short write is followed up. Raises OSError."""
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]


def put(path: Path, data: bytes) -> None:
    """A new private file with these bytes, in place of one left behind. What is in it is on disk when this
    returns; its name, once the folder is synced. Raises OSError."""
    with suppress(FileNotFoundError):
        path.unlink()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFE, 0o600)
    try:
        write_all(handle, data)
        os.fsync(handle)
    finally:
        os.close(handle)


def put_whole(path: Path, data: bytes, *, drop: Callable[[Path], None] = Path.unlink) -> None:
    """The file appears whole, on disk and for its owner only, or stays as it was, also where several write it
    at once. `drop` takes away what was half written. Raises OSError."""
    half = half_of(path)
    with alone_in(path.parent):
        try:
            put(half, data)
            half.replace(path)
        except OSError:
            with suppress(OSError):  # The first error is the one to tell.
                drop(half)
            raise
        sync_folder(path.parent)


def half_of(path: Path) -> Path:
    """Where `put_whole` writes; a process that was killed leaves it behind, the next one takes it over."""
    return path.with_name(f".{path.name}.part")


def keep_copy(folder: Path, name: str, data: bytes) -> str:
    """Keep damaged bytes in the folder's `damaged/`, once. Answers the copy's name inside the folder.

    Raises OSError.
    """
    place = _damaged(folder)
    copy = place / f"{name}-{blake2b(data, digest_size=4).hexdigest()}"
    if not copy.exists():
        half = copy.with_suffix(".half")
        try:
            put(half, data)
            half.rename(copy)
        except OSError:
            with suppress(OSError):  # The first error is the one to tell.
                half.unlink()
            raise
        sync_folder(place)
    return f"{DAMAGED}/{copy.name}"


def move_aside(path: Path) -> str:
    """Move what stands in a file's place into `damaged/`. Answers its name there. Raises OSError."""
    place = _damaged(path.parent)
    target = _free(place / path.name.lstrip("."))
    path.rename(target)
    return f"{DAMAGED}/{target.name}"


def _damaged(folder: Path) -> Path:
    place = folder / DAMAGED
    with alone_in(folder):
        if place.is_symlink():
            # What people told must not be led out of the store's folder.
            place.rename(_free(folder / f"{DAMAGED}.link"))
        make_folder(place)
    return place


def _free(path: Path) -> Path:
    """The path, or one with a number behind that nothing has yet."""
    found, count = path, 1
    while os.path.lexists(found):
        found, count = path.with_name(f"{path.name}.{count}"), count + 1
    return found


class Lock:
    """One writer at a time among all threads and processes that use the folder, on one machine.

    The kernel lets go of it when its holder dies, however it dies. Held again by the thread that holds it.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / ".lock"
        self._threads = threading.RLock()
        self._depth = 0

    @contextmanager
    def hold(self, wait: float) -> Iterator[None]:
        """Hold it, waiting `wait` seconds at most. Raises Trouble("trouble.store_busy")."""
        until = time.monotonic() + wait
        if not self._threads.acquire(timeout=wait):
            raise Trouble("trouble.store_busy", log=f"another thread held the store for {wait} s")
        try:
            handle = self._lock(until, wait) if self._depth == 0 else None
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if handle is not None:
                    fcntl.flock(handle, fcntl.LOCK_UN)
                    os.close(handle)
        finally:
            self._threads.release()

    def _lock(self, until: float, wait: float) -> int:
        pause = 0.0005
        while True:
            handle = self._open()
            if self._taken(handle):
                return handle
            os.close(handle)
            if time.monotonic() >= until:
                raise Trouble("trouble.store_busy", log=f"another process held the store for {wait} s")
            time.sleep(pause)
            pause = min(pause * 1.5, 0.02)

    def _taken(self, handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            os.close(handle)
            raise trouble(error, "lock") from error
        return self._is(handle)

    def _is(self, handle: int) -> bool:
        """Whether the locked file still has its name: a lock on a deleted file would keep nobody out."""
        try:
            named, held = self._path.lstat(), os.fstat(handle)
        except FileNotFoundError:
            return False
        return (named.st_dev, named.st_ino) == (held.st_dev, held.st_ino)

    def _open(self) -> int:
        try:
            try:
                return os.open(self._path, _LOCK_MODE, 0o600)
            except OSError:
                make_folder(self._path.parent)
                with alone_in(self._path.parent):
                    if os.path.lexists(self._path) and not stat.S_ISREG(self._path.lstat().st_mode):
                        move_aside(self._path)
                return os.open(self._path, _LOCK_MODE, 0o600)
        except OSError as error:
            raise trouble(error, "open .lock") from error

    @contextmanager
    def threads(self) -> Iterator[None]:
        """Hold it among this process's threads only."""
        with self._threads:
            yield


def state_of(path: Path) -> str:
    """Another one after every change of the file, but for two within a tick of its clock. Raises OSError."""
    found = path.stat()
    return f"{found.st_ino} {found.st_size} {found.st_mtime_ns}"


def settled_state(path: Path) -> str:
    """As `state_of`, `-` where there is no such file; empty while a further change might not show."""
    try:
        if time.time() - path.stat().st_mtime < _SETTLED_S:
            return ""
        return state_of(path)
    except FileNotFoundError:
        return "-"
    except OSError:
        return ""
