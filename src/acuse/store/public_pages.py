"""Public pages: found by the hash of their token, counted by the minute, revoked for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Max

from acuse.domain.delivery import Trigger
from acuse.domain.recipient import RecipientState
from acuse.store import models

PAGE, MAIL = "pagina", "correo"  # what is used when it is no file
LEFT = [RecipientState.SENT.value, RecipientState.UNCERTAIN.value, RecipientState.STUCK.value]


@dataclass(frozen=True, slots=True)
class Page:
    """A page that opens: whose document it shows, and to whom its link was sent."""

    id: int
    company_id: int
    document_id: int
    address: str
    digest: str
    mailed: bool
    left_at: datetime | None  # when the latest mail with its link left; None while none has
    trigger: Trigger  # of the delivery whose mail it is: a copy's is not the customer's


@dataclass(frozen=True, slots=True)
class Listed:
    """A recipient's latest link as the company sees it; `page_id` is None where it has none."""

    recipient_id: int
    address: str
    page_id: int | None
    live: bool
    ended: bool  # by its age, not by anybody's hand
    people: int
    machines: int
    downloads: int
    machine_downloads: int
    opens: int
    machine_opens: int
    last_at: datetime | None  # of a person


def add(company_id: int, recipient_id: int, digest: str, *, mailed: bool, at: datetime) -> int:
    """The id of a new page; raises IntegrityError while the recipient has a live one."""
    row = models.PublicPage(
        company_id=company_id, recipient_id=recipient_id, digest=digest, mailed=mailed
    )
    row.created_at = at
    row.save(force_insert=True)
    return int(row.pk)


def find(digest: str, *, since: datetime | None = None) -> Page | None:
    """The page whose token has that hash; None where there is none, or it was revoked.

    `since`: None too for one that was made before.
    """
    rows = models.PublicPage.objects.filter(digest=digest, revoked_at=None)
    if since is not None:
        rows = rows.filter(created_at__gt=since)
    row = rows.select_related("recipient__delivery").first()
    if row is None:
        return None
    tries = models.Attempt.objects.filter(recipient_id=row.recipient_id, result__in=LEFT)
    return Page(
        id=row.pk,
        company_id=row.company_id,
        document_id=row.recipient.delivery.document_id,
        address=row.recipient.address,
        digest=row.digest,
        mailed=row.mailed,
        left_at=tries.aggregate(at=Max("finished_at"))["at"],
        trigger=Trigger(row.recipient.delivery.trigger),
    )


COUNT = """
UPDATE store_publicpage SET
    calls = CASE WHEN window_at > %(since)s THEN least(calls + 1, %(most)s) ELSE 1 END,
    window_at = CASE WHEN window_at > %(since)s THEN window_at ELSE %(at)s END
WHERE id = %(page)s AND revoked_at IS NULL
RETURNING calls
"""
COUNT_CALLER = """
INSERT INTO store_publiccaller AS c (key, window_at, calls) VALUES (%(key)s, %(at)s, 1)
ON CONFLICT (key) DO UPDATE SET
    calls = CASE WHEN c.window_at > %(since)s THEN least(c.calls + 1, %(most)s) ELSE 1 END,
    window_at = CASE WHEN c.window_at > %(since)s THEN c.window_at ELSE %(at)s END
RETURNING calls
"""
FORGET = """
DELETE FROM store_publiccaller WHERE id = ANY(ARRAY(
    SELECT id FROM store_publiccaller WHERE window_at < %s LIMIT 20 FOR UPDATE SKIP LOCKED
))
"""
USE = """
INSERT INTO store_publicuse AS u
    (company_id, page_id, what, machine, times, first_at, last_at, told_at)
VALUES (%(company)s, %(page)s, %(what)s, %(machine)s, 1, %(at)s, %(at)s, %(at)s)
ON CONFLICT (page_id, what, machine) DO UPDATE SET
    times = u.times + 1, last_at = %(at)s,
    told_at = CASE WHEN u.told_at <= %(since)s THEN %(at)s ELSE u.told_at END
RETURNING told_at = %(at)s
"""


