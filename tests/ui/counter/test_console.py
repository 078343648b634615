"""The console driven without a window, on a real store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest

from kiosk.core import changes
from kiosk.core.heard import NEGATION, Passage, Translation
from kiosk.core.ticket import Case, Content, Narrative, State, Ticket
from kiosk.data.languages import read_languages
from kiosk.errors import Trouble
from kiosk.store.tiny import TinyStore
from kiosk.ui.counter.cardmaker import CardMaker
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.place import Place
from tests.core.make import NOON, WORK
from tests.ui.counter.stand import Field, Screen, SyncDesk, Texts, Tried

WORDS = {
    "caller.self": "自分のこと",
    "topic.work": "仕事",
    "flow.work.problem.label": "困っていること",
    "flow.work.problem.wages": "給料が払われていない",
    "console.closed": "{number} を終わりました",
    "reason.longest": "待ち時間がいちばん長かった（{n}分）",
    "card.machine": "機械翻訳",
    "card.unsure": "確かめる：{what}",
    "card.unsure.denial": "ない",
}


def say(key: str, **details: object) -> str:
    return WORDS.get(key, key).format(**details)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[TinyStore]:
    store = TinyStore(tmp_path, letter="A", today=lambda: NOON.date())
    yield store
    store.close()


def console_at(store: TinyStore, counter: str = "1") -> Tried:
    cards = CardMaker(say, WORDS.__contains__, {"work": WORK}, read_languages().by_tag, ())
    place = Place(counter, "あおば市", desks=(("", "どの窓口でも"), ("2", "窓口 2")))
    console = Tried(
        SyncDesk(store, place=place),
        Screen(),
        Field(),
        Field(),
        cards,
        Grid(1366, 768, say),
        place,
        Field(),
        Texts(),
    )
    console.start()
    return console


def issue(store: TinyStore, minutes: int = 10, **content: object) -> Ticket:
    told = Content(
        caller="self",
        cases=(Case("work", "work", (("problem", ("wages",)),)),),
        **content,  # type: ignore[arg-type]
    )
    return store.issue(told, language="vi", at=NOON - timedelta(minutes=minutes))


def state_of(store: TinyStore, number: str) -> State:
    return next(t.state for t in store.tickets() if t.number == number)


def test_a_case_from_call_to_close(store: TinyStore) -> None:
    issue(store, 24)
    issue(store, 5)
    console = console_at(store)
    console.key("F2")
    assert state_of(store, "A001") is State.CALLED
    assert "給料が払われていない" in console.surface.words()
    assert console.reason == "待ち時間がいちばん長かった（24分）"
    console.key("F3")
    assert console.view().calls == 2
    console.key("F10")
    assert state_of(store, "A001") is State.SERVING
    console.memo.typed = "給与明細をコピー済み"
    console.key("F10")
    assert state_of(store, "A001") is State.CLOSED
    assert store.tickets()[0].content.notes == ("給与明細をコピー済み",)
    assert console.memo.text() == ""
    assert console.message == "A001 を終わりました"


def test_nobody_can_be_picked_from_the_waiting_list(store: TinyStore) -> None:
    issue(store)
    console = console_at(store)
    assert not [t for t in console.surface.targets() if t.startswith("take:")]
    console.press(f"take:{store.tickets()[0].id}")
    assert state_of(store, "A001") is State.WAITING


def test_held_and_absent_ones_come_back(store: TinyStore) -> None:
    issue(store)
    console = console_at(store)
    for key in ("F2", "F10", "F4"):
        console.key(key)
    assert state_of(store, "A001") is State.ON_HOLD
    console.press("tab:held")
    console.press(f"take:{store.tickets()[0].id}")
    assert state_of(store, "A001") is State.SERVING
    console.key("F10")
    issue(store)
    console.key("F2")
    console.key("F8")
    assert state_of(store, "A002") is State.NO_SHOW
    console.press("tab:absent")
    console.press(f"take:{store.tickets()[1].id}")
    assert state_of(store, "A002") is State.CALLED


def test_a_transfer_keeps_the_number_and_the_memo(store: TinyStore) -> None:
    issue(store)
    console = console_at(store)
    console.key("F2")
    console.key("F10")
    console.memo.typed = "窓口2で続き"
    console.key("F5")
    assert {"to:2", "cancel"} <= console.surface.targets()
    console.press("to:2")
    moved = store.tickets()[0]
    assert (moved.state, moved.lane, moved.number) == (State.WAITING, "2", "A001")
    assert moved.content.notes == ("窓口2で続き",)
    console.key("F2")
    assert console.current is None
    other = console_at(store, "2")
    other.key("F2")
    assert other.current is not None


def test_a_transfer_can_be_given_up(store: TinyStore) -> None:
    issue(store)
    console = console_at(store)
    for key in ("F2", "F10", "F5", "Escape"):
        console.key(key)
    assert state_of(store, "A001") is State.SERVING
    assert "to:2" not in console.surface.targets()


def test_two_consoles_never_call_the_same(store: TinyStore) -> None:
    issue(store)
    first, second = console_at(store), console_at(store, "2")
    first.key("F2")
    second.key("F2")
    assert first.current is not None
    assert second.current is None


def test_a_killed_console_takes_its_ticket_up_again(store: TinyStore) -> None:
    issue(store)
    console = console_at(store)
    console.key("F2")
    console.key("F10")
    again = console_at(store)
    assert again.current is not None
    assert again.view().state is State.SERVING


def test_a_ticket_taken_on_elsewhere_is_let_go(store: TinyStore, tmp_path: Path) -> None:
    issue(store)
    console = console_at(store)
    console.key("F2")
    elsewhere = TinyStore(tmp_path, letter="A", today=lambda: NOON.date())
    ours = elsewhere.tickets()[0]
    elsewhere.change(ours.id, lambda t: changes.serve(t, NOON, counter="2"))
    elsewhere.close()
    console.tick()
    assert console.current is None
    assert console.message == "console.taken"


def test_nothing_is_drawn_when_nothing_changed(store: TinyStore) -> None:
    console = console_at(store)
    before = console.surface.shown
    console.tick()
    assert console.surface.shown == before


@pytest.mark.parametrize("key", ["F2", "F3", "F4", "F5", "F6", "F8", "F10", "Escape", "F1"])
def test_keys_without_sense_do_nothing(store: TinyStore, key: str) -> None:
    console = console_at(store)
    console.key(key)
    assert console.current is None


def test_the_card_marks_machine_words(store: TinyStore) -> None:
    translation = Translation("Chưa trả lương", "vi", "給料が払われていない", "Lương chưa trả", "argos")
    issue(store, narrative=Narrative("Chưa trả lương", "vi", "speech", translation, accepted=True))
    console = console_at(store)
    console.key("F2")
    card = console.view().card
    assert card is not None
    assert card.words is not None
    assert (card.words.mark, card.words.japanese) == ("機械翻訳", "給料が払われていない")


def test_the_card_says_what_to_check_in_a_translation(store: TinyStore) -> None:
    one = Passage("Chưa trả lương", "給料が払われた", "Đã trả lương", unsure=(NEGATION, "Lan"))
    two = Passage("Lan nói", "言った", "Nói", unsure=("Lan",))
    made = Translation(
        "Chưa trả lương. Lan nói", "vi", "給料が払われた。", "Đã", "argos", passages=(one, two)
    )
    issue(store, narrative=Narrative(made.original, "vi", "speech", made, accepted=True))
    console = console_at(store)
    console.key("F2")
    card = console.view().card
    assert card is not None
    assert card.words is not None
    first, rest = card.words.japanese.split("\n")
    assert first.startswith("確かめる：ない")
    assert first.count("Lan") == 1
    assert rest == "給料が払われた。"


def test_a_translation_not_accepted_is_not_shown_as_their_word(store: TinyStore) -> None:
    translation = Translation("Chưa trả lương", "vi", "まちがい", "Sai", "argos")
    issue(store, narrative=Narrative("Chưa trả lương", "vi", "typed", translation, accepted=False))
    console = console_at(store)
    console.key("F2")
    card = console.view().card
    assert card is not None
    assert card.words is not None
    assert card.words.japanese == ""
    assert "まちがい" not in console.surface.words()


@dataclass
class LateDesk(SyncDesk):
    """Answers of changes and printing wait until the test lets them through."""

    late: list[Callable[[], None]] = field(default_factory=list)

    def change(
        self, ticket: Ticket, apply: Callable[[Ticket], Ticket], done: Callable[[Ticket | Trouble], None]
    ) -> None:
        self.late.append(lambda: SyncDesk.change(self, ticket, apply, done))

    def reprint(self, ticket: Ticket, done: Callable[[Trouble | None], None]) -> None:
        self.late.append(lambda: SyncDesk.reprint(self, ticket, done))

    def let_through(self) -> None:
        while self.late:
            self.late.pop(0)()


def late_console(store: TinyStore) -> tuple[Tried, LateDesk]:
    """A console with a ticket being served."""
    console = console_at(store)
    console.key("F2")
    console.key("F10")
    console.desk = desk = LateDesk(store, place=console.place)
    return console, desk


def test_two_counters_cannot_both_call_an_absent_one(store: TinyStore) -> None:
    issue(store)
    first = console_at(store)
    first.key("F2")
    first.key("F8")
    second, third = console_at(store, "2"), console_at(store, "3")
    desk = second.desk = LateDesk(store, place=second.place)
    case = store.tickets()[0]
    second.press(f"take:{case.id}")
    third.press(f"take:{case.id}")
    assert third.current is not None
    desk.let_through()
    assert second.current is None
    assert store.tickets()[0].counter == "3"
    assert "illegal_change" in second.message


def test_an_old_view_changes_nothing_that_moved_on(store: TinyStore) -> None:
    """Recalled at another counter meanwhile: this one may not start the case."""
    issue(store)
    console = console_at(store)
    console.key("F2")
    case = store.tickets()[0]
    store.change(case.id, lambda t: changes.call(t, NOON, counter="2"))
    console.key("F10")
    assert store.tickets()[0].state is State.CALLED
    assert store.tickets()[0].counter == "2"
    assert console.current is None


def test_words_typed_while_the_case_is_closed_are_kept_with_it(store: TinyStore) -> None:
    issue(store)
    console, desk = late_console(store)
    console.memo.typed = "在留カードを確認"
    console.key("F10")
    console.memo.typed = "在留カードを確認。次は木曜日"
    desk.let_through()
    assert store.tickets()[0].content.notes == ("在留カードを確認", "。次は木曜日")
    assert console.memo.text() == ""
    assert console.current is None


def test_the_memo_of_a_ticket_taken_elsewhere_stays_with_that_ticket(store: TinyStore) -> None:
    issue(store)
    console = console_at(store)
    console.key("F2")
    console.key("F10")
    console.memo.typed = "通訳が必要"
    case = store.tickets()[0]
    store.change(case.id, lambda t: changes.transfer(t, NOON, lane="2"))
    console.key("F4")
    assert store.tickets()[0].content.notes == ("通訳が必要",)
    issue(store)
    console.key("F2")
    assert console.memo.text() == ""


def test_a_disk_that_is_full_is_told_and_the_ticket_stays(store: TinyStore) -> None:
    issue(store)
    console, desk = late_console(store)
    console.memo.typed = "あとで読む"

    def full(_ticket: Ticket, _apply: object, done: Callable[[Trouble], None]) -> None:
        done(Trouble("trouble.disk_full"))

    with mock.patch.object(desk, "change", full):
        console.key("F10")
    assert console.message == "trouble.disk_full"
    assert console.current is not None
    assert console.memo.text() == "あとで読む"
    assert not console.busy


def test_a_slip_on_its_way_holds_up_nothing_and_is_not_printed_twice(store: TinyStore) -> None:
    issue(store)
    console, desk = late_console(store)
    console.key("F6")
    console.key("F6")
    assert len(desk.late) == 1
    assert console.message == "console.printing"
    console.key("F4")
    desk.let_through()
    assert desk.reprinted == ["A001"]
    assert state_of(store, "A001") is State.ON_HOLD


def test_tickets_that_were_called_here_without_windows_appear(store: TinyStore, tmp_path: Path) -> None:
    issue(store)
    console = console_at(store)
    elsewhere = TinyStore(tmp_path, letter="A", today=lambda: NOON.date())
    elsewhere.call_next(counter="1", languages=(), at=NOON)
    elsewhere.close()
    console.tick()
    assert console.current is not None


def test_a_second_ticket_at_the_counter_is_not_forgotten(store: TinyStore) -> None:
    for _ in range(2):
        issue(store)
        store.call_next(counter="1", languages=(), at=NOON)
    console = console_at(store)
    assert console.current is not None
    console.key("F10")
    console.key("F10")
    assert state_of(store, "A001") is State.CLOSED
    store.refresh = lambda: True  # type: ignore[method-assign]
    console.tick()
    assert console.current is not None
    assert console.current.number == "A002"


def test_only_those_this_counter_may_call_make_the_button_ready(store: TinyStore) -> None:
    issue(store)
    console = console_at(store)
    console.key("F2")
    console.key("F10")
    console.key("F5")
    console.press("to:2")
    assert "call" not in console.surface.targets()
    assert "call" in console_at(store, "2").surface.targets()
    assert console.view().rows[0].lane == "console.lane"


def test_what_is_wrong_is_told_in_full_on_request(store: TinyStore) -> None:
    issue(store)
    console = console_at(store)
    assert "faults" not in console.surface.targets()
    console.key("F2")
    console.desk.told += [Trouble("trouble.journal_torn", file="a"), Trouble("trouble.settings", keys="b")]
    console.tick()
    assert "console.fault" in console.surface.words()
    assert "trouble.journal_torn" not in console.surface.words()
    console.press("faults")
    assert [w for w in console.surface.words() if w.startswith("trouble.")] == [
        "trouble.settings",
        "trouble.journal_torn",
    ]
    assert console.memo.box is None
    console.key("F10")  # not while the ticket is covered
    assert state_of(store, "A001") is State.CALLED
    console.key("Escape")
    assert "給料が払われていない" in console.surface.words()
    assert console.memo.box is not None


def test_a_busy_day_is_counted_once_a_minute(store: TinyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    issue(store)
    console = console_at(store)
    cases = [replace(store.tickets()[0], id=f"id-{n}", number=f"A{n:03d}") for n in range(1, 501)]
    desk = console.desk
    monkeypatch.setattr(desk, "tickets", lambda: cases)
    counted = console.view()
    assert counted.counts[0] == 500
    rows = counted.rows
    desk.at += timedelta(seconds=20)
    assert console.view().rows is rows
    desk.at += timedelta(minutes=1)
    assert console.view().rows is not rows
    assert console.view().rows[0].minutes == rows[0].minutes + 1


def test_a_ticket_in_a_language_not_shipped_is_shown(store: TinyStore) -> None:
    narrative = Narrative("Selamat\ud800 pagi", "ms", "typed")
    store.issue(Content(narrative=narrative), language="ms", at=NOON)
    console = console_at(store)
    console.key("F2")
    card = console.view().card
    assert card is not None
    assert card.language == "language.other"
    assert card.words is not None
    assert (card.words.language, card.words.original) == ("en", "Selamat\ufffd pagi")


def test_no_list_tells_of_a_sensitive_ticket(store: TinyStore) -> None:
    """Before it is called, it looks as any other: number, language, minutes."""
    issue(store, 10, sensitive=True, first=True)
    issue(store, 10)
    console = console_at(store)
    sensitive, plain = console.view().rows
    assert replace(sensitive, ticket_id="", number="") == replace(plain, ticket_id="", number="")
    assert not [word for word in console.surface.words() if "仕事" in word or "card." in word]
