"""`acuse hook`: the address is drawn, shown once, and closes the one before."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from acuse.domain.route import Provider
from tests.cli.test_issue import run
from tests.flow.conftest import house as house  # noqa: F401 - the journey's fixtures
from tests.flow.conftest import running_sandbox as running_sandbox  # noqa: F401
from tests.flow.hooked import road
from tests.flow.house import House
from tests.support.provider_posts import TOPIC


def code(address: str) -> int:
    return Client().head("/" + address.split("/", 3)[3]).status_code


def test_an_address_with_a_password_is_drawn(house: House, settings: Any) -> None:  # noqa: F811
    settings.CALLBACK_URL = "https://avisos.taller.example"
    company = house.peru()
    with road(company, Provider.POSTMARK, settings) as there:
        made = run("hook", f"--company={company.id}")
        assert made["address"].startswith("https://avisos.taller.example/hooks/correo/")
        assert made["user"] == "acuse"
        assert len(made["password"]) >= 32
        assert (code(there.address), code(made["address"])) == (404, 200)


def test_a_provider_that_signs_has_its_key_asked_for(
    house: House,  # noqa: F811
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with road(None, Provider.SES, settings):
        for told, right in (("", False), ("arn:aws:s3:::cubo", False), (TOPIC, True)):
            monkeypatch.setattr("sys.stdin", io.StringIO(told + "\n"))
            if right:
                assert run("hook", "--installation")["password"] == ""
            else:
                refused = run("hook", "--installation", code=1)
                assert [one["code"] for one in refused["problems"]] == ["XX-AVI-2"]


def test_mail_by_a_server_has_no_such_address(
    house: House,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    company = house.peru()
    with pytest.raises(SystemExit):
        call_command("hook", f"--company={company.id}")
    assert "XX-AVI-1" in capsys.readouterr().err
