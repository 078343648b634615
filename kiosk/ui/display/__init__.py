"""The call display in the waiting room."""
