"""How a document is paid, what is taken off and put on, and its totals.

Source: peru.md 3.3–3.6. Detracción and percepción are always in soles.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from acuse.domain.document import Document, PaymentForm
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import plain, trimmed
from acuse.domain.party import Company
from acuse.jurisdictions.pe import content
from acuse.jurisdictions.pe.codes import ICBPER
from acuse.jurisdictions.pe.compose_lines import (
    INDICATORS,
    Writers,
    adjustment,
    cents,
    scheme,
    writers,
)
from acuse.jurisdictions.pe.line_sums import HUNDRED, NOTHING
from acuse.jurisdictions.pe.totals import SOLES, Held, Sums
from acuse.xml import ubl
from acuse.xml.build import EMPTY, Figure, Markup, joined, leaf, node

_means_id = leaf("cbc:PaymentMeansID")
_payment_due = leaf("cbc:PaymentDueDate")
_payment_percent = leaf("cbc:PaymentPercent")
_payment_means = node("cac:PaymentMeans")
_means_code = leaf("cbc:PaymentMeansCode")
_payment_id = leaf("cbc:PaymentID")
_account = node("cac:PayeeFinancialAccount")
_prepaid = node("cac:PrepaidPayment")
_paid_date = leaf("cbc:PaidDate")
_reason_code = leaf("cbc:AllowanceChargeReasonCode")
_factor = leaf("cbc:MultiplierFactorNumeric")
_requested_total = node("cac:RequestedMonetaryTotal")

FORM = ubl.id_("FormaPago")
CASH = ubl.payment_terms(FORM, _means_id("Contado"))
DETRACTION, PERCEPTION = ubl.id_("Detraccion"), ubl.id_("Percepcion")


def means(document: Document, company: Company, counted: Sums) -> Markup:
    """Where a detracción is deposited, or how a train ticket was paid; no document has both."""
    ticket = content.ticket(document)
    if ticket is not None:
        return _payment_means(_means_code(ticket.means), _payment_id(ticket.authorisation))
    if counted.detraction is None:
        return EMPTY
    told = content.detraction(document)
    assert told is not None
    account = content.own(company.extra, "detraction_account")
    return _payment_means(DETRACTION, _means_code(told.means), _account(ubl.id_(account)))


def terms(document: Document, counted: Sums, money: Writers) -> Markup:
    """Detracción, percepción, then the form of payment with its instalments."""
    return joined(
        *_deposited(counted),
        *_perceived(counted),
        *_form(document, counted, money),
    )


def _deposited(counted: Sums) -> Iterator[Markup]:
    held = counted.detraction
    if held is not None:
        yield ubl.payment_terms(
            DETRACTION,
            _means_id(held.code),
            _payment_percent(trimmed(held.percent, 5, 2)),
            writers(SOLES).amount(cents(held.amount)),
        )


def _perceived(counted: Sums) -> Iterator[Markup]:
    held = counted.perception
    if held is not None:
        whole = writers(SOLES).amount(cents(held.base + held.amount))
        yield ubl.payment_terms(PERCEPTION, whole)


def _form(document: Document, counted: Sums, money: Writers) -> Iterator[Markup]:
    """Contado, or Credito with its instalments; boletas and other notes carry none."""
    payment = document.payment
    if document.kind is DocumentKind.INVOICE and payment.form is PaymentForm.CASH:
        yield CASH
    if not content.has_instalments(document):
        return
    owed = counted.pending
    if content.is_note(document):
        owed = sum((one.amount for one in payment.instalments), NOTHING)
    yield ubl.payment_terms(FORM, _means_id("Credito"), money.amount(cents(owed)))
    for ordinal, one in enumerate(payment.instalments, start=1):
        yield ubl.payment_terms(
            FORM,
            _means_id(f"Cuota{ordinal:03d}"),
            money.amount(cents(one.amount)),
            _payment_due(one.due.isoformat()),
        )


def prepayments(counted: Sums, money: Writers) -> Markup:
    """The advances with tax."""
    return joined(
        *(
            _prepaid(
                ubl.id_(str(ordinal)),
                money.paid(cents(one.paid)),
                _paid_date(one.received.isoformat()),
            )
            for ordinal, one in enumerate(counted.advances, start=1)
        )
    )


def allowances(document: Document, counted: Sums, money: Writers) -> Markup:
    """Discounts and charges of the document, the bases of advances, what is withheld or added."""
    return joined(
        *(adjustment(one.code, one.amount, one.base, money) for one in counted.globals),
        *(adjustment(one.code, one.net, one.net, money) for one in counted.advances if one.net),
        *(adjustment("20", one.isc, one.isc, money) for one in counted.advances if one.isc),
        _held(counted.retention, money),
        _held(counted.perception, writers(SOLES)),
    )


def _held(held: Held | None, money: Writers) -> Markup:
    if held is None:
        return EMPTY
    return ubl.allowance_charge(
        INDICATORS[held.code != "62"],
        _reason_code(held.code),
        _factor(plain(held.percent / HUNDRED, 5)),
        money.amount(cents(held.amount)),
        money.base(cents(held.base)),
    )


def tax_total(counted: Sums, money: Writers) -> Markup:
    """The document's taxes: a subtotal for each tribute that a line has (2638)."""
    return ubl.tax_total(
        money.tax(cents(counted.tax)),
        *(
            ubl.tax_subtotal(
                EMPTY if tribute == ICBPER else money.taxable(cents(base)),
                money.tax(cents(tax)),
                ubl.tax_category(scheme(tribute)),
            )
            for tribute, base, tax in counted.bases
        ),
    )


def total(document: Document, counted: Sums, money: Writers) -> Markup:
    """The monetary total; what is zero and may be absent is absent."""
    element = ubl.legal_monetary_total
    if document.kind is DocumentKind.DEBIT_NOTE:
        element = _requested_total

    def some(write: Figure, amount: Decimal) -> Markup:
        return write(cents(amount)) if amount else EMPTY

    return element(
        money.extension(cents(counted.line_extension)),
        money.inclusive(cents(counted.tax_inclusive)),
        some(money.allowance, counted.allowance),
        some(money.charge, counted.charge),
        some(money.prepaid, counted.prepaid),
        some(money.rounding, counted.rounding),
        money.payable(cents(counted.payable)),
    )
