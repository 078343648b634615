"""Ids by RFC 9562."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.store.ids import Ids, day_of
from tests.store.samples import NOW


@given(st.lists(st.datetimes(datetime(2000, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)), min_size=1))
def test_ids_rise_whatever_the_clock_does(moments: list[datetime]) -> None:
    ids = Ids()
    made = [ids.next(at) for at in moments]
    assert made == sorted(set(made))
    for one in made:
        value = uuid.UUID(one)
        assert (value.version, value.variant) == (7, uuid.RFC_4122)


def test_ids_carry_their_time() -> None:
    assert uuid.UUID(Ids().next(NOW)).int >> 80 == int(NOW.timestamp() * 1000)
    assert day_of(Ids().next(NOW)) == NOW.date()


def test_more_than_a_millisecond_holds() -> None:
    ids = Ids()
    made = [ids.next(NOW) for _ in range(10_000)]
    assert made == sorted(set(made))
    assert ids.next(NOW + timedelta(seconds=1)) > made[-1]


def test_other_ids_have_no_day() -> None:
    assert day_of(str(uuid.uuid4())) is None
    assert day_of("x") is None
    assert day_of("{" + Ids().next(NOW) + "}") is None
