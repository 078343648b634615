"""What a counselor must know before anything else: what asks for care, and what cannot wait until when."""

from __future__ import annotations

from datetime import date, timedelta

from kiosk.core.flow import Choice
from kiosk.core.ticket import Case, Content, Ticket
from kiosk.ui.counter.naming import Naming


def alerts_of(names: Naming, ticket: Ticket) -> tuple[str, ...]:
    """Care first, then deadlines and needs of today; a mark where nothing more is known of them."""
    content = ticket.content
    found = [_care(names, content)] if content.care else []
    if content.sensitive and not found:
        found.append(names.say("card.sensitive"))
    pressing = [text for key in content.reasons if (text := _pressing(names, ticket, key))]
    if pressing:
        found.append(names.say("card.pressing", what=names.say("card.and").join(pressing)))
    elif content.urgent and not content.care:
        found.append(names.say("card.urgent"))
    return tuple(found)


def _care(names: Naming, content: Content) -> str:
    """What asks for care, and whether somebody chose it or a list of words found it."""
    chosen = {choice.care for case in content.cases for choice in _taken(names, case) if choice.care}
    if content.narrative is None:
        chosen |= set(content.care)
    parts = []
    for key, them in (
        ("card.care.answer", [name for name in content.care if name in chosen]),
        ("card.care.words", [name for name in content.care if name not in chosen]),
    ):
        if them:
            words = names.listed(names.word(f"card.care.{name}", name) for name in them)
            parts.append(names.say(key, what=words))
    return names.say("card.care", what="　".join(parts))


def _pressing(names: Naming, ticket: Ticket, key: str) -> str:
    """An answer that makes it urgent, with the day where it is a deadline; empty for one told as care."""
    flow, question, choice_id = (*key.split(".", 2), "", "")[:3]
    found = names.choice(flow, question, choice_id)
    if found is not None and found.care and found.within is None:
        return ""
    label = names.question(flow, question)
    text = f"{label} — {names.answer(flow, question, (choice_id,))}"
    within = found.within if found is not None else None
    if found is None and len(ticket.content.reasons) == 1:
        within = ticket.content.within
    return text if within is None else f"{text}{_until(names, ticket.day, within)}"


def _until(names: Naming, day: date, within: int) -> str:
    if within <= 0:
        return names.say("card.today_or_past")
    last = day + timedelta(days=within)
    return names.say("card.until", date=f"{last.month}/{last.day}")


def _taken(names: Naming, case: Case) -> list[Choice]:
    """The answers the flows still know."""
    found = (
        names.choice(case.flow, question, choice_id)
        for question, chosen in case.answers
        for choice_id in chosen
    )
    return [choice for choice in found if choice is not None]
