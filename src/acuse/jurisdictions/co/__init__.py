"""Colombia: the DIAN's answers to what every jurisdiction is asked. Source: colombia.md."""
