"""What the API answers: one JSON value; a refusal always in the same shape."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.http import HttpResponse

from acuse.domain.problem import Problem

WORDS = {  # status: our code where no problem has its own, and what it means
    400: ("XX-API-1", "No se pudo leer la petición. Revisa su formato."),
    401: (
        "XX-API-2",
        "Falta un token que abra esta API. Envía «Authorization: Bearer TOKEN», o Basic con "
        "correo y token. Se crea en Configuración > Integraciones > API.",
    ),
    403: (
        "XX-API-3",
        "La persona de este token ya no trabaja para la empresa. Crea otro con quien sí.",
    ),
    404: ("XX-API-4", "No existe, o no es de esta empresa. Revisa la dirección y el id."),
    405: ("XX-API-5", "Esta dirección no admite ese método. Mira los que admite en «Allow»."),
    409: (
        "XX-API-6",
        "Esa Idempotency-Key ya se usó con otra petición. Usa una nueva para cada operación.",
    ),
    413: ("XX-API-7", "La petición pesa más de lo que cabe. Divídela."),
    415: ("XX-API-8", "Ese tipo de contenido no se lee aquí. Revisa «Content-Type»."),
    422: ("XX-API-9", "No se hizo nada: hay datos por corregir."),
    429: ("XX-API-10", "Son demasiadas llamadas en un minuto. Espera lo que dice «Retry-After»."),
    500: ("XX-API-11", "Falló algo nuestro y quedó en el registro. Vuelve a intentarlo."),
    503: ("XX-API-12", "Ahora no se puede. Vuelve a intentarlo en un momento."),
}


class Refused(Exception):
    """The call is not served: with this status, for these problems."""

    def __init__(self, status: int, *problems: Problem) -> None:
        self.status, self.problems = status, problems
        super().__init__(status, *problems)


def value(told: object, status: int = 200) -> HttpResponse:
    """The value as JSON."""
    return text(written(told), status)


def text(body: str, status: int = 200) -> HttpResponse:
    """JSON that is written already."""
    return HttpResponse(body, status=status, content_type="application/json")


def written(told: object) -> str:
    """The value as JSON; amounts are numbers where a program's double holds them exactly."""
    return json.dumps(told, ensure_ascii=False, default=_plain)


def refusal(status: int, problems: Iterable[Problem] = ()) -> HttpResponse:
    """Why the call is not served: `code` and `message` of the first problem, and all of them."""
    found = tuple(problems)
    code, message = WORDS[status]
    if found:
        code, message = found[0].code, found[0].text
    told = {"code": code, "message": message, "problems": [problem(one) for one in found]}
    return value(told, status)


def problem(one: Problem) -> dict[str, str]:
    """A problem as it is told."""
    return {"field": one.field, "code": one.code, "text": one.text, "rule": one.rule}


def _plain(told: object) -> Any:
    if isinstance(told, Decimal):
        return figure(told)
    raise TypeError(f"{type(told).__name__} has no form in the API")


def figure(amount: Decimal) -> int | float | str:
    """The amount as a number; as text in the rare case that a double would change it."""
    if amount == amount.to_integral_value() and abs(amount) < 2**53:
        return int(amount)
    return float(amount) if Decimal(repr(float(amount))) == amount else f"{amount:f}"
