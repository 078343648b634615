"""The screens a resident sees."""
