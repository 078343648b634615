"""Madoguchi: a kiosk for the multilingual one-stop counter (一元的相談窓口)."""
