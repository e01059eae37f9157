"""The calls of the guías' REST service: log in, hand over, ask by ticket. Source: peru.md 5.6."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from datetime import datetime

from acuse.domain.jurisdiction import Credential
from acuse.domain.party import Company
from acuse.domain.submission import Call, CallPurpose, Case
from acuse.jurisdictions.pe import memory, services
from acuse.jurisdictions.pe.calls_login import GRE_TOKEN, filled, log_in, secret
from acuse.jurisdictions.pe.calls_soap import ASK_SECONDS, SEND_SECONDS
from acuse.xml.archive import pack

SCOPE = "https://api-cpe.sunat.gob.pe"
LOG_IN = "gre_token"
SEND = "gre"
ASK = "gre_ticket"


def next_call(
    purpose: CallPurpose, case: Case, company: Company, credential: Credential, at: datetime
) -> Call | None:
    """Log in where no token is good; then hand it over, or ask for its ticket.

    Without a ticket the same bytes again are the question. None where there is no such service.
    """
    if not services.endpoint(company, SEND):
        return None
    token = case.note(GRE_TOKEN, at)
    if token is None:
        return _log_in(company, credential)
    if purpose is CallPurpose.ASK and case.ticket:
        return _ask(case.ticket, company, token)
    return _send(purpose, case, company, token)


def _log_in(company: Company, credential: Credential) -> Call:
    client = secret(credential, "gre_client_id")
    key, password = secret(credential, "gre_client_secret"), credential.secret("sol_password")
    fields = {
        "grant_type": "password",
        "scope": SCOPE,
        "client_id": client,
        "client_secret": key,
        "username": company.tax_id.number + credential.secret("sol_user").strip(),
        "password": password,
    }
    url = filled(services.endpoint(company, LOG_IN), client_id=client)
    hidden = tuple(one for one in (key, password) if one)
    return log_in(url, fields, hidden, memory.facts(LOG_IN, company))


def _send(purpose: CallPurpose, case: Case, company: Company, token: str) -> Call:
    stem = case.file_name.removesuffix(".xml")
    archive = pack(case.file_name, case.sealed)
    handed = {
        "nomArchivo": f"{stem}.zip",
        "arcGreZip": b64encode(archive).decode(),
        "hashZip": hashlib.sha256(archive).hexdigest(),
    }
    return Call(
        purpose=purpose,
        method="POST",
        url=filled(services.endpoint(company, SEND), stem=stem),
        headers=_headers(token) | {"content-type": "application/json"},
        body=json.dumps({"archivo": handed}).encode(),
        secret_parts=(token,),
        read_timeout=SEND_SECONDS,
        facts=memory.facts(SEND, company),
    )


def _ask(ticket: str, company: Company, token: str) -> Call:
    return Call(
        purpose=CallPurpose.ASK,
        method="GET",
        url=filled(services.endpoint(company, ASK), ticket=ticket),
        headers=_headers(token),
        secret_parts=(token,),
        read_timeout=ASK_SECONDS,
        facts=memory.facts(ASK, company, ticket=ticket),
    )


def _headers(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}", "accept": "application/json"}
