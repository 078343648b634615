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
    """The slip of a visit that has just ended. One that could not be kept has no wait to tell."""
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
    """The slip of a kept ticket once more; the wait, as it is now, only for somebody who still waits.

    What has gone from flows or directory since the ticket was taken is left out.
    """
    content, words = ticket.content, office.catalogue(_shipped(office, ticket.language))
    services = [service for name in content.services if (service := office.service(name)) is not None]
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
            topic=content.topic if words.has(f"topic.{content.topic}") else "",
            services=tuple(service for service in services if words.has(f"service.{service.text}.name")),
            bring=tuple(item for item in content.bring if words.has(f"bring.{item}")),
            sensitive=content.sensitive,
            referred=ticket.state is State.REFERRED,
        )
    )


def _shipped(office: Office, language: str) -> str:
    """English where the resident's language is not shipped."""
    return language if language in office.languages else "en"


def _composer(office: Office, language: str) -> Composer:
    """Slips in the resident's language with Japanese beside it."""
    names = office.settings.office
    tag = _shipped(office, language)
    return Composer(
        office.languages[tag],
        office.catalogue(tag).text,
        office.catalogue("ja").text,
        SlipOffice(names.name_ja, names.city_hall_ja, names.city_hall_en),
    )
