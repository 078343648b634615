"""`madoguchi audit` and `madoguchi erase`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.cases import FULL, Case
from tests.cli.conftest import Run


def visited(run: Run, case: Case) -> str:
    ticket = str(run("queue", "add", case(FULL), "--json").json["id"])
    run("--staff", "k03", "queue", "next", "--counter", 1)
    run("queue", "serve", ticket)
    run("queue", "close", ticket, "--note", "労基署を案内")
    return ticket


def test_the_trail_of_a_visit(run: Run, case: Case, tmp_path: Path) -> None:
    assert "empty" in run("audit", "head").out
    ticket = visited(run, case)
    rows = run("audit", "list", "--json").json
    assert [row["action"] for row in rows] == ["call", "serve", "close", "note"]
    assert (rows[0]["staff"], rows[0]["counter"], rows[0]["of"]) == ("k03", "1", ticket)
    told = run("audit", "list", "--month", rows[0]["at"][:7])
    assert told.out.count("\n") == 4
    assert "労基署" not in told.out
    assert run("audit", "list", "--month", "1999-01").out.strip().endswith("None.")
    assert run("audit", "list", "--month", "May").code == 2
    head = run("audit", "head", "--json").json
    assert head == {"n": 4, "hash": rows[-1]["hash"]}
    printed = run("audit", "head").out.splitlines()[0].split(maxsplit=1)[1]
    assert run("audit", "check", "--head", printed).code == 0
    assert run("audit", "check").code == 0
    (path,) = (tmp_path / "data" / "audit").glob("*.log")
    path.write_text("\n".join(path.read_text().splitlines()[:3]) + "\n")
    sound = run("audit", "check")
    assert (sound.code, "audit head" in sound.out) == (0, True), "and it says what it cannot see"
    cut = run("audit", "check", "--head", printed)
    assert cut.code == 1
    path.write_text(path.read_text().replace("k03", "k04"))
    changed = run("audit", "check", "--json")
    assert changed.code == 1
    assert not changed.json["ok"]
    assert changed.json["flaws"] == [
        {"key": "audit.changed", "file": path.name, "line": 1, "first": 0, "last": 0}
    ]
    assert path.name in run("audit", "check").out


def test_erasing_a_ticket_asks_first(run: Run, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = visited(run, case)
    monkeypatch.setattr("typer.confirm", lambda *_args, **_named: (_ for _ in ()).throw(SystemExit(1)))
    assert run("erase", "--ticket", ticket).code == 1
    assert len(run("queue", "list", "--json").json) == 1
    erased = run("--staff", "k03", "erase", "--ticket", ticket, "--yes", "--json")
    assert (erased.code, erased.json["number"]) == (0, "A001")
    assert run("queue", "list", "--json").json == []
    last = run("audit", "list", "--json").json[-1]
    assert (last["action"], last["of"], last["staff"]) == ("erase", ticket, "k03")
    assert run("erase", "--ticket", ticket, "--yes").code == 1


def test_what_cannot_be_erased(run: Run, case: Case) -> None:
    ticket = run("queue", "add", case(FULL), "--json").json["id"]
    waiting = run("erase", "--ticket", ticket, "--yes")
    assert waiting.code == 1
    assert "A001" in waiting.err
    assert run("erase", "--before", "2999-01-01", "--yes").code == 1
    assert run("erase", "--before", "yesterday").code == 2
    assert run("erase").code == 2
    assert run("erase", "--before", "2026-01-01", "--ticket", ticket).code == 2
    assert run("erase", "--before", "2026-01-01", "--yes", "--json").json == {"days": [], "tickets": 0}
    assert len(run("queue", "list", "--json").json) == 1
