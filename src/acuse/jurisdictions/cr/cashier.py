"""Recibos de pago for documents whose IVA is due when they are paid.

Source: costa-rica.md 1 (REP), 3.7, 3.8, 9.2 (CR-CV-3, CR-REP-1, CR-REP-2).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from acuse.domain.document import Document, Line, Payment, Reference, Tax
from acuse.domain.jurisdiction import Sealed
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import ZERO, trimmed
from acuse.domain.payment import Paid
from acuse.domain.problem import Problem
from acuse.domain.shares import shares
from acuse.jurisdictions.cr import content, content_line, lists, references
from acuse.jurisdictions.cr import owed as owing
from acuse.jurisdictions.cr.codes import USUAL_TARIFF
from acuse.jurisdictions.cr.face_words import rate_words
from acuse.jurisdictions.cr.forms import problem
from acuse.jurisdictions.cr.kinds import KINDS
from acuse.jurisdictions.cr.line_sums import NOTHING, PLACES
from acuse.jurisdictions.cr.owed import Owed, Rate, Slot
from acuse.jurisdictions.cr.totals import sums

PAYABLE = frozenset({DocumentKind.INVOICE, DocumentKind.RECEIPT, DocumentKind.DEBIT_NOTE})
LONGEST_DETAIL, LONGEST_REASON = 200, 180
OWN_WORDS = {code: word for word, code in lists.TAXES.items()}
ONE = Decimal(1)


class Cashier:
    """What Costa Rica answers about payments; see acuse.domain.jurisdiction."""

    places = PLACES

    def awaits(self, document: Document) -> bool:
        return document.kind in PAYABLE and content.sale_condition(document) in lists.PAYMENT_OF

    def receipt(
        self, document: Document, sealed: Sealed, paid: Paid, settled: tuple[Document, ...]
    ) -> Document:
        """Without number and date, for its issuer to review."""
        among = owing.left(document, settled)
        among = among if any(among.values()) else owing.owed(document)
        spread = shares(paid.amount, tuple(among.values()), PLACES)
        parts = dict(zip(among, spread, strict=True))
        condition = lists.PAYMENT_OF[content.sale_condition(document)]
        return Document(
            kind=DocumentKind.PAYMENT,
            counterparty=document.counterparty,
            lines=tuple(_lines(document, sealed, parts)),
            currency=document.currency,
            exchange_rate=paid.exchange_rate,
            payment=Payment(method=paid.method),
            references=(_reference(document, sealed, paid),),
            extra={"sale_condition": condition},
        )

    def receipt_problems(
        self, receipt: Document, document: Document, left: Decimal
    ) -> tuple[Problem, ...]:
        return tuple(_problems(receipt, document, left))


def _problems(receipt: Document, document: Document, left: Decimal) -> Iterator[Problem]:
    condition, told = content.sale_condition(document), content.sale_condition(receipt)
    expected = lists.PAYMENT_OF.get(condition)
    if document.kind not in PAYABLE or expected is None:
        text = f"La condición del documento que se paga es {condition} y un recibo de pago es"
        yield problem("references.0", "CR-REP-1", f"{text} para la 08 o la 10. No lo emitas.")
    elif told != expected:
        text = (
            f"El documento es de condición {condition}: su recibo lleva la {expected}, no {told}."
        )
        yield problem("extra.sale_condition", "CR-CV-3", f"{text} Corrígela.")
    elif receipt.currency != document.currency:
        text = f"El documento es en {document.currency} y el recibo en {receipt.currency}."
        yield problem("currency.code", "CR-REP-2", f"{text} Usa la moneda del documento.")
    elif (total := sums(receipt).total) > left:
        paid, rest = (trimmed(one, PLACES, 2) for one in (total, left))
        text = f"Se paga {paid} y del documento queda {rest}."
        yield problem("items", "CR-REP-2", f"{text} Corrige lo pagado.")


def _lines(document: Document, sealed: Sealed, parts: Owed) -> Iterator[Line]:
    """A line for each tariff that something was paid of."""
    rates = {slot.rate: None for slot, amount in parts.items() if amount}
    named = next(one.name for one in KINDS if one.kind is document.kind).lower()
    detail = f"Pago de {named} {sealed.number}"
    for rate in rates:
        told = f"{detail}: {rate_words(rate.code, rate.tariff)}" if len(rates) > 1 else detail
        yield _line(told[:LONGEST_DETAIL], rate, parts)


def _line(detail: str, rate: Rate, parts: Owed) -> Line:
    added = content_line.rate(rate.tariff)
    taxes = [Tax(OWN_WORDS[rate.code], added)]
    extra: dict[str, Any] = {"paid_tax": NOTHING}
    for slot, amount in parts.items():
        if slot.rate != rate or not slot.tax:
            continue
        if slot.tax in lists.VALUE_ADDED:
            extra["paid_tax"] = amount
        elif amount:
            taxes.append(Tax(OWN_WORDS[slot.tax], ZERO, per_unit=amount))
    if rate.name:
        extra["other_tax_name"] = rate.name
    if rate.tariff and USUAL_TARIFF.get(added) != rate.tariff:
        extra["tariff"] = rate.tariff
    if rate.factor is not None:
        extra["vat_factor"] = rate.factor
    net = parts.get(Slot(rate), NOTHING)
    return Line(detail, ONE, net, taxes=tuple(taxes), extra=extra)


def _reference(document: Document, sealed: Sealed, paid: Paid) -> Reference:
    assert document.date is not None  # it was issued
    reason = f"Pago del {paid.day:%d/%m/%Y}. {paid.note}".strip()
    return Reference(
        number=sealed.number,
        date=document.date,
        fiscal_id=sealed.fiscal_id,
        kind=document.kind,
        reason_code=references.PAYS,
        reason=reason[:LONGEST_REASON].strip(),
    )
