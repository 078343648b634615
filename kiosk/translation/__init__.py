"""Argos packages through CTranslate2, with safeguards."""
