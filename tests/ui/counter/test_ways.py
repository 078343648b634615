"""What else a counselor may do: take back, put back, call a number, join another, choose the place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest

from kiosk.core.roster import InterpreterLine, Roster
from kiosk.core.ticket import Case, Content, State, Ticket
from kiosk.data.catalogue import load
from kiosk.data.languages import read_languages
from kiosk.store.erasing import new_mark
from kiosk.store.tiny import TinyStore
from kiosk.text.typesetter import Typesetter
from kiosk.ui.counter.cardmaker import CardMaker
from kiosk.ui.counter.console import Console
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.place import Place
from kiosk.ui.counter.tongue import Tongue
from kiosk.ui.faults import faults
from kiosk.ui.frame import Frame
from kiosk.ui.paint import Painter
from kiosk.ui.parts import Box
from tests.core.make import NOON, WORK
from tests.ui.counter.stand import Field, Screen, SyncDesk, Texts

LINE = InterpreterLine("call", "多言語コールセンター", "0120-000-000", ("vi", "ko"), note_ja="平日だけ")
DESKS = (("", "どの窓口でも"), ("2", "窓口 2"), ("partner:みどり市", "みどり市"))


@dataclass
class Stand:
    console: Console
    desk: SyncDesk
    screen: Screen
    fields: Texts
    memo: Field
    seconds: list[float]
    """The console's clock."""

    def keys(self, *names: str) -> None:
        for name in names:
            self.console.key(name)

    def said(self) -> str:
        self.console.tick()
        return "\n".join(self.screen.words())

    def type(self, name: str, text: str) -> None:
        self.fields.typed[name] = text
        self.console.typed(name, text)

    def later(self, seconds: float) -> None:
        self.seconds[0] += seconds
        self.desk.at += timedelta(seconds=seconds)
        self.console.tick()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[TinyStore]:
    store = TinyStore(tmp_path / "store", letter="A", today=lambda: NOON.date())
    yield store
    store.close()


def stand_at(
    store: TinyStore, counter: str = "1", tag: str = "ja", size: tuple[int, int] = (1366, 768)
) -> Stand:
    words = {one: load(one) for one in ("ja", "en")}
    tongue = Tongue({one: (found.text, found.has) for one, found in words.items()}, tag)
    place = Place(counter, "あおば市 外国人相談窓口", "", (), DESKS, tongue=tag)
    desk = SyncDesk(store, place=place, roster=Roster(lines=(LINE,)))
    cards = CardMaker(
        tongue.say, tongue.has, {"work": WORK}, read_languages().by_tag, (), None, lambda: tongue.tag
    )
    screen, memo, fields, seconds = Screen(), Field(), Texts(), [1000.0]
    console = Console(
        desk, screen, memo, Field(), cards, Grid(*size, tongue.say, tag), place, Field(), fields,
        tongue=tongue, clock=lambda: seconds[0],
    )  # fmt: skip
    console.start()
    return Stand(console, desk, screen, fields, memo, seconds)


def issue(store: TinyStore, minutes: int = 10, language: str = "vi") -> Ticket:
    told = Content(
        caller="self", cases=(Case("work", "work", (("problem", ("wages",)),)),), services=("houterasu",)
    )
    return store.issue(told, language=language, at=NOON - timedelta(minutes=minutes))


def of(store: TinyStore, number: str) -> Ticket:
    return next(case for case in store.tickets() if case.number == number)


# Taking back


def test_a_call_is_taken_back_and_keeps_its_place(store: TinyStore) -> None:
    first, _ = issue(store, 24), issue(store, 5)
    here = stand_at(store)
    here.keys("F2")
    assert "呼出を取り消す A001" in here.said()
    here.later(20)
    assert "40秒" in here.said()
    here.keys("Control-z")
    assert of(store, "A001").state is State.WAITING
    assert of(store, "A001").waiting_since == first.waiting_since
    assert here.console.current is None
    assert "取り消す" not in here.said()
    here.keys("F2")
    assert here.console.present.number == "A001"


