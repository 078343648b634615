"""From a finished visit, a kept ticket or a guide to its slip."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.app.office import Office
from kiosk.core import waiting
from kiosk.core.directory import has_words
from kiosk.core.flow import SPECIAL
from kiosk.core.referral import Outcome
from kiosk.core.roster import LANE
from kiosk.core.ticket import Content, State, Ticket
from kiosk.printing.composer import Composer
from kiosk.printing.slip import Appointment, Slip, SlipCase, SlipOffice
from kiosk.ui.actions import Issued

if TYPE_CHECKING:
    from kiosk.printing.printers import Printer


def print_out(office: Office, slip: Slip, name: str, printer: Printer | None = None) -> None:
    """Draw and print, on the office's printer unless another is given. Raises Trouble."""
    from kiosk.printing.draw import draw

    image = draw(slip, office.typesetter, office.settings.printing.width_dots)
    (printer or office.printer()).print(image, name)


def slip_of(
    office: Office,
    language: str,
    content: Content,
    outcome: Outcome,
    issued: Issued,
    *,
    lane: str = "",
    due: datetime | None = None,
) -> Slip:
    """The slip of a visit that has just ended. One that could not be kept has no wait to tell.

    `lane` and `due` are those of the ticket where a place with a specialist was taken.
    """
    return _composer(office, language).compose(
        SlipCase(
            ticket_id=issued.ticket_id,
            number=issued.number,
            at=office.now(),
            minutes=issued.minutes,
            topics=_topics(content),
            services=outcome.services,
            bring=outcome.bring,
            sensitive=issued.sensitive,
            referred=issued.referred,
            stale=frozenset(outcome.stale),
            nearest=dict(outcome.nearest),
            appointment=_appointment(office, lane, due),
        )
    )


def slip_of_ticket(office: Office, ticket: Ticket) -> Slip:
    """The slip of a kept ticket once more; the wait, as it is now, only for somebody who still waits.

    What has gone from flows or directory since the ticket was taken is left out.
    """
    content, words = ticket.content, office.catalogue(_shipped(office, ticket.language))
    known = [service for name in content.services if (service := office.service(name)) is not None]
    services = tuple(service for service in known if has_words(service, words.has))
    today, days = office.today(), office.settings.office.referral_days
    minutes = 0
    if ticket.state is State.WAITING:
        others = [case for case in office.store.tickets() if case.id != ticket.id]
        minutes = waiting.estimate(others, counters=office.settings.office.counters)
    return _composer(office, ticket.language).compose(
        SlipCase(
            ticket_id=ticket.id,
            number=ticket.number,
            at=ticket.issued.astimezone(office.settings.office.zone),
            minutes=minutes,
            topics=tuple(topic for topic in _topics(content) if words.has(f"topic.{topic}")),
            services=services,
            bring=tuple(item for item in content.bring if words.has(f"bring.{item}")),
            # Of a ticket that does not open here nobody knows what may be on paper.
            sensitive=content.sensitive or content.closed,
            referred=ticket.state is State.REFERRED,
            stale=frozenset(service.id for service in services if service.stale(today, days)),
            appointment=_appointment(office, ticket.lane, ticket.due),
        )
    )


def guide_sheet(office: Office, language: str, topic: str) -> Slip:
    """The life orientation of a topic on paper. KeyError for a topic without a guide."""
    return _composer(office, language).guide(office.guides[topic], office.now())


def _appointment(office: Office, lane: str, due: datetime | None) -> Appointment | None:
    """Without its specialist where the roster has lost them: the time was promised all the same."""
    if due is None:
        return None
    specialist = office.roster.specialist(lane.removeprefix(LANE))
    return Appointment(due.astimezone(office.settings.office.zone), specialist)


def _topics(content: Content) -> tuple[str, ...]:
    """The topics told, each once, in the order they were told."""
    told: Iterable[str] = (case.topic for case in content.cases)
    return tuple(topic for topic in dict.fromkeys(told) if topic and topic not in SPECIAL)


def _shipped(office: Office, language: str) -> str:
    """English where the resident's language is not shipped."""
    return language if language in office.languages else "en"


def _composer(office: Office, language: str) -> Composer:
    """Slips in the resident's language with Japanese beside it."""
    names = office.settings.office
    tag = _shipped(office, language)
    return Composer(
        office.languages[tag],
        office.catalogue(tag),
        office.catalogue("ja"),
        SlipOffice(names.name_ja, names.city_hall_ja, names.city_hall_en),
    )
