"""`acuse token`: made, listed, revoked; for programs, one JSON value."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from acuse.flow import tokens
from tests.cli.test_issue import run
from tests.flow.conftest import house as house  # noqa: F401 - the journey's fixtures
from tests.flow.conftest import running_sandbox as running_sandbox  # noqa: F401
from tests.flow.house import House


def test_a_token_is_made_listed_and_revoked(house: House) -> None:  # noqa: F811
    company = house.peru()
    house.person(company)
    where = f"--company={company.id}"
    made = run("token", "make", where, "--user=ana@taller.example", "--name=Caja")
    assert tokens.known(made["token"], "ana@taller.example")
    (listed,) = run("token", "list", where)["tokens"]
    assert (listed["id"], listed["name"], listed["prefix"], listed["last_used_at"]) == (
        made["id"],
        "Caja",
        made["prefix"],
        None,
    )
    assert run("token", "revoke", where, f"--token={made['id']}") == {"revoked": True}
    assert tokens.known(made["token"]) is None
    assert run("token", "list", where) == {"tokens": []}
    with pytest.raises(CommandError, match="ya estaba revocado"):
        call_command("token", "revoke", where, f"--token={made['id']}")


def test_what_a_token_lacks_is_told(house: House) -> None:  # noqa: F811
    company, other = house.peru(), house.costa_rica()
    house.person(company)
    ana = "--user=ana@taller.example"
    nameless = run("token", "make", f"--company={company.id}", ana, code=1)
    assert [one["code"] for one in nameless["problems"]] == ["XX-TOK-1"]
    stranger = run("token", "make", f"--company={other.id}", ana, "--name=Caja", code=1)
    assert [one["code"] for one in stranger["problems"]] == ["XX-TOK-2"]
    with pytest.raises(CommandError, match="No hay una cuenta"):
        call_command("token", "make", f"--company={company.id}", "--user=x", "--name=Caja")
    with pytest.raises(CommandError, match="Di cuál"):
        call_command("token", "revoke", f"--company={company.id}")
    with pytest.raises(CommandError, match="No existe la empresa 99"):
        call_command("token", "list", "--company=99")
