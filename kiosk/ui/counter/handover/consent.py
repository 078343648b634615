"""The question for consent on the resident's own screen too, where they answer it themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.ui.counter.talk.desk import Asking

if TYPE_CHECKING:
    from kiosk.ui.counter.handover.form import LetterForm


def ask(form: LetterForm, agreed: Callable[[bool], None]) -> None:
    """Put the question before the resident, where the screen knows their language; else nothing."""
    talks = form.console.talks
    if talks is None:
        return
    question = form.desk.question(form.case, form.draft)
    if talks.desk.knows(question.language):
        talks.ask(Asking(question.local, question.japanese, question.language, agreed))
    else:
        talks.ask(None)


def take_back(form: LetterForm) -> None:
    """Nothing is asked any more."""
    if form.console.talks is not None:
        form.console.talks.ask(None)
