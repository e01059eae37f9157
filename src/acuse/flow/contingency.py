"""Contingency: a document made again in the form for while the authority's service is down.

It keeps its number, is signed again, handed over without a verdict by its issuer, and transmitted
by itself when the service is back; its mail leaves with the verdict (design.md 1.5.1).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from acuse import jurisdictions
from acuse.domain.activity import Event, EventKind
from acuse.domain.face import Attachment
from acuse.domain.jurisdiction import Jurisdiction
from acuse.domain.lifecycle import DocumentState
from acuse.domain.problem import Blocked, Problem
from acuse.flow import outside
from acuse.store import activity, companies, documents, interventions

LOOK_AGAIN = timedelta(minutes=30)  # colombia.md 1: the service is looked at again after that
A_SECOND = timedelta(seconds=1)
ERRORS, SILENCES = 3, 5  # the series after which the authority's rules allow it


def declare(
    company_id: int, document_id: int, *, by: str, at: datetime, announced: bool = False
) -> None:
    """Make the document again in contingency. Raises Blocked where it may not be.

    `announced`: the authority itself declared the outage; otherwise the calls about this document
    must have failed as often as its rules say.
    """
    at = at.replace(microsecond=0)
    company = companies.load(company_id)
    jurisdiction = jurisdictions.find(company.jurisdiction)
    if jurisdiction.traits.contingency is None:
        raise Blocked([_no_contingency(jurisdiction)])
    with transaction.atomic():
        waiting = interventions.lock_waiting(company_id, document_id)
        if waiting is None:
            raise Blocked([_not_waiting(jurisdiction)])
        errors, silences = waiting
        if not announced and errors < ERRORS and errors + silences < SILENCES:
            raise Blocked([_too_early(jurisdiction, errors, silences)])
        issued = documents.load(document_id)
        if issued.state is not DocumentState.ISSUED or issued.document.contingency:
            raise Blocked([_not_waiting(jurisdiction)])
        kind = jurisdiction.traits.kind(issued.document.kind)
        if kind is None or not kind.contingency:
            raise Blocked([_no_contingency(jurisdiction)])
        document = replace(issued.document, contingency=True)
        # Of one second, both would have one name, and nobody could tell their verdicts apart.
        at = max(at, issued.sealed.sealed_at + A_SECOND)
        traits = jurisdiction.traits
        draws = outside.with_file(issued.draws, traits, company_id, traits.day(at))
        sealed = jurisdiction.seal(
            document, issued.issuer, draws, outside.credential(company), at, issued.sealed
        )
        documents.seal_again(company_id, document_id, sealed, contingency=True)
        interventions.wake_later(document_id, at=at + LOOK_AGAIN)
        facts = {
            "fiscal_id": sealed.fiscal_id,
            "before": issued.sealed.fiscal_id,
            "file": sealed.file_name,
            "errors": errors,
            "silences": silences,
            "announced": announced,
        }
        event = Event(at, EventKind.DOCUMENT_CONTINGENCY, by, facts)
        activity.record(company_id, document_id, event)


def container(company_id: int, document_id: int) -> Attachment:
    """What the issuer hands over without a verdict; raises Blocked where there is none."""
    company = companies.load(company_id)
    jurisdiction = jurisdictions.find(company.jurisdiction)
    issued = documents.load(document_id)
    if issued.company_id != company_id or not issued.document.contingency:
        raise Blocked([_no_contingency(jurisdiction)])
    files = jurisdiction.bundle(
        issued.document,
        issued.issuer,
        issued.sealed,
        None,
        outside.paper(issued, None),
        issued.draws,
        outside.credential(company),
        issued.sealed.sealed_at,
    )
    if isinstance(files, Problem):
        raise Blocked([files])
    return files[0]


def hand_over(company_id: int, document_id: int, how: str, *, by: str, at: datetime) -> None:
    """Write down that the container was given to the customer; its mail still waits."""
    with transaction.atomic():
        facts = {"how": how}
        event = Event(at, EventKind.CONTAINER_HANDED_OVER, by, facts)
        activity.record(company_id, document_id, event)


def deadline(company_id: int, document_id: int) -> datetime | None:
    """Until when it must be transmitted: counted from the service's first answer since.

    None while the service has not answered, or the document is in no contingency.
    """
    issued = documents.load(document_id)
    traits = jurisdictions.find(companies.load(company_id).jurisdiction).traits
    if not issued.document.contingency or traits.contingency is None:
        return None
    back = interventions.first_answer_since(company_id, issued.sealed.sealed_at)
    return back + traits.contingency if back else None


def _no_contingency(jurisdiction: Jurisdiction) -> Problem:
    return Problem(
        "document",
        "XX-CTG-1",
        f"Este documento no tiene contingencia de {jurisdiction.traits.words.authority}: se envía "
        "solo cuando el servicio responda.",
    )


def _too_early(jurisdiction: Jurisdiction, errors: int, silences: int) -> Problem:
    authority = jurisdiction.traits.words.authority
    return Problem(
        "document",
        "XX-CTG-2",
        f"Todavía no: hubo {errors} errores y {silences} silencios de {authority}, y la norma pide "
        f"{ERRORS} errores o {SILENCES} intentos sin respuesta. Seguimos intentando solos.",
        rule="anexo técnico 1.9, 12",
    )


def _not_waiting(jurisdiction: Jurisdiction) -> Problem:
    return Problem(
        "document",
        "XX-CTG-3",
        "Solo pasa a contingencia un documento emitido que espera a "
        f"{jurisdiction.traits.words.authority} y no se hizo ya en contingencia.",
    )
