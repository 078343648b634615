"""Colours and icons: contrasts as promised, and every icon that is named is shipped."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from kiosk.paths import ASSETS, FLOWS, ROOT
from kiosk.text.icons import icon_mask
from kiosk.ui.theme import CONTRAST, LIGHT, contrast_ratio, rgb

READ = ("ink", "ink2", "accent")


def test_the_measure_itself() -> None:
    assert contrast_ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast_ratio("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert rgb("#0F4C68") == (15, 76, 104)


@pytest.mark.parametrize("theme", [LIGHT, CONTRAST], ids=["light", "contrast"])
@pytest.mark.parametrize("ground", ["ground", "surface", "tint"])
@pytest.mark.parametrize("ink", READ)
def test_what_must_be_read_has_seven_to_one(theme: dict[str, str], ground: str, ink: str) -> None:
    assert contrast_ratio(theme[ink], theme[ground]) >= 7


@pytest.mark.parametrize("theme", [LIGHT, CONTRAST], ids=["light", "contrast"])
def test_other_contrasts(theme: dict[str, str]) -> None:
    assert contrast_ratio(theme["on_accent"], theme["accent"]) >= 7
    assert contrast_ratio(theme["warm_ink"], theme["warm_bg"]) >= 7
    for edge, ground in (("line", "ground"), ("line", "surface"), ("warm_line", "warm_bg")):
        assert contrast_ratio(theme[edge], theme[ground]) >= 3, edge
    assert contrast_ratio(theme["mute"], theme["ground"]) >= 4.5


def test_both_themes_name_the_same_colours() -> None:
    assert LIGHT.keys() == CONTRAST.keys()


def named_icons() -> set[str]:
    """Every icon that screens, slips or flows name."""
    names = set()
    shipped = {file.stem for file in (ASSETS / "icons").glob("*.png")}
    for file in (ROOT / "kiosk").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        names |= set(re.findall(r"\bicon(?:_after|_mask)?\s*[=(:]\s*\"([a-z0-9-]+)\"", text))
        # Icons are also listed in tables, beside other words: those that are icons anyway.
        names |= set(re.findall(r"\"([a-z]+(?:-[a-z0-9]+)*)\"", text)) & shipped
    for file in FLOWS.rglob("*.toml"):
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        names |= {row["icon"] for row in _tables(data) if row.get("icon")}
    return names


def _tables(data: object) -> list[dict[str, str]]:
    if isinstance(data, dict):
        return [data, *(row for value in data.values() for row in _tables(value))]
    return [row for value in data for row in _tables(value)] if isinstance(data, list) else []


def test_every_icon_named_is_shipped() -> None:
    names = named_icons()
    assert {"arrow-right", "briefcase", "baby", "circle-check"} <= names
    missing = {name for name in names if not (ASSETS / "icons" / f"{name}.png").exists()}
    assert not missing, "add them to assets/make_icons.py and run it"


def test_icons_are_masks_large_enough_for_the_microphone() -> None:
    for file in (ASSETS / "icons").glob("*.png"):
        mask = icon_mask(file.stem, 192)
        assert mask.mode == "L"
        box = mask.getbbox()
        assert box is not None, file.name
        assert max(box[2] - box[0], box[3] - box[1]) > 192 * 0.45, file.name
        middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        assert all(abs(value - 96) < 192 * 0.2 for value in middle), file.name


def test_the_licence_travels_with_the_icons() -> None:
    text = (ASSETS / "icons" / "LICENSE").read_text(encoding="utf-8")
    assert "ISC License" in text
    assert "Cole Bemis" in text


def test_unknown_icon_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        icon_mask("no-such-icon", 32)


def test_colours_are_written_once() -> None:
    """A colour outside the theme would stay the same in high contrast."""
    allowed = {Path("kiosk/ui/theme.py")}
    for file in (ROOT / "kiosk" / "ui").rglob("*.py"):
        if file.relative_to(ROOT) not in allowed:
            found = re.findall(r"#[0-9A-Fa-f]{6}\b", file.read_text(encoding="utf-8"))
            assert not found, f"{file.name}: {json.dumps(found)}"
