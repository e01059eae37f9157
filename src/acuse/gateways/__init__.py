"""How we reach the outside: HTTP, mail, keys, the queue, the database, the PDF child."""
