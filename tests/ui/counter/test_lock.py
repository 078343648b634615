"""The console while the office's keys are locked: nothing of what was told is on it, or in it."""

from __future__ import annotations

import gc
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.core import changes
from kiosk.core.heard import Translation
from kiosk.core.ticket import Content, Narrative, State, Ticket
from kiosk.data.languages import read_languages
from kiosk.errors import Trouble
from kiosk.store import passphrase
from kiosk.store.keys import Keyring
from kiosk.store.office_keys import PROTECTED
from kiosk.store.tiny import TinyStore
from kiosk.text.typesetter import Typesetter
from kiosk.ui.counter.cardmaker import CardMaker
from kiosk.ui.counter.console import Console
from kiosk.ui.counter.desk import Closed, Strip
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.place import Place
from kiosk.ui.counter.view import Ask
from kiosk.ui.faults import faults
from kiosk.ui.frame import Frame
from kiosk.ui.paint import Painter
from kiosk.ui.parts import Words
from tests.ui.counter.counter import FLOWS, JAPANESE, LINE, NOW, OTHER, SIZES, standing, told
from tests.ui.counter.stand import Field, Screen, SyncDesk, Texts

PASSPHRASE, PAPER = "みなとの見える丘 2026 turtle", bytes(range(32))
SAID = "Công ty giữ hộ chiếu của tôi"
QUARTER = 900.0


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id with 1 MiB: its strength is not what is tested here."""
    monkeypatch.setattr(passphrase, "MEMORY", 1024)
    monkeypatch.setattr(passphrase, "PASSES", 1)


@dataclass
class Office:
    """A console, the store behind it, and a clock that only the test moves."""

    folder: Path
    store: TinyStore
    clock: list[float]
    console: Console
    desk: SyncDesk
    screen: Screen

    def keys(self, *names: str) -> Office:
        for name in names:
            self.console.key(name)
        return self

    def text(self) -> str:
        return "\n".join(self.screen.words())

    def later(self, seconds: float) -> Office:
        self.clock[0] += seconds
        self.console.tick()
        return self

    def type(self, words: str) -> Office:
        """The passphrase, Return, and its answer."""
        self.console.secret.typed = words  # type: ignore[attr-defined]
        self.keys("Return")
        if self.desk.unlocking:
            self.desk.answer()
        return self

    def state(self) -> State:
        return self.store.tickets()[0].state


def say(key: str, **details: object) -> str:
    return JAPANESE.text(key, **details)  # type: ignore[arg-type]


def store_at(folder: Path, clock: list[float]) -> TinyStore:
    ring = Keyring(folder / "keys", lambda: clock[0])
    return TinyStore(folder, letter="A", today=NOW.date, keys=ring)


def console_at(folder: Path, size: tuple[int, int] = SIZES[0]) -> Office:
    clock = [1_000_000.0]
    store = store_at(folder, clock)
    place = Place("3", "あおば市 外国人相談窓口", "07", (), (("", "どの窓口でも"), ("2", "窓口 2")))
    desk, screen = SyncDesk(store, at=NOW, place=place), Screen()
    cards = CardMaker(say, JAPANESE.has, FLOWS, read_languages().by_tag, (LINE, OTHER), standing)
    console = Console(
        desk, screen, Field(), Field(), cards, Grid(*size, say), place, Field(), Texts(),
        lock_after=QUARTER, clock=lambda: clock[0],
    )  # fmt: skip
    console.start()
    return Office(folder, store, clock, console, desk, screen)


def content(**more: object) -> Content:
    translated = Translation(SAID, "vi", "会社が私の旅券を持っています", "", "engine")
    return told(narrative=Narrative(SAID, "vi", "typed", translated, True), notes=("前の窓口のメモ",), **more)


def issue(store: TinyStore, given: Content | None = None) -> Ticket:
    return store.issue(given or content(), language="vi", at=NOW - timedelta(minutes=10))


@pytest.fixture
def protected(tmp_path: Path) -> Path:
    """An office with a passphrase, where somebody waits."""
    store = store_at(tmp_path, [0.0])
    issue(store)
    store.keys.setup(PASSPHRASE, PAPER)
    store.close()
    return tmp_path


@pytest.fixture
def office(protected: Path) -> Office:
    """Its console, just started."""
    return console_at(protected)


def test_the_console_starts_with_the_passphrase_and_shows_the_queue(office: Office) -> None:
    assert office.screen.sheet is not None
    assert office.screen.sheet.name == "console-locked"
    assert "A001" in office.text()
    assert office.console.secret.box is not None  # type: ignore[attr-defined]
    assert office.screen.targets() == {"tab:waiting", "tab:held", "tab:absent", "reveal", "unlock"}


def test_nothing_but_the_passphrase_works_while_it_is_locked(office: Office) -> None:
    office.keys("F2", "F1", "F11", "F12", "Shift-F12", "F10", "1", "Escape", "Shift-F11")
    for target in ("call", "earlier", "disaster", "appointments", "faults", "signal", "without"):
        office.console.press(target)
    office.console.scan("A001 2026-11-20")
    office.console.press("tab:held")
    assert office.console.tab == "held"
    assert office.console.view().locked is not None
    assert (office.state(), office.console.over) == (State.WAITING, None)
    assert not office.desk.disaster


def test_the_passphrase_opens_the_console(office: Office) -> None:
    office.type(PASSPHRASE)
    assert office.console.view().locked is None
    assert office.console.secret.text() == ""
    assert office.console.secret.box is None  # type: ignore[attr-defined]
    office.keys("F2")
    assert SAID in office.text()


def test_an_empty_field_is_no_try(office: Office) -> None:
    office.type("  ")
    assert not office.desk.unlocking
    assert not (office.folder / "keys" / "tries.json").exists()


def test_a_wrong_one_is_told_with_the_seconds_left_counted_down(office: Office) -> None:
    for _ in range(3):
        office.later(10).type("ちがう合言葉 ちがう合言葉")
    left = passphrase.wait_after(3)
    assert say("trouble.passphrase_wrong", wait=left) in office.text()
    assert "unlock" not in office.screen.targets()
    office.console.secret.typed = PASSPHRASE  # type: ignore[attr-defined]
    office.keys("Return")
    assert not office.desk.unlocking
    assert office.console.secret.text() == PASSPHRASE  # what was typed meanwhile stays
    office.later(left - 1)
    assert say("trouble.passphrase_wrong", wait=1) in office.text()
    office.later(1)
    assert say("console.lock.again") in office.text()
    assert office.type(PASSPHRASE).console.view().locked is None


def test_tries_at_another_machine_make_this_one_wait_too(office: Office) -> None:
    other = store_at(office.folder, office.clock)
    for _ in range(4):
        office.clock[0] += 100
        with pytest.raises(Trouble):
            other.keys.unlock("ちがう合言葉")
    office.type(PASSPHRASE)
    wait = passphrase.wait_after(4)
    assert say("trouble.passphrase_wait", wait=wait) in office.text()
    office.later(wait)
    assert office.type(PASSPHRASE).console.view().locked is None


def test_while_it_is_checked_nothing_waits_and_no_second_try_is_made(office: Office) -> None:
    office.console.secret.typed = PASSPHRASE  # type: ignore[attr-defined]
    office.keys("Return")
    assert say("console.lock.trying") in office.text()
    assert office.console.secret.text() == ""
    office.console.secret.typed = "もうひとつの合言葉です"  # type: ignore[attr-defined]
    office.keys("Return").later(1)
    assert len(office.desk.unlocking) == 1
    office.desk.answer()
    assert office.console.view().locked is None


def test_the_letters_are_shown_when_asked_and_hidden_the_next_time(office: Office) -> None:
    secret = office.console.secret
    office.console.press("reveal")
    assert secret.revealed  # type: ignore[attr-defined]
    assert say("console.lock.hide") in [t.label for t in office.screen.sheet.parts if hasattr(t, "label")]  # type: ignore[union-attr]
    office.type(PASSPHRASE).keys("Shift-F11")
    assert not secret.revealed  # type: ignore[attr-defined]


def serving(office: Office) -> Office:
    office.type(PASSPHRASE).keys("F2", "F10")
    assert SAID in office.text()
    return office


def holds(office: Office, words: str) -> list[str]:
    """Texts with these words that the console still holds, wherever."""
    gc.collect()
    seen: set[int] = set()
    todo: list[object] = [office.console, office.screen]
    found = []
    while todo:
        one = todo.pop()
        if id(one) in seen or isinstance(one, type | SyncDesk | TinyStore):
            continue
        seen.add(id(one))
        if isinstance(one, str) and words in one:
            found.append(one)
        todo += gc.get_referents(one) if not callable(one) else []
    return found


def test_a_quarter_hour_without_a_touch_locks_it_and_the_memo_comes_back(office: Office) -> None:
    serving(office).console.memo.typed = "在留カードの写しを受け取った"  # type: ignore[attr-defined]
    office.later(QUARTER - 1)
    assert SAID in office.text()
    assert holds(office, SAID)
    office.later(1)
    assert say("console.lock.idle", n=15) in office.text()
    for words in (SAID, "旅券", "給料", "前の窓口", "在留カード"):
        assert words not in office.text()
        assert not holds(office, words) or words == "在留カード"
    assert office.console.memo.box is None  # type: ignore[attr-defined]
    assert not office.store.keys.is_open
    assert office.type(PASSPHRASE).console.view().state is State.SERVING
    assert SAID in office.text()
    assert office.console.memo.text() == "在留カードの写しを受け取った"
    office.keys("F10")
    assert office.store.tickets()[0].content.notes[-1] == "在留カードの写しを受け取った"


def test_every_touch_begins_the_quarter_hour_anew(office: Office) -> None:
    serving(office)
    for touch in (
        lambda: office.keys("F3"),
        lambda: office.console.press("tab:held"),
        office.console.guard.touch,
    ):
        office.later(QUARTER - 1)
        touch()
    assert office.later(QUARTER - 1).console.view().locked is None


@pytest.mark.parametrize("before", [(), ("F9",), ("F5",), ("F11",), ("F12",)])
def test_a_key_locks_at_once_whatever_is_open(office: Office, before: tuple[str, ...]) -> None:
    serving(office).keys(*before, "Shift-F11")
    assert say("console.lock.asked") in office.text()
    assert not holds(office, SAID)
    assert office.type(PASSPHRASE).console.over is None


def test_an_answer_that_comes_after_locking_brings_nothing_back(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    serving(office)
    late: list[object] = []
    change = office.desk.change
    monkeypatch.setattr(office.desk, "change", lambda *given: late.append(given))
    office.keys("F4")
    assert office.console.busy
    office.keys("Shift-F11")
    opened = replace(office.store.tickets()[0], content=content())
    (given,) = late
    given[2](opened)  # type: ignore[index]
    assert not holds(office, SAID)
    monkeypatch.setattr(office.desk, "change", change)


def test_a_ticket_somebody_else_took_while_it_was_locked_keeps_its_memo(office: Office) -> None:
    serving(office).console.memo.typed = "途中のメモ"  # type: ignore[attr-defined]
    office.keys("Shift-F11")
    other = store_at(office.folder, office.clock)
    case = other.tickets()[0]
    other.change(case.id, lambda one: changes.hold(one, NOW, counter="2", staff="09"))
    office.later(1).type(PASSPHRASE)
    assert office.console.current is None
    assert office.store.get(case.id).content.notes[-1] == "途中のメモ"


def test_an_office_without_a_passphrase_is_never_locked_and_says_so(tmp_path: Path) -> None:
    office = console_at(tmp_path)
    assert say("console.strip.unset") in office.text()
    office.later(10 * QUARTER).keys("Shift-F11")
    assert office.console.view().locked is None
    assert "lock" not in office.screen.targets()


def test_a_passphrase_set_meanwhile_is_asked_for(tmp_path: Path) -> None:
    office = console_at(tmp_path)
    issue(office.store)
    office.keys("F2")
    assert SAID in office.text()
    Keyring(tmp_path / "keys").setup(PASSPHRASE, PAPER)
    office.later(1)
    assert office.console.view().locked is not None
    assert not holds(office, SAID)


def test_damaged_keys_do_not_keep_anybody_waiting(office: Office) -> None:
    (office.folder / "keys" / PROTECTED).write_text("{}")
    office.type(PASSPHRASE)
    assert say("trouble.keys_damaged") in office.text()
    assert "without" in office.screen.targets()
    office.console.press("without")
    assert office.later(10 * QUARTER).console.view().locked is None
    assert say("console.strip.closed") in office.text()
    office.keys("F2")
    assert (office.state(), SAID in office.text()) == (State.CALLED, False)
    assert say("card.closed.locked") in office.text()
    office.keys("F10")
    office.console.memo.typed = "閉じたまま受けた"  # type: ignore[attr-defined]
    office.keys("F10")
    assert office.state() is State.CLOSED
    office.keys("Shift-F11")
    assert office.console.view().locked is not None


def test_no_passphrase_is_asked_for_where_the_key_is_elsewhere(tmp_path: Path) -> None:
    keys = Keyring(tmp_path / "home")
    keys.prepare(NOW.date())
    assert keys.public is not None
    Keyring(tmp_path / "keys").keep_public(keys.public)
    office = console_at(tmp_path)
    issue(office.store)
    office.desk.why = "away"
    office.keys("F2")
    assert office.console.view().locked is None
    assert say("card.closed.away") in office.text()
    assert office.keys("F10", "F10").state() is State.CLOSED


@pytest.mark.parametrize("why", ["audit", "damaged", "away", "locked"])
def test_a_closed_card_says_why_and_says_nothing_untrue(why: Closed, tmp_path: Path) -> None:
    office = console_at(tmp_path)
    case = issue(office.store)
    card = office.console.cards.make(replace(case, content=Content(closed=True)), 10, NOW.date(), why)
    assert card.closed == say(f"card.closed.{why}")
    assert (card.topic, card.blocks, card.words, card.alerts, card.ask) == ("", (), None, (), "")
    assert "ベトナム語" in card.language
    assert bool(card.unlock) == (why == "locked")


def test_a_database_that_goes_and_comes_is_told(tmp_path: Path) -> None:
    office = console_at(tmp_path)
    office.desk.is_away = True
    office.desk.running = [Strip(say("console.database.away"), "triangle-alert")]
    office.later(1)
    assert say("console.database.away") in office.text()
    assert say("console.database.head") in office.text()
    office.console.press("faults")
    assert isinstance(office.console.view().over, Ask)
    office.console.press("faults")
    office.desk.is_away, office.desk.running = False, []
    office.later(1)
    assert say("console.database.back") in office.text()
    assert say("console.database.away") not in office.text()


def test_strips_without_room_are_read_with_a_press(tmp_path: Path) -> None:
    office = console_at(tmp_path)
    office.desk.running = [Strip(f"その{n}", "tent") for n in range(3)]
    office.desk.wrong = ["流れの問題"]
    office.later(1)
    assert say("console.strips.more", n=3) in office.text()
    assert "流れの問題" not in office.text()
    office.console.press("strips")
    assert "流れの問題" in office.text()


def test_no_cache_of_the_painter_keeps_what_was_told(office: Office, typesetter: Typesetter) -> None:
    painter = Painter(typesetter, Frame(*SIZES[0]))
    serving(office)
    assert office.screen.sheet is not None
    painter.photograph(office.screen.sheet)
    kept = [part.text for part, *_ in painter._laid if isinstance(part, Words)]
    assert say("console.memo") in kept
    for words in (SAID, "旅券", "給料", "前の窓口"):
        assert any(words in part.text for part in office.screen.sheet.parts if isinstance(part, Words)) or (
            words == "給料"
        )
        assert not [text for text in kept if words in text]


@pytest.mark.parametrize("size", SIZES)
def test_no_page_cuts_a_word(size: tuple[int, int], protected: Path, typesetter: Typesetter) -> None:
    painter, seen = Painter(typesetter, Frame(*size)), set()
    office = console_at(protected, size)

    def look() -> None:
        sheet = office.screen.sheet
        assert sheet is not None
        seen.add(sheet.name)
        found = faults(painter, sheet, 12)
        # Staff press with a mouse and with keys: no target need be as large as a finger.
        assert [fault for fault in found if "px high" not in fault and "px wide" not in fault] == []

    look()
    for key in ("trouble.passphrase_wrong", "trouble.passphrase_wait", "trouble.keys_damaged"):
        lock = office.console.guard.lock
        assert lock is not None
        lock.trouble, lock.until = Trouble(key, wait=300), office.clock[0] + 300
        office.later(0)
        look()
    office.clock[0] += 300
    office.type(PASSPHRASE)
    office.desk.is_away, office.desk.disaster = True, True
    event = say("console.strip.event", name="外国人のための夜間相談会", place="青葉公民館 2階", letter="B")
    packed = say("console.strip.event.pack", time="16:00") + say("console.strip.event.unpacked", n=12)
    unsent = say("console.database.away") + say("console.database.unsent", n=120)
    office.desk.running = [Strip(unsent, "triangle-alert"), Strip(f"{event}　{packed}", "tent")]
    office.desk.wrong = [f"{say('console.flows.own')}。{say('console.flows.where', place='a.toml:1', n=9)}"]
    office.later(1)
    look()
    office.desk.running.append(office.desk.running[0])
    office.later(1)
    look()
    office.console.press("faults")
    look()
    office.keys("Escape", "F2", "Shift-F11").later(1)
    look()
    (protected / "keys" / PROTECTED).write_text("{}")
    office.type(PASSPHRASE)
    look()
    office.console.press("without")
    look()
    for why in ("audit", "damaged", "away"):
        office.desk.protection = lambda: "open"  # type: ignore[method-assign]
        office.desk.why = why
        office.later(1)
        look()
    assert seen == {"console-locked", "console-idle", "console-faults", "console-called"}


def test_uptime_goes_on_while_the_machine_sleeps() -> None:
    import time

    from kiosk.ui.counter.lock import uptime

    before = time.monotonic()
    assert uptime() >= before
