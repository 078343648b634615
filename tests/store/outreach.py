"""An office and its tablets, as far as packs need them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from kiosk.core.event import EVENT_MARK, Event, event_text, scanned
from kiosk.store.device import device_id
from kiosk.store.keys import Keyring
from kiosk.store.pack_contents import Contents, manifest_of, parts_of, verified
from kiosk.store.pack_reader import open_pack
from kiosk.store.packs import Part, pack_bytes
from kiosk.store.protocol import MergeReport
from kiosk.store.signing import sign
from kiosk.store.tiny import TinyStore
from tests.store.samples import DAY, NOW


@dataclass
class Office:
    """The office's machine: its keys are not protected, so nobody types a passphrase."""

    folder: Path
    keys: Keyring = field(init=False)
    store: TinyStore = field(init=False)

    def __post_init__(self) -> None:
        self.keys = Keyring(self.folder / "keys")
        self.keys.prepare(DAY)
        self.store = TinyStore(self.folder / "store", letter="A", today=lambda: DAY, keys=self.keys)

    def event(self, letter: str = "C", **given: Any) -> Event:
        return Event(
            **{
                "id": f"{DAY}-a1b2c3",
                "name": "港町 出張相談会",
                "place": "港町公民館",
                "day": DAY,
                "languages": ("ko", "vi"),
                "letter": letter,
                "partners": ("社協", "入管"),
                "printer": "",
                "paper": 58,
                "office": (("prefecture", "北海道"),),
                "public": self.keys.office().public,
                **given,
            }
        )

    def line(self, event: Event) -> str:
        text = event_text(event)
        return scanned(EVENT_MARK, text, sign(self.keys.office(), text))

    def tablet(self, folder: Path, letter: str = "C", skew: timedelta = timedelta()) -> Tablet:
        return Tablet(self, folder, self.event(letter), skew)

    def read(self, pack: bytes, now: datetime = NOW) -> Contents:
        private = self.keys.office()
        return verified(open_pack(pack, private, "x.pack"), private, now, "x.pack")

    def take(self, pack: bytes, now: datetime = NOW) -> MergeReport:
        contents = self.read(pack, now)
        for day, keys in contents.keys.items():
            self.keys.adopt(day, keys)
        return self.store.merge(contents.tickets)


@dataclass
class Tablet:
    """A tablet at an event: it closes to the office and opens nothing. Its clock may be wrong."""

    office: Office
    folder: Path
    event: Event
    skew: timedelta = timedelta()
    day: date = DAY
    keys: Keyring = field(init=False)
    store: TinyStore = field(init=False)

    def __post_init__(self) -> None:
        self.keys = Keyring(self.folder / "keys")
        self.keys.keep_public(self.event.public)
        self.start()

    def start(self) -> None:
        letter = self.event.letter
        self.store = TinyStore(self.folder / "store", letter=letter, today=lambda: self.day, keys=self.keys)

    @property
    def device(self) -> str:
        return device_id(self.folder / "store" / "device", print)

    def pack(self, **changed: Any) -> bytes:
        """Its pack; `changed` replaces members of the manifest, `parts` the parts."""
        letter = self.event.letter
        days = {
            day: [one for one in self.store.carried(day) if one.ticket.number[:1] == letter]
            for day in self.store.days()
        }
        keys = {day: self.keys.carried(day) for day in days}
        made = NOW + self.skew
        manifest: Mapping[str, Any] = manifest_of(self.office.line(self.event), self.device, made, days, ())
        parts: list[Part] = changed.pop("parts", None) or parts_of(days, keys, {})
        return pack_bytes(self.event.public, {**manifest, **changed}, parts)