def count(page_id: int, *, at: datetime, window: timedelta, most: int) -> int:
    """Requests of the page's window, this one included, `most` at most; 0 once it is revoked."""
    values: dict[str, Any] = {"page": page_id, "at": at, "since": at - window, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, values)
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def count_caller(key: str, *, at: datetime, window: timedelta, most: int) -> int:
    """Requests of the address's window, this one included; what is an hour old is forgotten."""
    values: dict[str, Any] = {"key": key, "at": at, "since": at - window, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [at - timedelta(hours=1)])
        cursor.execute(COUNT_CALLER, values)
        (calls,) = cursor.fetchone()
    return int(calls)


def use(page: Page, what: str, *, machine: bool, at: datetime, quiet: timedelta) -> bool:
    """Whether Actividad should tell this use: it told none of that page and kind for so long."""
    values: dict[str, Any] = {
        "company": page.company_id,
        "page": page.id,
        "what": what,
        "machine": machine,
        "at": at,
        "since": at - quiet,
    }
    with connection.cursor() as cursor:
        cursor.execute(USE, values)
        (told,) = cursor.fetchone()
    return bool(told)


def revoke(company_id: int, recipient_id: int, *, at: datetime) -> bool:
    """Whether the recipient had a link that opened, and has it no more."""
    rows = models.PublicPage.objects.filter(
        company_id=company_id, recipient_id=recipient_id, revoked_at=None
    )
    return bool(rows.update(revoked_at=at))


def recipient(company_id: int, document_id: int, recipient_id: int) -> str:
    """The recipient's address; raises Recipient.DoesNotExist for another document's."""
    rows = models.Recipient.objects.filter(company_id=company_id)
    return str(rows.get(pk=recipient_id, delivery__document_id=document_id).address)


def lock(recipient_id: int) -> None:
    """Let nobody else change the recipient's link until commit."""
    models.Recipient.objects.select_for_update().only("id").get(pk=recipient_id)


def of_document(document_id: int, *, since: datetime | None = None) -> tuple[Listed, ...]:
    """Each recipient with its latest link, in the order of the mails.

    Copies are no recipients, and what was made anew before it left has no link that is out.

    `since`: a link that was made before has ended.
    """
    recipients = models.Recipient.objects.filter(delivery__document_id=document_id).order_by("id")
    recipients = recipients.to_customer().exclude(state=RecipientState.REPLACED.value)
    ids = [row.pk for row in recipients]
    pages = {
        row.recipient_id: row
        for row in models.PublicPage.objects.filter(recipient_id__in=ids).order_by("id")
    }
    uses: dict[int, list[models.PublicUse]] = {}
    for one in models.PublicUse.objects.filter(page__recipient_id__in=ids):
        uses.setdefault(one.page_id, []).append(one)
    return tuple(_listed(row, pages.get(row.pk), uses, since) for row in recipients)


def _listed(
    row: models.Recipient,
    page: models.PublicPage | None,
    uses: dict[int, list[models.PublicUse]],
    since: datetime | None,
) -> Listed:
    opens = page is not None and page.revoked_at is None
    ended = page is not None and opens and since is not None and page.created_at <= since
    mine = uses.get(page.pk, []) if page else []

    def times(what: str, *, machine: bool) -> int:
        """Uses of the page, of the mail, or of any file ("")."""
        return sum(
            one.times
            for one in mine
            if one.machine is machine and (one.what if one.what in (PAGE, MAIL) else "") == what
        )

    return Listed(
        recipient_id=row.pk,
        address=row.address,
        page_id=page.pk if page else None,
        live=opens and not ended,
        ended=ended,
        people=times(PAGE, machine=False),
        machines=times(PAGE, machine=True),
        downloads=times("", machine=False),
        machine_downloads=times("", machine=True),
        opens=times(MAIL, machine=False),
        machine_opens=times(MAIL, machine=True),
        last_at=max((one.last_at for one in mine if not one.machine), default=None),
    )
