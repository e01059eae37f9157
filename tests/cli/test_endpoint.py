"""`acuse endpoint`: a company's documents go to another address of the same shape."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from acuse.store import companies
from tests.flow.conftest import house as house  # noqa: F401
from tests.flow.conftest import running_sandbox as running_sandbox  # noqa: F401
from tests.flow.house import House

OSE = "https://ose.ejemplo.example/ol-ti-itcpe/billService"


def told(*arguments: str) -> str:
    out = StringIO()
    call_command("endpoint", *arguments, stdout=out)
    return out.getvalue()


def test_an_address_is_set_shown_and_taken_back(house: House) -> None:
    company = ["--company", str(house.peru().id)]
    assert "la usual" in told(*company)
    assert OSE in told(*company, "bill", OSE)
    assert json.loads(told(*company, "--json")) == {"bill": OSE, "other": "", "consult": ""}
    told(*company, "bill", "")
    assert companies.load(int(company[1])).endpoints == {}


@pytest.mark.parametrize(
    "url",
    ["http://ose.example/x", "https://ose.example", "ose.example/x", "https:///x", "file:///x"],
)
def test_only_a_whole_https_address_is_taken(house: House, url: str) -> None:
    company = house.peru()
    with pytest.raises(CommandError, match="XX-END-2"):
        told("--company", str(company.id), "bill", url)
    assert companies.load(company.id).endpoints == {}


def test_a_service_that_the_country_does_not_have_is_told(house: House) -> None:
    with pytest.raises(CommandError, match="XX-END-1"):
        told("--company", str(house.peru().id), "correo", OSE)
    with pytest.raises(CommandError, match="ninguno"):
        told("--company", str(house.costa_rica().id), "bill", OSE)
