"""The consultation record at the counter: its form, the follow-up list, and the search of past cases."""
