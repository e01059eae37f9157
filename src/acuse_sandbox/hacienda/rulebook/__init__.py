"""The rules that a document must keep, as tables (costa-rica.md 9.2)."""
