"""The pages of a report's PDF while they are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.reports.labels import Words
from kiosk.reports.model import Report
from kiosk.text.page import ACCENT, GREY, HEIGHT, MARGIN, WIDTH, Page, pdf_of

if TYPE_CHECKING:
    from kiosk.text.typesetter import Typesetter

ROOM = WIDTH - 2 * MARGIN
BOTTOM = HEIGHT - MARGIN - 40
HEAD, GAP, FOOT = 150, 70, 130
"""Above a picture, between two on a page, below one."""


class Book:
    """The pages of a report as they are drawn."""

    def __init__(self, report: Report, words: Words, typesetter: Typesetter) -> None:
        self.report, self.words = report, words
        self._typesetter = typesetter
        self.pages: list[Page] = []

    def page(self) -> Page:
        page = Page(self._typesetter, self.report.language)
        self.pages.append(page)
        return page

    def headed(self, title: str, headline: str, need: int = HEIGHT) -> Page:
        """What it is and what it says: on this page where `need` fits below, else on the next."""
        page = self.pages[-1]
        if len(self.pages) > 1 and page.y + GAP + HEAD + need <= BOTTOM:
            page.y += GAP
        else:
            page = self.page()
        if headline:
            page.text(title, MARGIN, page.y, 30, colour=ACCENT, bold=True)
            page.y += 50
        page.y += page.text(headline or title, MARGIN, page.y, 44, bold=True, width=ROOM, lines=3) + 30
        return page

    def finish(self) -> bytes:
        foot = f"{self.report.office}　{self.report.title}　{self.report.stamp}"
        for number, page in enumerate(self.pages, start=1):
            page.rule(HEIGHT - MARGIN)
            page.beside(foot, MARGIN, HEIGHT - MARGIN + 34, 22, colour=GREY)
            counted = self.words.text("report.page", n=number, whole=len(self.pages))
            page.beside(counted, WIDTH - MARGIN, HEIGHT - MARGIN + 34, 22, colour=GREY, end=True)
        return pdf_of([page.image for page in self.pages], self.report.title)
