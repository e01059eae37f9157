"""Tests of the words and the rules: no database, no network."""
