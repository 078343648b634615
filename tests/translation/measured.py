"""What an office measured of a package."""

from __future__ import annotations

from datetime import date

from kiosk.translation.quality import Line, Measured


def measured(pair: str, line: Line, version: str = "1.0") -> Measured:
    return Measured(
        pair, (version,), line, 51.5, 200, 'our "own" \\ sentences', "this office", date(2026, 11, 1)
    )
