"""The consulta integrada: whether a document is valid, for who knows its date and total.

Source: peru.md 5.1. Works for boletas too; gives no CDR. A rejected document counts as not
informed. The answer to a body that cannot be read is UNCONFIRMED.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from acuse_sandbox.sunat import options, rest, taxpayers
from acuse_sandbox.sunat.register import WORDS, Record, Register
from acuse_sandbox.sunat.rulebook.registers import State
from acuse_sandbox.sunat.tokens import REGISTER, Tokens
from acuse_sandbox.sunat.visit import Visit
from acuse_sandbox.world import Request, Response, World

NOT_INFORMED, ACCEPTED, VOIDED = "0", "1", "2"
STATES = {State.ACCEPTED: ACCEPTED, State.VOIDED: VOIDED}
AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,10})?")
FORMS = {
    "numRuc": re.compile(r"[0-9]{11}"),
    "codComp": re.compile(r"[0-9A-Z]{2}"),
    "numeroSerie": re.compile(r"[0-9A-Z]{1,4}"),
    "numero": re.compile(r"0*[1-9][0-9]{0,7}"),
    "fechaEmision": re.compile(r"[0-9]{2}/[0-9]{2}/[0-9]{4}"),
}


@dataclass(slots=True)
class Integrated:
    """What answers validarcomprobante in one world."""

    world: World
    register: Register
    tokens: Tokens

    def tell(self, request: Request, ruc: str, visit: Visit) -> Response:
        """The state of a document: estadoCp, and of its issuer."""
        token = self.tokens.find(request, REGISTER)
        if token is None or token.ruc not in ("", ruc):
            return rest.answer(401, {"message": "Unauthorized"})
        visit.ruc = ruc
        try:
            told = rest.body(request)
        except rest.BadBody:
            return _failed("El cuerpo no es JSON")
        wrong = [name for name, form in FORMS.items() if not form.fullmatch(_word(told, name))]
        issued, total = _day(_word(told, "fechaEmision")), _amount(told.get("monto"))
        if wrong or issued is None or total is None:
            return _failed(f"No es válido: {', '.join(wrong) or 'fechaEmision, monto'}")
        issuer, kind, series, number = (_word(told, name) for name in list(FORMS)[:4])
        visit.fiscal_id = f"{issuer}-{kind}-{series}-{int(number)}"
        record = self.register.find(visit.fiscal_id)
        state = _state(record, issued, total)
        visit.outcome = "unknown"
        if record is not None and state != NOT_INFORMED:
            visit.outcome = WORDS[record.state]
        return rest.answer(200, _told(state, issuer, options.read(self.world.settings, ruc)))


def _state(record: Record | None, issued: date, total: Decimal) -> str:
    if record is None or record.state not in STATES:
        return NOT_INFORMED
    if record.known.issued not in (None, issued) or record.known.total not in (None, total):
        return NOT_INFORMED
    return STATES[record.state]


def _told(state: str, issuer: str, manners: options.Options) -> dict[str, Any]:
    long = manners.long_states
    data: dict[str, Any] = {"estadoCp": f"{int(state):04}" if long else state}
    standing = taxpayers.standing(issuer)
    if state != NOT_INFORMED and standing.known:
        data["estadoRuc"] = "00" if standing.active else "03"
        data["condDomiRuc"] = "00" if standing.found else "12"
        data["observaciones"] = []
    return {"success": True, "message": "Operation Success! ", "data": data}


def _failed(text: str) -> Response:
    return rest.answer(400, {"success": False, "message": text, "data": None})


def _word(told: dict[str, Any], name: str) -> str:
    """A member as text; numbers are taken as such, as the real service does."""
    found = told.get(name)
    if isinstance(found, int) and not isinstance(found, bool) and abs(found) < 10**15:
        return str(found)
    return rest.text(told, name)


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def _amount(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    text = str(value) if not isinstance(value, int) or abs(value) < 10**12 else ""
    return Decimal(text.strip()) if AMOUNT.fullmatch(text.strip()) else None
