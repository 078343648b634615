"""A hand-over at the console: chosen, asked for, printed, on record; and the list of those made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core import handed
from kiosk.core.consultation import Consultation, Handover
from kiosk.core.ticket import Narrative, State, Ticket
from kiosk.core.writing import Amend
from kiosk.data.languages import read_languages
from kiosk.errors import Trouble
from kiosk.store.tiny import TinyStore
from kiosk.text.typesetter import Typesetter
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.handover.choices import read_time
from kiosk.ui.counter.handover.lettersheet import AUTHORITY, WORDS
from kiosk.ui.counter.handover.preview import REST
from kiosk.ui.counter.handover.referrals import Referrals
from kiosk.ui.faults import faults
from kiosk.ui.frame import Frame
from kiosk.ui.paint import Painter
from tests.ui.counter.counter import JAPANESE, NOW, SIZES, told
from tests.ui.counter.letters import Letter, letter_at

EMPTY = Trouble("trouble.pages_printer")


@pytest.fixture
def letter(store: TinyStore, tmp_path: Path) -> Letter:
    narrative = Narrative("Tôi chưa nhận lương.", "vi", "typed")
    return letter_at(store, tmp_path, told(services=("line",), narrative=narrative, within=7))


def test_a_letter_is_chosen_asked_for_printed_and_on_record_by_keys_alone(letter: Letter) -> None:
    letter.keys("Shift-F6", "1", "1")
    assert "役所 労働の電話" in letter.said()
    letter.keys("F10")
    assert "OK to tell 役所 労働の電話?" in letter.said()
    letter.keys("1", "F10")
    (printed,) = letter.stand.printed
    assert printed.consent == letter.record.counter.desk.at
    assert "narrative" not in printed.lines
    assert "topic" in printed.lines
    (kept,) = letter.handovers()
    assert (kept.service, kept.kind, kept.consent) == ("line", "letter", printed.consent)
    assert "letters/x.pdf" in letter.said()
    letter.keys("F10")
    assert letter.record.console.over is None


def test_nine_puts_it_on_record_without_its_paper_only_once_the_resident_was_asked(letter: Letter) -> None:
    letter.keys("Shift-F6", "1", "1", "9")
    assert letter.handovers() == ()
    letter.keys("3", "1", "9")
    (kept,) = letter.handovers()
    assert kept.service == "line"
    assert letter.stand.printed == []


def test_without_consent_nothing_of_the_person_is_printed_and_the_record_says_so(letter: Letter) -> None:
    letter.keys("Shift-F6", "1", "1", "3", "2")
    assert "同意がないので" in letter.said()
    letter.type("給料のこと", WORDS).keys("F10")
    (printed,) = letter.stand.printed
    assert (printed.lines, printed.words, printed.consent) == ((), "", None)
    assert letter.handovers()[0].consent is None


def test_another_agency_must_be_asked_for_anew(letter: Letter) -> None:
    letter.keys("Shift-F6", "1", "1", "3", "1")
    assert letter.form.draft.consent is not None
    letter.keys("1").type("夜の電話").keys("Return")
    anew = letter.form
    assert (anew.draft.service, anew.draft.consent, anew.asked) == ("other", None, False)


def test_a_case_that_needs_care_is_asked_about_first(store: TinyStore, tmp_path: Path) -> None:
    letter = letter_at(store, tmp_path, told(services=("line",), sensitive=True, care=("violence",)))
    letter.keys("Shift-F6")
    assert "先に確かめてください" in letter.said()
    letter.keys("2", "1", "1", "3", "1", "4", "1", "Escape", "F10")
    # The resident agreed, but nobody knows whether the paper is safe with them.
    (printed,) = letter.stand.printed
    assert (printed.lines, printed.consent) == ((), None)


def test_a_case_that_needs_care_cannot_be_printed_past_the_question(store: TinyStore, tmp_path: Path) -> None:
    letter = letter_at(store, tmp_path, told(services=("line",), sensitive=True))
    letter.keys("Shift-F6", "Escape", "1", "1", "F10")
    assert "先に確かめてください" in letter.said()
    assert letter.stand.printed == []


def test_a_printer_that_fails_leaves_no_record_and_can_be_tried_again(letter: Letter) -> None:
    letter.stand.failing = EMPTY
    letter.keys("Shift-F6", "1", "1", "3", "1", "F10")
    assert JAPANESE.text(EMPTY.key) in letter.said()
    assert letter.handovers() == ()
    letter.stand.failing = None
    letter.keys("F10")
    assert len(letter.handovers()) == 1
    letter.record.press("again")
    assert len(letter.stand.printed) == 2
    assert len(letter.handovers()) == 1


def test_a_record_that_fails_is_told_after_printing(letter: Letter) -> None:
    letter.record.stand.failing = Trouble("trouble.disk_full")
    letter.keys("Shift-F6", "1", "1", "3", "1", "F10")
    assert "対応票に書けませんでした" in letter.said()


def test_a_letter_and_the_case_ended_as_referred_are_one_hand_over(letter: Letter) -> None:
    letter.keys("Shift-F6", "1", "1", "3", "1", "F10", "F10")
    (written,) = letter.handovers()
    letter.keys("Shift-F6", "2", "1", "1", "3", "1", "F10", "F10")
    (again,) = letter.handovers()
    assert (again.id, again.kind) == (written.id, "telephone")
    letter.keys("Shift-F4", "1", "1")
    (case,) = letter.record.counter.desk.store.tickets(NOW.date())
    assert case.state is State.REFERRED
    (record,) = case.content.records
    (one,) = record.handovers
    assert (one.id, one.service, one.consent) == (written.id, "line", again.consent)
    assert one.consent is not None


def test_whoever_looks_for_the_letter_where_cases_are_handed_on_finds_it(letter: Letter) -> None:
    letter.keys("Shift-F4")
    assert "紹介状・回付を書く" in letter.said()
    letter.record.press("write:letter")
    assert letter.form.draft.complete is False


def test_talking_and_the_record_are_buttons_beside_the_card(letter: Letter) -> None:
    assert {"talk", "record", "refer"} <= letter.record.counter.screen.targets()


def test_a_case_ended_as_referred_and_taken_back_leaves_the_letter_as_it_was(letter: Letter) -> None:
    letter.keys("Shift-F6", "1", "1", "3", "1", "F10", "F10")
    (written,) = letter.handovers()
    result = letter.record.counter.desk.store.tickets(NOW.date())[0].content.records[0].result
    letter.keys("Shift-F4", "1", "2", "Control-z")
    (case,) = letter.record.counter.desk.store.tickets(NOW.date())
    (record,) = case.content.records
    assert (case.state, record.handovers, record.result) == (State.SERVING, (written,), result)


def test_an_agency_that_has_answered_or_another_one_is_handed_to_anew() -> None:
    first = Handover("00000001", NOW, "line", "窓口", "letter")
    kept = handed.added(Consultation("k01"), first)
    other = handed.added(kept, replace(first, id="00000002", service="other"))
    forwarded = handed.added(other, replace(first, id="00000003", kind="forwarded"))
    assert [one.id for one in forwarded.handovers] == ["00000001", "00000002", "00000003"]
    heard = handed.settled(kept, "00000001", "refused", NOW)
    assert len(handed.added(heard, replace(first, id="00000004")).handovers) == 2
    unnamed = replace(first, service="", name="民間の支援団体")
    named = handed.added(Consultation("k01"), unnamed)
    assert len(handed.added(named, replace(unnamed, id="00000005", name="別の団体")).handovers) == 2
    assert len(handed.added(named, replace(unnamed, id="00000006")).handovers) == 1


def test_pressing_twice_prints_once(letter: Letter) -> None:
    letter.keys("Shift-F6", "1", "1", "3", "1")
    letter.stand.slow = True
    letter.keys("F10", "F10")
    for work in letter.stand.later:
        work()
    assert len(letter.stand.printed) == 1


def test_pressing_again_while_it_goes_on_record_prints_once(
    letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The paper is out and the disk is slow: until it is on record nothing else is begun."""
    records = letter.record.console.records
    assert records is not None
    amend, waiting = records.amend, list[Callable[[], None]]()

    def slow(case: Ticket, change: Amend, done: Callable[[Ticket | Trouble], None] | None = None) -> None:
        waiting.append(lambda: amend(case, change, done))

    monkeypatch.setattr(records, "amend", slow)
    letter.keys("Shift-F6", "1", "1", "3", "1", "F10", "F10")
    assert len(letter.stand.printed) == 1
    [put_on_record] = waiting
    put_on_record()
    assert letter.form.over
    assert not letter.form.busy


