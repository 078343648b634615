"""Reads and validates what lies in languages, flows and models."""
