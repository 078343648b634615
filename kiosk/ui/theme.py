"""Every colour of the product, light and high contrast, and the sizes that are not a page's own."""

from __future__ import annotations

from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "ground": "#F2F5F5",
    "surface": "#FFFFFF",
    "ink": "#15191D",
    "ink2": "#414A52",
    "line": "#6F8793",
    "hair": "#D3DBDE",
    "accent": "#0F4C68",
    "on_accent": "#FFFFFF",
    "tint": "#E2EEF3",
    "warm_ink": "#733A00",
    "warm_bg": "#FDF1DD",
    "warm_line": "#B0640E",
    "mute": "#6A727A",
}
CONTRAST: Mapping[str, str] = {
    "ground": "#000000",
    "surface": "#000000",
    "ink": "#FFFFFF",
    "ink2": "#FFFFFF",
    "line": "#FFFFFF",
    "hair": "#FFFFFF",
    "accent": "#FFD60A",
    "on_accent": "#000000",
    "tint": "#000000",
    "warm_ink": "#FFD60A",
    "warm_bg": "#000000",
    "warm_line": "#FFD60A",
    "mute": "#FFFFFF",
}
