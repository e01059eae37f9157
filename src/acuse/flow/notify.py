"""Notify: the company's own people hear by mail of what did not arrive, once for each thing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

import structlog
from django.conf import settings
from django.db import transaction

from acuse import jurisdictions
from acuse.domain.alarm import Trouble
from acuse.domain.failure import QUIET, Cause
from acuse.domain.notice import NoticeState, NoticeStep, after_try
from acuse.domain.party import Company
from acuse.domain.recipient import SmtpOutcome, Stage
from acuse.domain.traits import marked
from acuse.flow import causes, lanes, outside, pace, returns, roads, signing
from acuse.mail import lost_proof as mail_lost_proof
from acuse.mail.compose import Letter, compose
from acuse.mail.digest import DigestFacts, Group, subject, texts
from acuse.mail.headers import BadHeader
from acuse.mail.lost_proof import LostProof
from acuse.mail.notice_frame import Frame
from acuse.store import companies, failing, notices
from acuse.store.pacing import Waiting

log = structlog.get_logger()
BATCH = 10


class Words(NamedTuple):
    """What a notice says."""

    subject: str
    text: str
    html: str


def tell(
    company: Company, about: str, found: Mapping[Cause, int], *, alarm: Cause | None, at: datetime
) -> bool:
    """Whether the company's people will be told; not where nobody can be, or nothing is to tell.

    Within the caller's transaction.
    """
    told = {cause: many for cause, many in found.items() if cause not in QUIET}
    road = roads.of_notices(company)
    if road is None or not told:
        return False
    facts = _facts(company, told, alarm)
    return _write(company, about, road[1], Words(subject(facts), *texts(facts)), at)


def lost_proof(
    company: Company,
    about: str,
    trouble: Trouble,
    domain: str,
    lacking: tuple[str, ...],
    *,
    at: datetime,
) -> bool:
    """Whether the company's people will be told that the DNS proves their sender no more.

    Within the caller's transaction.
    """
    road = roads.of_notices(company)
    if road is None:
        return False
    frame = _frame(company, "configuracion/correo/dominio/")
    facts = LostProof(frame, trouble, domain, lacking, instead=road[1])
    words = Words(mail_lost_proof.subject(facts), *mail_lost_proof.texts(facts))
    return _write(company, about, road[1], words, at)


def digest(company: Company, day: str, *, at: datetime) -> bool:
    """Whether the day's digest was made now: once, and only if there is something.

    One of the days before that has not left, for a road that was shut, never will.
    """
    with transaction.atomic():
        companies.lock(company.id)
        if notices.made(company.id, day):
            return False
        notices.overtake(company.id, day)
        found = failing.counts(company.id, at=at)
        return tell(company, day, found, alarm=None, at=at)


def send_due(*, at: datetime) -> int:
    """How many notices were looked at; they take their turn on their road."""
    with transaction.atomic():
        found, granted = pace.turn(Waiting.NOTICES, at=at, limit=BATCH)
        claimed = notices.claim(granted, at=at, lease=outside.claim_lease())
    for one in claimed:
        _send(one)
    return found


def _send(claimed: notices.Claim) -> None:
    at = outside.now()
    if pace.shut_since(claimed, at=at):
        back = NoticeStep(NoticeState.QUEUED, at, counted=False)
        with transaction.atomic():
            notices.finish(claimed, back, pace.NOT_TRIED.text)
        return
    company = companies.load(claimed.company_id)
    patience = outside.patience(company.environment)

    def before_dot() -> bool:
        with transaction.atomic():
            return notices.before_dot(claimed, until=outside.now() + patience.dot_lease)

    road = roads.of_notices(company)
    outcome = SmtpOutcome(Stage.CONNECT, 0, "no mail route")
    if road is not None:
        outcome = roads.carry(
            claimed.message,
            sender=road[1],
            recipient=claimed.address,
            road=road[0],
            before_dot=before_dot,
        )
    at = outside.now()
    spared = pace.spared(claimed, outcome, patience, at=at)
    with transaction.atomic():
        step = after_try(outcome, tries=claimed.tries, at=at, spared=spared)
        notices.finish(claimed, step, outcome.text)


def _facts(company: Company, told: Mapping[Cause, int], alarm: Cause | None) -> DigestFacts:
    traits = jurisdictions.find(company.jurisdiction).traits
    groups = tuple(
        Group(causes.title(cause, traits), told[cause], causes.sentence(cause, traits))
        for cause in Cause
        if cause in told
    )
    title = causes.title(alarm, traits) if alarm else ""
    return DigestFacts(_frame(company, "fallos/"), title, groups)


def _frame(company: Company, place: str) -> Frame:
    traits = jurisdictions.find(company.jurisdiction).traits
    return Frame(
        company_name=company.shown_name,
        company_tax_id=f"{company.tax_id.kind} {company.tax_id.number}",
        watermark=marked(company.environment, traits.words),
        url=f"{settings.BASE_URL}/e/{company.id}/{place}",
    )


def _write(company: Company, about: str, sender: str, words: Words, at: datetime) -> bool:
    """Whether there is a notice for anybody: one message for each of the company's people."""
    written, signer = {}, signing.Signer(company, sender)
    for address in notices.people(company.id) or (company.email,):
        token = returns.token()
        try:
            message = signer.sign(_message(words, sender, address, token, at), at=at)
        except BadHeader:
            log.warning("notice not written", company=company.id, about=about)
            continue
        written[address] = notices.Written(token, message)
    notices.make(company.id, about, written, at=at)
    if written:
        lanes.nudge(lanes.NOTIFY)
    return bool(written)


def _message(words: Words, sender: str, address: str, token: str, at: datetime) -> bytes:
    letter = Letter(
        sender_name="Acuse",
        sender=sender,
        to=address,
        reply_to_name="Acuse",
        reply_to=sender,
        subject=words.subject,
        text=words.text,
        html=words.html,
        message_id=f"<{token}@{sender.partition('@')[2]}>",
        date=at,
        token=token,
    )
    return compose(letter, ())
