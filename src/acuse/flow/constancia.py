"""Constancia: what is on record of a document, at this moment, signed by its company.

The JSON is the statement and its signature; the paper shows the same, carries the JSON and has a
signature too. Neither is kept: asked for again, both are made again, of what is on record then.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from acuse import jurisdictions
from acuse.domain import jws
from acuse.domain.face import Attachment
from acuse.domain.problem import Blocked, Problem
from acuse.domain.traits import Traits
from acuse.flow import constancia_paper, outside, phrases
from acuse.gateways.render import RenderFailed
from acuse.mail import remarks
from acuse.pdf import signature
from acuse.store import companies, documents, evidence
from acuse.store.documents import Issued

JSON = "application/json"
Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Made:
    """A signed statement: what it tells, and the file that carries it with its signature."""

    told: Told
    file: Attachment


def signed(company_id: int, document_id: int, *, by: str, at: datetime) -> Made:
    """The statement about the company's issued document, signed with its certificate.

    Raises Document.DoesNotExist for a draft or another's document, Blocked without a certificate or
    where a line of Actividad is not what was written, SignerUnavailable where nobody signs.
    """
    issued = documents.load_of(company_id, document_id)
    company = companies.load(company_id)
    if not evidence.chain_holds(company_id, document_id):
        raise Blocked([_broken()])
    traits = jurisdictions.find(company.jurisdiction).traits
    told: Told = {
        "type": "acuse.constancia",
        "version": 1,
        "made": {"at": _moment(at), "by": by},
        "issuer": {
            "name": company.legal_name,
            "taxId": {"type": company.tax_id.kind, "number": company.tax_id.number},
            "country": company.jurisdiction,
            "environment": company.environment.value,
        },
        "document": _document(issued, traits),
        "verdict": _verdict(document_id),
        "deliveries": [_delivery(one) for one in evidence.deliveries(document_id)],
        "activity": [_line(one, traits) for one in evidence.lines(company_id, document_id)],
    }
    signature = jws.detached(jws.canonical(told), outside.credential(company))
    whole = json.dumps({"constancia": told, "jws": signature}, ensure_ascii=False, indent=2)
    return Made(told, Attachment(f"{_stem(issued)}.json", JSON, f"{whole}\n".encode()))


def paper(company_id: int, document_id: int, *, by: str, at: datetime) -> Attachment:
    """The same on paper: PDF/A-3 with the signed JSON inside, signed itself (PAdES) at that moment.

    Raises as `signed`, and RenderFailed.
    """
    made = signed(company_id, document_id, by=by, at=at)
    issued = documents.load(document_id)
    country = jurisdictions.find(issued.issuer.jurisdiction)
    face = country.face(issued.document, issued.issuer, issued.sealed, None)
    shown = constancia_paper.worded(made.told, made.file, face, country.traits)
    bare = outside.render_constancia(shown)
    credential = outside.credential(companies.load(company_id))
    try:
        content = signature.signed(bare, credential, at)
    except signature.UnknownForm as odd:
        raise RenderFailed(f"the PDF cannot be signed: {odd}") from odd
    return Attachment(f"{_stem(issued)}.pdf", "application/pdf", content)


def _document(issued: Issued, traits: Traits) -> Told:
    document, sealed = issued.document, issued.sealed
    kind = traits.kind(document.kind)
    party = document.counterparty
    return {
        "kind": document.kind.value,
        "kindName": kind.name if kind else document.kind.value,
        "number": sealed.number,
        "fiscalId": sealed.fiscal_id,
        "issuedAt": _moment(sealed.sealed_at),
        "state": issued.state.value,
        "currency": document.currency,
        "total": f"{issued.total:.2f}",
        "counterparty": {
            "name": party.name,
            "taxId": {"type": party.tax_id.kind, "number": party.tax_id.number},
        },
        "xml": {"name": sealed.file_name, "sha256": sha256(sealed.content).hexdigest()},
    }


def _verdict(document_id: int) -> Told | None:
    judged = documents.judgement(document_id)
    if judged is None:
        return None
    verdict, at = judged
    return {
        "outcome": verdict.outcome.value,
        "at": _moment(at),
        "evidence": verdict.evidence.value,
        "remarks": [{"code": one.code, "text": one.text} for one in verdict.remarks],
        "receiptSha256": sha256(verdict.receipt).hexdigest() if verdict.receipt else None,
    }


def _delivery(sent: evidence.Sent) -> Told:
    return {
        "trigger": sent.trigger,
        "state": sent.state,
        "reason": sent.reason or None,
        "openedBy": sent.opened_by,
        "openedAt": _moment(sent.opened_at),
        "preparedAt": _moment(sent.prepared_at),
        "files": [{"name": name, "sha256": digest} for name, digest in sent.files],
        "recipients": [
            {
                "address": one.address,
                "state": one.state,
                "messageId": one.message_name,
                "messageSha256": one.message_sha256,
                "returned": {
                    "at": _moment(one.returned.at),
                    "status": one.returned.status,
                    "text": one.returned.words,
                }
                if one.returned
                else None,
                "attempts": [
                    {
                        "startedAt": _moment(tried.started_at),
                        "finishedAt": _moment(tried.finished_at),
                        "stage": tried.stage,
                        "code": tried.code,
                        "text": remarks.shown(tried.text),
                        "result": tried.result,
                    }
                    for tried in one.tries
                ],
            }
            for one in sent.recipients
        ],
    }


def _line(line: evidence.Line, traits: Traits) -> Told:
    event = line.event
    return {
        "ordinal": line.ordinal,
        "at": _moment(event.at),
        "kind": event.kind.value,
        "text": phrases.sentence(event, traits),
        "actor": event.actor,
        "hash": line.hash,
    }


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if at else None


def _stem(issued: Issued) -> str:
    return f"{issued.sealed.file_name.removesuffix('.xml')}-constancia"


def _broken() -> Problem:
    return Problem(
        "activity",
        "XX-CON-1",
        "No se hizo la constancia: una línea de la Actividad de este documento no es la que se "
        "escribió. Avisa a quien administra el servidor: `acuse doctor` dice cuál.",
    )
