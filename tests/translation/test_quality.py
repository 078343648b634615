"""What packages may be used for, and an office's own measurements."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.data.models import read_catalog
from kiosk.translation.packages import Pair
from kiosk.translation.quality import read_quality, standing, write_measured
from tests.translation.measured import measured


def package(source: str, target: str, version: str, *, sample: bool = False) -> Pair:
    return Pair(source, target, version, Path(), sample)


def test_what_ships_names_every_line_with_evidence_and_source() -> None:
    quality = read_quality()
    assert quality.measured
    assert all(row.evidence and row.source and row.date for row in quality.measured)
    assert all(row.chrf == 0 or row.sentences > 0 for row in quality.measured)


def test_unknown_packages_are_hints_and_the_lowest_line_counts() -> None:
    quality = read_quality()
    known, unknown = package("ko", "en", "1.1"), package("ko", "xx", "1.1")
    assert quality.line([known]) == "shown"
    assert quality.line([unknown]) == quality.line([known, unknown]) == "hint"
    assert quality.line([package("ko", "en", "1.0")]) == "hint"
    assert quality.line([package("ko", "en", "1.0", sample=True)]) == "shown"


def test_a_newer_package_has_the_line_of_the_newest_one_before_it(tmp_path: Path) -> None:
    assert read_quality().line([package("ko", "en", "1.10")]) == "shown"
    file = tmp_path / "quality.toml"
    write_measured(file, measured("ko-en", "off", "1.9"))
    assert read_quality(file).line([package("ko", "en", "1.10")]) == "off"
    assert read_quality(file).line([package("ko", "en", "1.8")]) == "shown"


def test_every_package_an_office_can_fetch_has_a_line() -> None:
    """A language with packages on offer would otherwise show its residents no translation."""
    quality = read_quality()
    offered = read_catalog().translation
    assert offered
    unjudged = [m.id for m in offered if quality.of(package(m.from_code, m.to_code, m.version)) is None]
    assert unjudged == []


def test_an_offices_measurement_goes_before_ours_and_is_replaced_by_the_next(tmp_path: Path) -> None:
    file = tmp_path / "quality.toml"
    for line in ("shown", "off"):
        write_measured(file, measured("ko-en", "hint", "9.9"))
        write_measured(file, measured("ko-en", line, "1.1"))
        quality = read_quality(file)
        assert quality.line([package("ko", "en", "1.1")]) == line
        assert quality.of(package("ko", "en", "1.1")) == measured("ko-en", line, "1.1")
    assert file.read_text("utf-8").count("[[package]]") == 2


@pytest.mark.parametrize(("chrf", "line"), [(80.0, "shown"), (45.0, "shown"), (30.0, "hint"), (3.0, "off")])
def test_a_measured_figure_gives_its_line(chrf: float, line: str) -> None:
    assert read_quality().judged(chrf) == line


@pytest.mark.parametrize(
    "text", ["[[package]]\npair = 1", "not toml", '[[package]]\npair = "a"\nline = "no"']
)
def test_a_faulty_file_is_told_by_its_name(tmp_path: Path, text: str) -> None:
    file = tmp_path / "quality.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"quality\.toml"):
        read_quality(file)


def test_the_samples_may_be_shown_and_what_is_not_there_has_no_standing(installed: Path) -> None:
    assert standing("ko", installed) == "shown"
    assert standing("vi", installed) is None
