"""Signing: mail is signed for its sender's domain where we hold the key; its road signs else."""

from __future__ import annotations

from datetime import datetime

from acuse.domain.party import Company, Environment
from acuse.domain.route import RouteKind
from acuse.flow import outside
from acuse.mail import dkim
from acuse.store import senders

SECRET = "dkim"  # noqa: S105 - the name under which keys are wrapped


class Signer:
    """Signs messages from one address; without a key it leaves them as they are."""

    def __init__(self, company: Company, sender: str) -> None:
        self._key = key(company, sender)

    def sign(self, message: bytes, *, at: datetime) -> bytes:
        """The message, signed as of that moment where there is a key. Raises verify.Tampered."""
        return dkim.sign(message, self._key, at=at) if self._key else message


def key(company: Company, sender: str) -> dkim.Key | None:
    """The key for an address; none in a rehearsal, or where another server signs.

    Under an address of its own a company may use the installation's road or one that is its own;
    the installation's key is for the installation's road only.
    """
    if company.environment is Environment.SANDBOX:
        return None
    domain, own = sender.rpartition("@")[2].lower(), senders.of(company.id)
    rows = [own]
    if own is None or own.kind is RouteKind.DOMAIN or own.sender != sender:
        rows.append(senders.of(0))
    for kept in rows:
        if kept and kept.key and kept.domain == domain:
            pem = outside.open_secret(kept.owner, SECRET, kept.key.wrapped)
            return dkim.Key(domain, kept.key.selector, pem.encode())
    return None
