"""Who is called: from tickets to the board, and from boards to announcements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.core import changes
from kiosk.core.calls import LAST, LASTING, Announcing, Board, Call, begin, board, calls, step
from kiosk.core.ticket import Period, State, Ticket
from tests.core.make import NOON, ticket

DAY = NOON.date()
LEAST = 8.0
Change = Callable[..., Ticket]


class Hall:
    """A day's tickets, each change with a stamp of its own, whatever the clock says."""

    def __init__(self, *made: Ticket) -> None:
        self.by_number = {one.number: one for one in made}
        self.count = 0

    def do(self, number: str, change: Change, counter: str = "1", minutes: float = 0) -> None:
        after = change(self.by_number[number], NOON + timedelta(minutes=minutes), counter=counter)
        self.count += 1
        period = replace(after.periods[-1], stamp=f"{self.count:012x}-0000-0000000a")
        self.by_number[number] = replace(after, periods=(*after.periods[:-1], period))

    def undo(self, number: str) -> None:
        """As the store keeps it: one more period, in the state before, that names what it takes back."""
        case = self.by_number[number]
        last = case.periods[-1]
        self.count += 1
        stamp = f"{self.count:012x}-0000-0000000a"
        mark = Period(case.periods[-2].state, last.at, stamp=stamp, undoes=last.stamp)
        self.by_number[number] = replace(case, periods=(*case.periods, mark))

    def board(self, minutes: float = 0) -> Board:
        return board(self.by_number.values(), NOON + timedelta(minutes=minutes), DAY)


def numbers(found: tuple[Call, ...]) -> list[str]:
    return [call.number for call in found]


def hall(*names: str) -> Hall:
    return Hall(*(ticket(name) for name in names))


def test_who_is_served_leaves_now_and_stays_among_the_last() -> None:
    day = hall("A001", "A002")
    day.do("A001", changes.call)
    day.do("A002", changes.call, "2")
    assert numbers(day.board().now) == ["A002", "A001"]
    day.do("A001", changes.serve)
    assert numbers(day.board().now) == ["A002"]
    assert numbers(day.board().latest) == ["A002", "A001"]
    day.do("A001", changes.close)
    assert numbers(day.board().latest) == ["A002", "A001"]


def test_a_quiet_call_is_nowhere() -> None:
    day = Hall(ticket("A001", first=True), ticket("A002"))
    day.do("A001", changes.call)
    assert day.board() == Board(DAY)
    assert calls(day.by_number.values()) == ()


def test_a_call_taken_back_is_nowhere_and_the_one_before_it_is() -> None:
    day = hall("A001")
    day.do("A001", changes.call)
    day.undo("A001")
    assert day.board() == Board(DAY)
    day.do("A001", changes.call, "2")
    day.do("A001", changes.call, "3")
    assert day.board().now[0].counter == "3"
    day.undo("A001")
    assert day.board().now[0].counter == "2"


def test_an_erased_ticket_is_nowhere() -> None:
    day = hall("A001", "A002")
    day.do("A001", changes.call)
    shown = begin(day.board())
    assert shown.shown is not None
    del day.by_number["A001"]
    assert step(shown, day.board(), 1.0, least=LEAST).shown is None


def test_a_clock_set_back_does_not_reorder() -> None:
    day = hall("A001", "A002")
    day.do("A001", changes.call, minutes=30)
    day.do("A002", changes.call, minutes=0)
    assert numbers(day.board(0).latest) == ["A002", "A001"]
    assert numbers(day.board(0).now) == ["A002", "A001"]


def test_records_without_stamps_are_in_order_of_their_time() -> None:
    old = [changes.call(ticket(name), NOON + timedelta(minutes=n), counter="1") for n, name in
           enumerate(("A002", "A001"))]  # fmt: skip
    assert numbers(board(old, NOON, DAY).latest) == ["A001", "A002"]


def test_a_call_nobody_followed_is_over_after_an_hour() -> None:
    day = hall("A001")
    day.do("A001", changes.call)
    minutes = LASTING.total_seconds() / 60
    assert day.board(minutes - 1).now
    assert not day.board(minutes).now
    assert numbers(day.board(minutes).latest) == ["A001"]


def test_five_calls_besides_the_one_shown() -> None:
    day = hall(*(f"A00{n}" for n in range(1, 9)))
    for number in day.by_number:
        day.do(number, changes.call)
    here = day.board()
    assert numbers(here.before(here.now[0])) == ["A007", "A006", "A005", "A004", "A003"]
    assert numbers(here.before(None)) == ["A008", "A007", "A006", "A005", "A004"]


def test_counters_calling_at_once_are_announced_one_after_the_other() -> None:
    day = hall("A001", "A002", "A003")
    state = begin(day.board())
    for counter, number in enumerate(day.by_number, 1):
        day.do(number, changes.call, str(counter))
    state = step(state, day.board(), 100.0, least=LEAST)
    assert (state.shown and state.shown.number, state.count) == ("A001", 1)
    assert numbers(state.waiting) == ["A002", "A003"]
    assert step(state, day.board(), 107.9, least=LEAST) == state
    # The voice has not ended.
    assert step(state, day.board(), 109.0, least=LEAST, speaking=True) == state
    state = step(state, day.board(), 109.0, least=LEAST)
    assert (state.shown and state.shown.number, state.count) == ("A002", 2)
    # Somebody saw their number in the list and went: nobody calls them any more.
    day.do("A003", changes.serve)
    state = step(state, day.board(), 200.0, least=LEAST)
    assert (state.shown and state.shown.number, state.count) == ("A002", 2)


