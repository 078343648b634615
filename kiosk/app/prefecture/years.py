"""Ten years, day by day: every ticket by itself, every power cut, lost tablet, late pack and wrong clock."""

from __future__ import annotations

from kiosk.app.prefecture.books import Found, Rules
from kiosk.app.prefecture.chance import draw_events, draw_losses
from kiosk.app.prefecture.counters import Counters
from kiosk.app.prefecture.outreach import Outreach
from kiosk.app.prefecture.plan import Plan, Tablet, busy, days_of, offices_of
from kiosk.app.prefecture.register import Register

SETTLE = 400
"""Days after the last one in which packs still arrive."""


class Years:
    """`run` once; the same plan gives the same figures on every machine."""

    def __init__(self, plan: Plan, rules: Rules | None = None) -> None:
        self.plan, self.rules = plan, rules or Rules()
        self.offices = offices_of(plan)
        self._register = Register(plan, self.rules, self.offices)
        dice = self._register.dice
        self._losses = draw_losses(plan, self.offices, dice)
        self._events = draw_events(plan, self.offices, dice)
        self._counters = Counters(self._register, self._losses)
        self._outreach = Outreach(self._register)

    def run(self) -> Found:
        last = 0
        for day in days_of(self.plan):
            last = day.toordinal()
            self._outreach.arrive(last)
            self._erase(last)
            times = busy(self.plan, day)
            for office in self.offices:
                if times and office.kiosks:
                    self._counters.day(office, last, times)
            for office, visitors, tablets in self._events.get(last, ()):
                self._outreach.event(office, last, visitors, tablets, self._losses)
            self._outreach.arrive(last)
            for tablet, _ in self._losses.pop(last, {}).values():
                self._lose(tablet)
        for day_after in range(last + 1, last + SETTLE):
            self._outreach.arrive(day_after)
            # The years are over for the offices' books; the tablets' clocks go on.
            self._outreach.erase(self._past(day_after))
        self._register.add_up()
        self._counters.add_up()
        return self._register.found

    def _past(self, day: int) -> int:
        """The day whose time to be kept ends with this one."""
        return day - self.plan.keep_days - 1

    def _erase(self, day: int) -> None:
        self._register.erase(self._past(day))
        self._outreach.erase(self._past(day))

    def _lose(self, tablet: Tablet) -> None:
        register = self._register
        register.found.losses += 1
        register.gone(*self._outreach.lose(tablet))
        if not (self.rules.nightly_copy or tablet.outreach or tablet.office.database):
            register.burn(register.books[tablet.office.index])
        register.given.pop(tablet.index, None)
