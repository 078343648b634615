"""The counselor's page of a talk as steps; what a turned screen and a second one show residents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core import changes
from kiosk.core.hours import Opening
from kiosk.core.ticket import Case, Content
from kiosk.data.catalogue import load
from kiosk.data.languages import read_languages
from kiosk.errors import Trouble
from kiosk.store import passphrase
from kiosk.store.keys import Keyring
from kiosk.store.tiny import TinyStore
from kiosk.text.typesetter import Typesetter
from kiosk.ui.actions import Abilities
from kiosk.ui.counter.cardmaker import CardMaker
from kiosk.ui.counter.console import Console
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.place import Place
from kiosk.ui.counter.talk.base import FINGER
from kiosk.ui.counter.talk.choose import Filling, found
from kiosk.ui.counter.talk.page import LONGEST, TalkPage
from kiosk.ui.counter.talk.phrasesheet import SEARCH
from kiosk.ui.counter.talk.talks import Talks
from kiosk.ui.counter.talk.typedsheet import TYPED
from kiosk.ui.counter.told import Standing
from kiosk.ui.faults import faults
from kiosk.ui.frame import Frame
from kiosk.ui.paint import Painter
from kiosk.ui.parts import Target, Words
from kiosk.ui.talk.phrases import BY_ID
from tests.core.make import NOON
from tests.ui.counter.stand import Field, Screen, SyncDesk, Texts
from tests.ui.talk.second import Second, words_on
from tests.ui.talk.table import Table, rendering, translation

JAPANESE = load("ja")


@dataclass
class Room:
    console: Console
    desk: SyncDesk
    screen: Screen
    fields: Texts
    table: Table
    talks: Talks
    second: Second | None

    def keys(self, *names: str) -> None:
        for name in names:
            self.console.key(name)

    def press(self, *targets: str) -> None:
        for target in targets:
            assert target in self.screen.targets(), f"{target} is not among {sorted(self.screen.targets())}"
            self.console.press(target)

    def type(self, name: str, text: str) -> None:
        self.fields.typed[name] = text
        self.console.typed(name, text)

    def words(self) -> str:
        assert self.screen.sheet is not None
        return words_on(self.screen.sheet)

    @property
    def name(self) -> str:
        assert self.screen.sheet is not None
        return self.screen.sheet.name


@pytest.fixture
def store(tmp_path: Path) -> Iterator[TinyStore]:
    ring = Keyring(tmp_path / "keys", lambda: 0.0)
    store = TinyStore(tmp_path, letter="A", today=NOON.date, keys=ring)
    yield store
    store.close()


def room(
    store: TinyStore, *, language: str = "en", ticket: bool = True, facing: bool = False,
    able: Abilities | None = None, size: tuple[int, int] = (1366, 768), tongue: str = "ja",
) -> Room:  # fmt: skip
    if ticket:
        store.issue(Content(cases=(Case("work"),)), language=language, at=NOON)
    desk = SyncDesk(store)
    say = load(tongue).text
    cards = CardMaker(
        say, load(tongue).has, {}, read_languages().by_tag, (), lambda *_: Standing(Opening("unknown"))
    )
    screen, fields = Screen(), Texts()
    place = Place("1", "あおば市", desks=(("", "どの窓口でも"), ("2", "窓口 2")))
    console = Console(desk, screen, Field(), Field(), cards, Grid(*size, say), place, Field(), fields)
    table = Table(able or Abilities(True, True, True))
    second = Second() if facing else None
    talks = console.talks = Talks(console, table, second)
    console.start()
    if ticket:
        console.press("call")
        console.press("start")
    return Room(console, desk, screen, fields, table, talks, second)


# Phrases


def test_a_phrase_turns_the_screen_and_nothing_else_is_on_it(store: TinyStore) -> None:
    here = room(store)
    here.keys("Shift-F8")
    assert here.name == "console-talk"
    here.press("group:papers", "pick:0")
    assert here.name == "console-face-phrase"
    assert "Please show me your residence card." in here.words()
    for hidden in ("A001", "あおば市", "窓口 1", "仕事"):
        assert hidden not in here.words()
    assert all(target.startswith("face:") for target in here.screen.targets())


def test_the_resident_answers_and_gives_the_screen_back(store: TinyStore) -> None:
    here = room(store)
    here.keys("Shift-F8")
    here.press("group:papers", "pick:0", "face:answer:have", "face:give")
    assert here.name == "console-face-given"
    assert "residence card" not in here.words()
    here.keys("F2", "F5", "Control-z", "1", "Shift-F12")
    assert here.name == "console-face-given"
    here.keys("Escape", "F10", "Return")
    assert here.name == "console-face-given", "one key is pressed by whoever has the keyboard before them"
    here.keys("Shift-F8")
    assert here.name == "console-talk"
    assert "あります" in here.words()


def test_a_turned_screen_takes_no_slip_and_no_return(store: TinyStore) -> None:
    here = room(store)
    store.issue(Content(cases=(Case("family"),)), language="en", at=NOON)
    here.keys("Shift-F8", "1")
    here.console.scan(f"A002 {NOON.date().isoformat()}")
    here.keys("Return")
    for target in ("main", "lines", "call", "close", "language", "finish"):
        here.console.press(target)
    assert here.name == "console-face-phrase"
    assert "A002" not in here.words()


def test_a_ticket_taken_away_leaves_the_turned_screen_turned(store: TinyStore) -> None:
    here = room(store)
    here.keys("Shift-F8", "1")
    case = here.console.present
    store.issue(Content(cases=(Case("family"),)), language="ko", at=NOON)
    store.change(case.id, lambda now: changes.close(now, NOON, counter="2"))
    here.desk.refresh = lambda: True  # type: ignore[method-assign]
    here.console.tick()
    assert here.talks.conversation.talk is None
    for _ in range(2):
        here.console.show()
        assert here.name == "console-face-given"
        assert here.screen.targets() <= {"face:size"}
        assert "A00" not in here.words()
        here.console.press("face:size")
    here.keys("Escape", "F10")
    assert here.name == "console-face-given"
    here.keys("Shift-F8")
    assert here.name == "console-idle"


@pytest.mark.parametrize("ended", [False, True])
def test_nothing_on_a_screen_given_back_leads_anywhere(store: TinyStore, ended: bool) -> None:
    here = room(store)
    here.keys("Shift-F8", "1")
    here.press("face:give")
    if ended:
        case = here.console.present
        store.change(case.id, lambda now: changes.close(now, NOON, counter="2"))
        here.desk.refresh = lambda: True  # type: ignore[method-assign]
        here.console.tick()
    for target in here.screen.targets():
        here.console.press(target)
        assert here.name == "console-face-given"
    for key in ("1", "0", "F1", "F2", "F9", "F12", "Escape", "Return", "Control-l", "Prior"):
        here.keys(key)
        assert here.name == "console-face-given", key


def test_a_held_corner_leads_back_where_there_is_no_keyboard(store: TinyStore) -> None:
    here = room(store)
    here.console.press("held")
    assert here.name == "console-serving", "it means nothing elsewhere"
    here.keys("Shift-F8", "1")
    here.press("face:give")
    here.console.press("held")
    assert here.name == "console-talk"


def test_the_way_back_is_told_on_the_counselors_side_only(store: TinyStore) -> None:
    here = room(store)
    here.keys("Shift-F8")
    back = JAPANESE.text("talk.turn.back")
    assert back in here.words()
    here.keys("1")
    assert "F8" not in here.words()
    here.press("face:give")
    assert "F8" not in here.words()
    beside = room(store, ticket=False, facing=True)
    beside.keys("Shift-F8")
    assert back not in beside.words()


def test_a_second_screen_shows_the_phrase_and_the_console_stays(store: TinyStore) -> None:
    here = room(store, facing=True)
    assert here.second is not None
    here.console.tick()
    assert "Please sit down." in here.second.words()
    here.keys("Shift-F8")
    here.press("group:papers", "pick:0")
    assert here.name == "console-talk"
    assert "Please show me your residence card." in here.second.words()
    here.talks.pressed("answer:not_today")
    assert "今日はありません" in here.words()
    assert "give" not in here.second.words()


def test_a_second_screen_that_is_gone_leaves_the_turned_one(store: TinyStore) -> None:
    here = room(store, facing=True)
    assert here.second is not None
    here.keys("Shift-F8")
    here.second.frame = None
    here.console.tick()
    assert JAPANESE.text("talk.facing.gone") in here.words()
    here.press("pick:0")
    assert here.name == "console-face-phrase"


def test_phrases_are_found_by_typing_and_return_takes_the_first(store: TinyStore) -> None:
    here = room(store)
    here.keys("Shift-F8")
    here.type(SEARCH, "ｺﾋﾟｰ")
    assert "コピーしてもいいですか。" in here.words()
    assert "pick:1" not in here.screen.targets()
    here.keys("Return")
    assert "May I make a copy?" in here.words()


def test_blanks_are_picked_or_typed(store: TinyStore) -> None:
    here = room(store, facing=True)
    assert here.second is not None
    here.keys("Shift-F8")
    here.type(SEARCH, "来てください [".replace(" [", ""))
    here.type(SEARCH, "この日に来て")
    here.keys("Return")
    assert "［時刻］" in here.words()
    here.type(SEARCH, "12/4")
    here.keys("Return")
    here.type(SEARCH, "25:99")
    here.keys("Return")
    assert JAPANESE.text("talk.fill.time.wrong") in here.words()
    here.type(SEARCH, "10:30")
    here.keys("Return")
    line = here.talks.conversation.now.lines[-1]
    assert line.text.startswith("Please come on this day: ")
    assert line.text.endswith(" 10:30")


def test_a_blank_can_be_left(store: TinyStore) -> None:
    here = room(store)
    here.keys("Shift-F8")
    here.press("group:papers", "pick:3")
    here.press("unfill")
    assert "group:papers" in here.screen.targets()
    assert here.talks.conversation.now.lines == ()


def test_what_is_used_most_stands_first(store: TinyStore) -> None:
    here = room(store, facing=True)
    here.table.counts.update({"copy": 9, "sign": 3})
    here.keys("Shift-F8", "1")
    assert here.talks.conversation.now.asked is not None
    assert here.talks.conversation.now.asked.phrase == "copy"
    assert here.table.counts["copy"] == 10


@given(st.text(max_size=30))
def test_any_typing_finds_something_or_nothing(text: str) -> None:
    say = JAPANESE.text
    for phrase in found("often", text, say, {}, ()):
        assert phrase.id in BY_ID
    for kind, one in (("date", "deadline"), ("time", "opens"), ("money", "costs"), ("n", "desk")):
        filling = Filling.of(BY_ID[one], say(BY_ID[one].key))
        assert filling.asks == kind
        value = filling.typed(text, date(2026, 2, 28))
        assert not value or filling.with_value(value).asks == ""


@pytest.mark.parametrize(
    ("one", "text", "value"),
    [
        ("deadline", "1/5", "2027-01-05"), ("deadline", "12月4日", "2026-12-04"),
        ("deadline", "2027-2-29", ""), ("opens", "９：３０", "9:30"), ("opens", "930", "9:30"),
        ("costs", "１２，０００円", "12000"), ("costs", "-5", ""), ("desk", "3", "3"), ("desk", "三", ""),
    ],
)  # fmt: skip
def test_typed_values(one: str, text: str, value: str) -> None:
    filling = Filling.of(BY_ID[one], JAPANESE.text(BY_ID[one].key))
    assert filling.typed(text, date(2026, 11, 21)) == value


# Typed words


def test_typed_words_show_their_way_back_first(store: TinyStore) -> None:
    here = room(store, facing=True)
    assert here.second is not None
    here.keys("Shift-F8")
    here.type(TYPED, "明日来てください。")
    here.keys("F10")
    assert JAPANESE.text("talk.draft.working") in here.words()
    here.keys("F10")
    here.table.answer(rendering("明日来てください。", "Come tomorrow.", "昨日来た。", 0.1))
    assert "昨日来た。" in here.words()
    assert JAPANESE.text("talk.draft.differs") in here.words()
    marked = (
        [p for p in here.screen.sheet.parts if isinstance(p, Words) and p.marks] if here.screen.sheet else []
    )
    assert [part.text for part in marked] == ["昨日来た。"]
    assert "Come tomorrow." not in here.second.words()
    here.keys("F10")
    assert "Come tomorrow." in here.second.words()
    assert load("en").text("confirm.machine") in str(here.second.sheet)
    assert here.fields.text(TYPED) == ""


def test_words_changed_after_translating_are_translated_anew(store: TinyStore) -> None:
    here = room(store)
    here.keys("Shift-F8")
    here.type(TYPED, "一つ目")
    here.keys("F10")
    here.table.answer(rendering("一つ目", "first", "一つ目"))
    here.type(TYPED, "二つ目")
    here.keys("F10")
    assert here.talks.conversation.now.lines == ()
    assert here.table.asked[-1][1] == "二つ目"


def test_who_reads_japanese_is_shown_what_is_typed_at_once(store: TinyStore) -> None:
    here = room(store, language="ja-simple", facing=True)
    assert here.second is not None
    here.keys("Shift-F8")
    here.type(TYPED, "明日来てください。")
    here.keys("F10")
    assert "明日来てください。" in here.second.words()
    assert not here.table.asked


def test_a_poor_pair_sends_the_counselor_to_the_interpreter(store: TinyStore) -> None:
    here = room(store)
    here.keys("Shift-F8")
    here.type(TYPED, "明日")
    here.keys("F10")
    here.table.answer(rendering("明日", "x", "y", hint=True))
    assert JAPANESE.text("talk.draft.hint") in here.words()
    assert "main" not in here.screen.targets()
    here.keys("F10")
    assert here.talks.conversation.now.lines == ()


@pytest.mark.parametrize(
    ("trouble", "key"),
    [
        (Trouble("trouble.translation_refused", reason="kana_only"), "talk.draft.kana"),
        (Trouble("trouble.translation_refused", reason="looping"), "talk.draft.refused"),
        (Trouble("trouble.too_long", limit=20000), "talk.draft.long"),
    ],
)
def test_why_there_is_no_translation(store: TinyStore, trouble: Trouble, key: str) -> None:
    here = room(store)
    here.keys("Shift-F8")
    here.type(TYPED, "あした")
    here.keys("F10")
    here.table.answer(trouble)
    assert JAPANESE.text(key) in here.words()


def test_a_language_without_translation_has_phrases(store: TinyStore) -> None:
    here = room(store, able=Abilities(False, False, False))
    here.keys("Shift-F8")
    assert JAPANESE.text("talk.able.phrases") in here.words()
    here.type(TYPED, "明日")
    here.keys("F10")
    assert JAPANESE.text("talk.no_translation") in here.words()
    here.keys("1")
    assert not {"face:speak", "face:read"} & here.screen.targets()
    assert "face:write" in here.screen.targets()


def test_twenty_thousand_characters_are_no_sentence(store: TinyStore) -> None:
    here = room(store, facing=True)
    assert here.second is not None
    here.keys("Shift-F8")
    for words in ("長" * 20_000, "長" * (LONGEST + 1)):
        here.type(TYPED, words)
        here.keys("F10")
        assert JAPANESE.text("talk.draft.long") in here.words()
        assert not here.table.asked
        assert here.fields.text(TYPED) == words
    here.type(TYPED, "長" * LONGEST)
    here.keys("F10")
    assert here.table.asked[-1][1] == "長" * LONGEST


# Whom it is with, and the end


def test_somebody_without_a_ticket_points_at_a_language(store: TinyStore) -> None:
    here = room(store, ticket=False)
    here.keys("Shift-F8")
    assert here.name == "console-talk-language"
    assert "talk:ko" not in here.screen.targets()
    here.press("talk:en")
    assert here.name == "console-talk"
    assert "prepare en" in here.table.log
    assert "record" not in here.screen.targets()


def test_a_language_whose_words_are_not_there_is_not_begun(store: TinyStore) -> None:
    here = room(store, language="ko")
    here.keys("Shift-F8")
    assert here.name == "console-talk-language"


def test_closing_the_page_keeps_the_talk_and_ending_it_does_not(store: TinyStore) -> None:
    here = room(store, facing=True)
    assert here.second is not None
    here.keys("Shift-F8", "1", "Escape")
    assert here.name == "console-serving"
    here.keys("Shift-F8")
    assert len(here.talks.conversation.now.lines) == 1
    here.keys("Control-q")
    assert here.name == "console-serving"
    assert here.talks.conversation.talk is None
    assert here.second.forgotten == 1
    assert "Please sit down." in here.second.words()


def test_the_talk_ends_with_the_ticket(store: TinyStore) -> None:
    here = room(store, facing=True)
    here.keys("Shift-F8", "1", "Escape", "F10")
    assert here.console.current is None
    here.console.tick()
    assert here.talks.conversation.talk is None
    assert here.table.log[-1] == "forget"


def test_the_talk_without_a_ticket_ends_when_somebody_is_called(store: TinyStore) -> None:
    here = room(store, ticket=False)
    here.keys("Shift-F8")
    here.press("talk:en", "pick:0")
    here.keys("Shift-F8", "Escape")
    store.issue(Content(cases=(Case("work"),)), language="en", at=NOON)
    here.console.press("call")
    here.console.tick()
    assert here.console.current is not None
    assert here.talks.conversation.talk is None


def test_the_lock_forgets_the_talk_and_stands_alone_where_the_screen_was_turned(
    store: TinyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Argon2id with 1 MiB: its strength is not what is tested here.
    monkeypatch.setattr(passphrase, "MEMORY", 1024)
    monkeypatch.setattr(passphrase, "PASSES", 1)
    store.keys.setup("みなとの見える丘 2026 turtle", bytes(range(32)))
    here = room(store)
    here.keys("Shift-F8", "1")
    assert here.name == "console-face-phrase"
    here.keys("Shift-F11")
    assert here.name == "console-locked"
    assert here.talks.conversation.talk is None
    for hidden in ("A001", "あおば市", "Hello"):
        assert hidden not in here.words()
    assert "call" not in here.screen.targets()
    here.fields.clear()
    here.console.guard.open()
    assert here.name == "console-serving"


# How it looks


@pytest.mark.parametrize("size", [(683, 728), (960, 660), (1366, 768), (1920, 1080)], ids=str)
@pytest.mark.parametrize("tongue", ["ja", "en"])
def test_no_page_has_a_fault(
    store: TinyStore, typesetter: Typesetter, size: tuple[int, int], tongue: str
) -> None:
    here = room(store, facing=True, size=size, tongue=tongue)
    painter = Painter(typesetter, Frame(*size))
    wrong: list[str] = []

    def look() -> None:
        assert here.screen.sheet is not None
        wrong.extend(faults(painter, here.screen.sheet, 12))

    here.keys("Shift-F8")
    look()
    for group in ("begin", "papers", "ask", "explain", "money", "help", "end", "calm"):
        here.press(f"group:{group}")
        look()
    here.press("group:papers")
    page = here.console.over
    assert isinstance(page, TalkPage)
    for _ in range([one for one, _ in page.picking.options].index("show") // page.picking.rows):
        here.press("list:1")
    here.press(f"pick:{[one for one, _ in page.picking.listed].index('show')}")
    look()
    here.press("pick:0")
    here.talks.pressed("answer:have")
    look()
    here.press("group:help", "list:1")
    look()
    unlike = rendering("明日", "Come tomorrow. " * 9, "明日来て。" * 9, 0.1)
    for words, made in (("明日来て", unlike), ("明日", rendering("明日", "x", "y", hint=True))):
        here.type(TYPED, words)
        here.keys("F10")
        here.table.answer(made)
        look()
    here.talks.pressed("back")
    here.talks.pressed("write")
    here.talks.pressed("key:a")
    here.talks.pressed("next")
    look()
    here.table.answer(translation("a", "長い答え。" * 30, "a"))
    here.talks.pressed("accept")
    look()
    low = [part for part in here.screen.sheet.parts if isinstance(part, Target) and part.box.h < FINGER]  # type: ignore[union-attr]
    assert size[0] < 1000 or not low
    wrong = [fault for fault in wrong if " px high, less than" not in fault]
    assert not wrong, "\n".join(dict.fromkeys(wrong))