def test_after_a_minute_nothing_is_taken_back(store: TinyStore) -> None:
    issue(store)
    here = stand_at(store)
    here.keys("F2")
    here.later(61)
    assert "取り消す" not in here.said()
    here.keys("Control-z")
    assert of(store, "A001").state is State.CALLED


@pytest.mark.parametrize(
    ("keys", "before"),
    [
        (("F8",), State.CALLED),
        (("F10", "F4"), State.SERVING),
        (("F10", "F10"), State.SERVING),
        (("F10", "F5", "2"), State.SERVING),
    ],
)
def test_what_left_the_console_comes_back_to_it(
    store: TinyStore, keys: tuple[str, ...], before: State
) -> None:
    issue(store)
    here = stand_at(store)
    here.keys("F2", *keys)
    assert here.console.current is None
    here.keys("Control-z")
    assert here.console.present.state is before
    assert of(store, "A001").lane == ""
    assert "A001" in here.said()


def test_what_another_counter_went_on_with_is_not_taken_back(store: TinyStore) -> None:
    issue(store)
    here = stand_at(store)
    here.keys("F2", "F10", "F4")
    other = stand_at(store, "2")
    other.console.press("tab:held")
    other.console.press(f"take:{of(store, 'A001').id}")
    here.keys("Control-z")
    assert "もう取り消せません" in here.said()
    assert (of(store, "A001").state, of(store, "A001").counter) == (State.SERVING, "2")


def test_called_by_mistake_goes_back_to_its_old_place_also_after_minutes(store: TinyStore) -> None:
    first, _ = issue(store, 24), issue(store, 5)
    here = stand_at(store)
    here.keys("F2", "F3", "F3")
    here.later(300)
    here.keys("Shift-F3")
    case = of(store, "A001")
    assert (case.state, case.waiting_since) == (State.WAITING, first.waiting_since)
    assert "元の順番に戻しました" in here.said()
    here.keys("F2")
    assert here.console.present.number == "A001"


# A number


def test_a_number_is_called_or_said_why_not(store: TinyStore) -> None:
    issue(store, 24)
    issue(store, 5)
    here, other = stand_at(store), stand_at(store, "2")
    other.keys("F2", "F10")
    here.keys("Shift-F2")
    for typed, told in (("x", "読めません"), ("A9", "今日の番号にありません"), ("a1", "窓口 2で「対応中」")):
        here.type("number", typed)
        here.keys("Return")
        assert told in here.said()
    here.type("number", "ａ００２")
    here.keys("Return")
    assert here.console.present.number == "A002"
    assert "番号で呼んだ（5分待ち）" in here.said()
    other.keys("F10")
    here.keys("F10", "F10", "Shift-F2")
    here.type("number", "A001")
    here.keys("Return")
    assert "もう終わっています" in here.said()


def test_two_who_call_the_same_number_at_once(store: TinyStore) -> None:
    issue(store)
    here, other = stand_at(store), stand_at(store, "2")
    stale = list(here.desk.tickets())
    other.keys("F2")
    here.desk.tickets = lambda: stale  # type: ignore[method-assign]
    here.keys("Shift-F2")
    here.type("number", "A001")
    here.keys("Return")
    assert here.console.current is None
    assert here.console.message
    assert of(store, "A001").counter == "2"


def test_an_erased_number_is_said_to_be_gone(store: TinyStore) -> None:
    case = issue(store)
    here = stand_at(store)
    stale = list(here.desk.tickets())
    store.erase(case, new_mark(whole=False, tickets=1, reason="request", ticket=case.id), lambda _: None)
    here.desk.tickets = lambda: stale  # type: ignore[method-assign]
    here.keys("Shift-F2")
    here.type("number", "A001")
    here.keys("Return")
    assert here.console.current is None
    assert case.id not in here.console.message
    assert here.console.message


