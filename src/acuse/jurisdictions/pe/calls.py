"""The calls to SUNAT: sendBill and, for lost answers, getStatusCdr. Source: peru.md 5.1."""

from __future__ import annotations

from base64 import b64encode

from acuse.domain.jurisdiction import Credential
from acuse.domain.party import Company
from acuse.domain.submission import Call, CallPurpose, Case, SubmissionState
from acuse.jurisdictions.pe.ids import FACTURA
from acuse.jurisdictions.pe.traits import ENDPOINTS
from acuse.xml.archive import pack
from acuse.xml.build import Markup, leaf, node
from acuse.xml.soap import envelope

SERVICE = {"ser": "http://service.sunat.gob.pe"}
CONNECT_SECONDS = 10.0
SEND_SECONDS = 90.0  # SUNAT can take more than thirty
ASK_SECONDS = 30.0

_send_bill = node("ser:sendBill")
_file_name = leaf("fileName")
_content_file = leaf("contentFile")
_get_status_cdr = node("ser:getStatusCdr")
_ruc = leaf("rucComprobante")
_kind = leaf("tipoComprobante")
_series = leaf("serieComprobante")
_number = leaf("numeroComprobante")

KINDS = {"INVOICE": FACTURA}


def next_call(case: Case, company: Company, credential: Credential) -> Call | None:
    """Send what was never sent; ask about everything else."""
    if case.state in (SubmissionState.QUEUED, SubmissionState.IN_FLIGHT):
        return _send(case, company, credential)
    if case.state in (SubmissionState.WAITING, SubmissionState.UNCERTAIN):
        return _ask(case, company, credential)
    return None


def _send(case: Case, company: Company, credential: Credential) -> Call:
    archive = pack(case.file_name, case.sealed)
    body = _send_bill(
        _file_name(case.file_name.removesuffix(".xml") + ".zip"),
        _content_file(b64encode(archive).decode()),
    )
    return _call(CallPurpose.SEND, "bill", "urn:sendBill", body, company, credential, SEND_SECONDS)


def _ask(case: Case, company: Company, credential: Credential) -> Call:
    series, _, value = case.number.partition("-")
    body = _get_status_cdr(
        _ruc(company.tax_id.number), _kind(KINDS[case.kind]), _series(series), _number(value)
    )
    action = "urn:getStatusCdr"
    return _call(CallPurpose.ASK, "consult", action, body, company, credential, ASK_SECONDS)


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
        url=company.endpoints.get(service) or ENDPOINTS[company.environment][service],
        headers={"content-type": "text/xml; charset=utf-8", "soapaction": f'"{action}"'},
        body=envelope(SERVICE, body, username=username, password=password),
        secret_parts=(password,),
        connect_timeout=CONNECT_SECONDS,
        read_timeout=seconds,
    )
