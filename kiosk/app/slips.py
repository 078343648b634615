"""From a finished visit to its slip."""

from __future__ import annotations

from kiosk.app.office import Office
from kiosk.core import waiting
from kiosk.core.flow import SPECIAL
from kiosk.core.referral import Outcome
from kiosk.core.ticket import State, Ticket
from kiosk.printing.slip import Composer, Slip, SlipCase, SlipOffice
from kiosk.ui.actions import Issued


def slip_of(office: Office, language: str, topic: str, outcome: Outcome, issued: Issued) -> Slip:
    """The slip of a visit that has just ended."""
    return _composer(office, language).compose(
        SlipCase(
            ticket_id=issued.ticket_id,
            number=issued.number,
            at=office.now(),
            minutes=issued.minutes,
            topic="" if topic in SPECIAL else topic,
            services=outcome.services,
            bring=outcome.bring,
            sensitive=issued.sensitive,
            referred=issued.referred,
        )
    )


def slip_of_ticket(office: Office, ticket: Ticket) -> Slip:
    """The slip of a kept ticket once more, with the wait as it is now."""
    content = ticket.content
    services = [service for name in content.services if (service := office.service(name)) is not None]
    waiting_now = [case for case in office.store.tickets() if case.id != ticket.id]
    return _composer(office, ticket.language).compose(
        SlipCase(
            ticket_id=ticket.id,
            number=ticket.number,
            at=ticket.issued.astimezone(office.settings.office.zone),
            minutes=waiting.estimate(waiting_now, counters=office.settings.office.counters),
            topic="" if content.topic in SPECIAL else content.topic,
            services=tuple(services),
            bring=content.bring,
            sensitive=content.sensitive,
            referred=ticket.state is State.REFERRED,
        )
    )


def _composer(office: Office, language: str) -> Composer:
    """Slips in the resident's language with Japanese beside it; English where the language is not shipped."""
    names = office.settings.office
    tag = language if language in office.languages else "en"
    return Composer(
        office.languages[tag],
        office.catalogue(tag).text,
        office.catalogue("ja").text,
        SlipOffice(names.name_ja, names.city_hall_ja, names.city_hall_en),
    )