def test_a_telephone_call_is_only_put_on_record(letter: Letter) -> None:
    letter.keys("Shift-F6", "2", "1", "1", "3", "1", "F10")
    assert letter.stand.printed == []
    assert letter.handovers()[0].kind == "telephone"


def test_forwarding_offers_the_centres_and_takes_the_office_and_the_wish(letter: Letter) -> None:
    letter.keys("Shift-F6", "2", "2", "2", "1")
    assert "函館センター 行政相談" in letter.said()
    letter.keys("1", "3", "1").type("年金事務所", AUTHORITY).type("早く返事がほしい", WORDS).keys("F10")
    (printed,) = letter.stand.printed
    assert (printed.kind, printed.authority, printed.words) == ("forwarded", "年金事務所", "早く返事がほしい")
    letter.keys("2")
    assert letter.form.draft.name == ""


def test_an_agency_in_no_directory_stays_in_words(letter: Letter) -> None:
    letter.keys("Shift-F6", "1").type("となり町の\x00窓口" + "あ" * 50_000).keys("Return")
    assert letter.form.draft.service == ""
    assert letter.form.draft.name.startswith("となり町の窓口")
    assert len(letter.form.draft.name) == 100


def test_fifty_thousand_characters_in_the_field(letter: Letter) -> None:
    letter.keys("Shift-F6", "1", "1", "3", "1").type("=1+1 {a|b}\x1b" * 5000, WORDS)
    letter.record.later(REST)
    assert "\x1b" not in letter.stand.drawn[-1].words
    letter.keys("F10")
    assert len(letter.handovers()) == 1


