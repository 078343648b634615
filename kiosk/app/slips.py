"""From a finished visit to its slip."""

from __future__ import annotations

from kiosk.app.office import Office
from kiosk.core.flow import SPECIAL
from kiosk.core.referral import Outcome
from kiosk.printing.slip import Composer, Slip, SlipCase, SlipOffice
from kiosk.ui.actions import Issued


def slip_of(office: Office, language: str, topic: str, outcome: Outcome, issued: Issued) -> Slip:
    """The slip in the resident's language, with Japanese beside it."""
    names = office.settings.office
    composer = Composer(
        office.languages[language],
        office.catalogue(language).text,
        office.catalogue("ja").text,
        SlipOffice(names.name_ja, names.city_hall_ja, names.city_hall_en),
    )
    return composer.compose(
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
