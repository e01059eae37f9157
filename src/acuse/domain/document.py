"""A document as its issuer means it, before any country gives it a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from acuse.domain.kinds import DocumentKind
from acuse.domain.money import ZERO
from acuse.domain.numbering import Number
from acuse.domain.party import Customer


class PaymentForm(StrEnum):
    """Whether the money is due now or later."""

    CASH = "CASH"
    CREDIT = "CREDIT"


@dataclass(frozen=True, slots=True)
class Instalment:
    """A part of a credit sale: when it is due and how much, in the document's currency."""

    due: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Payment:
    """How the customer pays; `method` is the general word (CASH, CARD, TRANSFER …)."""

    form: PaymentForm = PaymentForm.CASH
    method: str = "CASH"
    due: date | None = None
    instalments: tuple[Instalment, ...] = ()


@dataclass(frozen=True, slots=True)
class Tax:
    """A tax on a line: general code ("IGV", "IVA") and percentage (18 means 18 %)."""

    code: str
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Discount:
    """A discount before tax: an amount, or a percentage of what it applies to (never both)."""

    amount: Decimal | None = None
    percent: Decimal | None = None
    reason: str = ""

    def of(self, base: Decimal) -> Decimal:
        """What is taken off `base`, unrounded."""
        if self.amount is not None:
            return self.amount
        return base * (self.percent or ZERO) / 100


@dataclass(frozen=True, slots=True)
class Line:
    """One thing sold: quantity × unit price without tax, less discounts, plus taxes."""

    description: str
    quantity: Decimal
    price: Decimal
    unit: str = ""
    code: str = ""
    taxes: tuple[Tax, ...] = ()
    discounts: tuple[Discount, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """What is issued. `date` None means the day of issue in the company's country.

    `number` is None until the document is issued; `exchange_rate` is units of the country's own
    currency for one of `currency`; `discounts` apply to the whole document, before tax.
    """

    kind: DocumentKind
    counterparty: Customer
    lines: tuple[Line, ...]
    currency: str
    date: date | None = None
    number: Number | None = None
    exchange_rate: Decimal | None = None
    discounts: tuple[Discount, ...] = ()
    payment: Payment = Payment()
    notes: tuple[str, ...] = ()
    purchase_order: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
