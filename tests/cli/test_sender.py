"""`acuse sender`: looked at, and given a key; for programs, one JSON value."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from acuse.store import senders
from tests.cli.test_issue import run
from tests.flow.conftest import house as house  # noqa: F401 - the journey's fixtures
from tests.flow.conftest import running_sandbox as running_sandbox  # noqa: F401
from tests.flow.house import House
from tests.support.senders import offline, own_domain, published, really, shared_road, told_by_dns


def test_a_company_s_sender_is_proved(
    house: House,  # noqa: F811
    settings: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    company = really(house.peru())
    where = f"--company={company.id}"
    with pytest.raises(CommandError, match="No hay remitente"):
        call_command("sender", "check", where)
    own_domain(company)
    with told_by_dns(settings) as server:
        made = run("sender", "key", where)
        assert made["host"].endswith("._domainkey.tejidos.example")
        assert not made["waits"]
        with pytest.raises(SystemExit):
            call_command("sender", "check", where)
        said = capsys.readouterr().out
        assert f"DKIM {made['host']}: falta" in said
        assert f"esperado:   {made['txt']}" in said
        kept = senders.of(company.id)
        assert kept is not None
        assert kept.key is not None
        published(server, kept.key)
        rows = run("sender", "check", where)["rows"]
        assert {row["state"] for row in rows} == {"RIGHT"}
    assert run("sender", "key", where)["waits"]
    call_command("sender", "key", where, "--now")
    assert "Firma desde ahora." in capsys.readouterr().out


def test_offline_nothing_is_at_fault(
    house: House,  # noqa: F811
    settings: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shared_road()
    offline(settings)
    call_command("sender", "check", "--installation")
    assert "no se pudo comprobar. Sin DNS" in capsys.readouterr().out


def test_what_is_not_signed_here_is_told(house: House) -> None:  # noqa: F811
    company = house.peru()
    refused = run("sender", "key", f"--company={company.id}", code=1)
    assert [one["code"] for one in refused["problems"]] == ["XX-DKM-1"]
    with pytest.raises(CommandError, match="No existe la empresa 99"):
        call_command("sender", "check", "--company=99")
