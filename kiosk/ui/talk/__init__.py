"""Talking across the desk: curated phrases, the talk itself, and the pages the resident sees."""
