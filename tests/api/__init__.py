"""The API through Django's client, over the real database."""
