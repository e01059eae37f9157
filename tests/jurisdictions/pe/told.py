"""What a `reply.json` says: about which file, how far the conversation is, what came back."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import asdict, is_dataclass, replace
from datetime import timedelta
from typing import Any

from acuse.domain.batch import BatchKind, Member
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number
from acuse.domain.party import Company, Environment
from acuse.domain.submission import (
    Call,
    Case,
    Finding,
    Judged,
    NoReply,
    Note,
    Reply,
    SubmissionState,
)
from acuse.jurisdictions.pe import jurisdiction, memory
from acuse.jurisdictions.pe.calls_login import (
    GRE_REFUSED,
    GRE_TOKEN,
    REGISTER_REFUSED,
    REGISTER_TOKEN,
)
from tests.jurisdictions.pe import batch_makers, makers
from tests.support.makers import AT, RUC, company, credential, document

ALL_SECRETS = {
    "gre_client_id": "cliente-guias",
    "gre_client_secret": "secreto-guias",
    "register_client_id": "cliente-consulta",
    "register_client_secret": "secreto-consulta",
}
FILES = {  # name in reply.json: code, number, kind
    "factura": ("01", "F001-123", DocumentKind.INVOICE),
    "boleta": ("03", "B001-7", DocumentKind.RECEIPT),
    "liquidacion": ("04", "L001-1", DocumentKind.PURCHASE),
    "nota": ("07", "FC01-2", DocumentKind.CREDIT_NOTE),
    "nota-de-boleta": ("07", "BC01-3", DocumentKind.CREDIT_NOTE),
    "retencion": ("20", "R001-15", DocumentKind.RETENTION),
    "percepcion": ("40", "P001-2", DocumentKind.PERCEPTION),
    "guia": ("09", "T001-1", DocumentKind.DESPATCH),
    "guia-transportista": ("31", "V001-1", DocumentKind.CARRIER_DESPATCH),
    "resumen": ("RC", "RC-20261125-1", BatchKind.SUMMARY),
    "baja": ("RA", "RA-20261125-1", BatchKind.VOIDING),
    "reversion": ("RR", "RR-20261125-1", BatchKind.REVERSAL),
}
VOIDED = document(number=Number("F001", 15)), document(number=Number("F001", 16))
MEMBERS: dict[str, tuple[Member, ...]] = {
    "resumen": tuple(batch_makers.member(batch_makers.boleta(n)) for n in (7, 8, 9)),
    "baja": tuple(batch_makers.member(one, batch_makers.VOID, "Error") for one in VOIDED),
    "reversion": (
        batch_makers.member(
            document(kind=DocumentKind.RETENTION, number=Number("R001", 15)),
            batch_makers.VOID,
            "Error",
        ),
    ),
}
NOTES = {  # name in reply.json: the note's own
    "known": memory.known,
    "first": memory.first_ticket,
    "later": memory.later_ticket,
    "members": memory.members,
    "done": memory.done,
    "missing": memory.missing,
}


def issuer(
    environment: str = "SANDBOX", *, api: bool = False, settles: bool = False, ose: bool = False
) -> Company:
    """The company: with the credentials of the APIs, with the register's word, with an OSE."""
    one = company(environment=Environment(environment), extra={"register_settles": settles})
    if api:
        one = replace(one, secrets=one.secrets | set(ALL_SECRETS))
    return replace(one, endpoints={"bill": "https://ose.example/ws"}) if ose else one


