"""Office settings: one TOML file → frozen objects, with a sentence under each field."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LANGUAGES = ("ja-simple", "en", "zh-Hans", "vi", "pt-BR", "ko", "ne", "my", "ja")


@dataclass(frozen=True)
class Office:
    name_ja: str = "あおば市 外国人相談窓口"
    """Name on slips and staff pages."""
    name_ruby: str = "あおば{市|し}　{外国人|がいこくじん} {相談窓口|そうだんまどぐち}"
    """The same with readings, for resident pages; without them where only the name is given."""
    city_hall_ja: str = "あおば市役所"
    """Name on the neutral slip of a ticket that needs care; 役所 where only name_ja is given."""
    city_hall_en: str = "Aoba City Hall"
    """The same in Latin letters."""
    telephone: str = ""
    """The counter's telephone number on letters; empty is left out."""
    address: str = ""
    """The counter's address on letters; empty is left out."""
    prefecture: str = "東京都"
    """Prefecture in Japanese; chooses the rows of the referral directory."""
    area: str = ""
    """Municipality or part of the prefecture in Japanese, such as 函館; chooses among rows with areas."""
    referral_days: int = 1095
    """Telephone numbers confirmed longer ago, in days, are marked, and staff are told."""
    timezone: str = "Asia/Tokyo"
    """IANA name; opening hours and slips are in this zone."""
    keep_days: int = 90
    """Tickets are deleted after so many days; the notice says so."""
    lock_minutes: int = 15
    """After so many minutes without a touch a console asks for the office's passphrase again."""
    counters: int = 1
    """How many counters usually serve at once; used to estimate the wait."""
    desks: tuple[str, ...] = ("ハローワーク", "専門相談")
    """Desks a counselor may transfer a case to, besides the numbered counters."""
    partners: tuple[str, ...] = ()
    """Desks of other towns a counselor may send somebody on to."""
    facing: str = ""
    """Where a second screen for residents lies, as size and place: 1280x800+1366+0; empty where a counter has
    one screen, which is turned to the resident."""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


@dataclass(frozen=True)
class Kiosk:
    letter: str = "A"
    """The letter of this device's numbers; every device of an office needs its own."""
    languages: tuple[str, ...] = LANGUAGES
    """Languages in the picker's order."""
    idle_seconds: int = 90
    """After so long without a touch the kiosk asks whether somebody is there."""
    idle_answer_seconds: int = 30
    """After so long without an answer everything is wiped."""
    listen_seconds: int = 90
    """Longest stretch of listening."""
    engine_memory_mb: int = 1600
    """Memory for speech and translation models together; those used longest ago go first."""
    quiet_seconds: int = 8
    """Listening ends after so long without a word, once something was said; a pause to think is shorter."""
    microphone: str = ""
    """The microphone's name or a part of it, as `madoguchi doctor --microphone` lists them; empty is the
    system's choice."""


@dataclass(frozen=True)
class Printing:
    kind: str = "none"
    """`none`, `escpos-device`, `escpos-network`; `file` (PNG and PDF in the data folder) and `escpos-file`
    leave what slips say readable on the disk and are for trials."""
    target: str = ""
    """Path of the file or device, or host:port."""
    width_dots: int = 576
    """Printable width: 576 for 80 mm paper, 384 for 58 mm."""
    pages: str = "none"
    """Where letters and handover cards go, A4: `cups` to a printer, `folder` as PDF into the data folder's
    `letters`, which is deleted with the tickets; `none`."""
    page_printer: str = ""
    """The printer's name in CUPS, as `lpstat -p` lists it; empty is the system's own choice."""


@dataclass(frozen=True)
class Database:
    url: str = ""
    """The office database, such as postgresql://madoguchi@server/madoguchi; empty on a single machine."""
    site: str = ""
    """The site this machine stands at, where several share the database; written to its tickets."""
    sees: tuple[str, ...] = ()
    """Other sites whose tickets this machine may see, call and change."""


