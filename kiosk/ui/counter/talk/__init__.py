"""Talking across the desk: the counselor's page."""
