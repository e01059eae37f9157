"""An address to which mail is held, and a person's word that it may be tried again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from acuse.domain import suppression
from acuse.domain.activity import Event, EventKind
from acuse.domain.suppression import Standing
from acuse.flow import release
from acuse.store import activity, companies, news


def try_again(company_id: int, address: str, *, by: str, at: datetime) -> bool:
    """Whether mail to the address is held no more: what came back until now is forgiven.

    What waited for it leaves, more than twenty only after a person's word.
    """
    with transaction.atomic():
        companies.lock(company_id)  # first, as whoever releases does
        if not news.suppressed(company_id, (address,)):
            return False
        row = news.lock_address(company_id, address, by=by)
        if row.known.standing is not Standing.SUPPRESSED:
            return False
        came = news.of_address(company_id, address, at=at)
        known = suppression.known(came, released_at=at)
        news.save_address(company_id, address, known, by=by, released_at=at)
        facts = {"address": address, "was": row.known.reason}
        activity.record(company_id, None, Event(at, EventKind.ADDRESS_RELEASED, by, facts))
        release.release(company_id, at=at, by=by)
    return True
