"""The office's passphrase and its recovery key: how good, how often tried, and what they close.

A passphrase is stretched by Argon2id (RFC 9106), so that each guess costs a thief 64 MiB of memory and a
seventh of a second. The recovery key is 256 random bits on paper, and needs no stretching.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from typing import Any

from kiosk.errors import Trouble
from kiosk.store.sealing import KEY, PrivateKey, decrypt, encrypt, key_from

MEMORY, PASSES, LANES = 64 * 1024, 3, 4
"""KiB, passes and lanes of Argon2id."""
_MOST_MEMORY, _MOST_PASSES, _MOST_LANES = 1 << 20, 16, 16
"""A file put in our place must not fill the memory or hold the console for hours."""
LEAST = 12
"""Characters; a Japanese sentence of so many is as good as an English one of thirty."""
GUESSES = 1e11
"""Guesses a passphrase must stand: at a seventh of a second each, 450 years of one processor core."""
LONGEST_WAIT = 300
"""Seconds between tries, at most."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Letters of a recovery key, without I, L, O and U, which are taken for others."""
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of P-256 (SP 800-186)."""
GROUPS, GROUP = 13, 5
"""Groups of a recovery key, and letters of a group, the last of which checks the others."""


def tidy(passphrase: str) -> bytes:
    """What is stretched: the same however the keyboard wrote it (width, composition), without blanks around
    it."""
    return unicodedata.normalize("NFKC", passphrase).strip().encode("utf-8", "surrogatepass")


def close(passphrase: str, secret: bytes, context: bytes) -> dict[str, Any]:
    """The secret closed with a passphrase, as plain JSON values."""
    salt = os.urandom(16)
    key = _stretched(passphrase, salt, MEMORY, PASSES, LANES)
    return {
        "salt": b64encode(salt).decode(),
        "memory": MEMORY,
        "passes": PASSES,
        "lanes": LANES,
        "closed": b64encode(encrypt(key, secret, context)).decode(),
    }


def open_with(passphrase: str, record: Mapping[str, Any], context: bytes) -> bytes:
    """What `close` closed. Raises Closed; KeyError, TypeError or ValueError where the record is damaged."""
    memory, passes, lanes = (int(record[name]) for name in ("memory", "passes", "lanes"))
    if memory > _MOST_MEMORY or not 0 < passes <= _MOST_PASSES or not 0 < lanes <= _MOST_LANES:
        raise ValueError("no such stretching")
    key = _stretched(passphrase, b64decode(record["salt"], validate=True), memory, passes, lanes)
    return decrypt(key, b64decode(record["closed"], validate=True), context)


def _stretched(passphrase: str, salt: bytes, memory: int, passes: int, lanes: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(salt=salt, length=KEY, iterations=passes, lanes=lanes, memory_cost=memory)
    return kdf.derive(tidy(passphrase))


def check_strength(passphrase: str, known: Iterable[str] = ()) -> None:
    """Raise Trouble where it could be guessed: `trouble.passphrase_weak_…` says what is better.

    `known`: words a thief would try first, such as the office's name. Guesses are estimated by zxcvbn.
    """
    from zxcvbn import zxcvbn  # type: ignore[import-untyped]

    text = tidy(passphrase).decode("utf-8", "replace")
    if len(text) < LEAST:
        raise Trouble("trouble.passphrase_weak_short", least=LEAST)
    # It answers for 72 characters; what stands behind them only makes a passphrase better.
    found = zxcvbn(text[:72], [word for word in known if word])
    if float(found["guesses"]) >= GUESSES:
        return
    patterns = {str(part["pattern"]) for part in found["sequence"]}
    for pattern, reason in _REASONS.items():
        if pattern in patterns:
            raise Trouble(f"trouble.passphrase_weak_{reason}")
    raise Trouble("trouble.passphrase_weak_common")


_REASONS = {"repeat": "repeat", "sequence": "sequence", "spatial": "sequence", "date": "date"}
"""What zxcvbn found in it → the advice."""


def wait_after(wrong: int) -> int:
    """Seconds until the next try after so many wrong ones: 1, 2, 4 … 300."""
    return min(LONGEST_WAIT, 1 << min(wrong - 1, 16)) if wrong > 0 else 0


def recovery_text(key: bytes) -> str:
    """A recovery key of 32 bytes for paper: 13 groups of five letters, the last of each its check."""
    number = int.from_bytes(key, "big") << (GROUPS * (GROUP - 1) * 5 - KEY * 8)
    letters = [ALPHABET[number >> shift & 31] for shift in range((GROUPS * (GROUP - 1) - 1) * 5, -1, -5)]
    groups = ["".join(letters[start : start + GROUP - 1]) for start in range(0, len(letters), GROUP - 1)]
    return "-".join(group + _check(place, group) for place, group in enumerate(groups, start=1))


def recovery_key(text: str) -> bytes:
    """The key of a text read from paper or scanned; case, blanks and look-alikes do not matter.

    Raises Trouble: `trouble.recovery_length`, or `trouble.recovery_group` with the group that is wrong.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    letters = "".join(sign for sign in plain if sign.isalnum()).translate(_ALIKE)
    if len(letters) != GROUPS * GROUP:
        raise Trouble("trouble.recovery_length", n=GROUPS * GROUP, given=len(letters))
    number = 0
    for place in range(1, GROUPS + 1):
        group = letters[(place - 1) * GROUP : place * GROUP]
        if not set(group) <= set(ALPHABET) or _check(place, group[:-1]) != group[-1]:
            raise Trouble("trouble.recovery_group", n=place)
        for letter in group[:-1]:
            number = number << 5 | ALPHABET.index(letter)
    spare = GROUPS * (GROUP - 1) * 5 - KEY * 8
    if number & ((1 << spare) - 1):
        raise Trouble("trouble.recovery_group", n=GROUPS)
    return (number >> spare).to_bytes(KEY, "big")


def _check(place: int, letters: str) -> str:
    """One letter that depends on the group's letters and its place: swapped groups are noticed as well."""
    return ALPHABET[hashlib.sha256(f"{place} {letters}".encode()).digest()[0] & 31]


def office_key(recovery: bytes) -> PrivateKey:
    """The office's private key, which follows from its recovery key: the paper opens the office even where
    every file beside the tickets is lost (FIPS 186-5, A.2.1: 384 bits, reduced)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    wide = HKDF(SHA256(), 48, salt=None, info=b"madoguchi recovery 1").derive(recovery)
    return key_from((int.from_bytes(wide, "big") % (_ORDER - 1) + 1).to_bytes(KEY, "big"))
