"""`acuse route`: the operator's hands on the roads of mail."""

from __future__ import annotations

import io
import json
import sys
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from acuse.cli.management.commands import doctor
from acuse.domain.breaker import OPEN_AT
from acuse.flow import outside, roads
from acuse.store import models, routes
from tests.flow.conftest import house as house  # noqa: F401
from tests.flow.conftest import running_sandbox as running_sandbox  # noqa: F401
from tests.flow.house import House

SMTP = ["--sender", "avisos@casa.example", "--host", "smtp.casa.example", "--username", "avisos"]


def told(*arguments: str) -> str:
    out = StringIO()
    call_command("route", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture(autouse=True)
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The password comes by the standard input."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("una-clave-larga\n"))


def test_the_installations_road_is_set_shown_and_cleared(house: House) -> None:
    assert "No hay ninguno" in told("show")
    told("set", "--installation", *SMTP, "--per-minute", "120")
    shown = told("show")
    assert "Instalación: smtp.casa.example:587 (STARTTLS), desde avisos@casa.example" in shown
    assert "120 por minuto" in shown
    assert "clave" not in shown
    (row,) = json.loads(told("show", "--json"))["routes"]
    assert (row["company"], row["host"], row["per_minute"]) == (None, "smtp.casa.example", 120)
    kept = routes.kept(None)
    assert kept is not None
    assert roads.secret(kept.route) == "una-clave-larga"
    assert "Quitado" in told("clear", "--installation")
    assert "No había" in told("clear", "--installation")


def test_a_password_may_come_from_a_setting(house: House, settings: Any) -> None:
    settings.ROUTE_PASSWORD = "otra-clave-larga"  # noqa: S105
    company = house.peru()
    told("set", "--company", str(company.id), *SMTP)
    kept = routes.kept(company.id)
    assert kept is not None
    assert roads.secret(kept.route) == "otra-clave-larga"


def test_a_provider_is_set_with_what_it_needs(house: House) -> None:
    company = str(house.peru().id)
    mailgun = ["--provider", "mailgun", "--sender", "avisos@casa.example"]
    parameters = ["--parameter", "domain=mg.casa.example", "--parameter", "region=eu"]
    told("set", "--company", company, *mailgun, *parameters)
    assert "Mailgun, desde avisos@casa.example" in told("show", "--company", company)


@pytest.mark.parametrize(
    "wrong",
    [
        ["--host", "https://smtp.example/"],
        ["--sender", "nadie"],
        ["--port", "0"],
        ["--per-minute", "0"],
        ["--security", "none"],
        ["--kind", "domain"],
        ["--provider", "mailgun"],
    ],
)
def test_what_cannot_be_is_refused(house: House, wrong: list[str]) -> None:
    with pytest.raises(SystemExit):
        told("set", "--installation", *SMTP, *wrong)
    assert routes.kept(None) is None


def test_it_says_whose(house: House) -> None:
    with pytest.raises(CommandError, match="--installation"):
        told("set", *SMTP)
    with pytest.raises(CommandError, match="No existe la empresa"):
        told("set", "--company", "999999", *SMTP)


def test_doctor_tells_of_a_missing_and_of_a_paused_road(house: House) -> None:
    def failing() -> dict[str, str]:
        return {what: remedy for what, well, remedy in doctor.checks() if not well}

    assert "Correo de la instalación" not in failing()
    models.Company.objects.filter(pk=house.peru().id).update(environment="TEST")
    assert "acuse route set" in failing()["Correo de la instalación"]
    told("set", "--installation", *SMTP)
    assert "Correo de la instalación" not in failing()
    models.MailRoute.objects.update(
        refusals=OPEN_AT, paused_until=outside.now(), paused_reason="535 5.7.8 no"
    )
    assert "535 5.7.8 no" in failing()["Servidor de salida de la instalación"]
    assert "No está en pausa" in told("resume", "--installation")
