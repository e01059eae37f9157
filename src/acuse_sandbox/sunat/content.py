"""What the services themselves want to know of a document: date, total, addressee, members.

Read without the rulebook's models, from any kind, whatever is missing or malformed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from acuse_sandbox.hardened import Element
from acuse_sandbox.sunat.kinds import Kind
from acuse_sandbox.sunat.rulebook.registers import Known, State
from acuse_sandbox.sunat.stem import Stem

AMOUNT = re.compile(r"[0-9]{1,15}(\.[0-9]{1,10})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LABEL = re.compile(r"([A-Z0-9]{1,4})-([0-9]{1,8})")
TOTALS = (
    "LegalMonetaryTotal/PayableAmount",
    "RequestedMonetaryTotal/PayableAmount",
    "TotalInvoiceAmount",
)
ADD, CHANGE, VOID = "1", "2", "3"  # cat. 19, what a line of a RC does to its document


@dataclass(frozen=True, slots=True)
class Reference:
    """A document that another one names."""

    kind: str
    label: str  # F001-1, without left zeros; as written where it has another form

    def of(self, ruc: str) -> str:
        """The register's key, if the document is this taxpayer's."""
        return f"{ruc}-{self.kind}-{self.label}"


@dataclass(frozen=True, slots=True)
class Member:
    """One line of a summary."""

    line: str
    document: Reference
    action: str  # ADD, CHANGE, VOID; RA and RR have only VOID
    total: Decimal | None = None
    currency: str = ""
    reference: Reference | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What was read; `reference_date` is the date of a summary's documents."""

    issued: date | None
    currency: str
    total: Decimal | None
    on_credit: bool  # FormaPago Credito
    perceives: bool  # operation 2001
    customer_id: str  # "6-20999000119", as the CDR names it
    customer_name: str
    digest: str
    reason: str  # of a note
    reference_date: date | None
    references: tuple[Reference, ...]  # of a note
    advances: tuple[Reference, ...]  # the issuer's own
    members: tuple[Member, ...]

    def known(self, state: State) -> Known:
        """What the register keeps of it."""
        return Known(state, self.issued, self.currency, self.total, self.on_credit, self.perceives)


NOTHING = Content(None, "", None, False, False, "", "", "", "", None, (), (), ())


def read(root: Element, stem: Stem, kind: Kind) -> Content:
    """The content of a document or summary."""
    scheme, number, name = _customer(root, kind.customer)
    return Content(
        issued=_day(_text(root, "IssueDate")),
        currency=_text(root, "DocumentCurrencyCode"),
        total=_total(root),
        on_credit="Credito" in {_text(one, "PaymentMeansID") for one in _terms(root)},
        perceives=_operation(root) == "2001",
        customer_id=f"{scheme}-{number}",
        customer_name=name,
        digest=_text(root, "UBLExtensions//DigestValue"),
        reason=_text(root, "DiscrepancyResponse/ResponseCode"),
        reference_date=_day(_text(root, "ReferenceDate")),
        references=tuple(_references(root)),
        advances=tuple(_advances(root, stem.ruc)),
        members=tuple(_members(root)),
    )


def _terms(root: Element) -> Iterator[Element]:
    for each in root.iterfind("{*}PaymentTerms"):
        if _text(each, "ID") == "FormaPago":
            yield each


def _operation(root: Element) -> str:
    found = root.find("{*}InvoiceTypeCode")
    return "" if found is None else found.get("listID") or ""


def _currency(line: Element) -> str:
    found = line.find("{*}TotalAmount")
    return "" if found is None else found.get("currencyID") or ""


def _total(root: Element) -> Decimal | None:
    found = (_amount(_text(root, path)) for path in TOTALS)
    return next((total for total in found if total is not None), None)


def _customer(root: Element, path: str) -> tuple[str, str, str]:
    party = None if not path else root.find(_any(path))
    if party is None:
        return "6" if not path else "", "", ""
    number = party.find(_any("PartyIdentification/ID"))
    name = _text(party, "PartyLegalEntity/RegistrationName")
    if number is None:
        return "", "", name
    return number.get("schemeID") or "", (number.text or "").strip(), name


def _references(root: Element) -> Iterator[Reference]:
    for each in root.iterfind(_any("BillingReference/InvoiceDocumentReference")):
        yield Reference(_text(each, "DocumentTypeCode"), label(_text(each, "ID")))


def _advances(root: Element, ruc: str) -> Iterator[Reference]:
    kinds = {"02": "01", "03": "03"}  # cat. 12 -> cat. 01
    for each in root.iterfind(_any("AdditionalDocumentReference")):
        kind = kinds.get(_text(each, "DocumentTypeCode"))
        issuer = _text(each, "IssuerParty/PartyIdentification/ID")
        if kind and issuer == ruc and each.find(_any("DocumentStatusCode")) is not None:
            yield Reference(kind, label(_text(each, "ID")))


def _members(root: Element) -> Iterator[Member]:
    for line in root.iterfind("{*}SummaryDocumentsLine"):
        found = line.find(_any("BillingReference/InvoiceDocumentReference"))
        yield Member(
            line=_text(line, "LineID"),
            document=Reference(_text(line, "DocumentTypeCode"), label(_text(line, "ID"))),
            action=_text(line, "Status/ConditionCode"),
            total=_amount(_text(line, "TotalAmount")),
            currency=_currency(line),
            reference=None
            if found is None
            else Reference(_text(found, "DocumentTypeCode"), label(_text(found, "ID"))),
        )
    for line in root.iterfind("{*}VoidedDocumentsLine"):
        whole = f"{_text(line, 'DocumentSerialID')}-{_text(line, 'DocumentNumberID')}"
        kind = _text(line, "DocumentTypeCode")
        yield Member(_text(line, "LineID"), Reference(kind, label(whole)), VOID)


def label(text: str) -> str:
    """Series and number without left zeros, as written where the text has another form."""
    match = LABEL.fullmatch(text)
    return f"{match[1]}-{int(match[2])}" if match else text


def _text(element: Element, path: str) -> str:
    return (element.findtext(_any(path)) or "").strip()


@lru_cache(maxsize=64)
def _any(path: str) -> str:
    """The path with every namespace allowed."""
    return re.sub(r"(^|/)(?=\w)", r"\1{*}", path)


def _amount(text: str) -> Decimal | None:
    return Decimal(text) if AMOUNT.fullmatch(text) else None


def _day(text: str) -> date | None:
    if not DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
