"""The way back: under which signed name news of a mail returns, and where to."""

from __future__ import annotations

import secrets
from functools import cache

from django.conf import settings

from acuse.domain import verp
from acuse.domain.party import Company, Environment
from acuse.flow import roads
from acuse.gateways import vault
from acuse.store import routes

KEYS = "returns"  # the files of the keys, in the folder of the others


@cache
def keys() -> verp.Keys:
    """What names are signed with: the newest key, and the one before it for mail under way."""
    current, *older = vault.load_or_create_plain(settings.KEYS, KEYS)
    return verp.Keys(current, older[0] if older else b"")


def token() -> str:
    """A new name for a recipient: drawn, signed."""
    return verp.token(secrets.token_bytes(verp.NAME), keys())


def home(company: Company, sender: str) -> str:
    """Where the company's mail returns: the installation's address for it, where it has one.

    A company's own mail server sends in that company's name only: another domain's it refuses, or
    it fails SPF there.
    """
    return address() if settings.RETURN_PATH and not _own_server(company) else sender


def path(home: str, token: str) -> str:
    """The envelope's sender; a name too long to be tagged stands as it is."""
    return verp.return_path(home, token) or home


def address() -> str:
    """The address for returned mail; a bare domain has its @ before it. "" for none."""
    told = settings.RETURN_PATH
    return told if not told or "@" in told else f"@{told}"


def domain() -> str:
    """The domain for which returned mail is taken in, lower case; "" for none.

    Without an address for it, a rehearsal's mail returns to its sender.
    """
    told = address() or (roads.SANDBOX_SENDER if settings.SANDBOX_SMTP else "")
    return told.rpartition("@")[2].lower()


def _own_server(company: Company) -> bool:
    if company.environment is Environment.SANDBOX:
        return False
    route = routes.of_company(company.id)
    return route is not None and route.owner != 0
