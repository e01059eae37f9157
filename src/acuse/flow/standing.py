"""How an address stands by what came back from it; where that changes, mail to it waits or goes.

Called inside the transaction of the fact that tells of it.
"""

from __future__ import annotations

from datetime import datetime

import structlog

from acuse.domain import suppression
from acuse.domain.activity import SYSTEM, Event, EventKind
from acuse.domain.bounce import Response, response_to
from acuse.domain.bounce_news import News, NewsKind
from acuse.domain.recipient import SmtpOutcome
from acuse.domain.suppression import Known, Standing
from acuse.mail.codes import enhanced, why
from acuse.store import activity, news
from acuse.store.recipients import Claim

log = structlog.get_logger()
TELLS = frozenset(
    {NewsKind.FAILED, NewsKind.COMPLAINED, NewsKind.DELIVERED, NewsKind.READ}
)  # of the address, not only of the mail


def refused(claimed: Claim, outcome: SmtpOutcome, *, at: datetime) -> None:
    """Remember a server's final refusal of the mail while it was handed over."""
    told = News(
        id=f"smtp:{claimed.attempt_id}",
        kind=NewsKind.FAILED,
        at=at,
        reason=why(outcome.code, outcome.text),
        status=enhanced(outcome.code, outcome.text),
        said=outcome.text,
    )
    new = news.add(claimed.company_id, claimed.id, claimed.address, (told,), None)
    weigh(claimed.company_id, claimed.document_id, claimed.address, new, at=at)


def weigh(
    company_id: int, document_id: int, address: str, told: tuple[News, ...], *, at: datetime
) -> None:
    """What the new news make of the address; what is our own fault is the operator's alarm."""
    for one in told:
        if one.kind is NewsKind.FAILED and response_to(one.reason) is Response.ALARM:
            log.error("our mail is refused", reason=one.reason.value, company=company_id)
    if not any(one.kind in TELLS for one in told):
        return
    row = news.lock_address(company_id, address, by=SYSTEM)
    came = news.of_address(company_id, address, at=at)
    known = suppression.known(came, released_at=row.released_at)
    if known == row.known:
        return
    news.save_address(company_id, address, known, by=SYSTEM, released_at=row.released_at)
    if _begins_to_be_held(row.known, known):
        facts = {"address": address, "reason": known.reason, "cause": known.cause}
        event = Event(at, EventKind.ADDRESS_SUPPRESSED, facts=facts)
        activity.record(company_id, document_id, event)


def _begins_to_be_held(before: Known, after: Known) -> bool:
    held = Standing.SUPPRESSED
    return after.standing is held and before.standing is not held
