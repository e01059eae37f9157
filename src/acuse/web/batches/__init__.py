"""Summaries and voidings: the files that carry many documents, and what became of each."""
