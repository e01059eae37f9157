"""On what terms it is sold: how it is paid and delivered, what was paid before, in which money.

Source: colombia.md 3, "PaymentMeans", "PaymentExchangeRate", "Totals".
"""

from __future__ import annotations

from acuse.domain.document import Document, PaymentForm
from acuse.jurisdictions.co import content
from acuse.jurisdictions.co.doubts import calculation_rate
from acuse.jurisdictions.co.totals import PESOS
from acuse.xml import ubl
from acuse.xml.build import EMPTY, Markup, joined, leaf, node

_delivery = node("cac:Delivery", "cac:DeliveryAddress", "cac:AddressLine")
_address_text = leaf("cbc:Line")
_terms = node("cac:DeliveryTerms")
_incoterm = leaf("cbc:LossRiskResponsibilityCode")
_means = node("cac:PaymentMeans")
_prepayment = node("cac:PrepaidPayment")
_paid = ubl.money("PaidAmount", PESOS)
_received = leaf("cbc:ReceivedDate")
_exchange = node("cac:PaymentExchangeRate")
_target_base = leaf("cbc:TargetCurrencyBaseRate")("1.00")
_means_code, _means_due = leaf("cbc:PaymentMeansCode"), leaf("cbc:PaymentDueDate")
_source, _target = leaf("cbc:SourceCurrencyCode"), leaf("cbc:TargetCurrencyCode")
_rate, _rate_day = leaf("cbc:CalculationRate"), leaf("cbc:Date")


def handed(document: Document) -> Markup:
    """Where it is delivered, and who bears the risk on the way (exports)."""
    extra = document.extra
    place, incoterm = str(extra.get("delivery_address") or ""), str(extra.get("incoterm") or "")
    return joined(
        _delivery(_address_text(place)) if place else EMPTY,
        _terms(_incoterm(incoterm)) if incoterm else EMPTY,
    )


def payment(document: Document) -> Markup:
    """How it is paid; notes need the group too (CAN01)."""
    days = content.due_days(document)
    form = ubl.id_("2" if document.payment.form is PaymentForm.CREDIT else "1")
    code = _means_code(content.payment_code(document))
    if not days:
        return _means(form, code)
    return joined(*(_means(form, code, _means_due(day.isoformat())) for day in days))


def prepayments(document: Document) -> Markup:
    """What was received before; each has its day."""
    return joined(
        *(
            _prepayment(
                ubl.id_(one.reference or str(ordinal)),
                _paid(f"{one.amount:.2f}"),
                _received(one.received.isoformat()),
            )
            for ordinal, one in enumerate(document.prepayments, start=1)
        )
    )


def currency(meant: Document, day: str) -> Markup:
    """The agreed currency beside the pesos: shape (b) of the page, source COP."""
    if meant.currency == PESOS or meant.exchange_rate is None:
        return EMPTY
    return _exchange(
        _source(PESOS),
        _target(meant.currency),
        _target_base,
        _rate(calculation_rate(meant.exchange_rate)),
        _rate_day(day),
    )
