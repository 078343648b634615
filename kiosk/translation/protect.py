"""Telephone and other long numbers kept out of the models' hands.

Models copy a short number well and a long one badly. So each long one is sent as a four-digit stand-in and
put back afterwards; if a stand-in does not come back exactly once, the check on numbers refuses the sentence.
"""

from __future__ import annotations

import re

_LONG = re.compile(r"(?<![0-9A-Za-z.])\+?[0-9](?:[-–]?[0-9]){6,}(?![0-9A-Za-z])")
_STAND_INS = ("7001", "7002", "7003", "7004", "7005")


def hide(sentence: str) -> tuple[str, dict[str, str]]:
    """The sentence with stand-ins, and what each stands for. A sentence with too many stays as it is."""
    found = list(dict.fromkeys(match.group() for match in _LONG.finditer(sentence)))
    free = [number for number in _STAND_INS if number not in sentence]
    if not found or len(found) > len(free):
        return sentence, {}
    hidden = dict(zip(free, found, strict=False))
    numbers = {number: stand_in for stand_in, number in hidden.items()}
    return _LONG.sub(lambda match: numbers[match.group()], sentence), hidden


def restore(output: str, hidden: dict[str, str]) -> str:
    """Put the long numbers back. A stand-in lost or doubled stays visible to the check on numbers."""
    for stand_in, number in hidden.items():
        if output.count(stand_in) == 1:
            output = output.replace(stand_in, number)
    return output
