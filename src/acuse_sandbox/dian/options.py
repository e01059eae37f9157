"""What the control port can set of the pretended DIAN.

Plain settings are `dian.<name>`, texts; entries of its registers are `dian.<register>.<key>`, each
a JSON object. `POST /dian/<register>` writes such an entry from its members (see `learning`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

PREFIX = "dian."
REGISTERS = frozenset(
    {
        "software",  # by SoftwareID: nit, pin
        "range",  # by resolution: nit, prefix, first, last, valid_from, valid_until, …
        "rut",  # by NIT: name, active
        "provider",  # by the provider's NIT: nit, a list of the issuers it sends for
        "mailbox",  # by NIT: email
        "acquirer",  # by type-number: name, email
        "test_set",  # by TestSetId: nit, invoices, debit_notes, credit_notes, needed, state
        "enabled",  # by NIT
        "contingency",  # by any name: start, end
    }
)


class Fault(StrEnum):
    """How every call is answered while `dian.fault` says so; nothing is kept."""

    INVALID_SECURITY = "invalid_security"  # as for a clock that is off
    EMPTY_FAULT = "empty_fault"  # a fault that specifies no reason
    PAGE_503 = "page_503"
    PAGE_200 = "page_200"


@dataclass(frozen=True, slots=True)
class Options:
    """The plain settings, read; each field is a setting of the same name."""

    environment: str = "2"  # ProfileExecutionID that this DIAN takes
    authorisation: str = "own"  # "any": every certificate may send for every issuer
    strict_software: bool = False  # a software that was never registered breaks FAB24b and FAB27b
    strict_enablement: bool = False  # rule 92: an issuer must have passed its test set
    notify_rut: bool = False  # RUT01 on every document, as the real one has it
    batch_seconds: float = 0.0  # so long a ZIP stays "en proceso"
    asked: tuple[int, ...] = (30, 10, 10)  # invoices, debit, credit notes of a test set
    needed: int = 1  # how many of them must be accepted
    set_speaks: bool = False  # GetStatusZip tells of a set that is decided, not of the document
    empty_messages: bool = False  # rejections whose rules stand in the ApplicationResponse alone
    revoked: tuple[str, ...] = ()  # serial numbers of certificates, decimal
    distrusted: tuple[str, ...] = ()  # likewise: of nobody that this DIAN trusts
    unknown_certificates: tuple[str, ...] = ()  # likewise: answered 401
    fault: Fault | None = None


def _yes(text: str) -> bool:
    return text == "1"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


READERS: Mapping[str, Callable[[str], Any]] = {
    "environment": str,
    "authorisation": str,
    "strict_software": _yes,
    "strict_enablement": _yes,
    "notify_rut": _yes,
    "batch_seconds": float,
    "asked": lambda text: tuple(map(int, text.split("/"))),
    "needed": int,
    "set_speaks": _yes,
    "empty_messages": _yes,
    "revoked": _words,
    "distrusted": _words,
    "unknown_certificates": _words,
    "fault": lambda text: Fault(text) if text else None,
}


def read(settings: Mapping[str, str]) -> Options:
    """The options that a world's settings name; raises KeyError or ValueError for nonsense."""
    given = {
        name.removeprefix(PREFIX): text
        for name, text in dict(settings).items()
        if name.startswith(PREFIX) and name.removeprefix(PREFIX).split(".")[0] not in REGISTERS
    }
    return Options(**{name: READERS[name](text) for name, text in given.items()})


def register(settings: Mapping[str, str], name: str) -> Iterator[tuple[str, str]]:
    """The entries of a register, unread: their keys and texts."""
    before = f"{PREFIX}{name}."
    for setting, text in dict(settings).items():
        if setting.startswith(before):
            yield setting.removeprefix(before), text


def entries(settings: Mapping[str, str], name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The entries of a register: their keys and members."""
    for key, text in register(settings, name):
        yield key, json.loads(text or "{}")


def contingencies(settings: Mapping[str, str]) -> tuple[tuple[datetime, datetime], ...]:
    """The contingencies that the DIAN declared: start and end."""
    return tuple(
        (datetime.fromisoformat(entry["start"]), datetime.fromisoformat(entry["end"]))
        for _, entry in entries(settings, "contingency")
    )
