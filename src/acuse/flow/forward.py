"""Forward: a person's answer to the address for returned mail reaches the company, once.

It is done before the final dot is said: an answer that was perhaps taken is not sent again.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.db import transaction

from acuse.domain.activity import Event, EventKind
from acuse.domain.party import Company
from acuse.domain.patience import delay
from acuse.domain.recipient import Stage
from acuse.flow import outside, pace, roads, signing
from acuse.mail.forward import forwarded
from acuse.mail.verify import Tampered
from acuse.store import activity, companies, documents, forwards
from acuse.store.forwards import Answer
from acuse.store.pacing import Waiting

log = structlog.get_logger()
BATCH = 10
LEASE = timedelta(minutes=5)
TRIES = 8
NO_EMAIL = "tu empresa no tiene correo; escríbelo en Configuración > Empresa"
NO_ROAD = "no hay servidor por el que salga tu correo; elígelo en Configuración > Correo"
NOT_WRITTEN = "no se pudo armar el correo que la lleva"
NO_ANSWER = "el servidor de correo no respondió"


def forward_due(*, at: datetime) -> int:
    """How many answers were looked at; they take their turn on their company's road."""
    with transaction.atomic():
        found, granted = pace.turn(Waiting.ANSWERS, at=at, limit=BATCH)
        claimed = forwards.claim(granted, at=at, lease=LEASE)
    for answer in claimed:
        _forward(answer)
    return found


def _forward(answer: Answer) -> None:
    company, at = companies.load(answer.company_id), outside.now()
    if pace.shut_since(answer, at=at):
        _put_off(answer, at, company.email, spared=at)
        return
    road = roads.of_company(company.id, company.environment)
    if road is None or not company.email:
        pace.unused(answer, at=at)
        _put_off(answer, at, company.email, NO_ROAD if company.email else NO_EMAIL)
        return
    try:
        outcome = roads.carry(
            _message(answer, company, at),
            sender="",
            recipient=company.email,
            road=road,
            before_dot=lambda: _about_to_hand_over(answer),
        )
    except (Tampered, ValueError):
        log.exception("answer not handed on", report=answer.id)
        pace.unused(answer, at=at)
        _put_off(answer, at, company.email, NOT_WRITTEN, last=True)
        return
    at = outside.now()
    spared = pace.spared(answer, outcome, outside.patience(company.environment), at=at)
    if outcome.code // 100 in (4, 5) or outcome.stage is not Stage.DOT:
        said = f"{outcome.code or ''} {outcome.text}".strip() or NO_ANSWER
        last = outcome.code // 100 == 5
        _put_off(answer, at, company.email, said, last=last, spared=spared)
        return
    facts = {"to": answer.address, "sender": answer.sender, "forwarded_to": company.email}
    with transaction.atomic():
        event = Event(at, EventKind.RECIPIENT_FORWARDED, facts=facts)
        activity.record(answer.company_id, answer.document_id, event)


def _message(answer: Answer, company: Company, at: datetime) -> bytes:
    our_address = roads.sender(company)
    message = forwarded(
        raw=forwards.content(answer.id),
        size=answer.size,
        digest=answer.digest,
        sender=answer.sender,
        subject=answer.subject,
        number=documents.load(answer.document_id).sealed.number,
        our_name=company.shown_name,
        our_address=our_address,
        to=company.email,
        by_person=answer.by_person,
        at=at,
    )
    return signing.Signer(company, our_address).sign(message, at=at)


def _about_to_hand_over(answer: Answer) -> bool:
    """Whether it is still this worker's; if so it counts as done."""
    with transaction.atomic():
        return forwards.done(answer, at=outside.now())


def _put_off(
    answer: Answer,
    at: datetime,
    to: str,
    said: str = "",
    *,
    last: bool = False,
    spared: datetime | None = None,
) -> None:
    """Try it again later; after the last try it waits for a person, who is told what was `said`.

    Where its road is at fault it is `spared`: tried again then, and no try of its few is spent.
    """
    if spared is None and (last or answer.tries >= TRIES):
        _give_up(answer, at, to, said)
        return
    again = spared
    if again is None:
        patience = outside.patience(companies.environment(answer.company_id))
        again = at + delay(patience.mailing, answer.tries)
    with transaction.atomic():
        forwards.put_off(answer, again, counted=spared is None)


def _give_up(answer: Answer, at: datetime, to: str, said: str) -> None:
    facts = {"to": answer.address, "sender": answer.sender, "forwarded_to": to, "text": said}
    with transaction.atomic():
        if forwards.give_up(answer, said, at=at):
            event = Event(at, EventKind.RECIPIENT_NOT_FORWARDED, facts=facts)
            activity.record(answer.company_id, answer.document_id, event)
