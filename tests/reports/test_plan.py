"""What reports count, as an office may write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.data.flows import read_flows
from kiosk.data.statistics import read_statistics, uncounted


def test_what_is_shipped_is_sound_and_names_all_topics_of_the_flows() -> None:
    found = read_statistics()
    assert found.faults == ()
    assert list(uncounted(found.plan, read_flows())) == []
    assert found.plan.least == 5


def test_an_office_replaces_lists_and_adds_topics(tmp_path: Path) -> None:
    own = tmp_path / "statistics.toml"
    own.write_text(
        'least = 10\ntables = ["local", "language*hour"]\n'
        '[[topic]]\ncode = "garbage"\nnational = "general_procedures"\nname_ja = "ごみ"\n',
        encoding="utf-8",
    )
    found = read_statistics(own=own)
    assert found.faults == ()
    assert (found.plan.least, found.plan.tables) == (10, ("local", "language*hour"))
    assert found.plan.national["garbage"] == "general_procedures"
    assert found.plan.national["tax"] == "tax"
    assert found.plan.names["garbage"]["ja"] == "ごみ"
    assert found.plan.share == read_statistics().plan.share


@pytest.mark.parametrize(
    ("written", "key", "said"),
    [
        ("least = 2", "statistics.least", "3 to 100"),
        ('tables = ["colour"]', "tables", "colour is no table"),
        ('tables = ["topic*topic"]', "tables", "no table"),
        ('tables = ["topic", "topic"]', "tables", "twice"),
        ('tables = ["local*language"]', "tables", "topic instead of local"),
        ('share = ["nationality"]', "share", "may not be shared"),
        ('share = ["topic*status"]', "share", "may not be shared"),
        ('colour = "red"', "colour", "no such key"),
        ('[[topic]]\ncode = "x"\nnational = "y"', "topic x.national", "no national topic"),
        ('[[topic]]\ncode = "X Y"\nnational = "tax"', "topic X Y.code", "small letters"),
        ("least = ", "TOML", "cannot be read"),
    ],
)
def test_what_is_wrong_is_named_with_its_cure(tmp_path: Path, written: str, key: str, said: str) -> None:
    own = tmp_path / "statistics.toml"
    own.write_text(written, encoding="utf-8")
    found = read_statistics(own=own)
    assert [(fault.file, fault.key) for fault in found.faults] == [(own, key)]
    assert said in found.faults[0].message
    assert found.plan.national == read_statistics().plan.national
    assert found.plan.least == 5
