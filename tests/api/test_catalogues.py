"""/catalogues: a code is looked up in the company's own country, in what is in force there."""

from __future__ import annotations

from decimal import Decimal

from acuse.api import shapes_catalogue
from acuse.domain.catalogue import Entry, Nature
from tests.api.conftest import Calls
from tests.api.shaped import shaped
from tests.flow.house import House
from tests.store.test_catalogues import imported


def test_what_is_in_force_is_looked_up_with_its_edition(house: House, calls: Calls) -> None:
    caller = calls(house.costa_rica())
    shipped = caller.get("/catalogues/cabys?query=nube")
    shaped(shapes_catalogue.Found, shipped)
    assert shipped["edition"] is None
    assert [(one["code"], one["percentage"]) for one in shipped["data"]] == [
        ("8314300000000", None)
    ]
    imported(
        Entry("2316100000200", "Arroz pulido", Decimal("0.5"), Nature.GOODS),
        Entry("2316100000300", "Arroz integral"),
        name="de mayo",
    )
    found = caller.get("/catalogues/cabys?query=ARROZ%20integ")
    shaped(shapes_catalogue.Found, found)
    assert (found["edition"]["name"], found["edition"]["entries"]) == ("de mayo", 2)
    assert found["data"] == [
        {
            "code": "2316100000300",
            "description": "Arroz integral",
            "percentage": None,
            "kind": None,
        }
    ]
    assert caller.get("/catalogues/cabys?query=23161&limit=1")["data"] == [
        {
            "code": "2316100000200",
            "description": "Arroz pulido",
            "percentage": Decimal("0.5"),
            "kind": "GOODS",
        }
    ]
    assert len(caller.get("/catalogues/cabys")["data"]) == 2


def test_what_cannot_be_is_refused(house: House, calls: Calls) -> None:
    caller = calls(house.costa_rica())
    assert caller.get("/catalogues/unspsc", status=404)["code"] == "XX-API-4"
    assert caller.codes("GET", "/catalogues/cabys?limit=31") == ["XX-API-14"]
    assert caller.codes("GET", "/catalogues/cabys?query=" + "x" * 61) == ["XX-API-14"]
    assert caller.get("/catalogues/cabys?query=%00%25")["data"] == []
    abroad = calls(house.peru(), "otra@taller.example")
    assert abroad.get("/catalogues/cabys", status=404)["code"] == "XX-API-4"
