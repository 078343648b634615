"""Every colour of the product, light and high contrast, and the sizes that are not a page's own."""

from __future__ import annotations

from collections.abc import Mapping

# Sizes are design pixels: of 1280×800 on a ten-inch screen. A painter scales them to its window.
RADIUS = 14
"""Corners of buttons, cards and chips."""
RADIUS_CLEAR = 12
RADIUS_KEY = 10
BORDER = 2
"""What can be pressed has a border this wide; a card without one is only to read."""
BORDER_CONTRAST = 3
BORDER_PRESSED = 3
FOCUS_GAP = 4
"""Between a target and the ring that says where the keyboard is."""
FOCUS_WIDTH = 3
TARGET = 96
"""No target is lower, so that every finger finds it."""
TARGET_WIDE = 80
"""The same on wide windows, which are on larger screens."""
TARGET_KEY = 66
"""Keys of the on-screen keyboard, which has up to six rows."""
TARGET_KEY_WIDE = 52
"""The same across, for up to twelve in a row: 9 mm on a ten-inch screen."""
TARGET_CLEAR = 56
"""How high the corner button looks; it answers up to the corner and down to TARGET."""
SMALLEST = 20
"""No text for residents is smaller."""
SMALLEST_STAFF = 12
"""At the console somebody sits close to the screen."""

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
    "mute": "#697179",
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


def rgb(value: str) -> tuple[int, int, int]:
    """The three parts of "#RRGGBB"."""
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


def contrast_ratio(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(value: str) -> float:
    parts = [part / 255 for part in rgb(value)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
