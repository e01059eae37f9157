"""Documents of others: the list, one of them, and what is declared about it."""
