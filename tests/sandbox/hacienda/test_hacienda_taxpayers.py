"""GET /fe/ae: who a taxpayer is, without log-in."""

from __future__ import annotations

import json

import pytest

from acuse_sandbox.hacienda.options import Fault
from acuse_sandbox.world import Request, Response
from tests.sandbox.hacienda.place import Place


def asked(place: Place, identification: str | None, method: str = "GET") -> Response:
    query = {} if identification is None else {"identificacion": identification}
    return place.hacienda.handle(Request(method, "/fe/ae", query, {}, b""))


def test_an_invented_taxpayer_is_found_without_a_token(place: Place) -> None:
    response = asked(place, "3101999888")
    assert response.status == 200
    told = json.loads(response.body)
    assert set(told) == {"nombre", "tipoIdentificacion", "regimen", "actividades"}
    assert (told["nombre"], told["tipoIdentificacion"]) == ("Café Ejemplar de Tarrazú S.A.", "02")
    assert told["regimen"] == {"codigo": 1, "descripcion": "General"}
    assert [(a["codigo"], a["tipo"], a["estado"]) for a in told["actividades"]] == [
        ("474100", "P", "A"),
        ("552004", "S", "A"),
    ]
    assert place.outcomes() == [("ask", "accepted")]


def test_who_was_told_of_is_found(place: Place) -> None:
    place.hacienda.learn(
        "taxpayer",
        {
            "identification": "3101777666",
            "name": "Panadería Inventada S.A.",
            "activities": "471101",
            "regime": "Simplificado",
            "active": False,
        },
    )
    told = json.loads(asked(place, "3101777666").body)
    assert (told["nombre"], told["regimen"]["codigo"]) == ("Panadería Inventada S.A.", 2)
    assert told["actividades"][0]["estado"] == "I"


@pytest.mark.parametrize(
    ("identification", "status"),
    [("3101777666", 404), ("", 400), (None, 400), ("31019998880000", 400), ("3101ñ99888", 400)],
)
def test_nobody_is_found_by_other_numbers(
    place: Place, identification: str | None, status: int
) -> None:
    assert asked(place, identification).status == status


def test_who_is_no_longer_registered_is_not_found(place: Place) -> None:
    place.hacienda.learn("taxpayer", {"identification": "3101999888", "registered": False})
    assert asked(place, "3101999888").status == 404


def test_the_look_up_may_be_out_of_order(place: Place) -> None:
    place.set("fault", Fault.PAGE_502.value)
    assert asked(place, "3101999888").status == 502
    place.set("fault", Fault.GATEWAY_403.value)
    assert asked(place, "3101999888").status == 403
    assert asked(place, "3101999888", "POST").status == 403
    place.set("fault", "")
    assert asked(place, "3101999888", "POST").status == 405
