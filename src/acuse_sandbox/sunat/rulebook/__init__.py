"""What SUNAT checks in a document of any kind: `judge` is the door; a table, and rules by hand."""
