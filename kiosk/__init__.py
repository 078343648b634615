"""Madoguchi: a kiosk for the multilingual one-stop counter (一元的相談窓口)."""

VERSION = "0.4.0"
"""As in pyproject.toml, which a test compares: the installed package may be of an older tree."""
