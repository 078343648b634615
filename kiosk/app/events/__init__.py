"""Outreach events: prepared at the office, started on a tablet, each in a data folder of its own there.

At the office `outreach/` keeps what was prepared and what came back. On a tablet `events/<id>/` is a whole
data folder: settings, the office's public key, and everything of the day; wiping it leaves nothing but its
mark, so that its numbers are not given twice.
"""
