"""From the kiosk's state to its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.core.directory import Service, name_of, who_of
from kiosk.core.hours import hours_text
from kiosk.core.referral import Outcome
from kiosk.core.steps import Page
from kiosk.core.written import list_in
from kiosk.ui.parts import Sheet
from kiosk.ui.resident import (
    ask,
    book,
    calm,
    confirm,
    done,
    doubts,
    labels,
    orientation,
    over,
    picker,
    place,
    returning,
    review,
    speak,
    voicing,
)
from kiosk.ui.resident.base import Scene
from kiosk.ui.resident.page import Head
from kiosk.ui.resident.place_facts import Place, opening_words
from kiosk.ui.resident.typing import type_page

if TYPE_CHECKING:
    from kiosk.ui.resident.kiosk import Kiosk


def scene(kiosk: Kiosk, tag: str = "") -> Scene:
    """What pages are drawn for: the visit's language, or `tag`."""
    language = kiosk.shop.languages[tag] if tag else kiosk.language
    say = kiosk.shop.catalogue(language.tag).text
    return Scene(kiosk.frame, language, say, kiosk.shop.languages, reading=kiosk.reading)


def sheet(kiosk: Kiosk) -> Sheet:
    """The page as it stands, with the idle question over it where it is asked."""
    page = _over(kiosk) if kiosk.over else _page(kiosk)
    if kiosk.warned is not None:
        return over.idle(scene(kiosk), page, kiosk.warned)
    return over.told(scene(kiosk), page, kiosk.told) if kiosk.told else page


def _over(kiosk: Kiosk) -> Sheet:
    here, say = scene(kiosk), kiosk.say
    if kiosk.over == "restart":
        buttons = (("no", say("restart.no"), "secondary"), ("yes", say("restart.yes"), "primary"))
        return over.asked(here, "restart", "rotate-ccw", say("restart.title"), say("restart.text"), buttons)
    if kiosk.over == "cleared":
        button = (("finish", say("pick.title"), "primary"),)
        return over.asked(here, "cleared", "eraser", say("cleared.title"), say("cleared.text"), button)
    if kiosk.over == "language":
        return picker.change_language(here, kiosk.shop.offered)
    if kiosk.over == "size":
        return over.text_size(here)
    if kiosk.over == "word" and kiosk.word < len(kiosk.speaking.doubts):
        doubt = kiosk.speaking.doubts[kiosk.word]
        return doubts.word_page(here, kiosk.speaking.text, doubt, labels.head_of(kiosk.visit, say))
    if kiosk.over == "numbers":
        return calm.numbers(here, _numbers(kiosk, here))
    return picker.other(here, scene(kiosk, "ja-simple"))


def _page(kiosk: Kiosk) -> Sheet:
    visit, say = kiosk.visit, kiosk.say
    page = visit.at.page
    if page is Page.LANGUAGE:
        office = kiosk.shop.settings.office.name_ruby
        if kiosk.disaster:
            office = scene(kiosk, "ja-simple").say("disaster.band")
        return picker.picker(
            scene(kiosk, "en"), kiosk.shop.offered, office, kiosk.attract, scene(kiosk, "ja-simple")
        )
    here = scene(kiosk)
    if page is Page.NOTICE:
        return over.notice(here, kiosk.shop.settings.office.keep_days, plain=bool(visit.only))
    if page is Page.RETURN:
        return returning.returned(here)
    if page is Page.GUIDE:
        return orientation.page(kiosk, here)
    if page is Page.CARE:
        return calm.care(here, labels.head_of(visit, say, neutral=True))
    head = labels.head_of(visit, say)
    if page in voicing.ASKING:
        return ask.question(here, asked_on(kiosk), head, voicing.of_page(kiosk))
    if page is Page.SPEAK:
        return speak.speak(here, kiosk.speaking, head)
    if page is Page.TYPE and kiosk.typing is not None:
        return type_page(here, kiosk.typing, head, correcting=bool(visit.text or kiosk.speaking.text))
    if page is Page.CONFIRM:
        return confirm.confirm(here, _confirming(kiosk), head)
    return _ending(kiosk, here, head)


