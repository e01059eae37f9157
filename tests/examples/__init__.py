"""Tests of the documents in examples/."""
