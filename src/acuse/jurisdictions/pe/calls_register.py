"""The calls of the register (consulta integrada): what SUNAT knows of one document.

It answers about boletas too, and only where kind, number, date and total agree. Of a batch whose
ticket is lost the members are asked, one after the other. Source: peru.md 5.1, 5.5.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from acuse.domain.batch import Member, MemberAction
from acuse.domain.jurisdiction import Credential
from acuse.domain.money import plain
from acuse.domain.party import Company
from acuse.domain.submission import Call, CallPurpose, Case
from acuse.jurisdictions.pe import memory, services, totals
from acuse.jurisdictions.pe.calls_login import REGISTER_TOKEN, filled, log_in, secret
from acuse.xml import parse

SCOPE = "https://api.sunat.gob.pe/v1/contribuyente/contribuyentes"
LOG_IN = "register_token"
ASK = "register"


@dataclass(frozen=True, slots=True)
class Asked:
    """The document that is asked about, as the register knows it; the total as text."""

    code: str
    number: str
    issued: date
    total: str


def ask_document(case: Case, company: Company, credential: Credential, at: datetime) -> Call:
    """The question about the case's own document, with the date and total that were signed."""
    root = parse.parse(case.sealed)
    amounts = parse.descendants(root, "PayableAmount")
    issued = date.fromisoformat(parse.child_text(root, "IssueDate"))
    about = Asked(services.code_of(case), case.number, issued, parse.text(amounts[-1]))
    return _ask(about, case, company, credential, at)


def knows_members(case: Case) -> bool:
    """Whether the register can tell of every member what the batch did with it."""
    return bool(case.members) and all(_is_known(member) for member in case.members)


def _is_known(member: Member) -> bool:
    code = services.KIND_CODES.get(member.document.kind)
    # It tells that a document is there or voided, not what a correction changed in it.
    return code in services.REGISTERED and member.action is not MemberAction.MODIFY


def ask_member(case: Case, company: Company, credential: Credential, at: datetime) -> Call:
    """The question about the first member that has not been answered yet."""
    answered = len(case.note(memory.members(case), at) or "")
    place = min(answered, len(case.members) - 1)
    member = case.members[place]
    assert member.document.date is not None
    about = Asked(
        services.KIND_CODES[member.document.kind],
        member.number,
        member.document.date,
        plain(totals.totals(member.document).total, 2),
    )
    return _ask(about, case, company, credential, at, member=str(place))


def _ask(
    about: Asked,
    case: Case,
    company: Company,
    credential: Credential,
    at: datetime,
    **facts: str,
) -> Call:
    token = case.note(REGISTER_TOKEN, at)
    if token is None:
        return _log_in(company, credential)
    ruc = company.tax_id.number
    series, _, value = about.number.partition("-")
    question = {
        "numRuc": ruc,
        "codComp": about.code,
        "numeroSerie": series,
        "numero": value,
        "fechaEmision": about.issued.strftime("%d/%m/%Y"),
        "monto": about.total,
    }
    return Call(
        purpose=CallPurpose.ASK,
        method="POST",
        url=filled(services.endpoint(company, "register"), ruc=ruc),
        headers={"authorization": f"Bearer {token}", "content-type": "application/json"},
        body=json.dumps(question).encode(),
        secret_parts=(token,),
        facts=memory.facts(ASK, company, **facts),
    )


def _log_in(company: Company, credential: Credential) -> Call:
    client, password = (
        secret(credential, name) for name in ("register_client_id", "register_client_secret")
    )
    fields = {
        "grant_type": "client_credentials",
        "scope": SCOPE,
        "client_id": client,
        "client_secret": password,
    }
    url = filled(services.endpoint(company, "register_token"), client_id=client)
    return log_in(url, fields, (password,), memory.facts(LOG_IN, company))