@pytest.mark.parametrize("pressed", [False, True])
def test_nothing_of_an_erased_ticket_stays_at_the_counter_it_was_served_at(
    store: TinyStore, pressed: bool
) -> None:
    case = issue(store)
    here = stand_at(store)
    here.keys("F2", "F10")
    assert "houterasu" in here.said()
    here.memo.typed = "本人から聞いたこと"
    mark = new_mark(whole=False, tickets=1, reason="request", ticket=case.id)
    store.erase(store.get(case.id), mark, lambda _: None)
    if pressed:
        here.keys("F10")
    else:
        here.console.look_again()
        here.console.show()
    assert "A001 は消されました" in here.said()
    assert "houterasu" not in here.said()
    assert (here.console.current, here.memo.typed) == (None, "")
    issue(store)
    here.keys("F2")
    assert here.console.present.number == "A002"


def test_notes_of_fifty_thousand_characters_are_kept_whole_and_without_control_characters(
    store: TinyStore,
) -> None:
    case = issue(store)
    here = stand_at(store)
    here.keys("F2", "F10")
    here.memo.typed = "=1+1\x00\x1b[31m\r\n" + "あ" * 50_000 + "終わり"
    here.keys("F4")
    notes = of(store, "A001").content.notes
    whole = "".join(notes)
    assert whole.startswith("=1+1[31m\n")
    assert (whole.count("あ"), whole.endswith("終わり")) == (50_000, True)
    assert max(map(len, notes)) <= 20_000
    here.console.press(f"take:{case.id}")
    assert "=1+1[31m" in here.said()


# Handing on


def test_another_towns_desk_ends_the_case_here_with_a_slip(store: TinyStore) -> None:
    issue(store)
    here = stand_at(store)
    here.keys("F2", "F10", "F5", "3")
    case = of(store, "A001")
    assert case.state is State.REFERRED
    assert here.desk.reprinted == ["A001"]
    (record,) = case.content.records
    assert [(one.name, one.kind) for one in record.handovers] == [("みどり市", "letter")]


def test_a_case_is_handed_to_an_agency(store: TinyStore) -> None:
    issue(store)
    here = stand_at(store)
    here.keys("F2", "F10", "Shift-F4", "1", "2")
    case = of(store, "A001")
    assert case.state is State.REFERRED
    (record,) = case.content.records
    assert [(one.service, one.kind) for one in record.handovers] == [("houterasu", "telephone")]
    here.keys("Control-z")
    assert here.console.present.state is State.SERVING


def test_what_was_handed_on_by_mistake_and_taken_back_is_on_no_record(store: TinyStore) -> None:
    issue(store)
    here = stand_at(store)
    here.keys("F2", "F10", "Shift-F4", "1", "2", "Control-z")
    (record,) = of(store, "A001").content.records
    assert (record.handovers, record.result) == ((), "")
    here.keys("F5", "3", "Control-z", "Shift-F4", "1", "3")
    (record,) = of(store, "A001").content.records
    assert [(one.kind, one.service) for one in record.handovers] == [("together", "houterasu")]
    assert record.result == "referred"


def test_what_was_taken_back_is_told_while_it_holds_and_a_minute_at_most(store: TinyStore) -> None:
    issue(store)
    here, there = stand_at(store), stand_at(store, "2")
    here.keys("F2", "F10", "Control-z")
    assert "A001 は「" in here.said()
    here.later(59)
    assert "取り消しました" in here.said()
    here.later(1)
    assert "取り消しました" not in here.said()
    here.keys("Shift-F3")
    here.keys("F2", "Control-z")
    assert "取り消しました" in here.said()
    there.keys("F2")
    assert "取り消しました" not in here.said(), "it waits no longer"
    here.console.message = "ほかのこと"
    here.later(120)
    assert "ほかのこと" in here.said()


# A window that changes its size


