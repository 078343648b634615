"""Contents and moments to test with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.core.heard import Translation
from kiosk.core.ticket import Content, Narrative
from kiosk.errors import Trouble
from kiosk.store.tiny import TinyStore

DAY = date(2026, 7, 28)
NOW = datetime(2026, 7, 28, 1, 0, tzinfo=UTC)

PLAIN = Content(topic="tax", caller="self", flow="tax", answers=(("since", ("month",)),))
SENSITIVE = Content(topic="violence", sensitive=True)

_KOREAN = "회사에서 두 달 동안 월급을 받지 못했습니다. 어디에 말해야 합니까? "
_JAPANESE = "会社から二か月給料をもらっていません。どこに言えばいいですか。"
FULL = Content(
    topic="work",
    caller="family",
    flow="work",
    answers=(("what", ("wages", "dismissal")), ("since", ("month",)), ("paper", ("unsaid",))),
    narrative=Narrative(
        original=_KOREAN * 8,
        language="ko",
        means="speech",
        translation=Translation(_KOREAN * 8, "ko", _JAPANESE * 8, _KOREAN * 8, "argos ko-en · en-ja", True),
        accepted=True,
    ),
    statistics=("E", "work"),
    services=("labour-standards",),
    bring=("residence_card", "payslip"),
    notes=("折り返し電話の約束\r\nあり 1 12 0123456789abcdef issue {}",),
)


def minutes(count: float) -> datetime:
    return NOW + timedelta(minutes=count)


def tiny(folder: Path, letter: str = "A", day: date = DAY) -> TinyStore:
    return TinyStore(folder, letter=letter, today=lambda: day)


@contextmanager
def told(*keys: str) -> Iterator[None]:
    """The block raises a Trouble with one of these keys."""
    with pytest.raises(Trouble) as caught:
        yield
    assert caught.value.key in keys