@dataclass(frozen=True)
class Display:
    directions: Mapping[str, str] = field(default_factory=dict)
    """Where a counter or desk is, seen from the call display: { 1 = "left", 2 = "right", 3 = "straight",
    4 = "upstairs", 5 = "behind" }."""
    readings: Mapping[str, str] = field(
        default_factory=lambda: {"専門相談": "{専門|せんもん}{相談|そうだん}"}
    )
    """Desks whose names have kanji, with their readings, as the display shows them."""
    look: str = "light"
    """`light` or `contrast`: white and yellow on black."""
    flash: str = "panel"
    """What changes three times, once a second, at a new call: `panel`, `border` or `none`."""
    seconds: int = 8
    """Each call stays at least so long before the next one waiting is announced."""
    sound: str = "voice"
    """`voice`: chime and spoken call; `chime` alone; `none`."""
    volume: int = 80
    """1 to 100, of what the loudspeaker is set to."""
    mute: tuple[str, ...] = ()
    """Hours without a sound, such as ["12:00-13:00"]."""
    loudspeaker: str = ""
    """The loudspeaker's name or a part of it; empty is the system's choice."""


@dataclass(frozen=True)
class Settings:
    office: Office = field(default_factory=Office)
    kiosk: Kiosk = field(default_factory=Kiosk)
    printing: Printing = field(default_factory=Printing)
    database: Database = field(default_factory=Database)
    display: Display = field(default_factory=Display)


@dataclass(frozen=True)
class SettingsFault:
    """One thing wrong in the settings file: where, and what to do."""

    key: str
    """FILE where nothing of it could be read."""
    cure: str
    line: int = 0
    """0 where it is not known."""

    @property
    def where(self) -> str:
        """The file, the line and the setting."""
        place = f"{FILE}:{self.line}" if self.line else FILE
        return place if self.key == FILE else f"{place} {self.key}"


FILE = "settings.toml"
_TABLE = re.compile(r"\s*\[([^\]=]+)\]\s*(#.*)?")
DIRECTIONS = ("left", "right", "straight", "upstairs", "behind")
CHOICES = {
    "look": ("light", "contrast"),
    "flash": ("panel", "border", "none"),
    "sound": ("voice", "chime", "none"),
}
SPAN = re.compile(r"([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)")
PAGES = ("none", "cups", "folder")
PLACE = re.compile(r"\d{3,5}x\d{3,5}\+\d{1,5}\+\d{1,5}")
PRINTER_KINDS = ("file", "escpos-file", "escpos-device", "escpos-network", "none")


def load(path: Path) -> tuple[Settings, tuple[SettingsFault, ...]]:
    """The settings of a file and everything wrong with it; what is wrong keeps its default."""
    try:
        return parse(path.read_bytes())
    except FileNotFoundError:
        return Settings(), ()
    except OSError as fault:
        return Settings(), (SettingsFault(FILE, f"it cannot be read: {fault.strerror}"),)


def parse(content: bytes) -> tuple[Settings, tuple[SettingsFault, ...]]:
    """As `load`, of what a file holds."""
    try:
        text = content.decode("utf-8-sig")  # Some editors put a mark in front.
        raw = tomllib.loads(text)
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        return Settings(), (SettingsFault(FILE, f"this is not readable TOML: {fault}", line),)
    except tomllib.TOMLDecodeError as fault:
        at = re.search(r"at line (\d+)", str(fault))
        line = int(at[1]) if at else len(text.splitlines())
        return Settings(), (SettingsFault(FILE, f"this is not readable TOML: {fault}", line),)
    faults: list[SettingsFault] = []
    settings = _build(Settings, raw, "", faults)
    placed = (replace(fault, line=_line(text, fault.key)) for fault in faults)
    return replace(settings, office=_own(settings.office, raw.get("office"))), tuple(placed)


