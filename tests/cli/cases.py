"""Cases as a file tells them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

Case = Callable[[object], Path]
PLAIN = {"language": "vi", "topic": "work"}
FULL = PLAIN | {
    "caller": "family",
    "answers": {"matter": "wages"},
    "narrative": "Công ty chưa trả lương.",
}
