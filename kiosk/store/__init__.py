"""Tickets at rest."""