def case_of(about: str = "factura", **given: Any) -> Case:
    """The case of that file; hours are those since its issue, and since its notes were kept."""
    code, number, kind = FILES[about]
    changes: dict[str, Any] = {
        "state": SubmissionState(given.pop("state", "IN_FLIGHT")),
        "kind": kind,
        "number": number,
        "file_name": f"{RUC}-{number if number.startswith(code) else f'{code}-{number}'}.xml",
        "members": MEMBERS.get(about, ()),
        "issued_at": AT - timedelta(hours=given.pop("hours", 0)),
    }
    unknown_for = given.pop("not_known_hours", None)
    if unknown_for is not None:
        changes["not_known_since"] = AT - timedelta(hours=unknown_for)
    tokens = {GRE_TOKEN: Note("ficha-guias"), REGISTER_TOKEN: Note("ficha-consulta")}
    if given.pop("logged_out", False):
        tokens = {}
    for name, token in (("gre_refused", GRE_REFUSED), ("register_refused", REGISTER_REFUSED)):
        if name in given:
            tokens[token] = Note(memory.mark(given.pop(name)))
    one = makers.case(**changes)
    kept = memory.kept("", AT - timedelta(hours=given.pop("kept_hours", 0))).until
    notes = {NOTES[name](one): Note(given.pop(name), kept) for name in NOTES if name in given}
    return replace(one, notes=tokens | notes, **given)


def call_about(one: Case, who: Company) -> Call:
    """The call that is made about it."""
    made = jurisdiction.next_call(one, who, credential(**ALL_SECRETS), AT)
    assert made is not None
    return made


def finding_of(told: dict[str, Any]) -> Finding:
    """What the reply of a `reply.json` means."""
    given = dict(told.get("case", {}))
    if told.get("ask"):
        given.setdefault("state", "UNCERTAIN")
    one = case_of(told.get("about", "factura"), **given)
    who = issuer(**({"environment": told.get("environment", "SANDBOX")} | told.get("company", {})))
    body = _body(told, one)
    reply = body if isinstance(body, NoReply) else Reply(told.get("status", 200), {}, body)
    return jurisdiction.read(one, call_about(one, who), reply, AT)


def _body(told: dict[str, Any], one: Case) -> bytes | NoReply:
    if "silence" in told:
        return NoReply(**told["silence"])
    if "body" in told:
        return str(told["body"]).encode()
    if "json" in told:
        return json.dumps(_with_archive(told["json"], one)).encode()
    if "fault" in told:
        return makers.fault(**told["fault"])
    if "taken" in told:
        return makers.ticket_given(told["taken"])
    for name, write in (("consult", makers.consulted), ("ticket", makers.ticket_told)):
        if name in told:
            return write(**_with_cdr(told[name], one))
    if "bill" in told:
        return makers.billed(told["bill"])
    return makers.billed(_cdr(told["cdr"], one))


def _with_cdr(told: dict[str, Any], one: Case) -> dict[str, Any]:
    given = dict(told)
    archive = _cdr(given.pop("cdr"), one) if "cdr" in given else given.pop("content", b"")
    return given | {"archive": archive}


def _with_archive(told: dict[str, Any], one: Case) -> dict[str, Any]:
    if "arcCdr" not in told or isinstance(told["arcCdr"], str):
        return told
    return told | {"arcCdr": b64encode(_cdr(told["arcCdr"], one)).decode()}


def _cdr(told: dict[str, Any], one: Case) -> bytes:
    given = {"reference": one.number, "name": f"R-{one.file_name}"} | told
    if given.get("document_hash") == "ours":
        given["document_hash"] = one.fiscal_id
    if "notes" in given:
        given["notes"] = tuple(given["notes"])
    return makers.cdr(**given)


def shown(finding: Finding) -> dict[str, Any]:
    """The finding by name and values; the receipt is told, not shown."""
    assert is_dataclass(finding)
    values = asdict(finding)
    if values.get("notes"):  # their names end in what the digest of the file is
        values["notes"] = {name.partition(":")[0]: told for name, told in values["notes"].items()}
    if isinstance(finding, Judged):
        values = values["verdict"]
        values["receipt"] = "the ZIP as received" if finding.verdict.receipt else None
        if finding.culprits:
            values["culprits"] = list(finding.culprits)
    return {"finding": type(finding).__name__, **values}
