"""The model library: what is installed, what can be had, and how it comes onto the machine and leaves it."""
