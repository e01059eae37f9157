"""What did not arrive, as a program reads it."""

from __future__ import annotations

from acuse.api import shapes_failures
from tests.api.conftest import Calls
from tests.api.shaped import shaped
from tests.flow import failed
from tests.flow.house import House


def test_failures_are_counted_by_cause_and_read_a_page_at_a_time(
    house: House, calls: Calls
) -> None:
    company = house.peru()
    numbers = [failed.without_email(house, company).number for _ in range(3)]
    caller = calls(company)
    groups = caller.get("/failures")
    shaped(list[shapes_failures.Cause], groups)
    assert [(one["cause"], one["title"], one["total"]) for one in groups] == [
        ("NO_EMAIL", "Falta correo", 3)
    ]
    first = caller.get("/failures/NO_EMAIL?limit=2")
    shaped(list[shapes_failures.Failure], first)
    rest = caller.get(f"/failures/NO_EMAIL?before={first[-1]['id']}")
    assert [one["number"] for one in (*first, *rest)] == numbers[::-1]
    assert caller.get("/failures/BOUNCED") == []


def test_another_companys_failures_are_not_told(house: House, calls: Calls) -> None:
    company, other = house.peru(), house.costa_rica()
    failed.without_email(house, company)
    caller = calls(other)
    assert caller.get("/failures") == []
    assert caller.get("/failures/NO_EMAIL") == []


def test_an_unknown_cause_is_refused(house: House, calls: Calls) -> None:
    assert calls(house.peru()).codes("GET", "/failures/NADA") == ["XX-API-14"]
