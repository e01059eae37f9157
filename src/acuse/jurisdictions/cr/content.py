"""What only Costa Rica knows of a document, its parties and its terms, parsed once.

`Address.place` is "provincia-cantón-distrito" in digits: "1-01-01"; `Address.line` the otras señas;
`Address.district` the barrio.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from acuse.domain.document import Adjustment, Charge, Document, PaymentForm
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import ZERO
from acuse.domain.party import Company, Customer
from acuse.jurisdictions.cr import ids, lists

NOBODY = "SD"  # the identity of whoever gave none
SHEET, ROLL = "A4", "80mm"
ANYBODY = "CLIENTE DE CONTADO"  # the name of whoever gave none: such a one is not written


@dataclass(frozen=True, slots=True)
class Authorisation:
    """The paper by which the customer is freed of tax: one for the document."""

    kind: str
    kind_text: str
    number: str
    institution: str
    institution_text: str
    given: date | None
    article: int | None
    clause: int | None


@dataclass(frozen=True, slots=True)
class Coded:
    """A code, and its text where the code says "other"."""

    code: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Means:
    """How a part of the total is paid; None for what the others leave."""

    code: str
    text: str
    amount: Decimal | None


def told(extra: Mapping[str, Any], name: str) -> str:
    """One of the country's own texts, "" where it is not told."""
    value = extra.get(name)
    return "" if value is None else str(value).strip()


def figure(extra: Mapping[str, Any], name: str) -> Decimal | None:
    """One of the country's own figures; None where it is not told."""
    value = extra.get(name)
    return value if isinstance(value, Decimal) else None


def authorisation(document: Document) -> Authorisation | None:
    """The document's authorisation; None where nothing of one is told."""
    extra = document.extra

    def of(name: str) -> str:
        return told(extra, f"exoneration_{name}")

    names = ("kind", "kind_text", "number", "institution", "institution_text")
    given = extra.get("exoneration_date")
    if not given and not any(map(of, names)):
        return None
    article, clause = extra.get("exoneration_article"), extra.get("exoneration_clause")
    return Authorisation(
        kind=of("kind"),
        kind_text=of("kind_text"),
        number=of("number"),
        institution=of("institution"),
        institution_text=of("institution_text"),
        given=given if isinstance(given, date) else None,
        article=article if isinstance(article, int) else None,
        clause=clause if isinstance(clause, int) else None,
    )


def coded(text: str, known: Mapping[str, str], usual: str = "") -> Coded:
    """A code with what follows it ("99 Convenio"), or a text alone, which is "other"."""
    code, _, rest = text.strip().partition(" ")
    if code in known:
        return Coded(code, rest.strip())
    if not text.strip():
        return Coded(usual)
    return Coded(code if re.fullmatch("[0-9]{1,4}", text.strip()) else lists.OTHER, text.strip())


def discount(one: Adjustment) -> Coded:
    """What a discount is: its reason is Hacienda's code, with a text for "99"."""
    return coded(one.reason, lists.DISCOUNTS, lists.COMMERCIAL_DISCOUNT)


def charge(one: Charge) -> Coded:
    """What a charge is; ten per cent without a word is the service of restaurants."""
    usual = lists.SERVICE_CHARGE if one.percent == Decimal(10) else ""
    return coded(one.reason, lists.CHARGES, usual)


def charge_detail(one: Charge) -> str:
    """What the charge is called."""
    kind = charge(one)
    return kind.text or lists.CHARGES.get(kind.code, "")


def sale_condition(document: Document) -> str:
    """The code of CondicionVenta: as told, else by whether the sale is on credit."""
    usual = lists.CREDIT if document.payment.form is PaymentForm.CREDIT else lists.CASH
    return told(document.extra, "sale_condition") or usual


def credit_days(document: Document, issued: date) -> int | None:
    """How many days from the issue the customer has to pay; None where that is not told."""
    due = document.payment.due
    return None if due is None else (due - issued).days


def means(document: Document) -> tuple[Means, ...]:
    """The means of payment: those with their amounts, and the usual one for what is left."""
    text = told(document.extra, "payment_other")
    first = Means(lists.OTHER if text else lists.MEANS.get(document.payment.method, ""), text, None)
    return (first, *_further_means(told(document.extra, "other_payment_means")))


_MEANS = re.compile(r"([0-9]{2})(?:\s+([^=;]{1,100}?))?\s*=\s*([0-9]{1,13}(?:\.[0-9]{1,5})?)")


def _further_means(text: str) -> tuple[Means, ...]:
    """ "02=5000; 99 Vale=100" read; what cannot be read has no code, for the checks to tell."""
    found = []
    for part in text.split(";") if text else ():
        match = _MEANS.fullmatch(part.strip())
        if match is None:
            found.append(Means("", part.strip(), None))
        else:
            found.append(Means(match[1], match[2] or "", Decimal(match[3])))
    return tuple(found)


def situation(document: Document) -> str:
    """How it came to be issued: normal, made after a contingency, or without internet."""
    return told(document.extra, "situation") or ids.NORMAL


def reference_other(document: Document) -> str:
    """What a referred document of kind "99" is."""
    return told(document.extra, "reference_type_text")


def returned(document: Document) -> Decimal:
    """The IVA given back on health services paid by card; 0 for none."""
    return figure(document.extra, "vat_returned") or ZERO


def activity(company: Company) -> str:
    """The issuer's economic activity, six digits."""
    return told(company.extra, "activity")


def provider(company: Company) -> str:
    """Who made the system that issues: as told, else the company itself."""
    return told(company.extra, "provider_system") or ids.written(company.tax_id)


def paper(document: Document, company: Company) -> str:
    """What it is printed on: as the company says, else a roll for tiquetes and A4 for the rest."""
    usual = ROLL if document.kind is DocumentKind.RECEIPT else SHEET
    return told(company.extra, "paper") or usual


def is_unnamed(customer: Customer) -> bool:
    """Whether nothing is known of the customer: then none is written."""
    return customer.tax_id.kind == NOBODY and customer.name.strip().upper() in ("", "-", ANYBODY)


def seller_speaks(document: Document) -> bool:
    """Whether the other party stands as Emisor and we as Receptor."""
    return document.kind is DocumentKind.PURCHASE


def phone(number: str) -> tuple[str, str] | None:
    """Country code and number of a Costa Rican phone; None for any other."""
    digits = "".join(sign for sign in number[:40] if sign.isascii() and sign.isdigit())
    if digits.startswith("506") and len(digits) == 11:
        return "506", digits[3:]
    return ("506", digits) if len(digits) == 8 else None
