"""What only Costa Rica knows of a document and a line, parsed once.

`Address.place` is "provincia-cantón-distrito" in digits: "1-01-01"; `Address.line` the otras señas.
"""

from __future__ import annotations

from decimal import Decimal

from acuse.domain.document import Document, Line, PaymentForm
from acuse.domain.party import Company
from acuse.jurisdictions.cr.codes import PAYMENT_MEANS, TARIFFS, USUAL_TARIFF

CASH, CREDIT = "01", "02"


def cabys(line: Line) -> str:
    """The product's code of thirteen digits."""
    return str(line.extra.get("cabys", "")).strip()


def is_service(line: Line) -> bool:
    """Whether the line is a service: as told, else by the first digit of its CABYS."""
    told = str(line.extra.get("product_kind", "")).strip()
    if told:
        return told == "SERVICE"
    return cabys(line)[:1] in tuple("56789")


def tariff(line: Line) -> str:
    """The code of the IVA tariff: as told, else the usual one for its percentage, else ""."""
    told = str(line.extra.get("tariff", "")).strip()
    if told:
        return told
    percent = line.taxes[0].percent if line.taxes else None
    return USUAL_TARIFF.get(percent, "") if percent is not None else ""


def rate(line: Line) -> Decimal:
    """The rate of the line's tariff."""
    return TARIFFS.get(tariff(line), Decimal(0))


def unit(line: Line) -> str:
    """The unit's code: Sp for a service and Unid for goods where none is told."""
    return line.unit or ("Sp" if is_service(line) else "Unid")


def sale_condition(document: Document) -> str:
    """The code of CondicionVenta."""
    return CREDIT if document.payment.form is PaymentForm.CREDIT else CASH


def credit_days(document: Document) -> int | None:
    """How many days the customer has to pay; None where that is not told."""
    if document.payment.due is None or document.date is None:
        return None
    return (document.payment.due - document.date).days


def payment_means(document: Document) -> str:
    """The code of the means of payment."""
    return PAYMENT_MEANS.get(document.payment.method, "")


def activity(company: Company) -> str:
    """The issuer's economic activity, six digits."""
    return str(company.extra.get("activity", "")).strip()


def provider(company: Company) -> str:
    """Who made the system that issues: as told, else the company itself."""
    return str(company.extra.get("provider_system", "")).strip() or company.tax_id.number


def phone(number: str) -> tuple[str, str] | None:
    """Country code and number of a phone written with its country code first."""
    digits = "".join(filter(str.isdigit, number))
    if digits.startswith("506") and len(digits) == 11:
        return "506", digits[3:]
    return ("506", digits) if len(digits) == 8 else None
