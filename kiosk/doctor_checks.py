"""The things doctor looks at on this machine, one function each; the engines are in doctor_engines."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kiosk import display_server, paths
from kiosk.errors import Trouble

if TYPE_CHECKING:
    from kiosk.settings import Printing, Settings


class Said(NamedTuple):
    """One sentence for staff, twice."""

    ja: str
    en: str


NOTHING = Said("", "")


@dataclass(frozen=True)
class Check:
    """One thing looked at. `required`: the kiosk does not start without it; otherwise it does less."""

    name_key: str
    ok: bool
    detail: Said
    cure: Said = NOTHING
    required: bool = False


def python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check("python", sys.version_info >= (3, 11), Said(version, version), install("python3"), True)


def tk() -> Check:
    """Tk without Xft draws bitmap letters; which of the two it is shows in the libraries it brought along."""
    try:
        import tkinter
    except ImportError as error:
        return Check("tk", False, Said("Tk がありません", f"no Tk: {error}"), install("python3-tk"), True)
    version = str(tkinter.Tcl().eval("info patchlevel"))
    with Path("/proc/self/maps").open(encoding="utf-8", errors="replace") as maps:
        xft = any("libXft" in line for line in maps)
    if xft:
        return Check("tk", True, Said(version, version), required=True)
    cure = Said(
        "システムの python3 と python3-tk で ./install.sh setup をやり直す",
        "set up again with the system's python3 and python3-tk: ./install.sh setup",
    )
    return Check("tk", False, Said(f"{version}、Xft なし", f"{version} without Xft"), cure, True)


def screen() -> list[Check]:
    """The display and what manages its windows; full screen needs a window manager."""
    name = os.environ.get("DISPLAY", "")
    start = Said("デスクトップの画面から始める", "start it from the desktop")
    try:
        size = _screen_size()
    except Exception as error:  # tkinter may be missing altogether
        why = str(error).splitlines()[0] if name else "DISPLAY is not set"
        detail = Said(f"使えません（{name or 'DISPLAY なし'}）", f"cannot be used: {why}")
        return [Check("display", False, detail, start)]
    manager = display_server.window_manager(name)
    found = Said(manager or "動いていません", manager or "none is running")
    return [
        Check("display", True, Said(f"{name} {size}", f"{name} {size}")),
        Check("window_manager", manager is not None, found, install("openbox")),
    ]


def _screen_size() -> str:
    import tkinter

    window = tkinter.Tk()
    try:
        window.withdraw()
        return f"{window.winfo_screenwidth()}×{window.winfo_screenheight()}"
    finally:
        window.destroy()


def virtual_display() -> Check:
    missing = [pkg for program, pkg in display_server.PROGRAMS.items() if shutil.which(program) is None]
    listed = " ".join(missing)
    detail = Said(f"足りません: {listed}", f"missing: {listed}") if missing else there()
    return Check("virtual_display", not missing, detail, install(*missing))


def raqm() -> Check:
    """Pillow's wheels find FriBiDi at run time and turn Raqm off without an error where it is missing."""
    try:
        from PIL import features
    except ImportError:
        return Check("raqm", False, Said("Pillow がありません", "no Pillow"), SET_UP, True)
    if features.check("raqm"):
        version = str(features.version("raqm"))
        return Check("raqm", True, Said(version, version), required=True)
    detail = Said("Raqm が使えません", "Raqm cannot be used")
    return Check("raqm", False, detail, install("libfribidi0"), True)


def fonts() -> Check:
    """Every font the shipped languages name, looked for by the same code that draws with them."""
    from kiosk.data.languages import read_languages
    from kiosk.text.fonts import Library

    needed: dict[str, list[str]] = {}
    for tag, language in read_languages().by_tag.items():
        for font in language.fonts:
            needed.setdefault(font, []).append(tag)
    try:
        Library(needed)
    except Trouble as trouble:
        missing = str(trouble.details.get("fonts", "")).split(", ")
        tags = ", ".join(sorted({tag for font in missing for tag in needed.get(font, ())}))
        packages = sorted({"fonts-noto-cjk" if "CJK" in font else "fonts-noto-core" for font in missing})
        text = ", ".join(missing) + (f" ({tags})" if tags else "")
        detail = Said(f"ありません: {text}", f"missing: {text}")
        return Check("fonts", False, detail, install(*packages), True)
    count = len({tag for tags in needed.values() for tag in tags})
    return Check("fonts", True, Said(f"{count} 言語分", f"for {count} languages"), required=True)


def settings(path: Path) -> tuple[Settings, Check]:
    """The settings programs run on, and everything wrong in the file."""
    from kiosk.app.good_settings import choose

    found = choose(path.parent)
    text = "; ".join(f"{fault.where}: {fault.cure}" for fault in found.faults) or str(path)
    detail = Said(text, text)
    if found.since is not None:
        day = found.since
        detail = Said(f"{text}（{day} の設定で動きます）", f"{text} (those of {day} are used)")
    elif found.unknown:
        detail = Said(f"{text}（番号は出しません）", f"{text} (no numbers are given)")
    cure = Said(f"{path} を直す", f"correct {path}")
    return found.settings, Check("settings", not found.faults, detail, cure, required=found.unknown)


def printer(printing: Printing) -> Check:
    """Whether the printer of the settings can be reached. "Printed" is known only from its status reply."""
    kind, target = printing.kind, printing.target
    shown = Said(f"{kind} {target}".strip(), f"{kind} {target}".strip())
    cure = Said("電源とケーブル、settings.toml の [printing] を確かめる",
                "check power, cable and [printing] in settings.toml")  # fmt: skip
    if kind == "escpos-device":
        return Check("printer", os.access(target, os.W_OK), shown, cure)
    if kind == "escpos-network":
        host, _, port = target.rpartition(":")
        try:
            with socket.create_connection((host, int(port)), timeout=3):
                return Check("printer", True, shown)
        except (OSError, ValueError):
            return Check("printer", False, shown, cure)
    if kind == "none":
        return Check("printer", True, Said("使わない設定です", "none, as the settings say"))
    return Check("printer", True, Said(f"{kind}（紙には出ず、だれでも読める画像が残ります）",
                                       f"{kind} (no paper; readable pictures stay)"))  # fmt: skip


def clock(store: Path, now: datetime | None = None) -> Check:
    """A clock behind this software or behind the tickets kept is wrong: most tablets that lost their battery.

    Tickets count per day, so a wrong clock opens a wrong day.
    """
    now = now or datetime.now(UTC)
    made = datetime.fromtimestamp((paths.ROOT / "pyproject.toml").stat().st_mtime, UTC)
    newest = max((day for path in store.glob("*.journal") if (day := _day(path.stem))), default=date.min)
    ok = now >= made - timedelta(days=1) and newest <= now.date() + timedelta(days=1)
    text = now.astimezone().strftime("%Y-%m-%d %H:%M %z")
    cure = Said("日付と時刻を合わせる（sudo timedatectl set-time '…'）",
                "set date and time (sudo timedatectl set-time '…')")  # fmt: skip
    if ok:
        return Check("clock", True, Said(text, text))
    return Check("clock", False, Said(f"{text} は遅れています", f"{text} is behind"), cure)


SET_UP = Said("./install.sh setup を実行する", "run ./install.sh setup")


def there() -> Said:
    return Said("使えます", "there")


def absent() -> Said:
    return Said("ありません", "missing")


def install(*packages: str) -> Said:
    line = f"sudo apt-get install {' '.join(packages)}"
    return Said(line, line)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
