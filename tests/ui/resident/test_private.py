"""What somebody says is private on every page that shows it, and gone from the kiosk with the visit."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from kiosk.core.heard import UNSURE, Ended, Final, Partial, Passage, Translation, Word
from kiosk.core.steps import Page
from kiosk.ui.parts import Sheet
from tests.flows.led import Led

SAID, OTHER, JAPANESE, BACK = "quokka", "wombat", "梟の森", "kakapo"
OWN = (SAID, OTHER, JAPANESE, BACK)


def texts(part: object) -> Iterator[str]:
    yield from (value for value in vars(part).values() if isinstance(value, str))


def shown(sheet: Sheet) -> set[str]:
    """What of it stands on the page; every part that has it must say that it is private."""
    found = set()
    for part in sheet.parts:
        own = {word for word in OWN if any(word in text for text in texts(part))}
        assert not own or getattr(part, "private", False), (sheet.name, part)
        found |= own
    return found


def told() -> Led:
    """Heard, a word doubtful, on the page of one's own words."""
    led = Led().to_topic("work", "en").answer().press("listen")
    assert led.actions.hear is not None
    led.actions.hear(Partial(SAID))
    assert shown(led.sheet) == {SAID}
    led.actions.hear(Final(f"my {SAID}", (Word("my", 1.0), Word(SAID, UNSURE - 0.1, (OTHER,)))))
    led.actions.hear(Ended("pressed"))
    return led


def one_word(led: Led) -> None:
    led.press("word:0")


def writing(led: Led) -> None:
    led.press("type")


def comparing(led: Led) -> None:
    led.press("next")
    assert led.actions.translated is not None
    text = led.kiosk.visit.text
    passage = Passage(text, JAPANESE, BACK, 0.2, "", ())
    led.actions.translated(
        Translation(text, "en", JAPANESE, BACK, "argos en-ja 1.1", alike=0.2, passages=(passage,))
    )


def reviewing(led: Led) -> None:
    comparing(led)
    led.press("accept")


PAGES: list[tuple[Callable[[Led], None], set[str]]] = [
    (lambda _: None, {SAID}),
    (one_word, {SAID, OTHER}),
    (writing, {SAID}),
    (comparing, {SAID, JAPANESE, BACK}),
    (reviewing, {SAID}),
]


@pytest.mark.parametrize(("go", "expected"), PAGES)
def test_own_words_are_private_wherever_they_stand(go: Callable[[Led], None], expected: set[str]) -> None:
    led = told()
    go(led)
    assert shown(led.sheet) >= expected
    for sheet in led.kiosk.likely():
        shown(sheet)


@pytest.mark.parametrize(("go", "expected"), PAGES)
def test_nothing_of_it_is_left_when_the_visit_is_wiped(go: Callable[[Led], None], expected: set[str]) -> None:
    led = told()
    go(led)
    assert expected <= set(held(led.kiosk))
    led.press("clear")
    assert led.page() is not Page.REVIEW
    assert list(held(led.kiosk)) == []


def held(thing: object, seen: dict[int, object] | None = None) -> Iterator[str]:
    """Every own word in an object and all it holds; what it calls and the rehearsal are left out."""
    seen = {} if seen is None else seen
    outside = type(thing).__module__.startswith(("kiosk.ui.resident.gallery", "tests"))
    if id(thing) in seen or callable(thing) or outside:
        return
    seen[id(thing)] = thing  # kept, or another object could get its number
    if isinstance(thing, str):
        yield from (word for word in OWN if word in thing)
    elif isinstance(thing, dict):
        for pair in thing.items():
            yield from held(pair, seen)
    elif isinstance(thing, tuple | list | set | frozenset):
        for one in thing:
            yield from held(one, seen)
    elif hasattr(thing, "__dict__"):
        yield from held(vars(thing), seen)