def test_a_recall_is_announced_again_in_its_place_in_line() -> None:
    day = hall("A001", "A002")
    day.do("A001", changes.call)
    state = step(begin(Board(DAY)), day.board(), 0.0, least=LEAST)
    day.do("A001", changes.call)
    state = step(state, day.board(), 20.0, least=LEAST)
    assert state.count == 2
    day.do("A002", changes.call, "2")
    state = step(state, day.board(), 21.0, least=LEAST)
    day.do("A001", changes.call, "3")
    day.do("A002", changes.call, "4")
    state = step(state, day.board(), 22.0, least=LEAST)
    assert [(call.number, call.counter) for call in state.waiting] == [("A002", "4"), ("A001", "3")]


def test_after_a_restart_it_stands_there_and_nothing_old_is_announced() -> None:
    day = hall("A001", "A002", "A003")
    day.do("A001", changes.call)
    day.do("A002", changes.call, "2")
    state = begin(day.board())
    assert state.shown == day.board().now[0]
    later = step(state, day.board(), 1000.0, least=LEAST)
    assert (later.count, later.shown) == (0, state.shown)
    day.do("A003", changes.call, "3")
    later = step(later, day.board(), 1001.0, least=LEAST)
    assert (later.count, later.shown and later.shown.number) == (1, "A003")


def test_at_midnight_all_of_it_goes() -> None:
    day = hall("A001", "A002")
    day.do("A001", changes.call)
    day.do("A002", changes.call)
    state = step(begin(Board(DAY)), day.board(), 0.0, least=LEAST)
    assert state.waiting
    tomorrow = Board(DAY + timedelta(days=1))
    after = step(state, tomorrow, 1.0, least=LEAST)
    assert (after.shown, after.waiting, after.known) == (None, (), frozenset())
    assert begin(tomorrow).shown is None


def test_a_call_taken_back_makes_room_for_the_next_at_once() -> None:
    day = hall("A001", "A002")
    day.do("A001", changes.call)
    day.do("A002", changes.call, "2")
    state = step(begin(Board(DAY)), day.board(), 0.0, least=LEAST)
    day.undo("A001")
    state = step(state, day.board(), 1.0, least=LEAST, speaking=True)
    assert (state.shown and state.shown.number, state.count) == ("A002", 2)


ACTIONS: dict[str, Change] = {
    "call": changes.call,
    "serve": changes.serve,
    "hold": changes.hold,
    "no_show": changes.no_show,
    "close": changes.close,
}
days = st.lists(
    st.tuples(
        st.integers(0, 7),
        st.sampled_from([*ACTIONS, "undo", "erase"]),
        st.sampled_from(["1", "2", "ハローワーク"]),
        st.integers(-90, 90),
        st.floats(0, 20),
        st.booleans(),
    ),
    max_size=60,
)


@given(days)
def test_whatever_happens_at_the_counters(
    happened: list[tuple[int, str, str, int, float, bool]],
) -> None:
    """Two of the eight are called quietly; the wall clock jumps as it likes."""
    day = Hall(*(ticket(f"A00{n}", first=n in (2, 5)) for n in range(8)))
    state, at, announced = begin(day.board()), 0.0, list[tuple[str, str]]()
    for index, action, counter, minutes, wait, speaking in happened:
        number = f"A00{index}"
        if number in day.by_number:
            act(day, number, action, counter, minutes)
        at += wait
        here = day.board(minutes)
        before, state = state, step(state, here, at, least=LEAST, speaking=speaking)
        check_board(here, day)
        check_step(before, state, here, at)
        if state.count > before.count and state.shown is not None:
            announced.append(state.shown.key)
    assert len(announced) == len(set(announced))


def act(day: Hall, number: str, action: str, counter: str, minutes: int) -> None:
    case = day.by_number[number]
    if action == "erase":
        del day.by_number[number]
    elif action == "undo":
        if len(case.periods) > 1 and not case.periods[-1].undoes:
            day.undo(number)
    else:
        try:
            day.do(number, ACTIONS[action], counter, minutes)
        except changes.IllegalChange:
            return


def check_board(here: Board, day: Hall) -> None:
    quiet = {"A002", "A005"}
    assert not quiet & {call.number for call in (*here.now, *here.latest)}
    stamps = [call.stamp for call in here.latest]
    assert stamps == sorted(stamps, reverse=True)
    assert len({call.ticket for call in here.latest}) == len(here.latest)
    assert set(here.now) <= set(here.latest)
    called = {n for n, case in day.by_number.items() if case.state is State.CALLED} - quiet
    assert set(numbers(here.now)) <= called
    assert len(here.before(None)) <= LAST


def check_step(before: Announcing, after: Announcing, here: Board, at: float) -> None:
    assert after.shown is None or after.shown.key in here.keys
    assert set(after.waiting) <= set(here.now)
    assert len({call.ticket for call in after.waiting}) == len(after.waiting)
    assert after.known >= here.keys
    if after.count > before.count:
        assert after.count == before.count + 1
        assert after.shown in here.now
        assert after.shown is not None
        assert after.shown.key not in before.known or after.shown in before.waiting
        gone = before.shown is not None and before.shown.key not in here.keys
        assert gone or at - before.since >= LEAST
    if here.now and not after.waiting:
        assert after.shown is not None
