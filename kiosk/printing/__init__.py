"""Slip layout, printers and spool."""
