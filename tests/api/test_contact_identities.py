"""A contact's identity number: as its country writes it, or refused before it is kept."""

from __future__ import annotations

from typing import Any

import pytest

from acuse.store import models
from tests.api.conftest import Calls
from tests.flow.house import House
from tests.flow.identities import COUNTRIES, RIGHT, WRONG, kept


def body(kind: str, number: str) -> dict[str, Any]:
    return {"name": "Ejemplar", "identificationObject": {"type": kind, "number": number}}


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_number_is_kept_as_its_country_writes_it(
    house: House, calls: Calls, country: str
) -> None:
    kind, written, number = RIGHT[country]
    made = calls(getattr(house, country)()).post("/contacts", body(kind, written), status=201)
    assert made["identificationObject"] == {"type": kind, "number": number}
    assert kept() == [(kind, number)]


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_number_that_cannot_be_is_refused(house: House, calls: Calls, country: str) -> None:
    kind, number, code, hint = WRONG[country]
    caller = calls(getattr(house, country)())
    refused = caller.post("/contacts", body(kind, number), status=422)
    (problem,) = refused["problems"]
    assert (problem["code"], problem["field"]) == (code, "identificationObject.number")
    assert hint in problem["text"]
    assert problem["rule"]
    assert kept() == []
    made = caller.post("/contacts", body(*RIGHT[country][:2]), status=201)
    assert caller.codes("PUT", f"/contacts/{made['id']}", body(kind, number)) == [code]
    assert kept() == [(kind, RIGHT[country][2])]


@pytest.mark.parametrize("country", COUNTRIES)
def test_an_old_contacts_wrong_number_stays_until_it_is_changed(
    house: House, calls: Calls, country: str
) -> None:
    kind, number, code, _ = WRONG[country]
    caller = calls(getattr(house, country)())
    made = caller.post("/contacts", body(*RIGHT[country][:2]), status=201)
    models.Customer.objects.update(tax_id=number)
    place = f"/contacts/{made['id']}"
    assert caller.put(place, body(kind, number) | {"name": "Otro"})["name"] == "Otro"
    assert caller.put(place, {"phonePrimary": "555 0100"})["phonePrimary"] == "555 0100"
    assert caller.codes("PUT", place, body(kind, number[:-1])) == [code]
    assert kept() == [(kind, number)]


def test_nobodys_contacts_are_told_apart_by_what_was_written(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    for number in ("1", "2"):
        caller.post("/contacts", body("SD", number), status=201)
    assert kept() == [("SD", "1"), ("SD", "2")]
