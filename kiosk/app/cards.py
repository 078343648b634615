"""Cards of an office's tickets: the console's words, and how each agency stands at this moment."""

from __future__ import annotations

from kiosk.app.office import Office, is_holiday
from kiosk.core.directory import Service, match
from kiosk.core.hours import opening
from kiosk.ui.counter.cardmaker import CardMaker
from kiosk.ui.counter.told import Standing
from kiosk.ui.counter.tongue import TONGUES, Tongue


def tongue_of(office: Office, tag: str = "ja") -> Tongue:
    """The console's words, in a language to begin with."""
    found = {one: office.catalogue(one) for one in TONGUES}
    return Tongue({one: (words.text, words.has) for one, words in found.items()}, tag)


def card_maker(office: Office, tongue: Tongue | None = None) -> CardMaker:
    """Cards in the words of the catalogue: the console's, else Japanese."""
    words = tongue or tongue_of(office)

    def look(service: Service, language: str) -> Standing:
        return standing(office, service, language)

    return CardMaker(
        words.say, words.has, office.flows, office.languages, office.directory, look, lambda: words.tag
    )


def standing(office: Office, service: Service, language: str) -> Standing:
    """Whether a service can be called now, whether its number is old, and what is open where it is closed."""
    now, own = office.now(), office.settings.office
    state = opening(service.schedule, now, is_holiday)
    instead = _open_instead(office, service, language) if state.state == "closed" else []
    today, days = now.date(), own.referral_days
    others = [one for one in instead if one.id != service.id]
    # A number that must be confirmed first is the second choice.
    best = min(others, key=lambda one: one.stale(today, days), default=None)
    old = best is not None and best.stale(today, days)
    return Standing(state, service.stale(today, days), best, old)


def _open_instead(office: Office, service: Service, language: str) -> list[Service]:
    """What answers for the same matters now, of each of the service's groups the best first."""
    now, own = office.now(), office.settings.office
    instead: list[Service] = []
    for group in service.groups:
        for found in match(
            (group,),
            office.directory,
            language=language,
            prefecture=own.prefecture,
            area=own.area,
            now=now,
            is_holiday=is_holiday,
        ):
            instead += [found.service] if found.opening.state == "open" else []
            instead += [found.nearest] if found.nearest is not None else []
    return instead
