"""How a document is judged: read, schema, signature, and then the rulebook."""
