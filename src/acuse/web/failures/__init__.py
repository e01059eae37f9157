"""Bandeja de fallos: what did not arrive, by its cause, with the mending at hand."""
