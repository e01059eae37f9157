"""Register a payment: money came in for an accepted document, and its receipt is proposed.

The receipt, a draft from now on, is what is kept of the payment (store/payments.py). It counts as
paid from here, so that two people never register the same money beyond what is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from acuse import jurisdictions
from acuse.domain.activity import Event, EventKind
from acuse.domain.jurisdiction import Cashier, Jurisdiction
from acuse.domain.lifecycle import MAILABLE
from acuse.domain.money import ZERO, plain, rounded
from acuse.domain.party import Company
from acuse.domain.payment import LONGEST_NOTE, Paid
from acuse.domain.problem import Blocked, Problem
from acuse.domain.text import clean
from acuse.flow import settlement
from acuse.flow.draft import draft
from acuse.flow.issue import issue
from acuse.flow.settlement import Settlement
from acuse.store import activity, companies, documents, payments
from acuse.store.documents import Issued


def register(company_id: int, document_id: int, paid: Paid, *, by: str, at: datetime) -> int:
    """The id of the receipt's draft. Raises Blocked where the payment cannot be, with every reason.

    What is paid and, to the cent, all that is left, closes the document exactly. Raises
    Document.DoesNotExist for what is no issued document of the company.
    """
    with transaction.atomic():
        company = companies.load(company_id)
        jurisdiction = jurisdictions.find(company.jurisdiction)
        payments.hold(company_id, document_id)
        issued = documents.load_of(company_id, document_id)
        cashier, standing = _open(jurisdiction, issued)
        paid = _closing(paid, standing)
        found = tuple(_problems(paid, issued, standing, jurisdiction, cashier, at))
        if found:
            raise Blocked(found)
        proposed = cashier.receipt(issued.document, issued.sealed, paid, standing.settled)
        receipt_id = draft(company_id, proposed, by=by, at=at)
        event = Event(at, EventKind.PAYMENT_REGISTERED, by, _facts(paid, issued, receipt_id))
        activity.record(company_id, document_id, event)
    return receipt_id


def settle(company_id: int, document_id: int, paid: Paid, *, by: str, at: datetime) -> int:
    """The id of the receipt, issued at once. Raises Blocked: then not even the payment stays."""
    with transaction.atomic():
        receipt_id = register(company_id, document_id, paid, by=by, at=at)
        return issue(receipt_id, by=by, at=at).id


def standing(company: Company, issued: Issued) -> Settlement | None:
    """How the document stands; None where no receipts are made of its payments."""
    return settlement.of(issued, jurisdictions.find(company.jurisdiction))


def _open(jurisdiction: Jurisdiction, issued: Issued) -> tuple[Cashier, Settlement]:
    cashier = jurisdiction.cashier
    if cashier is None or not cashier.awaits(issued.document):
        raise Blocked([_no_receipts()])
    found = settlement.of(issued, jurisdiction)
    if found is None:
        assert issued.state not in MAILABLE
        raise Blocked([replace(settlement.not_accepted(jurisdiction), field="document")])
    return cashier, found


def _closing(paid: Paid, standing: Settlement) -> Paid:
    """Cash has no more than cents: what is, to the cent, all that is left, is all of it."""
    amount = paid.amount
    if standing.left and amount.is_finite() and rounded(amount) == rounded(standing.left):
        return replace(paid, amount=standing.left)
    return paid


def _problems(
    paid: Paid,
    issued: Issued,
    standing: Settlement,
    jurisdiction: Jurisdiction,
    cashier: Cashier,
    at: datetime,
) -> Iterator[Problem]:
    yield from _amount(paid, standing, cashier)
    document, traits = issued.document, jurisdiction.traits
    if paid.day > traits.day(at):
        text = f"La fecha del pago es {paid.day:%d/%m/%Y} y todavía no llega. Corrígela."
        yield Problem("date", "XX-PAY-4", text)
    if document.date is not None and paid.day < document.date:
        text = (
            f"El pago es del {paid.day:%d/%m/%Y}, anterior al documento ({document.date:%d/%m/%Y})."
        )
        yield Problem("date", "XX-PAY-4", f"{text} Corrige la fecha.")
    foreign = document.currency != traits.currency
    if foreign and paid.exchange_rate is None:
        text = f"El documento es en {document.currency}: falta el tipo de cambio del día del pago."
        yield Problem("exchangeRate", "XX-PAY-6", f"{text} Escríbelo.")
    if not foreign and paid.exchange_rate is not None:
        text = f"El documento es en {document.currency}: no lleva tipo de cambio. Quítalo."
        yield Problem("exchangeRate", "XX-PAY-6", text)
    note = clean(paid.note, field="note", longest=LONGEST_NOTE)
    if isinstance(note, Problem):
        yield note


def _amount(paid: Paid, standing: Settlement, cashier: Cashier) -> Iterator[Problem]:
    amount = paid.amount
    if not amount.is_finite() or amount <= ZERO:
        yield Problem("amount", "XX-PAY-1", "El monto pagado es mayor que cero. Corrígelo.")
    elif amount > standing.left:
        yield settlement.too_much(amount, standing.left, cashier)
    elif amount != rounded(amount, cashier.places):
        text = f"El monto lleva hasta {cashier.places} decimales. Redondéalo."
        yield Problem("amount", "XX-PAY-1", text)


def _facts(paid: Paid, issued: Issued, receipt_id: int) -> dict[str, object]:
    return {
        "amount": plain(paid.amount, 2),
        "currency": issued.document.currency,
        "day": paid.day.isoformat(),
        "method": paid.method,
        "note": paid.note,
        "receipt": receipt_id,
    }


def _no_receipts() -> Problem:
    text = "Los pagos de este documento no llevan recibo: no se registra ninguno."
    return Problem("document", "XX-PAY-7", text)
