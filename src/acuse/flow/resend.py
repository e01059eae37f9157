"""Resend: a person mails an accepted document again, with open eyes, and may mend the contact."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from acuse.domain.activity import Event, EventKind
from acuse.domain.failure import Cause
from acuse.domain.party import Customer
from acuse.domain.problem import Blocked, Problem
from acuse.domain.recipient import RecipientState
from acuse.flow import company, release
from acuse.store import activity, customers, deliveries, documents, failing, mended, models, sent
from acuse.store.failing import Span

ANOTHER = "XX-DLV-4"
IN_FLIGHT = "XX-DLV-5"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person saw and wants.

    `seen`: the newest delivery on the screen; `anyway`: also while another is in flight; `keep`:
    the contact takes the addresses over.
    """

    emails: tuple[str, ...]
    seen: int
    anyway: bool = False
    keep: bool = False


def resend(company_id: int, document_id: int, asked: Asked, *, by: str, at: datetime) -> int:
    """The id of the new delivery, of its own cause. Raises Blocked, having sent nothing.

    So it does for a document that is not accepted, while another mail is in flight, and where
    somebody sent one since the screen was drawn.
    """
    customer_id = documents.load(document_id).customer_id
    with transaction.atomic():
        sent.lock(document_id)
        before = sent.sendings(company_id, document_id)
        if sent.newest(before) != asked.seen:
            raise Blocked([_another()])
        if not asked.anyway and any(one.in_flight for one in before):
            raise Blocked([_in_flight()])
        if asked.keep:
            # Saving the contact would let the held one leave: a second mail of the same.
            release.sent_by_hand(document_id, at=at)
        made = release.send_by_hand(company_id, document_id, asked.emails, by=by, at=at)
        mended.resolve(mended.failed_of(document_id), at=at)
    if asked.keep and customer_id is not None:
        _keep(company_id, customer_id, asked.emails, sent.failing(before), by=by, at=at)
    return made


def correct(
    company_id: int, recipient_id: int, emails: tuple[str, ...], *, by: str, at: datetime
) -> int:
    """The id of the delivery to the corrected addresses; the contact has them for the failed one.

    Raises Blocked for a document that is not accepted any more, and Recipient.DoesNotExist where
    no such mail of the company fails any more: somebody else was first.
    """
    with transaction.atomic():
        failed = failing.mails(company_id).filter(Span.only(recipient_id).keys()).get()
        delivery = deliveries.lock(failed.delivery_id)
        after = mended.stop(recipient_id, at=at)
        if after is None:
            raise models.Recipient.DoesNotExist
        if after is RecipientState.CANCELLED:
            told = Event(at, EventKind.RECIPIENT_CANCELLED, by, {"to": failed.address})
            activity.record(company_id, delivery.document_id, told)
        made = release.send_by_hand(company_id, delivery.document_id, emails, by=by, at=at)
        customer_id = documents.load(delivery.document_id).customer_id
    if customer_id is not None:
        gone = frozenset({failed.address.casefold()})
        _keep(company_id, customer_id, emails, gone, by=by, at=at)
    return made


def complete(
    company_id: int,
    cause: Cause,
    delivery_id: int,
    emails: tuple[str, ...],
    *,
    by: str,
    at: datetime,
) -> None:
    """A held mail's contact has these addresses; without a contact, the mail alone goes there.

    Raises Blocked as `release.send_by_hand` does, and Delivery.DoesNotExist where none of the
    company is held for that cause any more.
    """
    held = failing.held(company_id, cause).filter(Span.only(delivery_id).keys())
    document = held.select_related("document").get().document
    if document.customer_id is None:
        release.send_by_hand(company_id, document.pk, emails, by=by, at=at)
    else:
        address(company_id, document.customer_id, emails, by=by, at=at)


def address(
    company_id: int, customer_id: int, emails: tuple[str, ...], *, by: str, at: datetime
) -> None:
    """The contact has these addresses from now on; mail that waited for one leaves by itself."""
    known = customers.load(company_id, customer_id)
    company.save_customer(company_id, customer_id, replace(known, emails=emails), by=by, at=at)


def _keep(
    company_id: int,
    customer_id: int,
    emails: tuple[str, ...],
    failed: frozenset[str],
    *,
    by: str,
    at: datetime,
) -> None:
    known = customers.load(company_id, customer_id)
    taken = replace(known, emails=_taken(known, emails, failed))
    company.save_customer(company_id, customer_id, taken, by=by, at=at)


def _taken(known: Customer, emails: tuple[str, ...], failed: frozenset[str]) -> tuple[str, ...]:
    """The contact's addresses with those of this mail, without the failed ones it did not use."""
    used = {one.casefold() for one in emails}
    stay = [one for one in known.emails if one.casefold() in used or one.casefold() not in failed]
    have = {one.casefold() for one in stay}
    return (*stay, *(one for one in emails if one.casefold() not in have))


def _in_flight() -> Problem:
    text = (
        "Hay un envío en camino y todavía puede salir solo: tu cliente recibiría dos. Espera a que "
        "termine, o marca que quieres enviar otro de todas formas."
    )
    return Problem("anyway", IN_FLIGHT, text)


def _another() -> Problem:
    text = (
        "Mientras mirabas esta página se pidió otro envío de este documento. Míralo abajo y "
        "decide otra vez."
    )
    return Problem("document", ANOTHER, text)
