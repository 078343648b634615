"""Wires the rooms together; with the command line the only part that knows them all."""
