"""Fonts, runs, line breaking and ruby: one path for screen and slip."""
