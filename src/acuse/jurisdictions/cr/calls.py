"""The calls to Hacienda: log in, send, ask by clave. Source: costa-rica.md 5."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import datetime

from acuse.domain.jurisdiction import Credential
from acuse.domain.party import Company
from acuse.domain.submission import RECEPTION, Call, CallPurpose, Case, Form, SubmissionState
from acuse.jurisdictions.cr.traits import ACCESS, CLIENTS, ENDPOINTS, REFRESH
from acuse.xml import parse


def next_call(case: Case, company: Company, credential: Credential, at: datetime) -> Call | None:
    """Log in where no token is good; then send what was never sent, ask about all else."""
    if case.state not in (
        SubmissionState.QUEUED,
        SubmissionState.IN_FLIGHT,
        SubmissionState.WAITING,
        SubmissionState.UNCERTAIN,
    ):
        return None
    token = case.note(ACCESS, at)
    if token is None:
        return _log_in(case, company, credential, at)
    if case.state in (SubmissionState.QUEUED, SubmissionState.IN_FLIGHT):
        return _send(case, company, token)
    return _ask(case, company, token)


def endpoint(company: Company, name: str) -> str:
    """The address: the company's own, else the environment's."""
    return company.endpoints.get(name) or ENDPOINTS[company.environment][name]


def _log_in(case: Case, company: Company, credential: Credential, at: datetime) -> Call:
    client = CLIENTS[company.environment]
    refresh = case.note(REFRESH, at)
    if refresh is not None:
        fields = {"grant_type": "refresh_token", "client_id": client, "refresh_token": refresh}
        secrets: tuple[str, ...] = (refresh,)
    else:
        password = credential.secret("api_password")
        fields = {
            "grant_type": "password",
            "client_id": client,
            "username": credential.secret("api_user"),
            "password": password,
        }
        secrets = (password,)
    return Call(
        purpose=CallPurpose.LOGIN,
        method="POST",
        url=endpoint(company, "token"),
        headers={"accept": "application/json"},
        body=Form(fields),
        secret_parts=secrets,
    )


def _send(case: Case, company: Company, token: str) -> Call:
    message = _confirmation(case) if case.kind == RECEPTION else _document(case)
    if case.callback:
        message["callbackUrl"] = case.callback
    message["comprobanteXml"] = b64encode(case.sealed).decode()
    return Call(
        purpose=CallPurpose.SEND,
        method="POST",
        url=f"{endpoint(company, 'api')}/recepcion",
        headers={"authorization": f"bearer {token}", "content-type": "application/json"},
        body=json.dumps(message).encode(),
        secret_parts=(token, case.callback),
    )


def _document(case: Case) -> dict[str, object]:
    root = parse.parse(case.sealed)
    return {"clave": case.fiscal_id, "fecha": parse.child_text(root, "FechaEmision")} | _parties(
        root
    )


def _confirmation(case: Case) -> dict[str, object]:
    """Emisor is who issued the document that is answered, receptor who answers (section 6)."""
    root = parse.parse(case.sealed)
    return {
        "clave": parse.child_text(root, "Clave"),
        "fecha": parse.child_text(root, "FechaEmisionDoc"),
        **_parties(parse.parse(case.about)),
        "consecutivoReceptor": case.number,
    }


def _ask(case: Case, company: Company, token: str) -> Call:
    return Call(
        purpose=CallPurpose.ASK,
        method="GET",
        url=f"{endpoint(company, 'api')}/recepcion/{case.fiscal_id}",
        headers={"authorization": f"bearer {token}"},
        secret_parts=(token,),
    )


def _parties(root: parse.Element) -> dict[str, object]:
    """Who issued the document, and its receiver where it names one."""
    told: dict[str, object] = {"emisor": _party(parse.child(root, "Emisor"))}
    receiver = _party(parse.child(root, "Receptor"))
    return told | ({"receptor": receiver} if receiver else {})


def _party(element: parse.Element | None) -> dict[str, str]:
    identification = None if element is None else parse.child(element, "Identificacion")
    if identification is None:
        return {}
    return {
        "tipoIdentificacion": parse.child_text(identification, "Tipo"),
        "numeroIdentificacion": parse.child_text(identification, "Numero"),
    }
