"""The cases that are no sale: read, sealed, and what a stranger finds in their bytes."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from acuse.domain.document import Document
from acuse.domain.intake import read_document
from acuse.domain.jurisdiction import Draws, Sealed
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number
from acuse.domain.party import Company
from acuse.domain.problem import Problem
from acuse.jurisdictions.pe import jurisdiction
from tests.support.makers import AT, company, credential

CASES = Path(__file__).parent / "cases"
PREFIXES = ("comprobante-de-", "liquidacion-", "guia-")
OTHERS = sorted(one.name for one in CASES.iterdir() if one.name.startswith(PREFIXES))
NUMBERS = {
    DocumentKind.RETENTION: Number("R001", 15),
    DocumentKind.PERCEPTION: Number("P001", 15),
    DocumentKind.PURCHASE: Number("L001", 15),
    DocumentKind.DESPATCH: Number("T001", 15),
    DocumentKind.CARRIER_DESPATCH: Number("V001", 15),
}
CHECKS = (  # the files of rules that these kinds have of their own
    "checks_advice_parties",
    "checks_carriage",
    "checks_despatch",
    "checks_document",
    "checks_goods",
    "checks_payments",
    "checks_purchase",
    "checks_purchase_line",
    "checks_related",
    "checks_withholding",
)
API = frozenset({"gre_client_id", "gre_client_secret"})  # a guía goes by SUNAT's API
SCHEMAS = {  # of each document element
    "Retention": "2.0/maindoc/UBLPE-Retention-1.0.xsd",
    "Perception": "2.0/maindoc/UBLPE-Perception-1.0.xsd",
    "SelfBilledInvoice": "2.1/maindoc/UBL-SelfBilledInvoice-2.1.xsd",
    "DespatchAdvice": "2.1/maindoc/UBL-DespatchAdvice-2.1.xsd",
}


@dataclass(frozen=True, slots=True)
class Case:
    """A case's document, numbered and dated as at its issue, and what its author counted."""

    document: Document
    expected: dict[str, Any]


def raw(name: str) -> dict[str, Any]:
    """What the case's file says."""
    text = (CASES / name / "document.toml").read_text(encoding="utf-8")
    return tomllib.loads(text, parse_float=Decimal)


def document(told: dict[str, Any]) -> Document:
    """The document that is told, numbered and dated as at its issue."""
    read = read_document(told, jurisdiction.traits, rehearsal=True)
    assert isinstance(read, Document), read
    return replace(read, date=AT.date(), number=NUMBERS[read.kind])


@cache
def read_case(name: str) -> Case:
    """The case of that name."""
    told = raw(name)
    expected = told.pop("expected")
    return Case(document(told), expected)


def seal(one: Document, issuer: Company | None = None) -> Sealed:
    """The sealed document of a company."""
    return jurisdiction.seal(one, issuer or company(), Draws(), credential(), AT)


@cache
def sealed(name: str) -> bytes:
    """The case's signed bytes."""
    return seal(read_case(name).document).content


def problems(one: Document, issuer: Company | None = None) -> tuple[Problem, ...]:
    """What is wrong with it, or remarked."""
    able = issuer or company()
    able = replace(able, secrets=able.secrets | API)
    found = jurisdiction.document_problems(one, able, AT)
    return (*found, *jurisdiction.document_warnings(one, able, AT))


def told(one: Document, issuer: Company | None = None) -> list[tuple[str, str]]:
    """The field and the code of what is wrong with it."""
    return [(found.field, found.code) for found in problems(one, issuer)]


def changed(name: str, **changes: Any) -> Document:
    """The case with other values: `extra__x` of its own fields, `line__x` of its first line.

    `line__extra__x` is the first line's own field; None takes the field away.
    """
    one = read_case(name).document
    plain: dict[str, Any] = {}
    for key, value in changes.items():
        if key.startswith("extra__"):
            one = replace(one, extra=_with(one.extra, key.removeprefix("extra__"), value))
        elif key.startswith("line__"):
            one = _with_line(one, key.removeprefix("line__"), value)
        else:
            plain[key] = value
    return replace(one, **plain)


def texts(content: bytes, name: str) -> list[str]:
    """The texts of all elements of that name, in order."""
    return [one.text or "" for one in etree.fromstring(content).iter(f"{{*}}{name}")]


def _with_line(one: Document, name: str, value: Any) -> Document:
    first, *rest = one.lines
    if name.startswith("extra__"):
        extra = _with(first.extra, name.removeprefix("extra__"), value)
        first = replace(first, extra=extra)
    else:
        first = replace(first, **{name: value})
    return replace(one, lines=(first, *rest))


def _with(extra: Any, name: str, value: Any) -> dict[str, Any]:
    rest = {key: part for key, part in extra.items() if key != name}
    return rest if value is None else rest | {name: value}
