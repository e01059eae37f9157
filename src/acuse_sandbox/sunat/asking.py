"""The consult service: getStatusCdr and getStatus, for facturas and their notes only.

Source: peru.md 5.1: of getStatus 0001 to 0003 tell the state, 0004 to 0010 a bad parameter, 0011
an unknown document, 0012 another's; getStatusCdr answers 0004 with the CDR. OSEs have a numbering
of their own and serve all kinds.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass

from acuse_sandbox.sunat import options, soap
from acuse_sandbox.sunat.options import Options
from acuse_sandbox.sunat.register import WORDS, Record, Register
from acuse_sandbox.sunat.rulebook.registers import State
from acuse_sandbox.sunat.soap import Call
from acuse_sandbox.sunat.users import User
from acuse_sandbox.sunat.visit import Visit
from acuse_sandbox.world import Response, World

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


# What an OSE calls the same (the catalogue's kind consult-service).
AT_AN_OSE = {"0004": "0002", "0006": "0007", "0007": "0010", "0125": "0014"}


@dataclass(slots=True)
class Asking:
    """What answers the consult service's questions of one world."""

    world: World
    register: Register

    def status_cdr(self, call: Call, user: User, visit: Visit) -> Response:
        """The CDR of a document, if there is one."""
        manners = options.read(self.world.settings, user.ruc)
        record, code = self._find(call, user, visit, manners)
        if record is None or not record.cdr:
            # 0004 means "found" here, so a malformed RUC cannot be told by it.
            code = "0125" if code == "0004" or record is not None else code
            return _answer("getStatusCdr", "statusCdr", code, manners)
        return _answer("getStatusCdr", "statusCdr", "0004", manners, record.cdr)

    def status(self, call: Call, user: User, visit: Visit) -> Response:
        """The state of a document."""
        manners = options.read(self.world.settings, user.ruc)
        record, code = self._find(call, user, visit, manners)
        code = code if record is None else STATES[record.state]
        return _answer("getStatus", "status", code, manners)

    def _find(
        self, call: Call, user: User, visit: Visit, manners: Options
    ) -> tuple[Record | None, str]:
        """The record asked for, or the code that says why there is none."""
        asked, kind, series, number = (
            call.fields.get(name, "").strip()
            for name in (
                "rucComprobante",
                "tipoComprobante",
                "serieComprobante",
                "numeroComprobante",
            )
        )
        bad = _bad_parameter(asked, kind, series, number)
        if bad:
            return None, bad
        visit.fiscal_id = f"{asked}-{kind}-{series}-{int(number)}"
        if manners.consult == "down":
            visit.outcome = "fault"
            return None, "0125"
        if asked != user.ruc:
            return None, "0012"
        if not manners.is_ose and (kind not in KINDS or not series.startswith("F")):
            return None, "0009" if kind not in KINDS else "0010"
        record = self.register.find(visit.fiscal_id)
        visit.outcome = "unknown" if record is None else WORDS[record.state]
        if record is not None and record.state is not State.VOIDED:
            visit.outcome = record.outcome
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
    operation: str, element: str, code: str, manners: Options, content: bytes = b""
) -> Response:
    found = f"<content>{b64encode(content).decode()}</content>" if content else ""
    message = FOUND if content else TEXTS[code]
    if manners.is_ose and not content and code not in STATES.values():
        code = AT_AN_OSE.get(code, code)
    return soap.answer(
        operation,
        f"<{element}>{found}<statusCode>{code}</statusCode>"
        f"<statusMessage>{message}</statusMessage></{element}>",
    )
