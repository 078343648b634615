"""A plan on paper for a prefecture, played through: ten years of 77 towns with 300 tablets.

`plan` lays it out, `years` plays it, `day` looks at one busy day, `costs` measures what a ticket costs here.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kiosk.app.prefecture.books import Found
from kiosk.app.prefecture.costs import Costs, measure
from kiosk.app.prefecture.day import counters_for, left_behind, usual
from kiosk.app.prefecture.plan import Plan, letters_needed, offices_of
from kiosk.app.prefecture.years import Years

FLASH = 32e9
"""Bytes of a tablet's eMMC; assumed."""
CYCLES = 1_000
"""Times the whole of it can be written (3D TLC; makers name 1,000 to 3,000); assumed."""
AMPLIFICATION = 4
"""Bytes the flash writes for one that the system writes; assumed, and bad."""
FLUSH = 4 * 4096
"""Bytes a flush writes besides the data: the rest of its page, and the file system's own journal; assumed."""
MB, GB = 1e6, 1e9
HARDER = 10

Figures = dict[str, float]


def run(folder: Path) -> Figures:
    """Everything of the plan as figures, `folder` being empty. About a minute."""
    plan = Plan()
    costs = measure(folder)
    years = Years(plan)
    found = years.run()
    return (
        _laid_out(plan)
        | _kept(found)
        | _hard_years(plan)
        | _disk(plan, found, costs)
        | _office(found, costs)
        | _one_file(plan, found, costs)
        | _waits(found, plan.seed)
    )


def harder(plan: Plan) -> Plan:
    """The same years with bad luck: a hundred times as many lost tablets, ten times as much of the rest."""
    return replace(
        plan,
        lost=plan.lost * HARDER**2,
        cuts=plan.cuts * HARDER,
        event_cuts=plan.event_cuts * HARDER,
        away=plan.away * HARDER,
        wrong_clock=plan.wrong_clock * HARDER,
        pack_forgotten=plan.pack_forgotten * HARDER,
        pack_broken=plan.pack_broken * HARDER,
        merge_cut=plan.merge_cut * HARDER,
    )


def broken(found: Found) -> int:
    """Tickets of which a promise was not kept: 0 unless a rule of the program is broken."""
    return found.vanished + found.doubled + found.clashes


def _laid_out(plan: Plan) -> Figures:
    offices = offices_of(plan)
    return {
        "towns": plan.towns,
        "tablets": plan.tablets,
        "years": plan.years,
        "offices": len(offices),
        "offices_with_database": sum(office.database for office in offices),
        "sites": sum(office.sites for office in offices),
        "letters_at_one_site": max(map(letters_needed, offices)),
    }


def _kept(found: Found) -> Figures:
    return {
        "tickets": found.issued,
        "tickets_erased_with_row": found.rows,
        "tickets_kept_at_end": found.kept,
        "tickets_lost_with_tablet": found.lost,
        "tickets_erased_on_late_tablet": found.late,
        "vanished": found.vanished,
        "doubled": found.doubled,
        "number_twice_in_hall": found.clashes,
        "number_twice_in_books": found.twice,
        "power_cuts": found.cuts,
        "database_away": found.aways,
        "clocks_wrong": found.wrong_clocks,
        "tablets_lost": found.losses,
        "tablets_lost_with_tickets": found.losses_with_tickets,
        "events": found.events,
        "packs_taken": found.packs,
        "packs_taken_again": found.packs_again,
        "packs_refused_broken": found.packs_broken,
        "packs_refused_future": found.packs_future,
        "merges_cut_off": found.merges_cut,
    }


def _hard_years(plan: Plan) -> Figures:
    """What is at risk, seen more clearly: with usual luck a tablet is seldom lost with tickets on it."""
    found = Years(harder(plan)).run()
    return {
        "hard_tickets": found.issued,
        "hard_broken_promises": broken(found),
        "hard_tablets_lost": found.losses,
        "hard_tablets_lost_with_tickets": found.losses_with_tickets,
        "hard_tickets_lost": found.lost,
        "hard_most_lost_at_once": found.worst_loss,
        "hard_days_lost_at_once": found.worst_loss_days,
        "hard_number_twice_in_books": found.twice,
        "hard_tickets_erased_on_late_tablet": found.late,
        "expected_lost_in_all_years": found.lost / HARDER**2,
    }


