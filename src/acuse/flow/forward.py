"""Forward: a person's answer to the address for returned mail reaches the company, once.

It is done before the final dot is said: an answer that was perhaps taken is not sent again.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.db import transaction

from acuse.domain.activity import Event, EventKind
from acuse.domain.patience import delay
from acuse.domain.recipient import Stage
from acuse.flow import outside, roads, signing
from acuse.mail.forward import forwarded
from acuse.mail.verify import Tampered
from acuse.store import activity, companies, documents, forwards
from acuse.store.forwards import Answer

log = structlog.get_logger()
BATCH = 10
LEASE = timedelta(minutes=5)
TRIES = 8


def forward_due(*, at: datetime) -> int:
    """How many answers were tried to be handed on."""
    with transaction.atomic():
        claimed = forwards.claim(at=at, lease=LEASE, limit=BATCH)
    for answer in claimed:
        _forward(answer)
    return len(claimed)


def _forward(answer: Answer) -> None:
    company, at = companies.load(answer.company_id), outside.now()
    road = roads.of_company(company.id, company.environment)
    if road is None or not company.email:
        _put_off(answer, outside.now())
        return
    our_address = roads.sender(company)
    try:
        message = forwarded(
            raw=answer.raw,
            digest=answer.digest,
            sender=answer.sender,
            subject=answer.subject,
            number=documents.load(answer.document_id).sealed.number,
            our_name=company.shown_name,
            our_address=our_address,
            to=company.email,
            at=at,
        )
        outcome = roads.carry(
            signing.Signer(company, our_address).sign(message, at=at),
            sender="",
            recipient=company.email,
            road=road,
            before_dot=lambda: _about_to_hand_over(answer),
        )
    except (Tampered, ValueError):
        log.exception("answer not handed on", report=answer.id)
        _put_off(answer, at, last=True)
        return
    if outcome.code // 100 in (4, 5) or outcome.stage is not Stage.DOT:
        _put_off(answer, outside.now(), last=outcome.code // 100 == 5)
        return
    facts = {"to": answer.address, "sender": answer.sender, "forwarded_to": company.email}
    with transaction.atomic():
        event = Event(outside.now(), EventKind.RECIPIENT_FORWARDED, facts=facts)
        activity.record(answer.company_id, answer.document_id, event)


def _about_to_hand_over(answer: Answer) -> bool:
    """Whether it is still this worker's; if so it counts as done."""
    with transaction.atomic():
        return forwards.done(answer, at=outside.now())


def _put_off(answer: Answer, at: datetime, *, last: bool = False) -> None:
    """Try it again later; after the last try it stays to be read in Acuse."""
    again = None
    if not last and answer.tries < TRIES:
        patience = outside.patience(companies.environment(answer.company_id))
        again = at + delay(patience.mailing, answer.tries)
    with transaction.atomic():
        forwards.put_off(answer, again)
