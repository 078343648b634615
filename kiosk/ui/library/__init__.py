"""The staff page of speech and translation models."""
