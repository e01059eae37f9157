"""Colombia's own fields (`extra`) as the values that its rules need. Source: colombia.md 2, 3."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from acuse.domain.document import Document, Line, PaymentForm
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import NumberingRange
from acuse.domain.party import Company, Customer, TaxId
from acuse.jurisdictions.co.codes import IDENTITIES, MEANS, NIT, UNDEFINED_MEANS, UNIT
from acuse.jurisdictions.co.enrolment import TECHNICAL_KEY
from acuse.jurisdictions.co.lists import CONSUMER

STANDARD, AIU, MANDATE = "10", "09", "11"
OWN_CODE, GTIN = "999", "010"  # which standard an item's code is of
HOME = "CO"
_K = DocumentKind
_CREDITS = frozenset({_K.CREDIT_NOTE, _K.RECEIPT_NOTE})
_PURCHASES = frozenset({_K.PURCHASE, _K.PURCHASE_NOTE})


def own(extra: Mapping[str, Any], name: str, usual: str = "") -> str:
    """An own field as text, the usual one where it is not told."""
    told = extra.get(name)
    return str(told).strip() if told else usual


def identity_code(kind: str) -> str:
    """The DIAN's code of our identity kind: "NIT" -> "31"."""
    return IDENTITIES[kind]


def operation(document: Document) -> str:
    """CustomizationID: given, or what follows from the content (rule CAD02a for the notes)."""
    if document.kind in _CREDITS:
        return "20" if refers(document) else "22"
    if document.kind is _K.DEBIT_NOTE:
        return "30" if refers(document) else "32"
    if document.kind in _PURCHASES:
        return "11" if lives_abroad(document.counterparty) else "10"
    return own(document.extra, "operation", STANDARD)


def refers(document: Document) -> bool:
    """Whether the note corrects an electronic document: one that has a fiscal id."""
    return any(one.fiscal_id for one in document.references)


def lives_abroad(customer: Customer) -> bool:
    """Whether the other party's address is in another country."""
    address = customer.address
    return address is not None and address.country not in ("", HOME)


def organization(customer: Customer) -> str:
    """1 legal person, 2 natural person; a NIT, here or abroad, is usually a legal person's."""
    usual = "1" if identity_code(customer.tax_id.kind) in (NIT, "50") else "2"
    return own(customer.extra, "organization", usual)


def tax_facts(customer: Customer) -> tuple[str, str, str]:
    """Responsibilities, regime (48, 49) and tax scheme of a customer, with what is usual."""
    regime = "48" if organization(customer) == "1" and not lives_abroad(customer) else "49"
    regime = own(customer.extra, "regime", regime)
    return (
        own(customer.extra, "responsibilities", "R-99-PN"),
        regime,
        own(customer.extra, "tax_scheme", "01" if regime == "48" else "ZZ"),
    )


def is_consumer(customer: Customer) -> bool:
    """Whether the customer is the consumidor final."""
    return customer.tax_id.number == CONSUMER


def names(customer: Customer) -> tuple[str, str]:
    """First and family names of a natural person, "" where they are not told apart."""
    if organization(customer) != "2" or not customer.extra:
        return "", ""
    return own(customer.extra, "first_name"), own(customer.extra, "family_name")


def representative(document: Document) -> TaxId | None:
    """Who besides the buyer may look the document up at the DIAN, None for nobody."""
    number = own(document.extra, "representative_number")
    return TaxId(own(document.extra, "representative_type", "NIT"), number) if number else None


def range_of(document: Document, company: Company) -> NumberingRange | None:
    """The range that the document's number hangs from."""
    number = document.number
    if number is None:
        return None
    for one in company.ranges:
        same = one.kind is document.kind and one.series == number.series
        if same and one.first <= number.value <= one.last:
            return one
    return None


def technical_key_name(numbering: NumberingRange) -> str:
    """The name of the secret that holds the range's technical key."""
    resolution = numbering.extra.get("resolution", "")
    return TECHNICAL_KEY.format(resolution=resolution, series=numbering.series)


def payment_code(document: Document) -> str:
    """The DIAN's code of the means of payment."""
    usual = MEANS.get(document.payment.method, UNDEFINED_MEANS)
    return own(document.extra, "payment_code", usual)


def due_days(document: Document) -> tuple[date, ...]:
    """The days on which a credit sale is to be paid, in order; none for a cash sale."""
    payment = document.payment
    if payment.form is not PaymentForm.CREDIT:
        return ()
    days = {one.due for one in payment.instalments}
    if payment.due is not None and not days:
        days = {payment.due}
    return tuple(sorted(days))


def note(document: Document) -> str:
    """The document's notes as the one Note that is written; its lines stay lines."""
    return "\n".join(one for one in document.notes if one)


def free_value(line: Line) -> Decimal | None:
    """The unit's commercial value of what is given without charge, None for what is sold."""
    value = line.extra.get("free_value")
    return value if isinstance(value, Decimal) else None


def unit(line: Line) -> str:
    """The unit's code; pieces where none is told."""
    return line.unit or UNIT


def standard_code(line: Line, ordinal: int) -> tuple[str, str]:
    """Which standard the item's code is of, and the code: our own, else the line's place.

    The group is always sent: without it the DIAN notifies (FAZ09).
    """
    kind = own(line.extra, "standard_kind", OWN_CODE)
    return kind, own(line.extra, "standard_code") or line.code or str(ordinal)
