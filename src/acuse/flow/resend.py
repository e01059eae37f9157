"""Resend: a person mails an accepted document again, with open eyes, and may mend the contact."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from acuse.domain.activity import Event, EventKind
from acuse.domain.contact import ContactAddress, Role, reaching
from acuse.domain.delivery import DeliveryState, Trigger
from acuse.domain.failure import Cause
from acuse.domain.kinds import DocumentKind
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
    somebody sent one since the screen was drawn. What failed to addresses that the contact leaves
    is dealt with; what failed to others waits on.
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
        left = sent.failing(before) if asked.keep and customer_id is not None else frozenset()
        _leave(company_id, document_id, left, by, at)
    if asked.keep and customer_id is not None:
        _keep(company_id, customer_id, asked.emails, left, by=by, at=at)
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
        if delivery.trigger is Trigger.COPY:
            raise Blocked([_own_copy()])
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
        _keep(company_id, customer_id, emails, gone, like=failed.address, by=by, at=at)
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

    Where it goes to others already, these take the place of what it leaves out.

    Raises Blocked as `release.send_by_hand` does, and Delivery.DoesNotExist where none of the
    company is held for that cause any more.
    """
    held = failing.held(company_id, cause).filter(Span.only(delivery_id).keys())
    found = held.select_related("document").get()
    if found.trigger == Trigger.COPY.value:
        raise Blocked([_own_copy()])
    document = found.document
    if found.state == DeliveryState.OPEN.value:
        _instead(found, emails, by=by, at=at)
    elif document.customer_id is None:
        release.send_by_hand(company_id, document.pk, emails, by=by, at=at)
    else:
        kind = DocumentKind(document.kind)
        address(company_id, document.customer_id, emails, kind, by=by, at=at)


def _instead(going: models.Delivery, emails: tuple[str, ...], *, by: str, at: datetime) -> None:
    document = going.document
    with transaction.atomic():
        gone = mended.give_up(going.pk)
        if not gone:
            raise models.Delivery.DoesNotExist
        release.send_by_hand(going.company_id, document.pk, emails, by=by, at=at)
    if document.customer_id is not None:
        small = frozenset(one.casefold() for one in gone)
        _keep(going.company_id, document.customer_id, emails, small, like=gone[0], by=by, at=at)


def address(
    company_id: int,
    customer_id: int,
    emails: tuple[str, ...],
    kind: DocumentKind,
    *,
    by: str,
    at: datetime,
) -> None:
    """The contact has these addresses from now on, and one takes documents of that kind.

    Mail that waited for one leaves by itself. Those that get nothing stay as they are.
    """
    known = customers.load(company_id, customer_id)
    quiet = (one for one in known.addresses if one.role is Role.NONE)
    reached = known.reached_at((*reaching(emails, known.addresses, kind), *quiet))
    company.save_customer(company_id, customer_id, reached, by=by, at=at)


def _leave(
    company_id: int, document_id: int, addresses: frozenset[str], by: str, at: datetime
) -> None:
    """What failed to these addresses of the document is dealt with: its contact has others."""
    failed = mended.failed_of(document_id, addresses)
    mended.resolve(failed, at=at)
    for address in mended.addresses(failed):
        event = Event(at, EventKind.FAILURE_RESOLVED, by, {"to": address})
        activity.record(company_id, document_id, event)


def _keep(
    company_id: int,
    customer_id: int,
    emails: tuple[str, ...],
    failed: frozenset[str],
    *,
    like: str = "",
    by: str,
    at: datetime,
) -> None:
    known = customers.load(company_id, customer_id)
    taken = known.reached_at(_taken(known, emails, failed, like))
    company.save_customer(company_id, customer_id, taken, by=by, at=at)


def _taken(
    known: Customer, emails: tuple[str, ...], failed: frozenset[str], like: str
) -> tuple[ContactAddress, ...]:
    """The contact's addresses with those of this mail, without the failed ones it did not use.

    New ones are for what `like` was for, which they take the place of.
    """
    used = {one.casefold() for one in emails}
    before = {one.address.casefold(): one for one in known.addresses}
    quiet = {key for key, one in before.items() if one.role is Role.NONE}
    stay = {key: one for key, one in before.items() if key in used - quiet or key not in failed}
    stay = {key: one for key, one in stay.items() if key not in used & quiet}
    rule = before.get(like.casefold(), ContactAddress(like))
    new = (replace(rule, address=one) for one in emails if one.casefold() not in stay)
    return (*stay.values(), *new)


def _own_copy() -> Problem:
    text = (
        "Es una copia de tu empresa, no un envío al cliente: su dirección se cambia en "
        "Configuración > Correo > Copias."
    )
    return Problem("emails", "XX-DLV-6", text)


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
