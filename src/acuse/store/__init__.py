"""What we remember: rows in, domain values out; no decisions."""