def test_the_paper_is_drawn_after_a_rest_and_an_old_drawing_is_dropped(letter: Letter) -> None:
    letter.keys("Shift-F6", "1", "1", "3", "1")
    letter.stand.slow = True
    for letters in ("一", "一二", "一二三"):
        letter.type(letters, WORDS)
    letter.record.later(REST)
    assert [draft.words for draft in letter.stand.drawn] == ["一二三"]
    letter.type("四", WORDS)
    letter.record.later(REST)
    first, second = letter.stand.later
    second()
    shown = letter.form.preview.shots
    first()
    assert letter.form.preview.shots is shown


def test_what_is_typed_while_it_is_printed_is_not_said_to_be_on_paper(letter: Letter) -> None:
    letter.keys("Shift-F6", "1", "1", "3", "1").type("一", WORDS)
    letter.stand.slow = True
    letter.keys("F10").type("一二", WORDS)
    [print_it] = letter.stand.later
    print_it()
    assert [draft.words for draft in letter.stand.printed] == ["一"]
    assert len(letter.handovers()) == 1
    assert not letter.form.over, "Enter is to print it anew, not to close the page over what was typed"
    letter.stand.slow = False
    letter.keys("F10")
    assert [draft.words for draft in letter.stand.printed] == ["一", "一二"]
    assert len(letter.handovers()) == 1
    assert letter.form.over


