"""GET /fe/ae: the public look-up of a taxpayer, without log-in.

Source: costa-rica.md 5, "Other public services", which has the address and that it tells name,
regime and activities; the names of the members and the statuses are UNCONFIRMED.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from acuse_sandbox.hacienda import registers
from acuse_sandbox.hacienda.registers import Settings
from acuse_sandbox.hacienda.rulebook.known import Taxpayer
from acuse_sandbox.world import Response

PATH = "/fe/ae"
FORM = re.compile(r"[0-9][0-9A-Z]{8,11}")
REGIMES = {"General": 1, "Simplificado": 2}  # codes UNCONFIRMED
ACTIVITIES = {
    "474100": "Venta al por menor de equipo y programas",
    "552004": "Servicio de cafetería",
    "702001": "Consultoría de gestión",
    "751101": "Administración pública",
}


def answer(settings: Settings, query: Mapping[str, str]) -> Response:
    """The taxpayer of an identification; 400 for none, 404 where nobody is registered."""
    identification = query.get("identificacion", "")
    if not FORM.fullmatch(identification):
        return _json(400, {"code": 400, "status": "La identificación no es válida"})
    found = registers.taxpayer(settings, identification)
    if found is None:
        return _json(404, {"code": 404, "status": "No se encontró la identificación"})
    return _json(200, shown(found))


def shown(one: Taxpayer) -> dict[str, object]:
    """A taxpayer as the look-up tells it; the first activity is the principal one."""
    return {
        "nombre": one.name,
        "tipoIdentificacion": one.kind,
        "regimen": {"codigo": REGIMES.get(one.regime, 0), "descripcion": one.regime},
        "actividades": [
            {
                "estado": "A" if one.active else "I",
                "tipo": "P" if ordinal == 0 else "S",
                "codigo": code,
                "descripcion": ACTIVITIES.get(code, "Actividad inventada"),
            }
            for ordinal, code in enumerate(one.activities)
        ],
    }


def _json(status: int, body: dict[str, object]) -> Response:
    content = json.dumps(body, ensure_ascii=False).encode()
    return Response(status, content, {"Content-Type": "application/json"})
