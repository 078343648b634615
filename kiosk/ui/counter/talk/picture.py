"""What the counselor's page of a talk shows at one moment, put together from the talk and its engines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.core.heard import Rendering
from kiosk.errors import Trouble
from kiosk.ui.counter.talk.choose import Filling
from kiosk.ui.counter.talk.picking import CHIPS
from kiosk.ui.counter.talk.view import Chip, Fill, Made, Said, TalkView
from kiosk.ui.resident.portions import portions
from kiosk.ui.talk.room import Draft
from kiosk.ui.talk.talk import Line, Talk, bare

if TYPE_CHECKING:
    from kiosk.ui.counter.talk.page import TalkPage

LONG = 130
"""Characters of a line of the talk that stand together."""
BLANK = "[", "［"
"""Begins the name of something that is filled into a phrase."""


def talk_view(page: TalkPage) -> TalkView:
    console, talks, picking = page.console, page.talks, page.picking
    say, conversation = console.say, talks.conversation
    talk, filling = conversation.talk, picking.filling
    language = console.cards.language(talk.language) if talk is not None else ""
    number = console.here.number if console.here is not None else say("talk.nobody")
    answer = talk.answer if talk is not None else None
    return TalkView(
        title=say("talk.title", number=number, language=language),
        status=_status(page, language),
        field=say(f"talk.fill.{filling.asks}.field" if filling is not None and filling.by_typing
                  else "talk.search"),
        chips=() if filling is not None else _chips(page),
        rows=tuple((words, _pencil(words) if filling is None else "") for _, words in picking.listed),
        place=f"{picking.turned % picking.pages + 1} / {picking.pages}" if picking.pages > 1 else "",
        fill=_fill(page, filling) if filling is not None else None,
        said=_so_far(page, talk) if talk is not None else (),
        older=page.older,
        answer=_said(page, answer, talk) if answer is not None and talk is not None else None,
        now=_now(page, talk),
        made=_made(page, conversation.draft),
        main=_main(page, conversation.draft),
        note=_note(page),
        actions=_actions(page),
    )  # fmt: skip


def _fill(page: TalkPage, filling: Filling) -> Fill:
    asks = page.console.say(f"talk.fill.{filling.asks}")
    return Fill(page.picking.sentence(filling.phrase), asks, filling.by_typing)


def _so_far(page: TalkPage, talk: Talk) -> tuple[Said, ...]:
    return tuple(part for line in talk.lines for part in _portions(_said(page, line, talk)))


def _chips(page: TalkPage) -> tuple[Chip, ...]:
    chosen = "" if page.picking.search.strip() else page.picking.group
    return tuple(Chip(one, page.console.say(f"talk.group.{one}"), one == chosen) for one in CHIPS)


def _pencil(words: str) -> str:
    return "pencil" if any(sign in words for sign in BLANK) else ""


def _note(page: TalkPage) -> str:
    """What just happened, or is wrong with the residents' screen or with reading aloud."""
    console, talks = page.console, page.talks
    if page.note:
        return page.note
    if talks.conversation.told is not None:
        return console.told(talks.conversation.told)
    return console.say("talk.facing.gone") if talks.facing is not None and not talks.screen else ""


def _status(page: TalkPage, language: str) -> str:
    """What this language can do here, or that it is being loaded; and how a turned screen is turned back."""
    say, conversation = page.console.say, page.talks.conversation
    talk, able = conversation.talk, conversation.able
    if talk is None:
        return ""
    back = [] if page.talks.screen else [say("talk.turn.back")]
    stop = say("console.stop")
    if conversation.loading:
        return stop.join([*back, say("talk.loading", language=language).rstrip(stop)]) + stop.rstrip()
    japanese = conversation.language.is_japanese
    facts = [say("talk.able.japanese") if japanese else
             say("talk.able.typed" if able.translation else "talk.able.phrases")]  # fmt: skip
    facts.append(say("talk.able.speech" if able.speech else "talk.able.mute"))
    return stop.join([*back, *facts]) + stop.rstrip()


def _now(page: TalkPage, talk: Talk | None) -> str:
    say = page.console.say
    if talk is None:
        return ""
    key = {
        "wait": "begin", "phrase": "reads", "number": "picks", "date": "picks", "speak": "speaks",
        "word": "speaks", "type": "writes", "confirm": "checks", "sent": "answered", "given": "answered",
    }[talk.page]  # fmt: skip
    if key == "answered" and talk.answer is None:
        key = "reads"
    return say(f"talk.now.{key}")


