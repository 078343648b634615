"""What a kiosk or a desk asks a ticket for, and the ticket made of it, alike in every store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from kiosk.core.changes import refer
from kiosk.core.ticket import Content, Period, State, Ticket
from kiosk.errors import Trouble


@dataclass(frozen=True)
class New:
    """See TicketStore.issue."""

    content: Content
    language: str
    at: datetime
    referred: bool
    lane: str
    due: datetime | None

    def ticket(self, ticket_id: str, number: str, day: date, site: str) -> Ticket:
        """The ticket, without stamps."""
        made = Ticket(
            id=ticket_id,
            number=number,
            day=day,
            language=self.language,
            periods=(Period(State.WAITING, self.at),),
            content=self.content,
            lane=self.lane,
            first=self.content.sensitive or self.content.first,
            due=self.due,
            site=site,
        )
        return refer(made, self.at) if self.referred else made


class Issues(Protocol):
    """A store that issues what it is asked for."""

    refuses: Trouble | None = None
    """Why no tickets are issued; None where they are."""

    def issue_new(self, new: New) -> Ticket:
        """The ticket, on disk. Raises Trouble."""
        ...

    def issue(
        self,
        content: Content,
        *,
        language: str,
        at: datetime,
        referred: bool = False,
        lane: str = "",
        due: datetime | None = None,
    ) -> Ticket:
        """See TicketStore."""
        if self.refuses is not None:
            raise self.refuses
        return self.issue_new(New(content, language, at, referred, lane, due))
