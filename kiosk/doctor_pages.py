"""Whether letters and other A4 pages can be printed, and what to do where they cannot."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from kiosk.doctor_checks import Check, Said

if TYPE_CHECKING:
    from kiosk.settings import Printing

ANSWER_S = 5.0
"""Longest wait for an answer of CUPS."""


def pages(printing: Printing) -> Check:
    """The printer of `[printing] pages`; an office without one is no fault."""
    if printing.pages == "none":
        return Check("pages", True, Said("使わない設定です", "none, as the settings say"))
    if printing.pages == "folder":
        return Check(
            "pages", True, Said("PDF で letters フォルダーに残します", "kept as PDF in the folder letters")
        )
    shown = f"cups {printing.page_printer}".strip()
    cure = _cure(printing.page_printer)
    return Check("pages", cure is None, Said(shown, shown), cure or Said("", ""))


def _cure(queue: str) -> Said | None:
    """What to do first; None where CUPS is ready to print."""
    running = _lpstat("-r")
    if running is None:
        line = "sudo apt-get install cups-client"
        return Said(line, line)
    if "not running" in running or "is running" not in running:
        return Said("CUPS を始める（sudo systemctl start cups）", "start CUPS (sudo systemctl start cups)")
    if not queue:
        default = _lpstat("-d") or ""
        _, found, queue = default.strip().rpartition("destination: ")
        if not found:
            return Said(
                "sudo lpadmin -d 名前（lpstat -a にある名前）か、settings.toml の [printing] page_printer",
                "sudo lpadmin -d NAME (one of lpstat -a), or page_printer under [printing] in settings.toml",
            )
    accepts, prints = _lpstat("-a", queue) or "", _lpstat("-p", queue) or ""
    if not accepts:
        return Said(
            f"{queue} はありません。lpstat -a の名前を [printing] page_printer に書く",
            f"there is no {queue}: write a name of lpstat -a as page_printer under [printing]",
        )
    if "not accepting" in accepts:
        line = f"sudo cupsaccept {queue}"
        return Said(line, line)
    if " disabled " in prints:
        line = f"sudo cupsenable {queue}"
        return Said(line, line)
    return None


def _lpstat(*words: str) -> str | None:
    """What `lpstat` says, in English; empty where it knows nothing, None where it is not installed."""
    try:
        done = subprocess.run(
            ["lpstat", *words],
            capture_output=True,
            timeout=ANSWER_S,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except FileNotFoundError:
        return None
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace")
