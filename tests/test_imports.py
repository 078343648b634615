"""Imports go one way: the rule of the house, read from the source."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

KIOSK = Path(__file__).parent.parent / "kiosk"
TESTS = Path(__file__).parent
COMMON = {"errors", "paths", "core"}
MAY = {
    "core": {"core"},
    "errors": set(),
    "paths": set(),
    "settings": set(),
    "workers": {"errors", "workers"},
    "display_server": {"errors"},
    "data": {*COMMON, "data"},
    "store": {*COMMON, "store"},
    "speech": {*COMMON, "speech", "workers"},
    "translation": {*COMMON, "translation", "workers"},
    "text": {*COMMON, "text"},
    "printing": {*COMMON, "printing", "text"},
    "reports": {*COMMON, "reports", "text"},
    "ui": {*COMMON, "ui", "text", "data", "settings", "workers", "reports"},
}
ABOVE = {
    "app",
    "cli",
    "doctor",
    "doctor_checks",
    "doctor_engines",
    "doctor_office",
    "doctor_pages",
    "__init__",
    "__main__",
}
"""They know every room."""
DATA_FOR_SCREENS = {
    "kiosk.data.catalogue", "kiosk.data.languages", "kiosk.data.keyboards", "kiosk.data.spoken",
}  # fmt: skip
REPORTS_FOR_SCREENS = "kiosk.reports.model"
"""What a report is, in plain values; how one is counted and written is no page's affair."""
HEAVY = {
    "vosk", "argostranslate", "ctranslate2", "sentencepiece", "icu4py", "budoux", "escpos", "pyopenjtalk",
    "sounddevice", "numpy", "PIL", "segno", "openpyxl", "polib", "jpholiday", "soxr", "tinydb", "psycopg",
}  # fmt: skip


def modules() -> list[Path]:
    return sorted(KIOSK.rglob("*.py"))


def imported(tree: ast.AST) -> list[tuple[str, ast.AST]]:
    """Every module named by an import, relative ones refused elsewhere by ruff's absence of them."""
    found: list[tuple[str, ast.AST]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, node) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "write imports in full"
            found += [(f"{node.module}.{alias.name}", node) for alias in node.names]
    return found


@pytest.mark.parametrize("module", modules(), ids=lambda path: str(path.relative_to(KIOSK)))
def test_a_room_imports_only_what_it_may(module: Path) -> None:
    room = module.relative_to(KIOSK).parts[0].removesuffix(".py")
    if room not in MAY:
        assert room in ABOVE, f"{room} is in no list of rooms"
        return
    for name, _ in imported(ast.parse(module.read_text(encoding="utf-8"))):
        parts = name.split(".")
        if parts[0] == "kiosk" and len(parts) > 1:
            assert parts[1] in MAY[room], f"{module.name} imports {name}"
            if room == "ui" and parts[1] == "data":
                assert any(name.startswith(allowed) for allowed in DATA_FOR_SCREENS), name
            if room == "ui" and parts[1] == "reports":
                assert name.startswith(REPORTS_FOR_SCREENS), name
        elif room == "core":
            assert parts[0] in sys.stdlib_module_names, f"core imports {name}"


@pytest.mark.parametrize("module", modules(), ids=lambda path: str(path.relative_to(KIOSK)))
def test_heavy_modules_are_imported_where_they_are_used(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    for node in tree.body:  # only the top level runs at import
        for name, _ in imported(node) if isinstance(node, ast.Import | ast.ImportFrom) else []:
            assert name.split(".")[0] not in HEAVY, f"{module.name} imports {name} at the top"


def test_no_test_takes_anything_from_another_test_module() -> None:
    """What tests share lies beside them: a test module may move without breaking another."""
    taken = [
        f"{module.relative_to(TESTS)}: {name}"
        for module in sorted(TESTS.rglob("*.py"))
        for name, _ in imported(ast.parse(module.read_text(encoding="utf-8")))
        if name.startswith("tests.") and any(part.startswith("test_") for part in name.split("."))
    ]
    assert taken == []
