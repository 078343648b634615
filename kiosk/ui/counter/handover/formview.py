"""The page for letters put together from its draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.core.consultation import KINDS
from kiosk.core.letter import personal
from kiosk.core.writing import kept_text
from kiosk.ui.counter.handover.look import LetterView
from kiosk.ui.counter.record.formview import toggle
from kiosk.ui.counter.record.look import Item, Line

if TYPE_CHECKING:
    from kiosk.ui.counter.handover.form import LetterForm


def letter_view(form: LetterForm) -> LetterView:
    say, draft = form.console.say, form.draft
    lines = [_agency(form), _kind(form), _consent(form)]
    if form.papered:
        lines += [_several(form, "lines", "4"), _several(form, "done", "5"), _several(form, "asks", "6")]
    lines.append(_appointment(form))
    forwarded = draft.kind == "forwarded"
    pages = len(form.preview.shots)
    place, side, turn = _turning(form, pages)
    state, warm = _state(form)
    asked = form.desk.question(form.case, draft) if form.chosen == "consent" else None
    return LetterView(
        title=say("letters.title.number", number=form.case.number),
        state=state,
        warm=warm,
        lines=tuple(lines),
        words=say("letters.wants" if forwarded else "letters.words"),
        authority=say("letters.authority") if forwarded else "",
        choosing=form.choose.view() if form.choose else None,
        asked=asked,
        shot=form.preview.shots[place] if pages and form.papered and draft.complete else None,
        paper=say(
            "letters.no_paper"
            if not form.papered
            else "letters.drawing"
            if draft.complete
            else "letters.first"
        ),
        turn=turn,
        side=side,
        finish=say(_finish(form)),
        foot=_foot(form),
    )


def _turning(form: LetterForm, pages: int) -> tuple[int, str, str]:
    """Which page of the paper is open, which side is shown in a narrow window, and words of the button that
    turns."""
    say = form.console.say
    if not form.console.grid.narrow:
        more = say("card.more", page=form.preview.turned % pages + 1, pages=pages) if pages > 1 else ""
        return (form.preview.turned % pages if pages else 0), "", more if form.papered else ""
    at = form.preview.turned % ((pages if form.papered else 0) + 1)
    if at == 0:
        return 0, "form", say("narrow.paper") if form.papered and pages else ""
    return at - 1, "paper", say("narrow.paper.more" if at < pages else "narrow.form")


def _finish(form: LetterForm) -> str:
    if form.over:
        return "console.close_page"
    if not form.papered:
        return "letters.finish.record"
    return "letters.finish.folder" if form.desk.paper() == "folder" else "letters.finish.print"


def _foot(form: LetterForm) -> tuple[Item, ...]:
    say = form.console.say
    if form.over and form.papered:
        return (Item(say("letters.again"), "again", icon="printer"),)
    if form.may_only_record:
        return (Item(f"9　{say('letters.record_only')}", "record", icon="file-pen"),)
    return ()


def _state(form: LetterForm) -> tuple[str, bool]:
    """What just happened; else what the paper leaves out, and why."""
    say, draft = form.console.say, form.draft
    if form.note:
        return form.note, form.warm
    if form.papered and form.desk.paper() == "none":
        return say("trouble.pages_none"), True
    if form.sensitive and form.weighed and not draft.careful:
        return say("letters.bare.careful"), True
    if form.asked and not personal(draft, form.case.content):
        return say("letters.bare"), True
    return say("letters.text"), False


def _agency(form: LetterForm) -> Line:
    say, name = form.console.say, form.draft.name
    label = kept_text(name)[0] or say("letters.agency.none")
    return Line(say("letters.agency"), "1", (Item(label, "choose:agency", bool(name), cut=True),))


def _kind(form: LetterForm) -> Line:
    say = form.console.say
    items = tuple(toggle(say(f"letters.kind.{one}"), f"kind:{one}", one == form.draft.kind) for one in KINDS)
    return Line(say("letters.kind"), "2", items)


def _consent(form: LetterForm) -> Line:
    say, at = form.console.say, form.draft.consent
    if at is not None:
        words = say("letters.consent.given", time=f"{at:%H:%M}")
    else:
        words = say("letters.consent.refused" if form.asked else "letters.consent.unasked")
    return Line(say("letters.consent"), "3", (Item(words, "choose:consent", at is not None),))


def _several(form: LetterForm, what: str, key: str) -> Line:
    """How many lines go in; without consent they do not, and say so."""
    say = form.console.say
    taken: tuple[str, ...] = getattr(form.draft, what)
    words = say("letters.chosen", n=len(taken)) if taken else say("letters.none_chosen")
    on = bool(taken) and personal(form.draft, form.case.content)
    return Line(say(f"letters.{what}"), key, (Item(words, f"choose:{what}", on),))


def _appointment(form: LetterForm) -> Line:
    say, draft = form.console.say, form.draft
    at = draft.appointment
    words = f"{at:%Y-%m-%d %H:%M}　{draft.room}".strip() if at else say("letters.appointment.none")
    return Line(
        say("letters.appointment"), "7", (Item(words, "choose:appointment", at is not None, cut=True),)
    )
