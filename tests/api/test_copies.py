"""The company's own copies by program: the whole list, as the screen takes it."""

from __future__ import annotations

from typing import Any

import pytest

from acuse.api import shapes_contacts
from acuse.domain.copies import MOST, CompanyCopy, CopyUse
from acuse.domain.kinds import DocumentKind
from acuse.store import copies
from tests.api.conftest import Calls
from tests.api.shaped import shaped
from tests.flow.house import House

PLACE = "/company/copies"
ARCHIVE = {"address": "archivo@taller.example", "use": "ARCHIVE"}
BOTH = [
    ARCHIVE,
    {"address": "conta@estudio.example", "use": "ACCOUNTANT", "kinds": ["INVOICE"]},
]


def test_the_whole_list_is_replaced_and_told(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    assert caller.get(PLACE) == {"copies": []}
    told = caller.put(PLACE, {"copies": BOTH})
    shaped(shapes_contacts.Copies, told)
    assert told == caller.get(PLACE) == {"copies": BOTH}
    kinds = frozenset({DocumentKind.INVOICE})
    assert copies.of_company(caller.company.id) == (
        CompanyCopy(ARCHIVE["address"]),
        CompanyCopy("conta@estudio.example", CopyUse.ACCOUNTANT, kinds),
    )
    assert caller.put(PLACE, {"copies": [{"address": ARCHIVE["address"]}]}) == {"copies": [ARCHIVE]}
    assert caller.put(PLACE, {"copies": []}) == {"copies": []}


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({}, "copies", "XX-DOC-1"),
        ({"copies": "archivo@taller.example"}, "copies", "XX-DOC-23"),
        ({"copies": [{}]}, "copies.0.address", "XX-DOC-1"),
        ({"copies": [{"address": "esto no"}]}, "copies.0.address", "XX-DOC-10"),
        ({"copies": [{"address": "ana@gmial.com"}]}, "copies.0.address", "XX-DOC-11"),
        ({"copies": [ARCHIVE | {"use": "FRIEND"}]}, "copies.0.use", "XX-DOC-7"),
        ({"copies": [ARCHIVE | {"kinds": ["PAYMENT"]}]}, "copies.0.kinds.0", "XX-DOC-7"),
        ({"copies": [ARCHIVE | {"role": "TO"}]}, "copies.0.role", "XX-DOC-6"),
        (
            {"copies": [ARCHIVE, {"address": ARCHIVE["address"].upper()}]},
            "copies",
            "XX-CPY-1",
        ),
        (
            {"copies": [{"address": f"a{n}@taller.example"} for n in range(MOST + 1)]},
            "copies",
            "XX-CPY-2",
        ),
    ],
)
def test_what_the_screen_would_refuse_is_refused(
    house: House, calls: Calls, wrong: dict[str, Any], field: str, code: str
) -> None:
    caller = calls(house.peru())
    caller.put(PLACE, {"copies": BOTH})
    (problem,) = caller.put(PLACE, wrong, status=422)["problems"]
    assert (problem["field"], problem["code"]) == (field, code)
    assert caller.get(PLACE) == {"copies": BOTH}


def test_a_person_may_stand_by_an_address(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    doubt = {"copies": [{"address": "ana@gmial.com"}], "emailConfirmed": True}
    assert caller.put(PLACE, doubt)["copies"][0]["address"] == "ana@gmial.com"


def test_another_company_has_its_own(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    caller.put(PLACE, {"copies": BOTH})
    other = calls(house.costa_rica(), "otra@taller.example")
    other.put(PLACE, {"copies": [ARCHIVE]})
    assert caller.get(PLACE) == {"copies": BOTH}