def asked_on(kiosk: Kiosk) -> ask.Asked:
    """What a page with choices asks."""
    visit, say = kiosk.visit, kiosk.say
    if visit.at.page is Page.CALLER:
        return labels.caller_asked(visit, say)
    if visit.at.page is Page.TOPIC:
        return labels.topic_asked(visit, say, kiosk.page)
    has = kiosk.shop.catalogue(kiosk.language.tag).has
    return labels.question_asked(visit, say, has, kiosk.page, kiosk.ticked)


def _confirming(kiosk: Kiosk) -> confirm.Confirming:
    now, visit = kiosk.translating, kiosk.visit
    return confirm.Confirming(
        now.text,
        visit.text_language,
        now.translation,
        now.trouble,
        now.warning,
        visit.means == "speech",
        now.progress,
        kiosk.page,
    )


def _ending(kiosk: Kiosk, here: Scene, head: Head) -> Sheet:
    visit, say = kiosk.visit, kiosk.say
    outcome = kiosk.outcome
    assert outcome is not None
    if visit.at.page is Page.DONE and kiosk.finished is not None:
        names = [name_of(service, say, here.tag) for service in outcome.services]
        speakers = kiosk.actions.speakers(visit.ticket_language)
        return done.done(here, kiosk.finished, names, _further(kiosk, outcome), speakers)
    if visit.at.page is Page.BOOK:
        return book.book(here, kiosk.slots, head, busy=kiosk.sending)
    if visit.at.page is Page.REFERRAL:
        return _referral(kiosk, here, outcome, head)
    answers, words = labels.answers_of(visit, say, here.tag)
    main = "review.sending" if kiosk.sending else "review.send" if outcome.counter else "review.places"
    discreet, may_add = outcome.sensitive, visit.may_add
    return review.review(here, answers, words, kiosk.page, main, head, discreet=discreet, may_add=may_add)


def _further(kiosk: Kiosk, outcome: Outcome) -> str:
    """What may be read once the number is there."""
    if outcome.services and kiosk.finished is not None and not kiosk.finished.issued.referred:
        return "places"
    return "guide" if kiosk.shop.guides and not outcome.sensitive and not kiosk.disaster else ""


def _numbers(kiosk: Kiosk, here: Scene) -> list[calm.Number]:
    outcome, today = kiosk.actions.outcome(kiosk.visit), kiosk.shop.now().date()
    return [
        calm.Number(
            name_of(service, kiosk.say, here.tag),
            "" if here.language.is_japanese else service.organisation_ja,
            service.telephone,
            opening_words(here, opening, today),
        )
        for service, opening in kiosk.actions.numbers(outcome)
    ]


def _referral(kiosk: Kiosk, here: Scene, outcome: Outcome, head: Head) -> Sheet:
    say, services = kiosk.say, outcome.services
    index = kiosk.place % len(services)
    service = services[index]
    shown = Place(
        service,
        kiosk.actions.openings(outcome).get(service.id),
        hours_text(service.schedule, say) if service.schedule.known else "",
        list_in(here.tag, (say(f"bring.{item}") for item in outcome.bring)),
        kiosk.shop.now().date(),
        who_of(service, say, kiosk.shop.catalogue(here.tag).has, here.tag),
        bool(service.telephone) and service.id in outcome.stale,
        _nearest(kiosk, here, outcome, service),
    )
    if outcome.sensitive:
        head = labels.head_of(kiosk.visit, say, neutral=True)
    given = kiosk.finished is not None
    return place.referral(here, shown, index, len(services), outcome.counter or given, head, given=given)


def _nearest(kiosk: Kiosk, here: Scene, outcome: Outcome, service: Service) -> str:
    """Another place that is open while this one is closed."""
    other = dict(outcome.nearest).get(service.id)
    if other is None or not other.telephone or other.id in outcome.stale:
        return ""
    name = name_of(other, kiosk.say, here.tag)
    return kiosk.say("slip.nearest", name=name, telephone=other.telephone)
