"""What the DIAN says of a request that it does not judge, and what the ledger says of a visit."""

from __future__ import annotations

from dataclasses import dataclass, field


class Refusal(Exception):
    """The document was not taken: StatusCode 89 (or another) with our short words."""

    def __init__(self, text: str, *, code: str = "89") -> None:
        self.code = code
        self.text = text
        super().__init__(f"{code} {text}")


class InvalidSecurity(Exception):
    """The WS-Security header does not hold; nothing of the request was looked at."""


class UnknownCertificate(Exception):
    """The certificate is not accepted: a fault that specifies no reason (colombia.md 6b)."""


class NotSoap(Exception):
    """The body is no envelope of this service."""


class UnknownAction(Exception):
    """The operation is not served, or is not the one that the action names."""


@dataclass(slots=True)
class Visit:
    """What is known of a request so far; filled on the way, written to the ledger at the end."""

    purpose: str
    fiscal_id: str = ""
    document: bytes = b""
    outcome: str = "refused"
    more: list[Visit] = field(default_factory=list)  # the other documents of one archive
