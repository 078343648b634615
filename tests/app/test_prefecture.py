"""Ten years of a prefecture: what is promised holds, and a broken rule is caught."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.app import prefecture
from kiosk.app.prefecture import costs, day, harder
from kiosk.app.prefecture.books import Found, Rules, Tickets
from kiosk.app.prefecture.plan import LETTERS, Plan, busy, days_of, letter_of, letters_needed, offices_of
from kiosk.app.prefecture.years import Years
from kiosk.core.ticket import Ticket
from kiosk.core.waiting import Pick, pick
from kiosk.store.pg.trial import why_not

SMALL = Plan(towns=12, tablets=38, years=2, pool=12, big_events=6)
HARD = replace(harder(SMALL), town_events=25, lost=3.0, pack_late=1.0)
"""More events than there are, that two years show what ten do."""
SEEDS = (1, 2, 3)


def years(plan: Plan, **broken: Any) -> Found:
    return Years(plan, replace(Rules(), **broken)).run()


# The plan


def test_every_tablet_has_its_place_and_every_town_its_office() -> None:
    plan = Plan()
    offices = offices_of(plan)
    tablets = [tablet for office in offices for tablet in (*office.kiosks, *office.outreach)]
    assert sorted(tablet.index for tablet in tablets) == list(range(300))
    assert sorted(town for office in offices for town in office.towns) == list(range(77))
    assert [len(office.towns) for office in offices if len(office.towns) > 1] == [3]
    assert offices[0].sites > 1
    assert sum(office.share for office in offices) == pytest.approx(1)


def test_no_letter_is_given_twice_at_a_site() -> None:
    for office in offices_of(Plan()):
        for site in range(office.sites):
            here = [tablet for tablet in (*office.kiosks, *office.outreach) if tablet.site == site]
            letters = [letter_of(tablet) for tablet in here]
            assert len(set(letters)) == len(letters)
            assert all(0 <= letter < LETTERS for letter in letters)
        assert letters_needed(office) <= LETTERS


def test_a_site_with_more_machines_than_letters_is_refused() -> None:
    with pytest.raises(ValueError, match="two sites"):
        offices_of(replace(Plan(), tablets=2_000))
    with pytest.raises(ValueError, match="one for events"):
        offices_of(replace(Plan(), tablets=100))


def test_counters_are_closed_on_holidays_and_busy_in_april() -> None:
    plan = Plan()
    assert busy(plan, date(2027, 5, 3)) == 0  # Constitution Day, a Monday.
    assert busy(plan, date(2028, 12, 29)) == 0
    assert busy(plan, date(2027, 5, 8)) == 0  # A Saturday.
    assert busy(plan, date(2028, 4, 10)) > busy(plan, date(2028, 8, 7)) > 0
    assert busy(plan, date(2036, 4, 7)) > 1.4 * busy(plan, date(2027, 4, 5))


def test_a_town_has_as_many_consultations_as_counted() -> None:
    plan = replace(SMALL, growth=0, big_events=0, town_events=0)
    open_days = sum(busy(plan, one) > 0 for one in days_of(plan))
    assert years(plan).issued / open_days / plan.towns == pytest.approx(plan.a_day, rel=0.03)


# What is promised


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("plan", [SMALL, HARD], ids=["usual", "hard"])
def test_every_acknowledged_ticket_is_in_one_place(plan: Plan, seed: int) -> None:
    found = years(replace(plan, seed=seed))
    assert found.issued > 50_000
    assert (found.vanished, found.doubled, found.clashes) == (0, 0, 0)
    assert found.rows + found.kept + found.lost + found.late == found.issued


def test_hard_years_are_hard() -> None:
    found = years(HARD)
    happened = (
        found.losses_with_tickets, found.lost, found.late, found.twice, found.packs_again, found.packs_broken,
        found.packs_future, found.merges_cut, found.wrong_clocks, found.cuts, found.aways,
    )  # fmt: skip
    assert all(happened), happened
    assert found.worst_loss_days <= 2


def test_the_same_plan_gives_the_same_years() -> None:
    assert years(HARD) == years(HARD)
    assert years(HARD) != years(replace(HARD, seed=9))


# What would break it


def overwrite(kept: Tickets, came: Iterable[int]) -> None:
    kept.clear()
    kept.update((ticket, 1) for ticket in came)


def add_again(kept: Tickets, came: Iterable[int]) -> None:
    for ticket in came:
        kept[ticket] = kept.get(ticket, 0) + 1


def test_a_merge_that_overwrites_loses_tickets() -> None:
    assert years(HARD, merge=overwrite).vanished > 0


def test_a_merge_that_adds_again_counts_twice() -> None:
    assert years(HARD, merge=add_again).doubled > 0


def test_acknowledging_before_the_flush_loses_tickets() -> None:
    assert years(HARD, flush_first=False).vanished > 0


def test_wiping_before_the_receipt_loses_tickets() -> None:
    assert years(HARD, receipt_first=False).vanished > 0


def test_taking_erased_days_over_again_counts_twice() -> None:
    assert years(HARD, refuse_past=False).doubled > 0


def test_one_letter_for_all_gives_a_number_twice() -> None:
    assert years(HARD, letter=lambda _: 0).clashes > 0


def test_without_a_copy_an_office_of_one_machine_loses_all_its_days() -> None:
    with_copy, without = years(HARD), years(HARD, nightly_copy=False)
    assert without.lost > with_copy.lost
    assert without.worst_loss_days > 30 > with_copy.worst_loss_days


# A day


@pytest.mark.parametrize("counters", [3, 6, 9])
def test_nobody_is_left_behind(counters: int) -> None:
    waits = day.usual(120, counters, 4)
    assert not day.left_behind(waits)


def test_more_counters_wait_less() -> None:
    waits = [day.usual(120, counters, 4).mean for counters in (4, 5, 7, 9)]
    assert waits == sorted(waits, reverse=True)
    enough = day.counters_for(120, 4)
    assert day.usual(120, enough, 4).p95 <= day.PATIENCE < day.usual(120, enough - 1, 4).p95


def language_first(
    tickets: list[Ticket], *, counter: str, languages: tuple[str, ...], now: datetime
) -> Pick | None:
    own = [ticket for ticket in tickets if ticket.language in languages]
    return pick(own, counter=counter, languages=languages, now=now) or pick(
        tickets, counter=counter, languages=languages, now=now
    )


def test_a_queue_that_always_prefers_a_language_is_noticed() -> None:
    assert day.left_behind(day.play(120, 4, 4, picker=language_first))


# What it costs


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> costs.Costs:
    return costs.measure(tmp_path_factory.mktemp("costs"), one_file=(50, 200))


def test_a_ticket_costs_a_flush_a_change(measured: costs.Costs) -> None:
    assert measured.records == 6
    assert measured.ticket_flushes == 6
    assert 6 * 2_000 < measured.ticket_bytes < 6 * 5_000
    assert 2_000 < measured.pack_bytes < measured.ticket_bytes
    assert 100 < measured.row_bytes < 500
    assert 100 < measured.audit_bytes / measured.audit_lines < 500


def test_tinydb_rewrites_its_file(measured: costs.Costs) -> None:
    assert measured.one_file_ms[200] > measured.one_file_ms[50]
    assert measured.one_file_bytes > 2_000


@pytest.mark.skipif(bool(why_not()), reason=why_not())
def test_a_database_takes_less_than_the_journal(measured: costs.Costs) -> None:
    found = measured.database
    assert found is not None
    assert 2_000 < found.ticket_bytes < measured.ticket_bytes
    assert found.change_ms > 0
    assert found.merge_ms > 0


def test_the_figures_are_told(tmp_path: Path, measured: costs.Costs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prefecture, "Plan", lambda: SMALL)
    monkeypatch.setattr(prefecture, "measure", lambda _: measured)
    monkeypatch.setattr(day, "DAYS", 1)
    figures = prefecture.run(tmp_path)
    assert figures["vanished"] == figures["doubled"] == figures["hard_broken_promises"] == 0
    assert figures["peer_time_ratio"] > 1
    assert figures["busiest_site_tickets"] > 0
