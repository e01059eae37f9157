"""Mail as others send it: suppliers' files, buyers' events, letters; and the mailbox it lies in."""

from __future__ import annotations

import email.policy
from email.message import EmailMessage
from typing import Any

from acuse.domain.mailbox import Place, Protocol, Security
from acuse.domain.party import Company
from acuse.flow import collect, mailbox, outside
from acuse.flow.collect import Collected
from acuse.store import models
from tests.flow.house import BY, House
from tests.jurisdictions.co import papers

ADDRESS = "recepcion@compradora.example"
PLACE = Place(Protocol.IMAP, "imap.compradora.example", 993, Security.TLS, ADDRESS)


def letter(*files: tuple[str, bytes], subject: str = "Documento", **headers: str) -> bytes:
    made = EmailMessage(policy=email.policy.SMTP)
    made["From"] = "Proveedor <facturas@proveedor.example>"
    made["To"] = ADDRESS
    made["Subject"] = subject
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content("Buenos días.")
    for name, content in files:
        made.add_attachment(content, maintype="application", subtype="zip", filename=name)
    return made.as_bytes()


def post(house: House, *raws: bytes, to: str = ADDRESS) -> None:
    for raw in raws:
        house.sandbox.mailboxes.put("x@proveedor.example", to, raw, outside.now())


def connect(company: Company, place: Place = PLACE, password: str = "clave") -> int:  # noqa: S107
    return mailbox.save(company.id, place, password, by=BY, at=outside.now())


def collected(company: Company) -> Collected:
    return collect.collect(company.id, at=outside.now())


def outcomes(company: Company) -> list[str]:
    rows = models.IncomingMessage.objects.filter(company_id=company.id).order_by("id")
    return list(rows.values_list("outcome", flat=True))


def facts(company: Company) -> list[dict[str, Any]]:
    """Of the last message's files."""
    row = models.IncomingMessage.objects.filter(company_id=company.id).latest("id")
    return list(row.facts)


def event(document_id: int, code: str = "030", **changes: str) -> bytes:
    """The buyer's event about our document, as it would be mailed."""
    row = models.Document.objects.get(pk=document_id)
    told = papers.buyer_event(code, number=row.number, fiscal_id=row.fiscal_id, **changes)
    return papers.event_container(told)