def test_a_drawing_that_fails_meanwhile_does_not_let_it_be_printed_twice(
    letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter.keys("Shift-F6", "1", "1", "3", "1")
    failed = Trouble("trouble.store_failed")
    monkeypatch.setattr(letter.stand, "preview", lambda _case, _draft, done: done(failed))
    letter.stand.slow = True
    letter.type("一", WORDS).keys("F10")
    letter.record.later(REST)
    letter.keys("F10")
    assert len(letter.stand.printed) == 1
    letter.stand.later[0]()
    assert letter.form.over


def test_the_locked_page_keeps_nothing(letter: Letter) -> None:
    letter.keys("Shift-F6", "1", "1").type("秘密", WORDS)
    letter.record.console.close_over()
    assert letter.record.console.fields.text(WORDS) == ""
    letter.keys("Shift-F6")
    assert letter.form.draft.words == ""


@pytest.mark.parametrize(
    ("typed", "at", "room"),
    [
        ("11/27 10:00 3階 相談室", "2026-11-27 10:00", "3階 相談室"),
        ("１１月２７日　１０時", "2026-11-27 10:00", ""),
        ("2/1 9:05", "2027-02-01 09:05", ""),
        ("2027-12-03 13:30", "2027-12-03 13:30", ""),
    ],
)
def test_day_and_time_are_read_as_people_write_them(typed: str, at: str, room: str) -> None:
    found = read_time(typed, NOW)
    assert found is not None
    assert (f"{found[0]:%Y-%m-%d %H:%M}", found[1]) == (at, room)


@pytest.mark.parametrize("typed", ["", "明日", "13/40 10:00", "2/29 10:00", "2020-01-01 10:00", "9" * 5000])
def test_what_is_no_day_and_time_is_refused(typed: str) -> None:
    assert read_time(typed, NOW) is None


# The card


def test_the_card_of_the_case_at_hand_is_printed(letter: Letter) -> None:
    letter.keys("Control-p")
    assert letter.stand.cards == ["A001"]
    assert "A001のカードを印刷しました" in letter.said()


def test_a_card_that_is_not_printed_says_why(letter: Letter) -> None:
    letter.stand.failing = Trouble("trouble.pages_none")
    letter.keys("Control-p")
    assert JAPANESE.text("trouble.pages_none") in letter.said()


# The list


def test_the_outcome_is_set_in_the_record_of_whoever_made_it(letter: Letter) -> None:
    letter.keys("Shift-F6", "1", "1", "3", "1", "F10", "F10", "Control-e")
    assert "結果をまだ聞いていない紹介：1" in letter.said()
    letter.keys("2", "4")
    (kept,) = letter.handovers()
    assert (kept.outcome, kept.outcome_at) == ("refused", letter.record.counter.desk.at)
    assert "ありません" in letter.said()
    letter.keys("1")
    assert "断られた" in letter.said()


def test_of_a_case_that_needs_care_the_list_says_not_to_whom(store: TinyStore, tmp_path: Path) -> None:
    letter = letter_at(store, tmp_path, told(services=("line",), sensitive=True))
    letter.keys("Shift-F6", "1", "1", "1", "3", "1", "F10", "F10", "Control-e")
    assert isinstance(letter.record.console.over, Referrals)
    assert "労働の電話" not in letter.said()
    assert "配慮が必要な相談" in letter.said()


def test_a_list_that_cannot_be_read_says_why(letter: Letter) -> None:
    letter.stand.failing = Trouble("trouble.search_audit")
    letter.keys("Control-e")
    assert JAPANESE.text("trouble.search_audit") in letter.said()


# The look


@pytest.mark.parametrize("size", SIZES)
def test_nothing_leaves_its_place(letter: Letter, size: tuple[int, int]) -> None:
    console = letter.record.console
    console.grid = Grid(*size, JAPANESE.text)
    painter = Painter(Typesetter(read_languages().by_tag), Frame(*size))
    found: list[str] = []
    for keys in (
        ("Shift-F6",),
        ("1",),
        ("1",),
        ("3",),
        ("1",),
        ("4",),
        ("Escape", "7"),
        ("Escape", "2", "2", "2"),
    ):
        letter.keys(*keys)
        letter.record.later(REST)
        letter.said()
        assert letter.record.counter.screen.sheet is not None
        sheet = letter.record.counter.screen.sheet
        found += [fault for fault in faults(painter, sheet, 12) if "target" not in fault]
    assert found == []
