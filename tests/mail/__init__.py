"""The letter: its words, its bytes, and what a server says to it."""
