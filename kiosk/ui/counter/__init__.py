"""The counselor's console."""
