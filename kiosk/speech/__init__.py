"""Microphone, recognizer and voice."""
