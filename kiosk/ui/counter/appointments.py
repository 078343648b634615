"""Today's appointments: who comes when, calling them, giving a place back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.core.roster import LANE
from kiosk.core.ticket import State, Ticket
from kiosk.errors import Trouble
from kiosk.ui.counter.calling import call_here
from kiosk.ui.counter.desk import Appointment
from kiosk.ui.counter.view import Ask, Option

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console

CAN_COME = (State.WAITING, State.NO_SHOW, State.ON_HOLD)


@dataclass
class Appointments:
    """Today's, by time; those sent to a specialist without a time are among them, so that nobody waits
    unseen."""

    console: Console

    def page(self) -> Ask:
        console, say = self.console, self.console.say
        found = listed(console)
        busy = console.current is not None
        text = "appointments.busy" if busy else "appointments.text" if found else "appointments.none"
        return Ask(
            "appointments",
            say("appointments.title"),
            say("console.close_page"),
            say(text),
            options=tuple(self._option(one, busy) for one in found),
            page=console.turned,
        )

    def _option(self, one: Appointment, busy: bool) -> Option:
        console, case = self.console, one.ticket
        state = console.say(f"state.{case.state.value}") if case else console.say("appointments.gone")
        language = console.cards.language(case.language) if case else ""
        can = not busy and case is not None and case.state in CAN_COME
        day = console.day_of(case) if case else ""
        number = f"{one.number}（{day}）" if day else one.number
        return Option(
            f"one:{case.id if case else ''}",
            f"{one.at:%H:%M}　{number}　{one.specialist}",
            " ・ ".join(part for part in (state, language, one.room) if part),
            enabled=can,
        )

    def press(self, kind: str, detail: str) -> None:
        for one in listed(self.console):
            if kind == "one" and one.ticket and one.ticket.id == detail and self.console.current is None:
                self.console.open(OneAppointment(self.console, one, one.ticket))


def listed(console: Console) -> list[Appointment]:
    booked = list(console.desk.appointments())
    known = {one.ticket.id for one in booked if one.ticket}
    names = dict(console.place.desks)
    sent = [
        Appointment(console.local(case.waiting_since), names.get(case.lane, ""), "", case.number, case)
        for case in console.desk.tickets()
        if case.lane.startswith(LANE) and case.state is State.WAITING and case.id not in known
        if case.due is None
    ]
    return booked + sent


@dataclass
class OneAppointment:
    """Call them, or give the place back, which is asked once more."""

    console: Console
    one: Appointment
    ticket: Ticket
    giving_back: bool = False

    def page(self) -> Ask:
        say, one = self.console.say, self.one
        cancel = say("console.cancel")
        title = f"{one.at:%H:%M}　{one.number}　{one.specialist}"
        if self.giving_back:
            sure = Option("give_back", say("appointments.give_back"), icon="calendar-x")
            text = say("appointments.give_back.text", number=one.number)
            return Ask("give_back", title, cancel, text, options=(sure,))
        options = [Option("come", say("appointments.call"), icon="megaphone")]
        if self.ticket.due is not None and self.ticket.state is State.WAITING:
            options.append(Option("give_back?", say("appointments.give_back"), icon="calendar-x"))
        return Ask("appointment", title, cancel, say("appointments.one"), options=tuple(options))

    def press(self, kind: str, detail: str) -> None:  # noqa: ARG002
        if kind == "come" and not self.giving_back:
            call_here(self.console, self.ticket, "reason.appointment")
        elif kind == "give_back?":
            self.giving_back = True
        elif kind == "give_back" and self.giving_back:
            give_back(self.console, self.ticket)


def give_back(console: Console, case: Ticket) -> None:
    """Cancel the ticket's appointment."""

    def done(result: Ticket | Trouble) -> None:
        console.busy, console.done = False, None
        if isinstance(result, Trouble):
            console.message = console.told(result)
        else:
            console.message = console.say("appointments.given_back", number=result.number)
            if console.current is not None and console.current.id == result.id:
                console.current = result
        console.show()

    console.begin()
    console.desk.give_back(case, done)
