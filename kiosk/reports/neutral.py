"""Text that a spreadsheet takes as text: no formulas, no control characters, no longer than a cell."""

from __future__ import annotations

import re

LONGEST = 32767
"""Characters a spreadsheet's cell holds, counted as it counts them: in UTF-16 units."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What begins a formula or a command, also in the wide letters of a Japanese keyboard."""
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
"""Characters no cell may hold, and those that turn the direction of what is read."""
_CUT = "…"


def plain(text: str) -> str:
    """Without control characters, halves of characters, or what is too long; line ends as one sign."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub("", text).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _short(text, LONGEST)


def neutral(text: str) -> str:
    """The same where a program reads it that looks for formulas in text, as one does that opens a CSV: an
    apostrophe stands before one. A leading blank does not hide it."""
    begun = text.replace("\r\n", "\n")
    found = plain(text)
    if begun.startswith(("\t", "\r")) or found.lstrip(" \n\u3000\xa0").startswith(FORMULA):
        return _short("'" + found, LONGEST)
    return found


def _short(text: str, most: int) -> str:
    """At most so many UTF-16 units, cut between characters."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * most:
        return text
    kept = units[: 2 * (most - 1)].decode("utf-16-le", "ignore")
    return kept + _CUT
