"""What SUNAT checks in a document, as tables: one row a check, one file a topic."""
