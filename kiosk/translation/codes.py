"""Language tags of the product (BCP 47) and the codes Argos gives its packages."""

from __future__ import annotations

JAPANESE = "ja"
PIVOT = "en"

# Argos has its own codes for these; `pt-BR` was added late, so European Portuguese stands in for it.
_OWN_CODES: dict[str, tuple[str, ...]] = {
    "zh-Hans": ("zh",),
    "zh-Hant": ("zt",),
    "pt-BR": ("pb", "pt"),
    "fil": ("tl",),
    "nb": ("nb", "no"),
}


def argos_codes(tag: str) -> tuple[str, ...]:
    """The Argos codes to try for a language tag, best first: `pt-BR` gives `("pb", "pt")`."""
    return _OWN_CODES.get(tag, (tag.split("-")[0],))
