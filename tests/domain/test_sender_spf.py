"""An SPF that receivers hold invalid (permerror, RFC 7208 4.6.4 and 6) is told with what to do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from acuse.domain.sender import Check, Expected, State
from tests.domain.test_sender_dns import GOOD, OWN, row

VOID = "a:uno.example a:dos.example a:tres.example"
MANY_HOSTS = {"MX empresa.example": tuple(f"mx{n}.x.example" for n in range(11))}
BY_NAME = replace(OWN, addresses=())  # whose addresses are not known
OTHERS = replace(BY_NAME, spf=(), ours=False)


@pytest.mark.parametrize("sender", [OWN, BY_NAME, OTHERS])
@pytest.mark.parametrize(
    ("spf", "why", "mend"),
    [
        (VOID, "a:uno.example, a:dos.example, a:tres.example", "Quítalos, o ponlos después"),
        ("mx", "empresa.example tiene más de 10 servidores de correo", "Cambia ese mx por ip4:"),
        ("redirect=a.example redirect=b.example", "redirect= está dos veces", "Deja uno solo"),
        ("exp=a.example exp=b.example", "exp= está dos veces", "Deja uno solo"),
        ("a " * 11, "pide más de 10 consultas", "Quita los include, a o mx"),
    ],
)
def test_what_receivers_hold_invalid_is_told_with_what_to_do(
    spf: str, why: str, mend: str, sender: Expected
) -> None:
    there = {"TXT empresa.example": f"v=spf1 {spf} include:_spf.acuse.example ~all", **MANY_HOSTS}
    found = row(Check.SPF, GOOD | there | {"A empresa.example": ("192.0.2.9",)}, sender)
    assert found.state is State.DIFFERENT
    assert found.advice.startswith("Los servidores dan el SPF por inválido")
    assert why in found.advice
    assert mend in found.advice


@pytest.mark.parametrize("sender", [OWN, BY_NAME])
@pytest.mark.parametrize("spf", [VOID, "mx"])
def test_what_stands_after_our_servers_does_not_keep_our_mail(spf: str, sender: Expected) -> None:
    there = {"TXT empresa.example": f"v=spf1 include:_spf.acuse.example {spf} ~all", **MANY_HOSTS}
    assert row(Check.SPF, GOOD | there, sender).state is State.RIGHT
