"""What the pretended DIAN knows besides the document, and what a rule says about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Severity = Literal["R", "N"]


@dataclass(frozen=True)
class Finding:
    """One rule a document breaks: "R" refuses it, "N" only notifies.

    `line` is the number of the line the rule speaks of, counted from 1.
    """

    code: str
    severity: Severity
    text: str
    line: int | None = None


@dataclass(frozen=True)
class Range:
    """One numbering authorization the DIAN gave to an issuer."""

    resolution: str
    prefix: str
    first: int
    last: int
    valid_from: date
    valid_until: date
    technical_key: str | None = None


@dataclass(frozen=True)
class RutEntry:
    """One taxpayer of the register (RUT)."""

    name: str
    active: bool = True


@dataclass(frozen=True)
class KnownDocument:
    """One document the DIAN already validated."""

    issuer_nit: str
    number: str
    kind_code: str
    issued_on: date
    receiver_nit: str


def _nothing_known(fiscal_id: str) -> KnownDocument | None:
    return None


@dataclass(frozen=True)
class Facts:
    """What the register says at the moment a document arrives.

    A fact that is missing (no RUT entry, a software without a known PIN) keeps its rules silent;
    only `strict_software` makes an unregistered software a rejection.
    """

    environment: Literal["1", "2"]
    at: datetime
    certificate_nit: str
    ranges: tuple[Range, ...] = ()
    software: Mapping[str, str | None] = field(default_factory=dict)
    rut: Mapping[str, RutEntry] = field(default_factory=dict)
    known: Callable[[str], KnownDocument | None] = _nothing_known
    contingencies: tuple[tuple[datetime, datetime], ...] = ()
    strict_software: bool = False
