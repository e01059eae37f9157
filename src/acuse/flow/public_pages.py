"""The page that a customer opens without logging in: its link drawn, found, counted, revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from acuse.domain import caller as callers
from acuse.domain.activity import COPIED, CUSTOMER, Event, EventKind
from acuse.domain.delivery import Trigger
from acuse.domain.party import Environment
from acuse.domain.problem import Blocked, Problem
from acuse.domain.visits import Visit, by_machine
from acuse.flow import drawn
from acuse.flow.copied import about_copy
from acuse.store import activity, companies, public_pages
from acuse.store.public_pages import MAIL, PAGE, Page

NOBODY = drawn.digest("")  # compared with where no page has that hash
PATH, PIXEL = "d", "correo.gif"
WINDOW = timedelta(minutes=1)
MOST_OF_CALLER, MOST_OF_PAGE = 60, 60  # requests in a window
QUIET = timedelta(minutes=30)  # Actividad tells a use once in so long, whatever is counted


class TooMany(Exception):
    """More requests than a person makes: wait a minute."""


@dataclass(frozen=True, slots=True)
class Link:
    """A new link; its token is in `address` alone, and kept nowhere but in a message."""

    address: str
    digest: str

    @property
    def pixel(self) -> str:
        """The address of the image whose loading tells that a mail with the link was opened."""
        return f"{self.address}/{PIXEL}"


def base(environment: Environment) -> str:
    """The address that public pages stand below, "" where there are none.

    A rehearsal's are opened on this machine where the installation has none for customers.
    """
    rehearsal = settings.SANDBOX_PUBLIC_URL if environment is Environment.SANDBOX else ""
    return str(settings.PUBLIC_URL or rehearsal)


def draw(environment: Environment) -> Link | None:
    """A link with a token of 128 random bits; None where there are no public pages."""
    below = base(environment)
    if not below:
        return None
    plain = drawn.draw()
    return Link(f"{below}/{PATH}/{plain}", drawn.digest(plain))


def find(plain: str, caller: str, *, at: datetime) -> Page | None:
    """The page that the token opens, this request counted; None for any token that opens none.

    Raises TooMany. An unknown, a damaged, a revoked and an ended token cost the same and tell
    nothing.
    """
    with transaction.atomic():
        calls = public_pages.count_caller(
            _caller(caller), at=at, window=WINDOW, most=MOST_OF_CALLER + 1
        )
    if calls > MOST_OF_CALLER:
        raise TooMany
    digest = drawn.digest_told(plain)
    found = public_pages.find(digest, since=oldest(at))
    right = compare_digest(digest, found.digest if found else NOBODY)
    if found is None or not right:
        return None
    with transaction.atomic():
        calls = public_pages.count(found.id, at=at, window=WINDOW, most=MOST_OF_PAGE + 1)
    if calls > MOST_OF_PAGE:
        raise TooMany
    return found if calls else None


def oldest(at: datetime) -> datetime | None:
    """Links that were made before have ended at that moment; None where none ever does."""
    days = settings.PUBLIC_LINK_DAYS
    return at - timedelta(days=days) if days else None


def visited(page: Page, visit: Visit, *, at: datetime) -> None:
    """Count that the page was seen; Actividad tells people's visits only."""
    _used(page, PAGE, visit, _event(page, EventKind.PAGE_VISITED, at))


def fetched(page: Page, visit: Visit, *, at: datetime) -> None:
    """Count a page fetched by a machine; a person's is counted once its browser shows it."""
    if by_machine(visit):
        visited(page, visit, at=at)


def taken(page: Page, what: str, name: str, visit: Visit, *, at: datetime) -> None:
    """Count that a file was downloaded; Actividad tells people's downloads only."""
    _used(page, what, visit, _event(page, EventKind.PAGE_DOWNLOADED, at, file=name))


def opened(page: Page, visit: Visit, *, at: datetime) -> None:
    """Count that the mail's image was loaded; Actividad tells what people's programs load only."""
    _used(page, MAIL, visit, _event(page, EventKind.MAIL_OPENED, at))


def renew(company_id: int, document_id: int, recipient_id: int, *, by: str, at: datetime) -> Link:
    """A new link for the recipient, to be shown once; an earlier one opens nothing any more.

    Raises Blocked where there are no public pages, Recipient.DoesNotExist for another's.
    """
    link = draw(companies.environment(company_id))
    if link is None:
        raise Blocked([none_offered("link")])
    with transaction.atomic():
        to = public_pages.recipient(company_id, document_id, recipient_id)
        public_pages.lock(recipient_id)
        instead = public_pages.revoke(company_id, recipient_id, at=at)
        public_pages.add(company_id, recipient_id, link.digest, mailed=False, at=at)
        facts = {"to": to, "instead": instead}
        activity.record(company_id, document_id, Event(at, EventKind.PAGE_MADE, by, facts))
    return link


def revoke(company_id: int, document_id: int, recipient_id: int, *, by: str, at: datetime) -> bool:
    """Whether the recipient's link was revoked now: from here on it opens nothing."""
    with transaction.atomic():
        to = public_pages.recipient(company_id, document_id, recipient_id)
        if not public_pages.revoke(company_id, recipient_id, at=at):
            return False
        event = Event(at, EventKind.PAGE_REVOKED, by, {"to": to})
        activity.record(company_id, document_id, event)
    return True


def since_left(page: Page, at: datetime) -> timedelta | None:
    """The time since the mail with the link left; None where the link is in no mail."""
    if not page.mailed:
        return None
    return at - page.left_at if page.left_at else timedelta()


def _event(page: Page, kind: EventKind, at: datetime, **facts: object) -> Event:
    """That somebody used the page: the company's own copy is not in the customer's hands."""
    actor = COPIED if page.trigger is Trigger.COPY else CUSTOMER
    return Event(at, kind, actor, {"to": page.address, **facts, **about_copy(page.trigger)})


def _used(page: Page, what: str, visit: Visit, event: Event) -> None:
    machine = by_machine(visit)
    with transaction.atomic():
        told = public_pages.use(page, what, machine=machine, at=event.at, quiet=QUIET)
        if told and not machine:
            activity.record(page.company_id, page.document_id, event)


def _caller(address: str) -> str:
    """A keyed hash of the address; of IPv6, of the network that one customer has whole."""
    told = callers.network(address)
    return salted_hmac("acuse.public_pages", told, algorithm="sha256").hexdigest()


def none_offered(field: str) -> Problem:
    """What is wrong where something needs public pages and there are none."""
    return Problem(
        field,
        "XX-PAG-1",
        "Este servidor no tiene páginas públicas. Quien lo administra las enciende con "
        "ACUSE_PUBLIC_URL.",
    )