def test_a_change_of_size_while_fields_are_placed_is_drawn_when_that_is_done(store: TinyStore) -> None:
    """A field lets others work while it is given its size: it was laid for the former size after that."""
    issue(store)
    here = stand_at(store)
    small, nested = replace(here.console.grid, width=800, height=700), [True]
    place = here.memo.place

    def place_while_others_work(box: Box | None) -> None:
        if nested and box is not None:
            nested.clear()
            here.console.grid = small
            here.console.redraw()
        place(box)

    with mock.patch.object(here.memo, "place", place_while_others_work):
        here.keys("F2")
    assert not nested
    assert here.memo.box == small.memo(State.CALLED)
    assert here.screen.sheet is not None
    assert max(part.box.right for part in here.screen.sheet.parts) <= 800


# Two counselors


def test_a_second_console_reads_and_notes_and_changes_no_state(store: TinyStore) -> None:
    issue(store)
    first, second = stand_at(store), stand_at(store, "2")
    first.keys("F2", "F10")
    second.keys("Shift-F5", "1")
    assert "窓口 1と一緒に担当" in second.said()
    second.memo.typed = "通訳を手配した"
    second.keys("F10")
    first.console.look_again()
    assert "通訳を手配した" in first.said()
    assert of(store, "A001").counter == "1"
    second.keys("F2", "F4", "F8")
    assert of(store, "A001").state is State.SERVING
    second.memo.typed = "まだ書いている"
    first.keys("F10")
    second.console.look_again()
    assert "元の窓口で終わった" in second.said()
    assert second.console.here is None
    assert of(store, "A001").content.notes == ("通訳を手配した", "まだ書いている")


def test_what_would_be_taken_back_is_named(store: TinyStore) -> None:
    issue(store)
    here = stand_at(store)
    here.keys("F2", "F10")
    assert "開始を取り消す A001" in here.said()
    here.keys("F4")
    assert "保留を取り消す A001" in here.said()
    here.keys("Control-z")
    assert here.console.present.state is State.SERVING
    here.keys("F10")
    assert "終了を取り消す A001" in here.said()


# The interpreter


def test_the_interpreters_time_goes_into_the_record_as_it_runs(store: TinyStore) -> None:
    issue(store)
    here = stand_at(store)
    here.keys("F2", "F10", "F9")
    here.type("case", "T-88")
    here.keys("1")
    assert "多言語コールセンター" in here.said()
    here.later(192)
    assert "03:12" in here.said()
    (kept,) = of(store, "A001").content.records[0].interpreted
    assert (kept.line, kept.language, kept.case) == ("call", "vi", "T-88")
    assert kept.seconds >= 177
    here.later(8)
    here.keys("F9")
    assert [one.seconds for one in of(store, "A001").content.records[0].interpreted] == [200]
    here.later(60)
    here.keys("F10")
    assert [one.seconds for one in of(store, "A001").content.records[0].interpreted] == [200]


@pytest.mark.parametrize(("break_s", "kept"), [(60, 192 + 60 + 8), (3600, 180)])
def test_an_interpreter_outlives_a_console_that_was_killed(store: TinyStore, break_s: int, kept: int) -> None:
    issue(store)
    here = stand_at(store)
    here.keys("F2", "F10", "F9", "1")
    for _ in range(12):
        here.later(15)
    here.later(12)
    again = stand_at(store)
    again.later((here.desk.at - again.desk.at).total_seconds() + break_s)
    assert again.console.present.number == "A001"
    if break_s == 60:
        assert "通訳の時間は" in again.said()
        assert "04:12" in again.said()
        again.later(8)
        again.keys("F9")
    else:
        assert again.console.interpreter is None
        assert "通訳の時間は" in again.said()
    (one,) = of(store, "A001").content.records[0].interpreted
    assert (one.seconds, one.since) == (kept, None)
    again.later(30)
    assert len(of(store, "A001").content.records[0].interpreted) == 1


def test_closing_ends_the_interpreters_time(store: TinyStore) -> None:
    issue(store)
    here = stand_at(store)
    here.keys("F2", "F10", "F9", "1")
    here.later(10)
    here.keys("F10")
    assert here.console.interpreter is None
    assert [one.seconds for one in of(store, "A001").content.records[0].interpreted] == [10]


