"""The calls to SUNAT: sendBill and, for lost answers, getStatusCdr. Source: peru.md 5.1."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import date, datetime, timedelta

from acuse.domain.jurisdiction import Credential
from acuse.domain.party import Company
from acuse.domain.submission import Call, CallPurpose, Case, SubmissionState
from acuse.jurisdictions.pe.content import LIMA
from acuse.jurisdictions.pe.ids import FACTURA
from acuse.jurisdictions.pe.traits import ENDPOINTS
from acuse.xml.archive import pack
from acuse.xml.build import Markup, leaf, node
from acuse.xml.soap import envelope

SERVICE = {"ser": "http://service.sunat.gob.pe"}
CONNECT_SECONDS = 10.0
SEND_SECONDS = 90.0  # SUNAT can take more than thirty
ASK_SECONDS = 30.0
DAYS_TO_SEND = timedelta(days=3)  # RS 000003-2023: calendar days after the issue date

_send_bill = node("ser:sendBill")
_file_name = leaf("fileName")
_content_file = leaf("contentFile")
_get_status_cdr = node("ser:getStatusCdr")
_ruc = leaf("rucComprobante")
_kind = leaf("tipoComprobante")
_series = leaf("serieComprobante")
_number = leaf("numeroComprobante")

KINDS = {"INVOICE": FACTURA}


def next_call(case: Case, company: Company, credential: Credential, at: datetime) -> Call | None:
    """Send what was never sent, while it may be; ask about everything else."""
    if case.state in (SubmissionState.QUEUED, SubmissionState.IN_FLIGHT):
        return None if _too_late(case, at) else _send(CallPurpose.SEND, case, company, credential)
    if case.state in (SubmissionState.WAITING, SubmissionState.UNCERTAIN):
        if _endpoint(company, "consult"):
            return _ask(case, company, credential)
        return _send(CallPurpose.ASK, case, company, credential)
    return None


def _too_late(case: Case, at: datetime) -> bool:
    """Whether SUNAT would reject it for its date (2108), which burns the number."""
    found = re.search(rb"<cbc:IssueDate>([0-9-]{10})</cbc:IssueDate>", case.sealed)
    if found is None:
        return False
    issued = date.fromisoformat(found[1].decode())
    return at.astimezone(LIMA).date() > issued + DAYS_TO_SEND


def _send(purpose: CallPurpose, case: Case, company: Company, credential: Credential) -> Call:
    archive = pack(case.file_name, case.sealed)
    body = _send_bill(
        _file_name(case.file_name.removesuffix(".xml") + ".zip"),
        _content_file(b64encode(archive).decode()),
    )
    return _call(purpose, "bill", "urn:sendBill", body, company, credential, SEND_SECONDS)


def _ask(case: Case, company: Company, credential: Credential) -> Call:
    series, _, value = case.number.partition("-")
    body = _get_status_cdr(
        _ruc(company.tax_id.number), _kind(KINDS[case.kind]), _series(series), _number(value)
    )
    action = "urn:getStatusCdr"
    return _call(CallPurpose.ASK, "consult", action, body, company, credential, ASK_SECONDS)


def _endpoint(company: Company, service: str) -> str:
    """The service's address: the company's own, else the environment's, "" where it has none."""
    known = ENDPOINTS[company.environment].get(service, "")
    return company.endpoints.get(service) or known


def _call(
    purpose: CallPurpose,
    service: str,
    action: str,
    body: Markup,
    company: Company,
    credential: Credential,
    seconds: float,
) -> Call:
    password = credential.secret("sol_password")
    username = company.tax_id.number + credential.secret("sol_user").strip()
    return Call(
        purpose=purpose,
        method="POST",
        url=_endpoint(company, service),
        headers={"content-type": "text/xml; charset=utf-8", "soapaction": f'"{action}"'},
        body=envelope(SERVICE, body, username=username, password=password),
        secret_parts=(password,),
        connect_timeout=CONNECT_SECONDS,
        read_timeout=seconds,
    )
