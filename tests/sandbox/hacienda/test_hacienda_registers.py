"""What the control port tells Hacienda: taxpayers, exonerations, places, documents."""

from __future__ import annotations

from typing import Any

import pytest

from acuse_sandbox.hacienda.options import read
from acuse_sandbox.world import Learns
from tests.sandbox.hacienda import cases_examples as ex
from tests.sandbox.hacienda import cases_kinds as kinds
from tests.sandbox.hacienda.changes import put
from tests.sandbox.hacienda.documents import factura
from tests.sandbox.hacienda.place import Place, good
from tests.sandbox.hacienda.signing import sign


def test_what_is_told_of_one_taxpayer_says_nothing_of_others(place: Place) -> None:
    place.hacienda.learn("taxpayer", {"identification": "3101777666", "active": False})
    assert place.verdict(good()).state == "aceptado"


def test_a_taxpayer_told_of_is_known_whatever_its_number(place: Place) -> None:
    root = factura()
    put("Receptor/Identificacion/Numero", "966000001")(root)
    place.hacienda.learn("taxpayer", {"identification": "966000001"})
    assert place.verdict(sign(root)).state == "aceptado"


def test_a_taxpayers_own_activities_and_places_are_good(place: Place) -> None:
    told = {"activities": "552004 474100", "places": "1-01-01 1-05-01"}
    place.hacienda.learn("taxpayer", {"identification": "3101999888", **told})
    assert place.verdict(good()).codes == set()


@pytest.mark.parametrize(
    "told",
    [
        {"number": "AL-00012345"},
        {"number": "AL-00012345", "holder": "0199990888", "until": "2026-11-25"},
    ],
)
def test_an_exoneration_that_is_registered_is_good(place: Place, told: dict[str, Any]) -> None:
    place.hacienda.learn("exoneration", told)
    assert place.verdict(sign(ex.exonerated())).codes == set()


def test_a_new_district_can_be_told(place: Place) -> None:
    root = factura()
    put("Emisor/Ubicacion/Distrito", "04")(root)
    assert place.verdict(sign(root)).codes == {"CR-EMI-3"}
    place.hacienda.learn("place", {"code": "1-05-04"})
    root = factura(number=2)
    put("Emisor/Ubicacion/Distrito", "04")(root)
    assert place.verdict(sign(root)).codes == set()


@pytest.mark.parametrize(
    ("total", "codes"), [("8475", set()), ("2824.99999", {"CR-REF-5"}), (None, set())]
)
def test_a_document_can_be_told(place: Place, total: str | None, codes: set[str]) -> None:
    told: dict[str, Any] = {"clave": kinds.FIRST_CLAVE, "state": "accepted"}
    place.hacienda.learn("document", told | ({"total": total} if total else {}))
    assert place.verdict(sign(kinds.credit_note())).codes == codes


@pytest.mark.parametrize(
    ("register", "told", "wrong"),
    [
        ("nada", {}, "no such path: POST /hacienda/nada"),
        ("taxpayer", {}, "taxpayer needs identification"),
        ("taxpayer", {"identification": "x" * 30}, "an identification"),
        ("taxpayer", {"identification": "3101999888", "type": "07"}, "a type"),
        ("taxpayer", {"identification": "3101999888", "active": "yes"}, "true or false"),
        ("taxpayer", {"identification": "3101999888", "places": "San José"}, "places"),
        ("taxpayer", {"identification": "3101999888", "nada": 1}, "has no 'nada'"),
        ("exoneration", {"number": "AL-1", "until": "ayer"}, "exoneration.until"),
        ("place", {"code": "8-01-01"}, "a place"),
        ("document", {"clave": "506", "state": "accepted"}, "a clave"),
        ("document", {"clave": kinds.FIRST_CLAVE, "state": "lost"}, "accepted or rejected"),
        ("document", {"clave": kinds.FIRST_CLAVE, "state": "accepted", "total": "-1"}, "amount"),
    ],
)
def test_an_entry_that_makes_no_sense_is_refused(
    place: Place, register: str, told: dict[str, Any], wrong: str
) -> None:
    with pytest.raises(ValueError, match=wrong):
        place.hacienda.learn(register, told)
    assert place.world.settings == {}


def test_entries_lie_among_the_settings_and_go_with_them(place: Place) -> None:
    place.hacienda.learn("place", {"code": "1-05-04"})
    assert list(place.world.settings) == ["hacienda.place.1-05-04"]
    assert read(place.world.settings) == read({})


def test_the_control_port_can_teach_hacienda(place: Place) -> None:
    assert isinstance(place.hacienda, Learns)