def _line(text: str, key: str) -> int:
    """The line of a setting such as `kiosk.letter`; 0 where it is not written on a line of its own."""
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        head = _TABLE.fullmatch(line)
        name, given, _ = line.partition("=")
        if head is not None:
            table = found = re.sub(r"[\s\"']", "", head[1])
        elif given:
            found = f"{table}.{name.strip()}".lstrip(".")
        else:
            continue
        if found == key:
            return number
    return 0


def _own(office: Office, raw: object) -> Office:
    """An office that has given its name is nowhere called by that of the town these defaults stand for."""
    given = raw if isinstance(raw, dict) else {}
    if office.name_ja == Office.name_ja:
        return office
    return replace(
        office,
        name_ruby=office.name_ruby if "name_ruby" in given else office.name_ja,
        city_hall_ja=office.city_hall_ja if "city_hall_ja" in given else "役所",
        city_hall_en=office.city_hall_en if "city_hall_en" in given else "City Hall",
    )


def _build(kind: Any, raw: Mapping[str, Any], prefix: str, faults: list[SettingsFault]) -> Any:
    hints = get_type_hints(kind)
    known = {f.name for f in fields(kind)}
    faults += [
        SettingsFault(prefix + key, "no such setting; remove or correct it")
        for key in raw
        if key not in known
    ]
    values: dict[str, Any] = {}
    for name in known & raw.keys():
        expected, given = hints[name], raw[name]
        if is_dataclass(expected) and isinstance(given, dict):
            values[name] = _build(expected, given, f"{prefix}{name}.", faults)
        elif (problem := _problem(name, expected, given)) is None:
            values[name] = tuple(given) if isinstance(given, list) else given
        else:
            faults.append(SettingsFault(prefix + name, problem))
    return kind(**values)


def _problem(name: str, expected: Any, given: Any) -> str | None:
    if expected is str and not isinstance(given, str):
        return "write it in quotes"
    if expected is int and (not isinstance(given, int) or isinstance(given, bool) or given < 1):
        return "write a whole number of at least 1"
    if expected == tuple[str, ...] and not (
        isinstance(given, list) and all(isinstance(i, str) for i in given)
    ):
        return "write a list of words in quotes"
    if is_dataclass(expected):
        return "this is a table: write it as [name]"
    if expected == Mapping[str, str] and not (
        isinstance(given, dict) and all(isinstance(value, str) for value in given.values())
    ):
        return 'write names and words, such as { 1 = "left" }'
    return _unfit(name, given)


def _unfit(name: str, given: Any) -> str | None:
    """What is wrong with a value of the right kind."""
    if name == "directions" and not set(given.values()) <= set(DIRECTIONS):
        return "choose from " + ", ".join(DIRECTIONS)
    if name in CHOICES and given not in CHOICES[name]:
        return "choose one of " + ", ".join(CHOICES[name])
    if name == "volume" and given > 100:
        return "write a whole number from 1 to 100"
    if name == "mute" and not all(SPAN.fullmatch(span) for span in given):
        return 'write hours such as "12:00-13:00"'
    if name == "letter" and not (len(given) == 1 and given.isascii() and given.isupper()):
        return "write one capital letter, A to Z"
    if name == "kind" and given not in PRINTER_KINDS:
        return "choose one of " + ", ".join(PRINTER_KINDS)
    if name == "pages" and given not in PAGES:
        return "choose one of " + ", ".join(PAGES)
    if name == "page_printer" and (given.startswith("-") or not given.isprintable()):
        return "write the name as lpstat -p lists it"
    if name == "url" and given and not given.startswith(("postgresql://", "postgres://")):
        return "write an address such as postgresql://madoguchi@server/madoguchi"
    if name == "facing" and given and not PLACE.fullmatch(given):
        return "write size and place such as 1280x800+1366+0"
    if name == "timezone":
        try:
            ZoneInfo(given)
        except (ZoneInfoNotFoundError, ValueError):
            return "write a time zone such as Asia/Tokyo"
    return None
