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
    """A tax on a line: general code ("IGV", "IVA") and percentage (18 means 18 %).

    `per_unit` is the tax of one unit, in the document's currency, for taxes that count units; the
    percentage is 0 then. Withholdings are taxes whose code the country knows as such.
    """

    code: str
    percent: Decimal
    per_unit: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """An amount, or a percentage of what it applies to (never both); `reason` is printed."""

    amount: Decimal | None = None
    percent: Decimal | None = None
    reason: str = ""

    def of(self, base: Decimal) -> Decimal:
        """What it comes to on `base`, unrounded."""
        if self.amount is not None:
            return self.amount
        return base * (self.percent or ZERO) / 100


class Discount(Adjustment):
    """What is taken off."""

    __slots__ = ()


class Charge(Adjustment):
    """What is put on top: a tip, freight, a service charge."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Prepayment:
    """Money received before, in the document's currency."""

    amount: Decimal
    received: date
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A document that this one corrects or hangs from, and why.

    `number` as printed; `fiscal_id` the authority's name for it, "" where it has none;
    `reason_code` is the authority's, `reason` its words or the user's.
    """

    number: str
    date: date
    fiscal_id: str = ""
    kind: DocumentKind | None = None
    reason_code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Line:
    """One thing sold: quantity × unit price, less discounts, plus charges and taxes.

    The price is without tax, or with it where the document says so. `components` are what a bundle
    holds, each with its own price, discounts and taxes; the line itself has none of these then.
    """

    description: str
    quantity: Decimal
    price: Decimal
    unit: str = ""
    code: str = ""
    taxes: tuple[Tax, ...] = ()
    discounts: tuple[Discount, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    charges: tuple[Charge, ...] = ()
    components: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """What is issued. `date` None means the day of issue in the company's country.

    `number` is None until the document is issued; `exchange_rate` is units of the country's own
    currency for one of `currency`; `discounts` and `charges` apply to the whole document, before
    tax or after it as its country has it. `references` are what a note corrects; `period` is what
    a note without a reference stands for. `contingency`: made again in the form that the authority
    prescribes for while its service is down. `prices_with_tax`: prices, and the discounts and
    charges on them, are what the customer pays; tax is inside, as shops write it on the label.
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
    charges: tuple[Charge, ...] = ()
    prepayments: tuple[Prepayment, ...] = ()
    references: tuple[Reference, ...] = ()
    period: Period | None = None
    contingency: bool = False
    prices_with_tax: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)
