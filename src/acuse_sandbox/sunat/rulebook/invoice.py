"""A factura or boleta as values, for the rules to ask; `reading` fills them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from acuse_sandbox.sunat.rulebook import formats


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as written, with its currency or unit; `number` is zero where it is no number."""

    text: str | None = None
    unit: str | None = None
    number: Decimal = formats.ZERO

    @property
    def exists(self) -> bool:
        """True if the element is there, even empty."""
        return self.text is not None


@dataclass(frozen=True, slots=True)
class Subtotal:
    """A TaxSubtotal, of a line or of the document."""

    base: Amount
    tax: Amount
    bags: Amount
    percent: Amount
    per_bag: Amount
    affectation: str | None
    tier: str | None
    tribute: str | None
    name: str | None
    type_code: str | None

    @property
    def has_base(self) -> bool:
        """True if its base is more than nothing: only such a subtotal counts for most rules."""
        return self.base.number > 0


@dataclass(frozen=True, slots=True)
class Charge:
    """An AllowanceCharge, of a line or of the document."""

    indicator: str | None
    reason: str | None
    factor: Amount
    amount: Amount
    base: Amount


@dataclass(frozen=True, slots=True)
class Price:
    """An AlternativeConditionPrice."""

    amount: Amount
    type_code: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """An InvoiceLine."""

    id: str
    quantity: Amount
    value: Amount
    prices: tuple[Price, ...]
    charges: tuple[Charge, ...]
    tax_totals: int
    tax: Amount
    subtotals: tuple[Subtotal, ...]
    description: str | None
    seller_code: str | None
    product_code: str | None
    gtin: str | None
    gtin_scheme: str | None
    price: Amount

    @property
    def is_free(self) -> bool:
        """True if the line is handed over for nothing: tribute 9996 on a base."""
        return self.carries("9996")

    def carries(self, tribute: str) -> bool:
        """True if the line has a base for this tribute."""
        return any(s.tribute == tribute and s.has_base for s in self.subtotals)

    def sum_of(self, reason: str) -> Decimal:
        """The sum of the line's discounts or charges of one code."""
        return sum((c.amount.number for c in self.charges if c.reason == reason), formats.ZERO)


@dataclass(frozen=True, slots=True)
class Party:
    """Issuer or customer."""

    ids: tuple[tuple[str, str | None], ...]  # number, scheme
    name: str | None
    trade_name: str | None
    address: Mapping[str, str]  # texts by element name: ID, AddressTypeCode, Line ...

    @property
    def number(self) -> str | None:
        """The first identity's number."""
        return self.ids[0][0] if self.ids else None

    @property
    def scheme(self) -> str | None:
        """The first identity's kind, catalogue 06."""
        return self.ids[0][1] if self.ids else None


@dataclass(frozen=True, slots=True)
class Terms:
    """A PaymentTerms block."""

    id: str | None
    means: tuple[str, ...]
    amount: Amount
    due: str | None


@dataclass(frozen=True, slots=True)
class Reference:
    """A DespatchDocumentReference or AdditionalDocumentReference."""

    id: str | None
    type_code: str | None
    status: str | None
    issuer: str | None
    issuer_scheme: str | None


@dataclass(frozen=True, slots=True)
class Invoice:
    """A factura or boleta, as far as the rules look at it."""

    version: str | None
    customization: str | None
    id: str | None
    issued: str | None
    issue_date: date | None  # None where `issued` is no date
    type_code: str | None
    operation: str | None
    notes: tuple[tuple[str | None, str], ...]  # legend's code, text
    currency: str | None
    order: str | None
    despatches: tuple[Reference, ...]
    documents: tuple[Reference, ...]
    supplier: Party
    customer: Party
    delivery: Mapping[str, str]  # texts of the delivery address by element name
    deposit: tuple[tuple[str | None, str | None, str | None], ...]  # id, means, account
    terms: tuple[Terms, ...]
    advances: tuple[tuple[str | None, Amount], ...]
    charges: tuple[Charge, ...]
    tax_totals: int
    tax: Amount
    subtotals: tuple[Subtotal, ...]
    totals: Mapping[str, Amount]  # LegalMonetaryTotal by element name
    lines: tuple[Line, ...]

    def total(self, name: str) -> Decimal:
        """A sum of LegalMonetaryTotal; zero where it is absent."""
        return self.totals.get(name, Amount()).number

    def sum_of(self, *reasons: str) -> Decimal:
        """The sum of the document's discounts or charges of these codes."""
        return sum((c.amount.number for c in self.charges if c.reason in reasons), formats.ZERO)

    def has_legend(self, code: str) -> bool:
        """True if a note carries this legend's code."""
        return any(found == code for found, _ in self.notes)
