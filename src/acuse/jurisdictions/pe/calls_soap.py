"""The calls of SUNAT's SOAP services, and of an OSE's of the same shape. Source: peru.md 5.1."""

from __future__ import annotations

from base64 import b64encode

from acuse.domain.jurisdiction import Credential
from acuse.domain.party import Company
from acuse.domain.submission import Call, CallPurpose, Case
from acuse.jurisdictions.pe import memory, services
from acuse.xml.archive import pack
from acuse.xml.build import Markup, leaf, node
from acuse.xml.soap import envelope

SERVICE = {"ser": "http://service.sunat.gob.pe"}
CONNECT_SECONDS = 10.0
SEND_SECONDS = 90.0  # SUNAT can take more than thirty
ASK_SECONDS = 30.0

SEND_BILL = "sendBill"
SEND_SUMMARY = "sendSummary"
GET_STATUS = "getStatus"
GET_STATUS_CDR = "getStatusCdr"

_write = {
    name: node(f"ser:{name}") for name in (SEND_BILL, SEND_SUMMARY, GET_STATUS, GET_STATUS_CDR)
}
_file_name = leaf("fileName")
_content_file = leaf("contentFile")
_ticket = leaf("ticket")
_ruc = leaf("rucComprobante")
_kind = leaf("tipoComprobante")
_series = leaf("serieComprobante")
_number = leaf("numeroComprobante")


def send(purpose: CallPurpose, case: Case, company: Company, credential: Credential) -> Call | None:
    """The file on its way: a document is judged at once, a batch gets a ticket."""
    operation = SEND_SUMMARY if services.code_of(case) in services.BATCHES else SEND_BILL
    archive = pack(case.file_name, case.sealed)
    body = _write[operation](
        _file_name(case.file_name.removesuffix(".xml") + ".zip"),
        _content_file(b64encode(archive).decode()),
    )
    return _call(purpose, operation, _service(case), body, company, credential)


def ask_ticket(ticket: str, case: Case, company: Company, credential: Credential) -> Call | None:
    """What became of the batch with that ticket."""
    body = _write[GET_STATUS](_ticket(ticket))
    asked = {memory.TICKET: ticket}
    return _call(
        CallPurpose.ASK, GET_STATUS, _service(case), body, company, credential, facts=asked
    )


def ask_cdr(case: Case, company: Company, credential: Credential) -> Call | None:
    """The CDR of a document by its number."""
    series, _, value = case.number.partition("-")
    body = _write[GET_STATUS_CDR](
        _ruc(company.tax_id.number),
        _kind(services.code_of(case)),
        _series(series),
        _number(value),
    )
    return _call(CallPurpose.ASK, GET_STATUS_CDR, "consult", body, company, credential)


def _service(case: Case) -> str:
    return services.TAKEN_BY.get(services.code_of(case), "")


def _call(
    purpose: CallPurpose,
    operation: str,
    service: str,
    body: Markup,
    company: Company,
    credential: Credential,
    *,
    facts: dict[str, str] | None = None,
) -> Call | None:
    url = services.endpoint(company, service)
    if not url:
        return None
    password = credential.secret("sol_password")
    username = company.tax_id.number + credential.secret("sol_user").strip()
    return Call(
        purpose=purpose,
        method="POST",
        url=url,
        headers={"content-type": "text/xml; charset=utf-8", "soapaction": f'"urn:{operation}"'},
        body=envelope(SERVICE, body, username=username, password=password),
        secret_parts=(password,),
        connect_timeout=CONNECT_SECONDS,
        read_timeout=SEND_SECONDS if operation == SEND_BILL else ASK_SECONDS,
        facts=memory.facts(operation, company, **(facts or {})),
    )
