"""The kiosk's pages, and a step of a visit: a page, with the question asked there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Page(StrEnum):
    LANGUAGE = "language"
    RETURN = "return"
    NOTICE = "notice"
    CALLER = "caller"
    TOPIC = "topic"
    QUESTION = "question"
    CARE = "care"
    SPEAK = "speak"
    TYPE = "type"
    CONFIRM = "confirm"
    REVIEW = "review"
    REFERRAL = "referral"
    BOOK = "book"
    DONE = "done"
    GUIDE = "guide"


@dataclass(frozen=True)
class Step:
    page: Page
    question: str = ""
    topic: str = ""
    """The topic a question belongs to; empty for the one at hand."""


START = Step(Page.LANGUAGE)
"""Where every visit begins."""
