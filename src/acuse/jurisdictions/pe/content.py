"""What only Peru knows of a document and a line, as the values that its rules need.

`Address.place` is the ubigeo (six digits); `Address.region`, `city`, `district` are the
department, the province and the district. What is told in a wrong form counts as not told here:
`checks` say so before anything is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from acuse.domain.document import Document, Line, PaymentForm
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import ZERO
from acuse.domain.party import Company, TaxId
from acuse.jurisdictions.pe import codes, ids, rates
from acuse.jurisdictions.pe.traits import TRAITS

LIMA = ZoneInfo("America/Lima")
ONEROUS = "10"
INTERNAL, NRUS, PERCEIVED, INCOME_RETAINED = "0101", "0113", "2001", "2002"
PASSENGER_TRAIN = "0302"
EXPORTS = frozenset(f"020{digit}" for digit in range(9))
DETRACTED = {"004": "1002", "028": "1003", "027": "1004"}  # what else is 1001
TERMS_OF_PAYMENT = "13"  # the credit note that changes no amount
NOBODY = "-"
IDENTITIES = {kind.key: kind.code for kind in TRAITS.tax_ids}
_K = DocumentKind
NOTES = frozenset({_K.CREDIT_NOTE, _K.DEBIT_NOTE})


@dataclass(frozen=True, slots=True)
class Detraction:
    """What the customer deposits in the issuer's account at Banco de la Nación."""

    code: str
    percent: Decimal | None  # told, or the usual one of the code; None where neither is known
    means: str
    told: Decimal | None  # the amount in soles where it does not follow from the total


@dataclass(frozen=True, slots=True)
class Freight:
    """The trip of a line of transport of goods; values are in soles."""

    from_place: str
    from_line: str
    to_place: str
    to_line: str
    details: str
    values: tuple[Decimal, ...]  # of the service, the effective load, the useful load


@dataclass(frozen=True, slots=True)
class Ticket:
    """Who sold a train ticket, and how it was paid; each "" where it is not told."""

    agency: str  # its RUC
    means: str  # catalogue 59
    authorisation: str  # the number that the card's system gave the payment


def own(extra: Mapping[str, Any], name: str, usual: str = "") -> str:
    """An own field as text, the usual one where it is not told."""
    told = extra.get(name)
    return str(told).strip() if told else usual


def amount(extra: Mapping[str, Any], name: str) -> Decimal:
    """An own field as an amount, zero where it is not told."""
    told = extra.get(name)
    return told if isinstance(told, Decimal) else ZERO


