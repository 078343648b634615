"""The office's word on what it sends out: events for tablets, receipts for packs. No files.

ECDSA with SHA-256 under the office's own key pair, so that a tablet needs to know one public key only. That
the same pair also opens what was sealed to it is sound for these two schemes (Degabriele and others, "On the
joint security of encryption and signature in EMV", 2012); what is signed begins with words that nothing
sealed begins with.
"""

from __future__ import annotations

from kiosk.store.sealing import KEY, POINT, PrivateKey

SIGNATURE = 2 * KEY
"""Bytes: the numbers r and s."""
_SIGNED = b"madoguchi sign 1 "


def sign(private: PrivateKey, text: bytes) -> bytes:
    """The signature, 64 bytes."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
    from cryptography.hazmat.primitives.hashes import SHA256

    r, s = decode_dss_signature(private.value.sign(_SIGNED + text, ec.ECDSA(SHA256())))
    return r.to_bytes(KEY, "big") + s.to_bytes(KEY, "big")


def signed_by(public: bytes, text: bytes, signature: bytes) -> bool:
    """Whether the holder of the private key signed the text; False for whatever is no key or signature."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
    from cryptography.hazmat.primitives.hashes import SHA256

    if len(signature) != SIGNATURE or len(public) != POINT:
        return False
    try:
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
        r, s = int.from_bytes(signature[:KEY], "big"), int.from_bytes(signature[KEY:], "big")
        point.verify(encode_dss_signature(r, s), _SIGNED + text, ec.ECDSA(SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True
