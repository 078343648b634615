"""From the kiosk's state to its page, and what a press on each page means."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.core.directory import Service, name_of, who_of
from kiosk.core.flow import SPECIAL
from kiosk.core.hours import hours_text
from kiosk.core.referral import Outcome
from kiosk.core.visit import Page, Step
from kiosk.data.keyboards import read_keyboard
from kiosk.ui.parts import Sheet
from kiosk.ui.resident import (
    ask,
    book,
    calm,
    confirm,
    done,
    doubts,
    labels,
    listening,
    orientation,
    over,
    picker,
    place,
    returning,
    review,
    speak,
    taking,
    voicing,
)
from kiosk.ui.resident.base import Scene
from kiosk.ui.resident.page import Head
from kiosk.ui.resident.typing import Typing, type_page

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
            place.opening_words(here, opening, today),
        )
        for service, opening in kiosk.actions.numbers(outcome)
    ]


def _referral(kiosk: Kiosk, here: Scene, outcome: Outcome, head: Head) -> Sheet:
    say, services = kiosk.say, outcome.services
    index = kiosk.place % len(services)
    service = services[index]
    shown = place.Place(
        service,
        kiosk.actions.openings(outcome).get(service.id),
        hours_text(service.schedule, say) if service.schedule.known else "",
        labels.joined([say(f"bring.{item}") for item in outcome.bring], here.tag),
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


def press(kiosk: Kiosk, kind: str, detail: str) -> None:
    """A press that belongs to the present page."""
    page = kiosk.visit.at.page
    handlers = {
        Page.RETURN: _press_return,
        Page.NOTICE: _press_notice,
        Page.CALLER: _press_choice,
        Page.TOPIC: _press_choice,
        Page.QUESTION: _press_choice,
        Page.CARE: _press_care,
        Page.GUIDE: orientation.press,
        Page.SPEAK: _press_speak,
        Page.TYPE: _press_type,
        Page.CONFIRM: _press_confirm,
        Page.REVIEW: _press_review,
        Page.BOOK: _press_book,
        Page.REFERRAL: _press_referral,
        Page.DONE: _press_done,
    }
    if not kiosk.over and page in handlers:
        handlers[page](kiosk, kind, detail)


def _press_return(kiosk: Kiosk, kind: str, _: str) -> None:
    if kind == "new":
        kiosk.enter(kiosk.visit.go(kiosk.visit.following()))
    elif kind == "same":
        kiosk.number_only()


def _press_notice(kiosk: Kiosk, kind: str, detail: str) -> None:
    if kind in ("next", "others"):
        kiosk.enter(kiosk.visit.begin())
    elif kind == "choose":
        kiosk.enter(kiosk.visit.begin(detail))
    elif kind == "guide":
        kiosk.enter(kiosk.visit.go(Step(Page.GUIDE)))


def _press_care(kiosk: Kiosk, kind: str, _: str) -> None:
    """Go on, or have a person come: then the number is taken with what was told so far."""
    if kind == "on":
        kiosk.visit.cared = True
        kiosk.enter(kiosk.visit.go(kiosk.visit.following()))
    elif kind == "come":
        kiosk.visit.cared = True
        kiosk.outcome = kiosk.actions.outcome(kiosk.visit)
        taking.submit(kiosk, referred=False)
    elif kind == "numbers":
        kiosk.over = "numbers"


def _press_choice(kiosk: Kiosk, kind: str, detail: str) -> None:
    visit = kiosk.visit
    if voicing.press(kiosk, kind):
        return
    if kind == "more":
        kiosk.page += 1
    elif kind == "next" and kiosk.ticked:
        kiosk.enter(visit.answer(kiosk.ticked))
    elif kind == "choose":
        if visit.many and detail not in SPECIAL:
            had = detail in kiosk.ticked
            rest = tuple(choice for choice in kiosk.ticked if choice != detail)
            kiosk.ticked = rest if had else (*rest, detail)
        else:
            kiosk.enter(visit.answer((detail,)))


def _press_speak(kiosk: Kiosk, kind: str, detail: str) -> None:
    if kind == "listen":
        listening.press(kiosk)
    elif kind == "skip":
        listening.leave(kiosk)
        listening.told(kiosk, "", "")
    elif kind == "next" and kiosk.speaking.text:
        means = kiosk.visit.means if kiosk.speaking.text == kiosk.visit.text else "speech"
        listening.leave(kiosk)
        listening.told(kiosk, kiosk.speaking.text, means)
    elif kind == "type":
        kiosk.actions.stop_listening()
        open_typing(kiosk, kiosk.speaking.text)
    elif kind == "word" and int(detail) < len(kiosk.speaking.doubts):
        kiosk.word, kiosk.over = int(detail), "word"


def open_typing(kiosk: Kiosk, text: str) -> None:
    """The page for writing, with the words so far."""
    kiosk.typing = Typing(read_keyboard(kiosk.language.tag), text)
    kiosk.enter(kiosk.visit.go(Step(Page.TYPE)))


def _press_type(kiosk: Kiosk, kind: str, detail: str) -> None:
    assert kiosk.typing is not None
    if kind == "key":
        kiosk.typing = kiosk.typing.press(detail)
    elif kind == "next" and kiosk.typing.whole.strip():
        spoken = bool(kiosk.speaking.text) and kiosk.visit.means != "typed"
        text = kiosk.typing.whole.strip()
        kiosk.speaking = replace(
            kiosk.speaking, text=text, doubts=(), ear="heard" if kiosk.speaking.ear != "off" else "off"
        )
        listening.told(kiosk, text, "speech" if spoken else "typed")


def _press_confirm(kiosk: Kiosk, kind: str, _: str) -> None:
    visit = kiosk.visit
    if kind == "accept" and visit.translation is not None:
        visit.accepted = True
        kiosk.enter(visit.go(visit.following()))
    elif kind == "untranslated":
        visit.accepted = False
        kiosk.enter(visit.go(visit.following()))
    elif kind == "type":
        open_typing(kiosk, visit.text)
    elif kind == "more":
        kiosk.page += 1


def _press_review(kiosk: Kiosk, kind: str, detail: str) -> None:
    if kind == "edit" and not kiosk.sending:
        kiosk.edit(detail)
    elif kind == "more":
        kiosk.page += 1
    elif kind == "add" and not kiosk.sending and kiosk.visit.may_add:
        kiosk.enter(kiosk.visit.add())
    elif kind == "send" and kiosk.outcome is not None:
        taking.onward(kiosk)


def _press_book(kiosk: Kiosk, kind: str, detail: str) -> None:
    if kind == "take":
        taking.take(kiosk, int(detail))
    elif kind == "none":
        taking.submit(kiosk, referred=False)


def _press_referral(kiosk: Kiosk, kind: str, _: str) -> None:
    if kind == "place":
        kiosk.place += 1
    elif kind == "number" and kiosk.finished is not None:
        kiosk.enter(kiosk.visit.go(Step(Page.DONE)))
    elif kind == "number":
        taking.submit(kiosk, referred=False)
    elif kind == "print":
        taking.submit(kiosk, referred=True)


def _press_done(kiosk: Kiosk, kind: str, _: str) -> None:
    if kind == "finish":
        kiosk.wipe()
    elif kind == "reprint":
        taking.print_slip(kiosk)
    elif kind == "places":
        kiosk.enter(kiosk.visit.go(Step(Page.REFERRAL)))
    elif kind == "guide":
        kiosk.enter(kiosk.visit.go(Step(Page.GUIDE)))
