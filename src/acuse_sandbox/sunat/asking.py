"""The consult service: getStatusCdr and getStatus, for facturas and their notes only.

Source: peru.md 5.1: of getStatus 0001 to 0003 tell the state, 0004 to 0010 a bad parameter, 0011
an unknown document, 0012 another's; getStatusCdr answers 0004 with the CDR.
"""

from __future__ import annotations

import re
from base64 import b64encode

from acuse_sandbox.sunat import soap
from acuse_sandbox.sunat.register import Record, Register, State
from acuse_sandbox.sunat.soap import Call
from acuse_sandbox.sunat.visit import Visit, caller
from acuse_sandbox.world import Response

TEXTS = {
    "0001": "El comprobante existe y está aceptado",
    "0002": "El comprobante existe y está rechazado",
    "0003": "El comprobante existe y está de baja",
    "0004": "El RUC debe tener 11 dígitos",
    "0005": "El tipo de comprobante debe tener 2 caracteres",
    "0006": "La serie debe tener 4 caracteres",
    "0007": "El número debe ser mayor que cero",
    "0009": "El tipo de comprobante debe ser 01, 07 u 08",
    "0010": "Solo se consultan series que empiezan con F",
    "0011": "El comprobante no existe",
    "0012": "El comprobante no le pertenece",
    "0125": "No se pudo obtener la constancia",
}
FOUND = "La constancia existe"
STATES = {State.ACCEPTED: "0001", State.REJECTED: "0002", State.VOIDED: "0003"}
KINDS = ("01", "07", "08")


def status_cdr(register: Register, call: Call, visit: Visit) -> Response:
    """The CDR of a document, if there is one; raises Fault for bad credentials."""
    record, code = _find(register, call, visit)
    if record is None:
        # 0004 means "found" here, so a malformed RUC cannot be told by it.
        code = "0125" if code == "0004" else code
        return _answer("getStatusCdr", "statusCdr", code, TEXTS[code])
    return _answer("getStatusCdr", "statusCdr", "0004", FOUND, record.cdr)


def status(register: Register, call: Call, visit: Visit) -> Response:
    """The state of a document; raises Fault for bad credentials."""
    record, code = _find(register, call, visit)
    code = code if record is None else STATES[record.state]
    return _answer("getStatus", "status", code, TEXTS[code])


def _find(register: Register, call: Call, visit: Visit) -> tuple[Record | None, str]:
    """The record asked for, or the code that says why there is none."""
    ruc = caller(call)
    asked, kind, series, number = (
        call.fields.get(name, "").strip()
        for name in ("rucComprobante", "tipoComprobante", "serieComprobante", "numeroComprobante")
    )
    bad = _bad_parameter(asked, kind, series, number)
    if bad:
        return None, bad
    visit.fiscal_id = f"{asked}-{kind}-{series}-{int(number)}"
    if asked != ruc:
        return None, "0012"
    if kind not in KINDS or not series.startswith("F"):
        return None, "0009" if kind not in KINDS else "0010"
    record = register.find(visit.fiscal_id)
    visit.outcome = "unknown" if record is None else record.outcome
    return record, "0011"


def _bad_parameter(asked: str, kind: str, series: str, number: str) -> str:
    if not re.fullmatch(r"[0-9]{11}", asked):
        return "0004"
    if not re.fullmatch(r"[0-9A-Z]{2}", kind):
        return "0005"
    if not re.fullmatch(r"[0-9A-Z]{4}", series):
        return "0006"
    return "" if re.fullmatch(r"[0-9]{1,8}", number) and int(number) else "0007"


def _answer(
    operation: str, element: str, code: str, message: str, content: bytes = b""
) -> Response:
    found = f"<content>{b64encode(content).decode()}</content>" if content else ""
    return soap.answer(
        operation,
        f"<{element}>{found}<statusCode>{code}</statusCode>"
        f"<statusMessage>{message}</statusMessage></{element}>",
    )
