"""Tests of the pretended DIAN."""
