"""Contacts: list and edit."""