def _disk(plan: Plan, found: Found, costs: Costs) -> Figures:
    """Of a tablet: the single machine of an office with most to write, and one at events."""
    a_ticket = costs.ticket_bytes + costs.audit_bytes
    flushes = costs.ticket_flushes + costs.audit_flushes
    a_year = max(1.0, found.most_single / plan.years * (a_ticket + flushes * FLUSH) * AMPLIFICATION)
    return {
        "journal_bytes_a_ticket": costs.ticket_bytes,
        "flushes_a_ticket": costs.ticket_flushes,
        "audit_flushes_a_ticket": costs.audit_flushes,
        "change_ms": costs.change_ms,
        "single_tickets_kept": found.most_kept_single,
        "single_journals_mb": found.most_kept_single * costs.ticket_bytes / MB,
        "single_audit_all_years_mb": found.most_single * costs.audit_bytes / MB,
        "single_busiest_day_tickets": found.most_single_day,
        "single_busiest_day_mb": found.most_single_day * a_ticket / MB,
        "single_busiest_day_flushes": found.most_single_day * flushes,
        "single_flash_gb_a_year": a_year / GB,
        "single_flash_lasts_years": FLASH * CYCLES / a_year,
        "event_tablet_tickets": found.most_event_tablet,
        "event_tablet_flushes": found.most_event_tablet * flushes,
        "event_tablet_tickets_unmerged": found.most_waiting,
        "event_tablet_mb_unmerged": found.most_waiting * a_ticket / MB,
    }


def _office(found: Found, costs: Costs) -> Figures:
    """Of the largest office's database, and of all offices together."""
    inside = costs.database
    database = (
        {}
        if inside is None
        else {
            "database_bytes_a_ticket": inside.ticket_bytes,
            "database_change_ms": inside.change_ms,
            "database_merge_ms_a_ticket": inside.merge_ms,
            "database_mb": found.most_kept * inside.ticket_bytes / MB,
            "database_merge_whole_event_s": found.most_event * (costs.merge_ms + inside.merge_ms) / 1000,
        }
    )
    return database | {
        "office_tickets_kept": found.most_kept,
        "rows_all_offices": found.rows,
        "row_bytes": costs.row_bytes,
        "rows_all_offices_mb": found.rows * costs.row_bytes / MB,
        "audit_bytes_a_ticket": costs.audit_bytes,
        "audit_all_offices_gb": found.issued * costs.audit_bytes / GB,
        "event_most_tickets": found.most_event,
        "pack_bytes_a_ticket": costs.pack_bytes,
        "merge_ms_a_ticket": costs.merge_ms,
        "merge_most_at_once": found.most_merged,
        "merge_most_at_once_s": found.most_merged * costs.merge_ms / 1000,
        "merge_whole_event_s": found.most_event * costs.merge_ms / 1000,
        "pack_whole_event_mb": found.most_event * costs.pack_bytes / MB,
    }


def _one_file(plan: Plan, found: Found, costs: Costs) -> Figures:
    """The peer: the same years with TinyDB's JSON file at each office, which every change writes anew."""
    ours, theirs = found.changes * costs.change_ms, found.changes_times_kept * costs.one_file_slope
    single = found.single_times_kept * costs.one_file_bytes
    flushes = found.most_single * costs.records * FLUSH
    journal = max(1.0, found.most_single * costs.ticket_bytes)
    a_year = max(1.0, (single + flushes) / plan.years * AMPLIFICATION)
    return {f"peer_change_{kept}_ms": took for kept, took in sorted(costs.one_file_ms.items())} | {
        "peer_largest_office_change_ms": found.most_kept * costs.one_file_slope,
        "peer_hours_all_years": theirs / 3_600_000,
        "journal_hours_all_years": ours / 3_600_000,
        "peer_time_ratio": theirs / ours,
        "peer_single_written_gb": single / GB,
        "journal_single_written_gb": journal / GB,
        "peer_bytes_ratio": single / journal,
        "peer_flash_lasts_years": FLASH * CYCLES / a_year,
    }


def _waits(found: Found, seed: int) -> Figures:
    """The busiest site's day, a town's day in the first and the last year, and the largest event."""
    count = found.busiest_site
    enough = counters_for(count, seed)
    figures: Figures = {"busiest_site_tickets": count, "busiest_site_counters": enough}
    for label, tickets, counters in (
        *((f"site_{counters}", count, counters) for counters in (enough - 2, enough - 1, enough, enough + 2)),
        *((f"town_{tickets}_{counters}", tickets, counters) for tickets in (10, 25) for counters in (1, 2)),
        ("event", found.most_event, counters_for(found.most_event, seed)),
    ):
        waits = usual(tickets, max(1, counters), seed)
        figures |= {
            f"{label}_counters": waits.counters,
            f"{label}_wait_mean_min": waits.mean,
            f"{label}_wait_p95_min": waits.p95,
            f"{label}_wait_longest_min": waits.longest,
            f"{label}_wait_unspoken_min": waits.unspoken,
            f"{label}_overtaken_min": waits.overtaken,
            f"{label}_guess_off_min": waits.guessed,
            f"{label}_after_doors_min": waits.after,
            f"{label}_left_behind": left_behind(waits),
        }
    return figures
