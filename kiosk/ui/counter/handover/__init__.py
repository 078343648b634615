"""Hand-over out of the house: letters, forwarding sheets, and the list of those made."""
