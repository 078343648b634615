"""Sealing: whoever holds a public key closes, only who holds its private key opens. No files, no clock.

A text is encrypted with a random key of its own (AES-256-GCM), and that key is wrapped to a public key: P-256
Diffie-Hellman with a pair used once, HKDF-SHA256, AES-GCM (as in NIST SP 800-56C and RFC 5869). What it
belongs to, such as a ticket's id, is bound in as associated data: nothing sealed for one ticket opens as
another's.

Whoever holds the private key may close with it: each text under a key of its own, drawn from the private one
and random salt by HKDF. It opens in a tenth of the time, which a report over a year's tickets is made of.
"""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey

KEY, POINT, NONCE, TAG, SALT = 32, 33, 12, 16, 16
"""Bytes of a key, of a public key in compressed form, of a nonce, of a tag, of salt."""
_ONCE = bytes(NONCE)
"""The nonce under a key that encrypts one message only."""
_INFO = b"madoguchi wrap 1 "
_WITHIN = b"madoguchi within 1 "
LARGEST = 1 << 20
"""Bytes of the longest text; who writes on the disk must not fill the memory."""


class Closed(Exception):
    """It cannot be opened: another key, another place, or not the bytes that were written. Says no more."""


@dataclass(frozen=True)
class Sealed:
    """A sealed text."""

    to: str
    """Mark of the public key it was sealed to: 16 hex digits."""
    key: bytes = field(repr=False)
    """Wrapped to the public key, or the salt where it was closed with the private one."""
    data: bytes = field(repr=False)

    @property
    def within(self) -> bool:
        """Whether it was closed with the private key."""
        return len(self.key) == SALT

    def record(self) -> dict[str, str]:
        """As plain JSON values."""
        return {"to": self.to, "key": b64encode(self.key).decode(), "data": b64encode(self.data).decode()}


def sealed_from(record: Mapping[str, Any]) -> Sealed:
    """Of a record; raises KeyError, TypeError or ValueError where it is damaged."""
    key, data = b64decode(record["key"], validate=True), b64decode(record["data"], validate=True)
    if (
        not isinstance(record["to"], str)
        or len(key) not in (POINT + KEY + TAG, SALT)
        or len(data) < NONCE + TAG
    ):
        raise ValueError("not sealed as written here")
    return Sealed(record["to"], key, data)


@dataclass(frozen=True)
class PrivateKey:
    """Opens what was sealed to its public key. Never shown: not by repr, not in an exception."""

    value: EllipticCurvePrivateKey = field(repr=False)

    @cached_property
    def public(self) -> bytes:
        """In compressed form, 33 bytes."""
        return _compressed(self.value.public_key())

    @cached_property
    def secret(self) -> bytes:
        """The number itself, 32 bytes."""
        return self.value.private_numbers().private_value.to_bytes(KEY, "big")


def new_key() -> PrivateKey:
    from cryptography.hazmat.primitives.asymmetric import ec

    return PrivateKey(ec.generate_private_key(ec.SECP256R1()))


def key_from(secret: bytes) -> PrivateKey:
    """The key of `PrivateKey.secret`. Raises Closed where it is none."""
    from cryptography.hazmat.primitives.asymmetric import ec

    if len(secret) != KEY:
        raise Closed
    try:
        return PrivateKey(ec.derive_private_key(int.from_bytes(secret, "big"), ec.SECP256R1()))
    except ValueError:
        raise Closed from None


def mark_of(public: bytes) -> str:
    """What names a public key: 16 hex digits."""
    return sha256(public).hexdigest()[:16]


def is_public(public: bytes) -> bool:
    """Whether the bytes are a public key."""
    try:
        _point(public)
    except Closed:
        return False
    return True


def wrap(public: bytes, secret: bytes, context: bytes) -> bytes:
    """A short secret, closed to a public key and bound to `context`. Raises Closed where `public` is none."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    once = ec.generate_private_key(ec.SECP256R1())
    sender = _compressed(once.public_key())
    shared = once.exchange(ec.ECDH(), _point(public))
    return sender + AESGCM(_derived(shared, sender + public)).encrypt(_ONCE, secret, context)


def unwrap(private: PrivateKey, wrapped: bytes, context: bytes) -> bytes:
    """What `wrap` closed. Raises Closed."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    sender, closed = wrapped[:POINT], wrapped[POINT:]
    try:
        shared = private.value.exchange(ec.ECDH(), _read_point(sender))
        kek = _derived(shared, sender + private.public)
        return AESGCM(kek).decrypt(_ONCE, closed, context)
    except (InvalidTag, ValueError):
        raise Closed from None


def seal(public: bytes, text: bytes, context: bytes, block: int = 256) -> Sealed:
    """The text sealed to a public key and bound to `context`.

    Filled up with blanks to a multiple of `block` bytes, so that its length does not tell how much was said.
    """
    key = os.urandom(KEY)
    data = encrypt(key, _filled(text, block), context)
    return Sealed(mark_of(public), wrap(public, key, context), data)


def seal_within(private: PrivateKey, text: bytes, context: bytes, block: int = 256) -> Sealed:
    """The same by whoever holds the private key."""
    salt = os.urandom(SALT)
    data = encrypt(_drawn(private, salt), _filled(text, block), context)
    return Sealed(mark_of(private.public), salt, data)


def _filled(text: bytes, block: int) -> bytes:
    if len(text) > LARGEST:
        raise ValueError("too long to be sealed")
    return text.ljust(-(-len(text) // block) * block)


def unseal(private: PrivateKey, sealed: Sealed, context: bytes) -> bytes:
    """The text, with the blanks behind it. Raises Closed."""
    if sealed.within:
        return decrypt(_drawn(private, sealed.key), sealed.data, context)
    return decrypt(unwrap(private, sealed.key, context), sealed.data, context)


def encrypt(key: bytes, text: bytes, context: bytes) -> bytes:
    """AES-256-GCM under a key of 32 bytes, with its nonce in front."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, text, context)


def decrypt(key: bytes, data: bytes, context: bytes) -> bytes:
    """What `encrypt` closed. Raises Closed."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(data[:NONCE], data[NONCE:], context)
    except (InvalidTag, ValueError):
        raise Closed from None


def _derived(shared: bytes, parties: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY, salt=None, info=_INFO + parties).derive(shared)


def _drawn(private: PrivateKey, salt: bytes) -> bytes:
    """The key of one text."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY, salt=salt, info=_WITHIN + private.public).derive(private.secret)


def _compressed(key: EllipticCurvePublicKey) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)


@lru_cache(maxsize=8)
def _point(public: bytes) -> EllipticCurvePublicKey:
    """A public key that is used again and again: today's."""
    return _read_point(public)


def _read_point(public: bytes) -> EllipticCurvePublicKey:
    from cryptography.hazmat.primitives.asymmetric import ec

    if len(public) != POINT:
        raise Closed
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    except ValueError:
        raise Closed from None
