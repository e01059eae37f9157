"""`acuse copies`: the operator's hand on a company's own copies."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from acuse.domain.party import Company
from acuse.store import copies
from tests.flow.conftest import house as house  # noqa: F401
from tests.flow.conftest import running_sandbox as running_sandbox  # noqa: F401
from tests.flow.house import House

ARCHIVE = ["--archive", "archivo@taller.example"]


def told(company: Company, *arguments: str) -> str:
    out = StringIO()
    call_command("copies", *arguments, "--company", str(company.id), stdout=out)
    return out.getvalue()


def test_copies_are_set_listed_and_taken_away(house: House) -> None:
    company = house.peru()
    assert "No hay ninguna." in told(company, "list")
    accountant = ["--accountant", "conta@estudio.example:INVOICE,CREDIT_NOTE"]
    said = told(company, "set", *ARCHIVE, *accountant)
    assert "archivo@taller.example (archivo): todos los documentos" in said
    assert "conta@estudio.example (contador): Facturas, Notas de crédito" in said
    assert json.loads(told(company, "list", "--json")) == {
        "copies": [
            {"address": "archivo@taller.example", "use": "ARCHIVE"},
            {
                "address": "conta@estudio.example",
                "use": "ACCOUNTANT",
                "kinds": ["CREDIT_NOTE", "INVOICE"],
            },
        ]
    }
    assert "No hay ninguna." in told(company, "set", "--none")
    assert copies.of_company(company.id) == ()


@pytest.mark.parametrize(
    "wrong",
    [
        ["--archive", "esto no"],
        ["--archive", "archivo@taller.example:FACTURA"],
        ["--archive", "ana@gmial.com"],
        ["--accountant", "ARCHIVO@taller.example"],
    ],
)
def test_what_cannot_be_is_refused_and_all_stays(house: House, wrong: list[str]) -> None:
    company = house.peru()
    told(company, "set", *ARCHIVE)
    with pytest.raises(SystemExit):
        told(company, "set", *ARCHIVE, *wrong)
    assert len(copies.of_company(company.id)) == 1


def test_a_person_may_stand_by_an_address(house: House) -> None:
    assert "ana@gmial.com" in told(house.peru(), "set", "--archive", "ana@gmial.com", "--confirmed")


@pytest.mark.parametrize("none_or_both", [[], ["--none", *ARCHIVE]])
def test_nothing_is_taken_away_by_saying_nothing(house: House, none_or_both: list[str]) -> None:
    company = house.peru()
    told(company, "set", *ARCHIVE)
    with pytest.raises(CommandError, match="--none"):
        told(company, "set", *none_or_both)
    assert len(copies.of_company(company.id)) == 1


def test_an_unknown_company_is_named(house: House) -> None:
    with pytest.raises(CommandError, match="No existe la empresa 999999"):
        call_command("copies", "list", "--company", "999999")
