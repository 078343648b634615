"""The form's rows put together from the draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.core import ticket as tickets
from kiosk.core.codes import named
from kiosk.core.consultation import MEANS, RESULTS
from kiosk.core.ticket import State
from kiosk.core.writing import LONGEST
from kiosk.ui.counter.card import Shown
from kiosk.ui.counter.record import choices
from kiosk.ui.counter.record.look import FormView, Item, Line
from kiosk.ui.counter.today import minutes

if TYPE_CHECKING:
    from kiosk.core.ticket import Ticket
    from kiosk.ui.counter.console import Console
    from kiosk.ui.counter.record.form import Form

CHIPS = 2
"""Topics or agencies named in a row; the others are counted."""


def form_view(form: Form) -> FormView:
    say = form.console.say
    saved, warm = _saved(form)
    earlier = "console.earlier" if form.case.content.earlier else "console.paper.short"
    foot = [Item(say(earlier), "earlier", icon="file-text")]
    if form.others:
        foot.insert(0, Item(say("record.others", n=len(form.others)), "choose:others", icon="users"))
    return FormView(
        card=_card(form),
        title=say("record.title.number", number=form.case.number),
        saved=saved,
        warm=warm,
        above=(_topics(form), _means(form), _minutes(form)),
        done=say("record.done"),
        phrases=_phrases(form),
        below=(_agencies(form), _result(form), _follow_up(form), _person(form), _interpreted(form)),
        choosing=form.choose.view() if form.choose else None,
        finish=say("console.close" if form.at_hand else "record.finish"),
        foot=tuple(foot),
        asked=say("record.asked") if form.asked and not form.mine.result else "",
    )


def toggle(label: str, target: str, on: bool) -> Item:
    """As wide as its words ask for, with room for a tick."""
    return Item(label, target, on, wide=_share(label))


def _share(label: str) -> float:
    return 5.0 + sum(1.0 if sign > "\u2e80" else 0.6 for sign in label)


def _card(form: Form) -> Shown:
    """Without the record that is being written beside it."""
    case = form.case
    if not case.content.closed:
        case = replace(case, content=replace(case.content, records=form.others))
    return card_beside(form.console, case, form.turned)


def card_beside(console: Console, case: Ticket, page: int) -> Shown:
    """The card of a case as it stands beside what is written of it; PgDn turns it."""
    now = console.desk.now()
    waited = minutes(tickets.time_in(case, State.WAITING, now))
    why = console.desk.why_closed(case) if case.content.closed else ""
    card = console.cards.make(case, waited, now.date(), why)
    day = console.day_of(case)
    since = f"{day} {console.local(case.periods[-1].at):%H:%M}".strip()
    return Shown(card, console.say(f"state.{case.state.value}"), since, page=page, turn="turn_card")


def _saved(form: Form) -> tuple[str, bool]:
    """What is said of saving, and whether it is a warning."""
    draft, say = form.draft, form.console.say
    if draft.trouble is not None:
        return say("record.unsaved"), True
    if draft.cut:
        return say("record.cut", n=f"{LONGEST:,}"), True
    if draft.unsaved:
        return say("record.saving"), False
    if draft.saved is None:
        return say("record.automatic"), False
    return say("record.saved", time=f"{form.console.local(draft.saved):%H:%M}"), False


def _topics(form: Form) -> Line:
    return _named(form, "topics", "1", [form.topic(code) for code in form.mine.topics])


def _named(form: Form, row: str, key: str, names: Sequence[str]) -> Line:
    """A row of what was chosen by name: the first ones, and how many more."""
    say = form.console.say
    words = say("card.comma").join(names[:CHIPS])
    if len(names) > CHIPS:
        words = say("record.more", names=words, n=len(names) - CHIPS)
    chosen = Item(words or say(f"record.{row}.none"), f"choose:{row}", cut=True)
    return Line(say(f"record.{row}"), key, (chosen,))


def _means(form: Form) -> Line:
    say = form.console.say
    items = (toggle(say(f"means.{one}"), f"means:{one}", one == form.mine.means) for one in MEANS)
    return Line(say("record.means"), "2", tuple(items))


def _minutes(form: Form) -> Line:
    say = form.console.say
    now = form.keeper.minutes(form.draft) or 0
    key = "record.minutes.clock" if form.draft.automatic else "console.minutes"
    caller = say(f"caller.{form.mine.caller}") if form.mine.caller else say("record.unasked")
    return Line(
        say("record.caller"),
        "3",
        (
            Item(caller, "choose:caller", wide=2, cut=True),
            Item(say("record.minutes"), wide=1),
            Item("← －", "minutes:down", wide=0.9),
            Item(say(key, n=now), "minutes:clock", form.draft.automatic, wide=2),
            Item("＋ →", "minutes:up", wide=0.9),
        ),
    )


def _phrases(form: Form) -> tuple[Item, ...]:
    say = form.console.say
    first = (
        toggle(say(f"record.phrase.{one}.short"), f"phrase:{one}", on=False) for one in choices.PHRASES[:3]
    )
    more = say("record.phrases")
    return (*first, Item(more, "choose:phrases", wide=_share(more), icon="pencil"))


def _agencies(form: Form) -> Line:
    return _named(form, "agencies", "5", [form.console.cards.agency(one) for one in form.mine.agencies])


def _result(form: Form) -> Line:
    say = form.console.say
    items = (toggle(say(f"result.{one}"), f"result:{one}", one == form.mine.result) for one in RESULTS)
    return Line(say("record.result"), "6", tuple(items))


def _follow_up(form: Form) -> Line:
    from kiosk.ui.counter.record.form import SOON

    say, day = form.console.say, form.mine.follow_up
    ahead = (day - form.today).days if day is not None else None
    items = [
        toggle(say(f"record.follow.{name}"), f"soon:{name}", days == ahead) for name, days in SOON.items()
    ]
    named_day = say("record.follow.other") if day is None else form.day(day)
    items.append(toggle(named_day, "choose:follow", day is not None and ahead not in SOON.values()))
    return Line(say("record.follow"), "7", tuple(items))


def _person(form: Form) -> Line:
    """What is asked of nobody who does not want to be asked."""
    say, mine, lists = form.console.say, form.mine, form.lists
    unasked = say("record.unasked")
    nationality = named(lists.nationalities, mine.nationality, form.tongue) if mine.nationality else unasked
    status = named(lists.statuses, mine.status, form.tongue) if mine.status else unasked
    return Line(
        say("record.nationality"),
        "8",
        (
            Item(nationality, "choose:nationality", wide=2, cut=True),
            Item(say("record.status"), wide=1.1),
            Item(status, "choose:status", wide=2.6, cut=True),
        ),
    )


def _interpreted(form: Form) -> Line:
    say, mine = form.console.say, form.mine.interpreted
    words = say("card.comma").join(form.interpreted(one) for one in mine[-CHIPS:])
    if len(mine) > CHIPS:
        words = say("record.more", names=words, n=len(mine) - CHIPS)
    return Line(
        say("record.interpreter"),
        "9",
        (Item(words or say("record.interpreter.none"), "choose:interpreters", cut=True),),
    )