def listed(extra: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """The parts of an own field that has several, in their order."""
    return tuple(part.strip() for part in own(extra, name).split(";") if part.strip())


def coded(extra: Mapping[str, Any], name: str) -> tuple[tuple[str, str], ...]:
    """The parts of such a field as code and value; the value is "" where there is no "="."""
    parts = (part.partition("=") for part in listed(extra, name))
    return tuple((code.strip(), value.strip()) for code, _, value in parts)


def is_note(document: Document) -> bool:
    """Whether it corrects another one."""
    return document.kind in NOTES


def family(document: Document) -> str:
    """F for facturas and what corrects them, B for boletas: one rule, two severities."""
    if not is_note(document):
        return "B" if document.kind is _K.RECEIPT else "F"
    return "F" if modified_type(document) != ids.BOLETA else "B"


def modified_type(document: Document) -> str:
    """The code of the kind that a note corrects (catalogue 01), "" where it names none."""
    if not document.references:
        return ""
    told = own(document.extra, "modified_type")
    return told or referred_type(document.references[0].kind, document.references[0].number)


def referred_type(kind: DocumentKind | None, number: str) -> str:
    """The code of a document that is referred to, by its kind or else its series."""
    known = TRAITS.kind(kind) if kind else None
    if known is not None:
        return known.code
    return {"F": ids.FACTURA, "B": ids.BOLETA}.get(ids.family(number), "")


def reason(document: Document) -> str:
    """The note's reason (catalogues 09 and 10), "" without one."""
    return document.references[0].reason_code if document.references else ""


def changes_terms(document: Document) -> bool:
    """Whether it is the credit note that changes instalments and no amount (reason 13)."""
    return document.kind is _K.CREDIT_NOTE and reason(document) == TERMS_OF_PAYMENT


def reason_text(document: Document) -> str:
    """Why the note is made: the issuer's words, else the catalogue's."""
    if not document.references:
        return ""
    told, kind = document.references[0].reason, TRAITS.kind(document.kind)
    known = dict(kind.reasons) if kind else {}
    return told or known.get(reason(document), "")


def operation_type(document: Document) -> str:
    """The code of catalogue 51: as told, else what detracción or percepción ask for, else 0101."""
    extra = document.extra
    told = own(extra, "operation_type")
    if told:
        return told
    code = own(extra, "detraction_code")
    if code:
        return DETRACTED.get(code, "1001")
    if own(extra, "perception_code"):
        return PERCEIVED
    return INCOME_RETAINED if amount(extra, "income_retention") else INTERNAL


def is_export(document: Document) -> bool:
    """Whether only affectation 40 may stand in it."""
    if is_note(document):
        return reason(document) == "11"
    return bool(document.extra) and operation_type(document) in EXPORTS


def affectation(line: Line, usual: str = "") -> str:
    """The line's code of catalogue 07: as told, else by its tax, else the document's usual one."""
    told = own(line.extra, "affectation") if line.extra else ""
    if told:
        return told
    for tax in line.taxes:
        if tax.code == "IVAP":
            return codes.RICE
        if tax.code in ("IGV", "") and tax.percent != ZERO:
            return ONEROUS
    return usual


def is_free(line: Line, code: str) -> bool:
    """Whether the line is given away."""
    if code in codes.MAY_BE_FREE:
        return line.extra.get("free") is True
    return codes.AFFECTATIONS.get(code, ("", ""))[0] == codes.FREE


def detraction(document: Document) -> Detraction | None:
    """What is told of a detracción."""
    code = own(document.extra, "detraction_code") if document.extra else ""
    if not code:
        return None
    percent, told = document.extra.get("detraction_percent"), amount_told(document)
    if not isinstance(percent, Decimal):
        percent = rates.at("detraction", code, document.date)
    return Detraction(code, percent, own(document.extra, "detraction_means", "001"), told)


def amount_told(document: Document) -> Decimal | None:
    """The detracción's amount, where it does not follow from the total."""
    told = document.extra.get("detraction_amount")
    return told if isinstance(told, Decimal) else None


def ticket(document: Document) -> Ticket | None:
    """The sale of a train ticket, where anything of one is told."""
    names = ("agency_ruc", "payment_means", "payment_authorisation")
    told = Ticket(*(own(document.extra, name) for name in names)) if document.extra else None
    return told if told != Ticket("", "", "") else None


def freight(line: Line) -> Freight | None:
    """The trip, where anything of one is told."""
    extra = line.extra
    if not any(name.startswith("freight_") for name in extra):
        return None
    return Freight(
        own(extra, "freight_from_place"),
        own(extra, "freight_from"),
        own(extra, "freight_to_place"),
        own(extra, "freight_to"),
        own(extra, "freight_details"),
        tuple(amount(extra, f"freight_{n}") for n in ("value", "load_value", "capacity_value")),
    )


def despatch_documents(document: Document) -> tuple[tuple[str, str], ...]:
    """The related guías: number and kind (31 of the carrier, else 09)."""
    found = listed(document.extra, "despatch_documents") if document.extra else ()
    return tuple((number, "31" if number.startswith("V") else "09") for number in found)


def prepaid_affectation(document: Document, index: int, usual: str) -> str:
    """10, 20 or 30: what the advance at that place was for."""
    told = listed(document.extra, "prepayment_affectations")
    return told[index] if index < len(told) else usual


def has_instalments(document: Document) -> bool:
    """Whether its terms of payment are written with instalments: a factura, or a note about one."""
    if document.payment.form is not PaymentForm.CREDIT:
        return False
    return document.kind is _K.INVOICE or changes_terms(document)


def identity(tax_id: TaxId) -> tuple[str, str]:
    """SUNAT's code of the identity's kind, and the number; a dash for both of nobody's."""
    code = IDENTITIES[tax_id.kind]
    return (code, NOBODY) if code == NOBODY else (code, tax_id.number)


def annex(company: Company) -> str:
    """The code of the establishment that issues, 0000 the main seat."""
    return own(company.extra, "annex", "0000")


def unit(line: Line) -> str:
    """The unit's code, NIU (units) where none is told."""
    return line.unit or "NIU"
