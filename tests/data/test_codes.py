"""Lists of the consultation record: sound as shipped, every fault told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk.core.codes import offered
from kiosk.data.codes import NATIONALITIES, STATUSES, read_codes


@pytest.mark.parametrize("name", [STATUSES, NATIONALITIES])
def test_the_lists_as_shipped_are_sound(name: str) -> None:
    found = read_codes(name)
    assert found.faults == ()
    assert all(code.ja and code.en for code in found.codes)
    often = [code.often for code in found.codes]
    assert often == sorted(often, reverse=True)


def test_nationalities_are_iso_codes() -> None:
    ids = [code.id for code in read_codes(NATIONALITIES).codes]
    assert len(ids) == len(set(ids)) > 200
    assert all(len(one) == 2 and one.isupper() for one in ids if one != "other")


def test_skill_development_can_be_chosen_from_april_2027() -> None:
    statuses = read_codes(STATUSES).codes
    assert "skill_development" not in [one.id for one in offered(statuses, "育成", date(2027, 3, 31))]
    assert [one.id for one in offered(statuses, "育成", date(2027, 4, 1))] == ["skill_development"]
    assert "technical_intern" in [one.id for one in offered(statuses, "技能実習", date(2028, 1, 1))]


def test_a_faulty_row_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / STATUSES).write_text(
        'often = ["gone", "a"]\ncode = [{ id = "a", ja = "あ", en = "A" }, { id = "a", ja = "い", en = "B" },'
        ' { id = "b", ja = "う", en = "C", from = "soon" }, { ja = "え", en = "D" }]\n',
        encoding="utf-8",
    )
    found = read_codes(STATUSES, tmp_path)
    assert [(code.id, code.ja) for code in found.codes] == [("a", "あ")]
    assert len(found.faults) >= 4


@pytest.mark.parametrize("text", ["", "code = 3", "code = [", "often = 3", "\x00"])
def test_a_broken_file_is_told_and_empty(tmp_path: Path, text: str) -> None:
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / STATUSES).write_text(text, encoding="utf-8")
    assert read_codes(STATUSES, tmp_path).codes == ()
