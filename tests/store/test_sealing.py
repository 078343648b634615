"""What is closed stays closed to everybody else, and says nothing by accident."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.errors import Trouble
from kiosk.store import passphrase, sealing
from kiosk.store.sealing import Closed, sealed_from
from tests.store.samples import told

KEY, OTHER = sealing.new_key(), sealing.new_key()
TEXT = "暴力 임금 ကူညီပါ".encode()


@given(st.binary(max_size=3000), st.binary(max_size=40))
@settings(max_examples=60, deadline=None)
def test_what_is_sealed_comes_back(text: bytes, context: bytes) -> None:
    sealed = sealing.seal(KEY.public, text, context)
    assert sealing.unseal(KEY, sealed_from(sealed.record()), context).rstrip() == text.rstrip()
    assert len(sealing.unseal(KEY, sealed, context)) % 256 == 0


def test_it_opens_with_its_key_and_for_its_ticket_only() -> None:
    sealed = sealing.seal(KEY.public, TEXT, b"one")
    for private, context in ((OTHER, b"one"), (KEY, b"two"), (KEY, b"")):
        with pytest.raises(Closed):
            sealing.unseal(private, sealed, context)
    twin = sealing.seal(KEY.public, TEXT, b"one")
    assert (twin.key, twin.data) != (sealed.key, sealed.data), "the same words never look the same"
    for mixed in (replace(sealed, key=twin.key), replace(sealed, data=twin.data)):
        with pytest.raises(Closed):
            sealing.unseal(KEY, mixed, b"one")


def test_every_changed_or_missing_byte_is_refused() -> None:
    sealed = sealing.seal(KEY.public, TEXT, b"one", block=32)
    for name in ("key", "data"):
        whole = getattr(sealed, name)
        spoiled = [bytes([*whole[:n], whole[n] ^ 1, *whole[n + 1 :]]) for n in range(len(whole))]
        for bad in (*spoiled, whole[:-1], whole[1:], b"", whole + b"\x00"):
            with pytest.raises(Closed):
                sealing.unseal(KEY, replace(sealed, **{name: bad}), b"one")


def test_a_record_that_is_none_is_refused() -> None:
    record = sealing.seal(KEY.public, TEXT, b"one").record()
    for bad in (
        {},
        {**record, "key": "?"},
        {**record, "data": ""},
        {**record, "to": 5},
        {**record, "key": 5},
    ):
        with pytest.raises((KeyError, TypeError, ValueError)):
            sealed_from(bad)


def test_keys_are_never_shown() -> None:
    sealed = sealing.seal(KEY.public, TEXT, b"one")
    assert KEY.secret.hex() not in repr(KEY)
    assert "key=" not in repr(sealed)
    with pytest.raises(Closed) as refused:
        sealing.unseal(OTHER, sealed, b"one")
    assert refused.value.args == ()
    assert refused.value.__suppress_context__


@pytest.mark.parametrize("bad", [b"", b"\x00" * 32, b"\xff" * 32, b"x" * 31])
def test_a_secret_that_is_no_key_is_refused(bad: bytes) -> None:
    with pytest.raises(Closed):
        sealing.key_from(bad)
    assert not sealing.is_public(bad)


def test_a_passphrase_opens_however_it_was_typed() -> None:
    closed = passphrase.close("みなと が 見える 丘 2026", b"secret", b"office")
    assert passphrase.open_with("  みなと が 見える 丘 ２０２６ ", closed, b"office") == b"secret"
    for words, context in (("みなと が 見える 丘 2027", b"office"), ("みなと が 見える 丘 2026", b"other")):
        with pytest.raises(Closed):
            passphrase.open_with(words, closed, context)
    with pytest.raises(ValueError, match="stretching"):
        passphrase.open_with("x", {**closed, "memory": 1 << 30}, b"office")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("short", "short"),
        ("ああああああああああああああ", "repeat"),
        ("abcdefghijklmnop", "sequence"),
        ("2026-07-28 2026-07-29", "date"),
        ("password password1", "common"),
        ("あおば市 外国人相談窓口", "common"),
    ],
)
def test_a_weak_passphrase_is_told_why(words: str, reason: str) -> None:
    with told(f"trouble.passphrase_weak_{reason}"):
        passphrase.check_strength(words, ["あおば市 外国人相談窓口"])


@pytest.mark.parametrize(
    "words", ["purple turtle lamp 94 river", "さくらの丘から海と山が見える", "kW7-ß9 Qz!v4m"]
)
def test_a_good_passphrase_passes(words: str) -> None:
    passphrase.check_strength(words)


@given(st.binary(min_size=32, max_size=32))
def test_a_recovery_key_is_read_back_from_paper(key: bytes) -> None:
    text = passphrase.recovery_text(key)
    assert passphrase.recovery_key(text) == key
    assert passphrase.recovery_key(text.lower().replace("-", "  ").replace("0", "o").replace("1", "l")) == key


def test_a_mistyped_recovery_key_names_the_group() -> None:
    text = passphrase.recovery_text(bytes(range(32)))
    groups = text.split("-")
    noticed = 0
    for place, group in enumerate(groups):
        for other in "23456789":
            if other == group[2]:
                continue
            wrong = [*groups[:place], group[:2] + other + group[3:], *groups[place + 1 :]]
            try:
                assert passphrase.recovery_key("-".join(wrong)) != bytes(range(32))
            except Trouble as trouble:
                noticed += (trouble.key, trouble.details) == ("trouble.recovery_group", {"n": place + 1})
    assert noticed > 13 * 6
    with told("trouble.recovery_length"):
        passphrase.recovery_key(text[:-1])
    with told("trouble.recovery_group"):
        passphrase.recovery_key("-".join([groups[1], groups[0], *groups[2:]]))


def test_the_office_key_follows_from_the_paper() -> None:
    key = os.urandom(32)
    assert passphrase.office_key(key).public == passphrase.office_key(key).public
    assert passphrase.office_key(key).public != passphrase.office_key(os.urandom(32)).public
