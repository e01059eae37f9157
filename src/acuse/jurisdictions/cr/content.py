"""What only Costa Rica knows of a document and a line, parsed once.

`Address.place` is "provincia-cantón-distrito" in digits: "1-01-01"; `Address.line` the otras señas.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from acuse.domain.document import Discount, Document, Line, PaymentForm
from acuse.domain.money import ZERO
from acuse.domain.party import Company
from acuse.jurisdictions.cr import ids
from acuse.jurisdictions.cr.codes import PAYMENT_MEANS, TARIFFS, USUAL_TARIFF

CASH, CREDIT = "01", "02"
SERVICES = frozenset("56789")  # the first digit of a service's CABYS
COMMERCIAL_DISCOUNT = "07"


@dataclass(frozen=True, slots=True)
class Authorisation:
    """The paper by which the customer is freed of tax: one for the document."""

    kind: str
    number: str
    institution: str
    given: date | None


def cabys(line: Line) -> str:
    """The product's code of thirteen digits."""
    return str(line.extra.get("cabys", "")).strip()


def is_service(line: Line) -> bool:
    """Whether the line is a service: as told, else by the first digit of its CABYS."""
    told = str(line.extra.get("product_kind", "")).strip()
    if told:
        return told == "SERVICE"
    return cabys(line)[:1] in SERVICES


def tariff(line: Line) -> str:
    """The code of the IVA tariff: as told, else the usual one for its percentage, else ""."""
    told = str(line.extra.get("tariff", "")).strip()
    if told:
        return told
    percent = line.taxes[0].percent if line.taxes else None
    return USUAL_TARIFF.get(percent, "") if percent is not None else ""


def rate(tariff_code: str) -> Decimal:
    """The rate of a tariff; 0 for one that does not exist."""
    return TARIFFS.get(tariff_code, ZERO)


def exonerated_points(line: Line) -> Decimal:
    """How many points of the tariff the customer is freed of; 0 for none."""
    told = line.extra.get("exonerated_points")
    return told if isinstance(told, Decimal) else ZERO


def authorisation(document: Document) -> Authorisation | None:
    """The document's authorisation; None where nothing of one is told."""
    extra = document.extra
    kind, number, institution = (
        str(extra.get(f"exoneration_{name}", "")).strip()
        for name in ("kind", "number", "institution")
    )
    given = extra.get("exoneration_date")
    if not (kind or number or institution or given):
        return None
    return Authorisation(kind, number, institution, given if isinstance(given, date) else None)


def unit(line: Line) -> str:
    """The unit's code: Sp for a service and Unid for goods where none is told."""
    return line.unit or ("Sp" if is_service(line) else "Unid")


def discount_code(discount: Discount) -> str:
    """The code of a discount, which the document format calls its reason."""
    return discount.reason or COMMERCIAL_DISCOUNT


def sale_condition(document: Document) -> str:
    """The code of CondicionVenta."""
    return CREDIT if document.payment.form is PaymentForm.CREDIT else CASH


def credit_days(document: Document, issued: date) -> int | None:
    """How many days from the issue the customer has to pay; None where that is not told."""
    due = document.payment.due
    return None if due is None else (due - issued).days


def payment_means(document: Document) -> str:
    """The code of the means of payment."""
    return PAYMENT_MEANS.get(document.payment.method, "")


def activity(company: Company) -> str:
    """The issuer's economic activity, six digits."""
    return str(company.extra.get("activity", "")).strip()


def provider(company: Company) -> str:
    """Who made the system that issues: as told, else the company itself."""
    told = str(company.extra.get("provider_system", "")).strip()
    return told or ids.written(company.tax_id)


def phone(number: str) -> tuple[str, str] | None:
    """Country code and number of a Costa Rican phone; None for any other."""
    digits = "".join(sign for sign in number[:40] if sign.isascii() and sign.isdigit())
    if digits.startswith("506") and len(digits) == 11:
        return "506", digits[3:]
    return ("506", digits) if len(digits) == 8 else None
