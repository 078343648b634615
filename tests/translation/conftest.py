"""The sample packages, installed once for all tests of this room."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.translation.archive import install
from kiosk.translation.engine import TranslationEngine

PACKAGES = sorted((Path(__file__).parent / "packages").glob("*.argosmodel"))


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of translation packages with all four samples; not to be changed by a test."""
    folder = tmp_path_factory.mktemp("data") / "models" / "translation"
    for package in PACKAGES:
        install(package, folder)
    return folder


@pytest.fixture(scope="session")
def engine(installed: Path) -> TranslationEngine:
    return TranslationEngine(installed)
