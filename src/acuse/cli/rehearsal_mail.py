"""What becomes of mail in the rehearsal: held, tried later, failed and mended, put on record."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from acuse import jurisdictions
from acuse.cli import world
from acuse.cli.rehearsal_scenes import Scene
from acuse.domain.handover import HandedOver, Way
from acuse.domain.party import Company
from acuse.domain.recipient import RecipientState
from acuse.flow import company as company_flow
from acuse.flow import constancia, outside, release, resend
from acuse.store import customers, documents, models

LINK = re.compile(r"http://127\.0\.0\.1:\d+/d/[A-Za-z0-9_-]{22}")
PATIENCE = 30.0  # seconds for one page
FAILED = (RecipientState.FAILED.value, RecipientState.BOUNCED.value)


def trouble(sandbox: world.Sandbox, scene: Scene) -> None:
    """The customer's mail server answers so first."""
    (address,) = scene.document.counterparty.emails
    asked = {"match": {"to": address}, "replies": list(scene.mail_faults)}
    sandbox.tell("/mail/script", asked)


def correct(
    company: Company,
    document_id: int,
    email: str,
    *,
    by: str,
    say: Callable[[str], None],
    patience: float,
) -> None:
    """As in the failures' inbox: the address that failed is corrected, and the mail goes there."""
    deadline = time.monotonic() + patience
    failed = models.Recipient.objects.filter(delivery__document_id=document_id, state__in=FAILED)
    while not failed.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    row = failed.first()
    if row is None:
        return
    if not models.Recipient.objects.filter(
        delivery__document_id=document_id, address=email
    ).exists():
        how = "devolvió" if row.state == RecipientState.BOUNCED.value else "no tomó"
        say(f"\nBandeja de fallos: el servidor {how} {row.address}; se corrige por {email}")
        resend.correct(company.id, row.pk, (email,), by=by, at=outside.now())


def put_on_record(company: Company, document_id: int, folder: Path, *, by: str) -> tuple[Path, ...]:
    """The document's constancia as files, PDF and JSON, signed by its company."""
    at, written = outside.now(), []
    for file in (
        constancia.paper(company.id, document_id, by=by, at=at),
        constancia.signed(company.id, document_id, by=by, at=at).file,
    ):
        path = folder / file.name
        path.write_bytes(file.content)
        written.append(path)
    return tuple(written)


def visit(sandbox: world.Sandbox, document_id: int, *, patience: float) -> str:
    """The link in the document's mail, opened as a customer does: seen, then its PDF downloaded.

    Raises TimeoutError while the web does not answer.
    """
    row = models.Recipient.objects.filter(delivery__document_id=document_id).earliest("id")
    mails = sandbox.ask(f"/mailbox/{quote(row.address)}")
    told = next(one["text"] for one in mails if one["message_id"] == row.message_name)
    found = LINK.search(told)
    assert found is not None, "a rehearsal's mail has its link"
    link, deadline = found[0], time.monotonic() + patience
    while True:
        try:
            _opened(link)
            break
        except URLError:
            if time.monotonic() > deadline:
                raise TimeoutError(link) from None
            time.sleep(0.2)
    _opened(f"{link}/visto", b"auto=0")
    _opened(f"{link}/pdf")
    return link


def _opened(address: str, body: bytes | None = None) -> None:
    asked = Request(address, data=body, headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64)"})  # noqa: S310 - our own web
    with urlopen(asked, timeout=PATIENCE) as answer:  # noqa: S310
        answer.read()


def add_email(company: Company, document_id: int, email: str, *, by: str) -> None:
    """The contact has an address now: what waited for one leaves by itself."""
    issued = documents.load(document_id)
    assert issued.customer_id is not None
    contact = customers.load(company.id, issued.customer_id)
    changed = replace(contact, emails=(email,))
    company_flow.save_customer(company.id, issued.customer_id, changed, by=by, at=outside.now())


def hand_over(company: Company, document_id: int, note: str, *, by: str) -> None:
    """It was given on paper: what waited for an address is closed so."""
    held = models.Delivery.objects.get(document_id=document_id)
    at = outside.now()
    day = jurisdictions.find(company.jurisdiction).traits.day(at)
    release.hand_over(held.pk, HandedOver(Way.PRINTED, day, note), by=by, at=at)
