"""Fonts, runs, line breaking and ruby: one path for screen and slip."""

from kiosk.text.block import Block
from kiosk.text.markup import plain, spoken
from kiosk.text.typesetter import Align, Typesetter

__all__ = ["Align", "Block", "Typesetter", "plain", "spoken"]