def _said(page: TalkPage, line: Line, talk: Talk) -> Said:
    say = page.console.say
    mine = line.by == "counselor"
    mark = say("talk.mark.hint") if line.hint else say("talk.mark.machine") if line.machine else ""
    if not mine and not line.japanese:
        mark = say("talk.mark.none")
    # Who reads Japanese is told nothing more by the same in plainer Japanese.
    same = page.talks.conversation.language.is_japanese and bool(line.japanese)
    text = "" if same else bare(line.text)
    return Said(
        say("talk.by.counselor" if mine else "talk.by.resident"), mine, line.japanese, text, talk.language,
        mark, bool(mark),
    )  # fmt: skip


def _portions(line: Said) -> list[Said]:
    """A long line in several, so that all of it can be read."""
    count = max(-(-len(line.japanese) // LONG), -(-len(line.text) // LONG), 1)
    if count == 1:
        return [line]
    halves = zip(portions(line.japanese, count), portions(line.text, count), strict=True)
    return [
        replace(line, who=f"{line.who} {place} / {count}", japanese=japanese, text=text)
        for place, (japanese, text) in enumerate(halves, 1)
    ]


def _made(page: TalkPage, draft: Draft | None) -> Made:
    say = page.console.say
    if draft is None:
        japanese = page.talks.conversation.talk is not None and page.talks.conversation.language.is_japanese
        return Made(say("talk.draft.plain" if japanese else "talk.draft.how"))
    if draft.trouble is not None:
        return Made(say(_why(draft.trouble)), warm=True)
    if draft.plain:
        return Made(say("talk.draft.plain"))
    made = draft.rendering
    if made is None:
        return Made(say("talk.draft.working"))
    language = page.talks.conversation.now.language
    if made.hint:
        return Made(say("talk.draft.hint"), True, made.text, language, made.back)
    note = say("talk.draft.differs" if made.differing else "talk.draft.compare")
    return Made(note, bool(made.differing), made.text, language, made.back, marks(made))


def _why(trouble: Trouble) -> str:
    """Catalogue key of why typed words have no translation. What residents are told of it is no help here."""
    if trouble.key == "talk.no_translation":
        return trouble.key
    if trouble.key == "trouble.too_long":
        return "talk.draft.long"
    return "talk.draft.kana" if trouble.details.get("reason") == "kana_only" else "talk.draft.refused"


def marks(made: Rendering) -> tuple[tuple[int, int], ...]:
    """Where the sentences that came back otherwise stand in the way back."""
    places, start = [], 0
    for passage in made.passages:
        at = made.back.find(passage.back, start) if passage.back else -1
        if at >= 0:
            start = at + len(passage.back)
            if passage.differs:
                places.append((at, start))
    return tuple(places)


def _main(page: TalkPage, draft: Draft | None) -> str:
    say = page.console.say
    conversation = page.talks.conversation
    japanese = conversation.talk is not None and conversation.language.is_japanese
    if japanese or (draft is not None and draft.may_show):
        return say("talk.show")
    if draft is not None and (draft.working or draft.rendering is not None or draft.trouble is not None):
        return ""
    return say("talk.translate")


def _actions(page: TalkPage) -> tuple[tuple[str, str, str, str], ...]:
    say, conversation, talks = page.console.say, page.talks.conversation, page.talks
    found = []
    if not talks.screen:
        found.append(("turn", "⇧F8", "arrow-right-left", say("talk.turn")))
    if conversation.able.voice:
        reading = conversation.talk is not None and conversation.talk.reading
        found.append(("aloud", "^U", "square" if reading else "volume-2", say("talk.aloud")))
    found.append(("larger", "^W", "a-large-small", say("talk.larger")))
    if page.console.here is not None:
        found.append(("record", "^J", "file-pen", say("talk.record")))
    if page.console.current is not None:
        found.append(("lines", "F9", "headset", say("talk.lines")))
    found.append(("language", "^T", "languages", say("talk.language")))
    found.append(("finish", "^Q", "x", say("talk.finish")))
    return tuple(found)