# Place and language


def test_languages_and_counter_change_without_a_restart(store: TinyStore) -> None:
    here = stand_at(store)
    here.keys("Shift-F9", "Down", "Return")
    assert here.console.place.counter == "2"
    assert "窓口 2" in here.said()
    here.console.press("speak:vi")
    assert here.desk.sat[-1].languages == ("vi",)
    here.console.press("speak:vi")
    here.console.press("with:lawyer")
    seat = here.desk.sat[-1]
    assert (seat.languages, seat.specialists) == ((), ("lawyer",))
    here.console.press("speak:xx")
    assert here.desk.sat[-1] == seat


def test_the_console_speaks_english_at_a_key(store: TinyStore) -> None:
    issue(store, 24)
    here = stand_at(store)
    here.console.place = here.desk.place = replace(here.console.place, languages=("vi",))
    here.keys("F2")
    here.keys("Control-l")
    assert "waiting 24 min, the longest" in here.said()
    assert "Vietnamese" in here.said()
    assert here.screen.sheet is not None
    assert here.screen.sheet.language == "en"
    here.keys("Control-l")
    assert "ベトナム語" in here.said()


def test_who_waits_is_counted_by_lane_and_language_and_picked_by_nobody(store: TinyStore) -> None:
    for minutes, language in ((24, "vi"), (5, "vi"), (9, "ko")):
        issue(store, minutes, language)
    here = stand_at(store)
    here.keys("Shift-F10")
    said = here.said().splitlines()
    place = said.index("ベトナム語", said.index("最長"))
    assert said[place : place + 4] == ["ベトナム語", "2人", "24分", "14分"]
    assert not [one for one in here.screen.targets() if one.startswith(("take", "call:"))]


def test_the_help_page_presses_what_makes_sense_now(store: TinyStore) -> None:
    issue(store)
    here = stand_at(store)
    here.keys("?")
    assert "do:call" in here.screen.targets()
    assert "do:hold" not in here.screen.targets()
    here.console.press("do:call")
    assert here.console.present.state is State.CALLED


# How it looks


@pytest.mark.parametrize("tag", ["ja", "en"])
@pytest.mark.parametrize("size", [(683, 660), (683, 728), (960, 700), (1024, 700), (1366, 768), (1920, 1080)])
def test_every_text_has_room(store: TinyStore, tag: str, size: tuple[int, int]) -> None:
    painter = Painter(Typesetter(read_languages().by_tag), Frame(*size))
    wrong: list[str] = []
    here, other = stand_at(store, "1", tag, size), stand_at(store, "2", tag, size)

    def look(stand: Stand) -> None:
        stand.console.tick()
        assert stand.screen.sheet is not None
        found = faults(painter, stand.screen.sheet, 12)
        # Staff press with a mouse and with keys: no target need be as large as a finger.
        wrong.extend(fault for fault in found if "px high" not in fault and "px wide" not in fault)

    for minutes in (240, 60, 5):
        issue(store, minutes)
    for key in ("Shift-F2", "Shift-F5", "Shift-F9", "Shift-F10", "Shift-F1"):
        here.keys(key)
        look(here)
        here.keys("Escape")
    look(here)
    here.keys("F2")
    look(here)
    here.keys("F10")
    look(here)
    for key in ("F9", "Shift-F4", "F5"):
        here.keys(key)
        look(here)
        here.keys("Escape")
    here.keys("F9", "1")
    look(here)
    other.keys("Shift-F5")
    look(other)
    other.keys("1")
    look(other)
    here.keys("F4")
    look(here)
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_both_languages_have_the_same_words() -> None:
    from kiosk.data.catalogue import read_po
    from kiosk.paths import LANGUAGES

    found = [
        set(read_po((LANGUAGES / tag / "console.po").read_text(encoding="utf-8"))) for tag in ("ja", "en")
    ]
    assert found[0] == found[1]
