"""The shipped life orientation, and every fault of a guide told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import paths
from kiosk.core.guide import Card, Guide
from kiosk.data.flows import read_flows
from kiosk.data.guides import MOST_CARDS, Guides, needed_keys, optional_keys, read_guides

TOPICS = ("work", "tax")
SHIPPED = read_guides(read_flows().topics)
CARDS = [(guide.topic, card) for guide in SHIPPED.by_topic.values() for card in guide.cards]
DAY_WRITTEN = date(2026, 11, 21)
CARD = """
[[card]]
id = "pay"
icon = "banknote"
url = "https://www.mhlw.go.jp/"
source = "労働基準法24条"
assured_date = "2026-11-21"
"""
GOOD = f'topic = "work"\n{CARD}'


def read(tmp_path: Path, text: str, name: str = "work.toml") -> Guides:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return read_guides(TOPICS, tmp_path)


def told(guides: Guides) -> list[str]:
    return [fault.key for fault in guides.faults]


def test_every_topic_has_its_guide_without_fault() -> None:
    assert SHIPPED.faults == ()
    assert set(SHIPPED.by_topic) == {topic.id for topic in read_flows().topics.values() if not topic.mode}
    assert {len(guide.cards) for guide in SHIPPED.by_topic.values()} <= {3, 4}


def test_the_guides_do_not_disturb_the_flows() -> None:
    assert read_flows().faults == ()
    assert (paths.FLOWS / "guides" / "work.toml").exists()


@pytest.mark.parametrize("card", [pytest.param(card, id=f"{topic}-{card.id}") for topic, card in CARDS])
def test_every_card_has_its_icon_an_honest_date_and_a_safe_address(card: Card) -> None:
    assert (paths.ASSETS / "icons" / f"{card.icon}.png").exists()
    year, month, day = (*map(int, card.assured_date.split("-")), 1, 1)[:3]
    assert date(2015, 1, 1) < date(year, month, day) <= DAY_WRITTEN
    assert not card.url or card.url.startswith("https://")
    assert card.source.strip()


def test_the_deadlines_that_must_not_be_missed() -> None:
    deadlines = {(topic, card.id): card.within for topic, card in CARDS}
    assert deadlines["city_hall", "moving_in"] == 14
    assert deadlines["children", "birth"] == 14
    assert deadlines["children", "status"] == 30
    assert deadlines["residence", "lost"] == 14
    assert deadlines["daily_life", "cancel"] == 8
    assert deadlines["residence", "renew"] is None, "until the day on the card, not so many days after"


def test_a_good_file(tmp_path: Path) -> None:
    guides = read(tmp_path, f"{GOOD}within = 14\n")
    assert guides.faults == ()
    card = Card("pay", "banknote", "https://www.mhlw.go.jp/", "労働基準法24条", "2026-11-21", 14)
    assert guides.by_topic == {"work": Guide("work", (card,))}


def test_the_words_a_card_needs(tmp_path: Path) -> None:
    second = CARD.replace('"pay"', '"leave"')
    guides = read(tmp_path, f"{GOOD}within = 0\n{second}")
    assert needed_keys(guides) == {
        "guide.work.pay",
        "guide.work.pay.what",
        "guide.work.pay.where",
        "guide.work.pay.when",
        "guide.work.leave",
        "guide.work.leave.what",
        "guide.work.leave.where",
    }
    assert optional_keys(guides) == {"guide.work.leave.when"}


def test_no_folder_is_no_fault(tmp_path: Path) -> None:
    assert read_guides(TOPICS, tmp_path / "nowhere") == Guides({}, ())


@pytest.mark.parametrize("days", ["0", "400"])
def test_the_bounds_of_a_deadline(tmp_path: Path, days: str) -> None:
    guides = read(tmp_path, f"{GOOD}within = {days}\n")
    assert guides.faults == ()
    assert guides.by_topic["work"].cards[0].within == int(days)


@pytest.mark.parametrize("written", ["2026", "2026-11", "2024-02-29"])
def test_a_date_may_be_as_exact_as_it_is_known(tmp_path: Path, written: str) -> None:
    assert read(tmp_path, GOOD.replace("2026-11-21", written)).faults == ()


def test_a_card_without_an_address(tmp_path: Path) -> None:
    guides = read(tmp_path, GOOD.replace('url = "https://www.mhlw.go.jp/"\n', ""))
    assert guides.faults == ()
    assert guides.by_topic["work"].cards[0].url == ""


@pytest.mark.parametrize(
    ("wrong", "field", "cure"),
    [
        (GOOD.replace('"banknote"', '""'), "icon", "not empty"),
        (GOOD.replace('icon = "banknote"\n', ""), "icon", "not empty"),
        (GOOD.replace('"労働基準法24条"', '" "'), "source", "not empty"),
        (GOOD.replace("https://www.mhlw.go.jp/", "www.mhlw.go.jp"), "url", "https://"),
        (GOOD.replace("https://www.mhlw.go.jp/", "ftp://www.mhlw.go.jp/"), "url", "https://"),
        (GOOD.replace("https://www.mhlw.go.jp/", "https://mhlw .go.jp/"), "url", "https://"),
        (GOOD.replace("2026-11-21", "21.11.2026"), "assured_date", "2026-11"),
        (GOOD.replace("2026-11-21", "2026-13"), "assured_date", "2026-11"),
        (GOOD.replace("2026-11-21", "2026-02-30"), "assured_date", "2026-11"),
        (GOOD.replace("2026-11-21", "２０２６"), "assured_date", "2026-11"),
        (GOOD.replace('"2026-11-21"', "2026-11-21"), "assured_date", "quotes"),
        (f"{GOOD}within = -1\n", "within", "whole"),
        (f"{GOOD}within = 401\n", "within", "whole"),
        (f"{GOOD}within = 1.5\n", "within", "whole"),
        (f"{GOOD}within = true\n", "within", "whole"),
        (f'{GOOD}within = "14"\n', "within", "whole"),
    ],
)
def test_a_faulty_card_is_told_once_and_left_out(tmp_path: Path, wrong: str, field: str, cure: str) -> None:
    guides = read(tmp_path, wrong + CARD.replace('"pay"', '"leave"'))
    assert told(guides) == [f"card pay.{field}"]
    assert cure in guides.faults[0].message
    assert guides.faults[0].file == tmp_path / "work.toml"
    assert [card.id for card in guides.by_topic["work"].cards] == ["leave"]


@pytest.mark.parametrize("name", ["Pay", "pay.what", "1st", "給料"])
def test_an_id_that_would_spoil_the_keys(tmp_path: Path, name: str) -> None:
    guides = read(tmp_path, GOOD.replace('"pay"', f'"{name}"'))
    assert told(guides) == [f"card {name}.id"]
    assert guides.by_topic == {}


def test_a_card_without_an_id_is_named_by_its_place(tmp_path: Path) -> None:
    assert told(read(tmp_path, GOOD.replace('id = "pay"\n', ""))) == ["card 1.id"]


def test_an_id_used_twice_keeps_the_first(tmp_path: Path) -> None:
    guides = read(tmp_path, GOOD + CARD.replace("banknote", "coins"))
    assert told(guides) == ["card pay.id"]
    assert [card.icon for card in guides.by_topic["work"].cards] == ["banknote"]


def test_unknown_fields_are_told_and_harmless(tmp_path: Path) -> None:
    guides = read(tmp_path, f'colour = "red"\n{GOOD}telephone = "110"\n')
    assert sorted(told(guides)) == ["card pay.telephone", "guide.colour"]
    assert len(guides.by_topic["work"].cards) == 1


@pytest.mark.parametrize("topic", ["hobbies", "", "Work"])
def test_an_unknown_topic(tmp_path: Path, topic: str) -> None:
    guides = read(tmp_path, GOOD.replace('"work"', f'"{topic}"'))
    assert told(guides) == ["guide.topic"]
    assert guides.by_topic == {}


def test_two_files_for_one_topic(tmp_path: Path) -> None:
    read(tmp_path, GOOD, "a.toml")
    guides = read(tmp_path, GOOD.replace('"pay"', '"leave"'), "b.toml")
    assert told(guides) == ["guide.topic"]
    assert guides.faults[0].file.name == "b.toml"
    assert [card.id for card in guides.by_topic["work"].cards] == ["pay"]


@pytest.mark.parametrize("count", [0, MOST_CARDS + 1])
def test_too_few_and_too_many_cards(tmp_path: Path, count: int) -> None:
    cards = "".join(CARD.replace('"pay"', f'"pay{place}"') for place in range(count))
    guides = read(tmp_path, f'topic = "work"\n{cards}')
    assert told(guides) == ["guide.card"]
    assert str(count) in guides.faults[0].message
    assert guides.by_topic == {}


def test_as_many_cards_as_there_may_be(tmp_path: Path) -> None:
    cards = "".join(CARD.replace('"pay"', f'"pay{place}"') for place in range(MOST_CARDS))
    guides = read(tmp_path, f'topic = "work"\n{cards}')
    assert guides.faults == ()
    assert len(guides.by_topic["work"].cards) == MOST_CARDS


@pytest.mark.parametrize("text", ["topic = ", "[[card]\n", 'topic = "work"\ntopic = "work"\n'])
def test_what_is_no_toml(tmp_path: Path, text: str) -> None:
    read(tmp_path, GOOD.replace('"work"', '"tax"'), "tax.toml")
    guides = read(tmp_path, text)
    assert told(guides) == ["TOML"]
    assert set(guides.by_topic) == {"tax"}, "the others are read all the same"


def test_what_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "work.toml").write_bytes(b'topic = "\xff\xfe"')
    assert told(read_guides(TOPICS, tmp_path)) == ["TOML"]


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    assert told(read(tmp_path, "")) == ["guide.topic", "guide.card"]


def test_cards_written_as_something_else(tmp_path: Path) -> None:
    guides = read(tmp_path, 'topic = "work"\ncard = "pay"\n')
    assert told(guides) == ["card", "guide.card"]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    read(tmp_path, GOOD.replace("https", "x").replace("2026-11-21", "soon") + "within = 999\n")
    guides = read(tmp_path, GOOD.replace('"work"', '"hobbies"'), "tax.toml")
    assert told(guides) == ["guide.topic", "card pay.url", "card pay.assured_date", "card pay.within"]


VALUES = st.one_of(st.text(max_size=12), st.integers(), st.booleans(), st.floats(allow_nan=False), st.dates())


@given(
    fields=st.dictionaries(
        st.sampled_from(["id", "icon", "url", "source", "assured_date", "within", "other"]), VALUES
    )
)
def test_whatever_stands_in_a_card_is_told_or_kept(
    tmp_path_factory: pytest.TempPathFactory, fields: dict[str, object]
) -> None:
    folder = tmp_path_factory.mktemp("guides")
    lines = [f"{field} = {_toml(value)}" for field, value in fields.items()]
    guides = read(folder, "\n".join(['topic = "work"', "[[card]]", *lines]))
    kept = [card for guide in guides.by_topic.values() for card in guide.cards]
    assert kept or guides.faults
    for card in kept:
        assert card.id.isascii()
        assert card.icon.strip()
        assert card.source.strip()
        assert card.within is None or 0 <= card.within <= 400


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(sign):08x}" for sign in value) + '"'
    return str(value)
