"""The rulebook of the pretended DIAN."""
