"""How XML is written (canonical by construction), signed, packed, read."""
