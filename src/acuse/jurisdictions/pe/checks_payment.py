"""Form of payment and instalments. Source: peru.md 3.6, 3.8 (reason 13)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from acuse.domain.document import Document, Payment, PaymentForm
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import ZERO, rounded
from acuse.domain.problem import Problem
from acuse.jurisdictions.pe import content
from acuse.jurisdictions.pe.checks_customer import RUC
from acuse.jurisdictions.pe.totals import Sums
from acuse.jurisdictions.pe.wording import LARGEST, problem

MOST_INSTALMENTS = 999  # an instalment's number has three digits (3246)


def payment_problems(document: Document, counted: Sums, issued: date) -> Iterator[Problem]:
    """What is wrong with when and how it is paid; only facturas and notes about one write it."""
    if content.is_note(document):
        if content.changes_terms(document):
            yield from _new_terms(document, counted)
        return
    payment = document.payment
    if payment.due is not None and payment.due < issued:
        text = f"El vencimiento ({payment.due:%d/%m/%Y}) es anterior a la emisión. Corrígelo."
        yield problem("dueDate", "PE-OWN-6", text)
    if document.kind is not DocumentKind.INVOICE:
        return
    if payment.form is PaymentForm.CASH:
        if payment.instalments:
            text = "Al contado no hay cuotas. Quítalas o elige crédito."
            yield problem("instalments", "PE-3252", text)
        return
    yield from _credit(document, counted, issued)


def _credit(document: Document, counted: Sums, issued: date) -> Iterator[Problem]:
    payment = document.payment
    if counted.pending <= ZERO:
        text = f"Queda por cobrar {counted.pending}: no hay nada al crédito. Elige contado."
        yield problem("paymentForm", "PE-3250", text)
        return
    kind = content.IDENTITIES.get(document.counterparty.tax_id.kind)
    if not payment.instalments:
        if kind == RUC:
            text = "Al crédito hace falta al menos una cuota con su fecha y monto. Agrégala."
            yield problem("instalments", "PE-3249", text)
        return
    wrong = list(_instalments(payment, issued, "PE-3267", "la emisión"))
    yield from wrong
    total = ZERO if wrong else sum((one.amount for one in payment.instalments), ZERO)
    if not wrong and total != counted.pending:
        text = f"Las cuotas suman {total:f} y lo pendiente de pago es {counted.pending}."
        if counted.pending != counted.payable:
            text += " Es el total menos la detracción, la retención y lo ya pagado."
        yield problem("instalments", "PE-3319", f"{text} Ajústalas.")


def _new_terms(document: Document, counted: Sums) -> Iterator[Problem]:
    """Reason 13: nothing but new instalments, later than the factura."""
    if counted.payable:
        text = f"El motivo 13 no cambia montos: el total debe ser 0.00, no {counted.payable}."
        yield problem("items", "PE-3315", f"{text} Pon precio 0.")
    payment = document.payment
    if payment.form is not PaymentForm.CREDIT or not payment.instalments:
        text = "El motivo 13 pide la forma de pago al crédito con sus nuevas cuotas. Agrégalas."
        yield problem("instalments", "PE-3257", text)
        return
    corrected = document.references[0].date
    yield from _instalments(payment, corrected, "PE-3321", "la emisión de la factura")


def _instalments(payment: Payment, after: date, code: str, what: str) -> Iterator[Problem]:
    if len(payment.instalments) > MOST_INSTALMENTS:
        text = f"Tiene {len(payment.instalments)} cuotas y el máximo es {MOST_INSTALMENTS}."
        yield problem("instalments", "PE-3246", text)
        return
    for index, instalment in enumerate(payment.instalments):
        field, amount = f"instalments.{index}", instalment.amount
        if instalment.due <= after:
            text = f"La cuota vence el {instalment.due:%d/%m/%Y}: debe ser después de {what}."
            yield problem(f"{field}.dueDate", code, text)
        fits = amount.is_finite() and ZERO < amount < LARGEST
        if not fits or rounded(amount) != amount:
            text = f"El monto de la cuota ({amount:.15g}) debe ser positivo, con dos decimales."
            yield problem(f"{field}.amount", "PE-3253", text)
