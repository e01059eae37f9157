"""A sender, and the rows that tell how each of its DNS records stands.

Source: product.md 5.10; RFC 7208 (SPF), RFC 6376 (DKIM), RFC 7489 (DMARC), RFC 8601 2.7.3 (PTR).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from acuse.domain.dns import Answer, Broken, NotAnswered, Record, Unasked

OFFLINE = "Sin DNS: no se pudo comprobar. Vuelve a comprobar cuando haya conexión."
UNFINISHED = (
    "El DNS contesta, pero faltó tiempo para preguntar todos los nombres: nada cambia por ahora. "
    "Vuelve a comprobar; si se repite, quien administra Acuse puede dar más (ACUSE_DNS_SECONDS)."
)
LONGEST = 1000  # characters of what was found that are kept


class Check(StrEnum):
    """What is looked at."""

    SPF = "SPF"
    DKIM = "DKIM"
    NEXT_DKIM = "NEXT_DKIM"  # the key that will sign once it is seen
    DMARC = "DMARC"
    RETURN_PATH = "RETURN_PATH"  # where bounces go
    PTR = "PTR"  # the name of the address that sends


class State(StrEnum):
    """How a record stands."""

    RIGHT = "RIGHT"
    MISSING = "MISSING"
    DIFFERENT = "DIFFERENT"
    SEVERAL = "SEVERAL"  # where there may be one
    STRICT = "STRICT"  # right in itself, and harmful while another is not
    UNKNOWN = "UNKNOWN"  # nobody answered
    NOT_NEEDED = "NOT_NEEDED"
    UNASKED = "UNASKED"  # nobody looked yet


@dataclass(frozen=True, slots=True)
class Expected:
    """A sender: the domain of its From and of its return path, what signs, and what sends.

    `spf` are the mechanisms that name the servers it leaves by and `addresses` their IPs; both
    empty where they are others' and we cannot tell. `proves` is said of a sender that is used
    only while its key stands in the DNS.
    """

    domain: str
    return_domain: str
    selector: str = ""
    public: str = ""
    spf: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    ours: bool = True
    proves: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One record: where it stands, what should, what does, and one sentence on what to do."""

    check: Check
    record: Record
    host: str
    expected: str
    found: str
    state: State
    advice: str


def dkim_host(selector: str, domain: str) -> str:
    """The name under which a public key stands (RFC 6376 3.6.2.1)."""
    return f"{selector}._domainkey.{domain}"


def dkim_text(public: str) -> str:
    """The record of a public key, told as base64 of its DER (RFC 6376 3.6.1)."""
    return f"v=DKIM1; k=rsa; p={public}"


def unread(answer: Answer, check: Check, record: Record, host: str, expected: str) -> Row | None:
    """The row of what could not be read; None where it could."""
    advice = untold(answer)
    return Row(check, record, host, expected, "", State.UNKNOWN, advice) if advice else None


def untold(answer: Answer) -> str:
    """Why nothing can be said by that answer, and what to do; "" where something can."""
    match answer:
        case NotAnswered():
            return OFFLINE
        case Unasked():
            return UNFINISHED
        case Broken(why):
            return f"El DNS dio una respuesta que nadie puede usar: {why[:100]}."
    return ""
