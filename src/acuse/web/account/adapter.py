"""Who may get an account: nobody by himself; companies invite."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """An installation is not open to the street."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """False: accounts are made by `acuse user` or by an owner."""
        return False
