"""What becomes of each file of a message that came: kept, known, refused, or nothing of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from acuse import jurisdictions
from acuse.domain.activity import SYSTEM
from acuse.domain.counter import Counter
from acuse.domain.mailbox import MailOutcome
from acuse.domain.party import Company
from acuse.domain.problem import Blocked, Problem
from acuse.domain.received import Looks, ReceivedEvent, ReceivedReceipt, ReceptionKind
from acuse.flow import inquire, receive
from acuse.gateways.mailbox import Message
from acuse.mail.incoming import Enclosed, Incoming
from acuse.store import documents

File = Mapping[str, Any]
TOO_LARGE = (
    "El mensaje ({size:.1f} MB) es demasiado grande, o el servidor no lo pudo entregar. Míralo en "
    "tu correo y sube el archivo en Recibidos."
)
FILE_TOO_LARGE = "El archivo pesa más de 10 MB. Míralo en tu correo y sube solo el ZIP o el XML."
TOO_MANY = "El mensaje trae más archivos de los que se leen. Mira en tu correo si falta alguno."
OUR_FAULT = (
    "Acuse falló al leer este mensaje; queda guardado. Sube su archivo en Recibidos y avisa a "
    "quien administra el servidor."
)


def files(company: Company, message: Message, told: Incoming, at: datetime) -> tuple[File, ...]:
    """What became of each file that may be ours; nothing of a person's letter.

    Nothing either where nobody reads documents of others.
    """
    counter = jurisdictions.find(company.jurisdiction).counter
    if counter is None:
        return ()
    if not message.whole:
        text = TOO_LARGE.format(size=message.size / 1_048_576)
        return (_refused("", problem(3, text), MailOutcome.FAILED),)
    found = [
        file
        for one in _joined(counter, told)
        if (file := _file(company, counter, one, at)) is not None
    ]
    if not told.whole:
        found.append(_refused("", problem(4, TOO_MANY)))
    return tuple(found)


def _joined(counter: Counter, told: Incoming) -> list[Enclosed]:
    """The files that may be ours, those that belong together as one under the first one's name."""
    files = tuple(one for one in told.files if one.maybe_xml)
    small = tuple(one for one in files if len(one.content) <= receive.LARGEST)
    contents = tuple(one.content for one in small)
    groups = [
        replace(small[places[0]], content=receive.joined(contents, places))
        for places in counter.together(contents)
    ]
    return [*groups, *(one for one in files if len(one.content) > receive.LARGEST)]


def _file(company: Company, counter: Counter, one: Enclosed, at: datetime) -> File | None:
    """What became of one file; None for what is nothing of ours."""
    if len(one.content) > receive.LARGEST:
        return _refused(one.name, problem(3, FILE_TOO_LARGE))
    try:
        match counter.looks(one.content):
            case Looks.NOTHING:
                return None
            case Looks.DOCUMENT:
                return _document(company, one, at)
            case Looks.RECEIPT:
                return _receipt(company, counter, one, at)
            case Looks.EVENT:
                return _event(company, counter, one, at)
    except Blocked as blocked:
        return _refused(one.name, blocked.problems[0])


def _document(company: Company, one: Enclosed, at: datetime) -> File:
    taken = receive.take(company.id, one.content, source="mail", by=SYSTEM, at=at)
    return {
        "name": one.name,
        "outcome": (MailOutcome.RECEIVED if taken.new else MailOutcome.KNOWN).value,
        "received": taken.id,
        "number": taken.number,
        "issuer": taken.issuer,
    }


def _receipt(company: Company, counter: Counter, one: Enclosed, at: datetime) -> File | None:
    """What became of an answer of the authority; None for one about a document of our own."""
    told = counter.read_received(one.content)
    ours = isinstance(told, ReceivedReceipt) and documents.find(company.id, told.fiscal_id)
    return None if ours else _document(company, one, at)


def _event(company: Company, counter: Counter, one: Enclosed, at: datetime) -> File:
    told = counter.read_event(one.content)
    if isinstance(told, Problem):
        raise Blocked([told])
    document_id = documents.find(company.id, told.fiscal_id)
    facts = {"name": one.name, "number": told.number, "text": told.event.text}
    if document_id is None:  # issued with another program, or somebody else's
        return {**facts, "outcome": MailOutcome.NOTHING.value}
    _refuse_stranger(company, counter, document_id, told)
    new = inquire.heard(company.id, document_id, (told.event,), by=SYSTEM, at=at)
    outcome = MailOutcome.EVENT if new else MailOutcome.KNOWN
    return {**facts, "outcome": outcome.value, "document": document_id}


def _refuse_stranger(
    company: Company, counter: Counter, document_id: int, told: ReceivedEvent
) -> None:
    """Raise Blocked where the event is not of who may declare it."""
    by_us = counter.events.get(told.event.code) is ReceptionKind.ACCEPTED_BY_LAPSE
    party = company.tax_id if by_us else documents.load(document_id).document.counterparty.tax_id
    if not party.names(told.sender):
        text = (
            f"El evento sobre {told.number} es de {told.event.by} ({told.sender.number}) y no de "
            f"{party.number}. No lo tomamos en cuenta."
        )
        raise Blocked([problem(6, text)])


def _refused(name: str, problem: Problem, outcome: MailOutcome = MailOutcome.REFUSED) -> File:
    return {
        "name": name,
        "outcome": outcome.value,
        "code": problem.code,
        "problem": problem.text,
    }


def failed() -> File:
    """That a fault of ours kept the message from being worked off."""
    return _refused("", problem(5, OUR_FAULT), MailOutcome.FAILED)


def problem(number: int, text: str) -> Problem:
    """A problem with a mailbox or what came by it."""
    return Problem("mailbox", f"XX-BUZ-{number}", text)
