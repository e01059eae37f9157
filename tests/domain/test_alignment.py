"""Which domains are of one organisation, and what DMARC makes of it (RFC 7489 3.1, 3.2)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from acuse.domain import email_words
from acuse.domain.alignment import aligned, organisational
from acuse.domain.dns import Absent
from acuse.domain.sender import Check, Expected, State
from tests.domain.dns_told import Told
from tests.domain.test_sender_dns import GOOD, KEY, OWN, row


@pytest.mark.parametrize(
    ("domain", "wanted"),
    [
        ("empresa.co", "empresa.co"),
        ("ventas.empresa.co", "empresa.co"),
        ("a.b.ventas.Empresa.CO.", "empresa.co"),
        ("ventas.empresa.com.co", "empresa.com.co"),
        ("ventas.empresa.com.pe", "empresa.com.pe"),
        ("ventas.empresa.co.cr", "empresa.co.cr"),
        ("ventas.co.co", "co.co"),  # no zone of .co
        ("ventas.empresa.com", "empresa.com"),
        ("correo.empresa.com.mx", "empresa.com.mx"),
        ("correo.empresa.co.uk", "empresa.co.uk"),
        ("correo.empresa.gob.es", "empresa.gob.es"),
        ("correo.hotel.tur.ar", "hotel.tur.ar"),
        ("correo.empresa.ind.br", "empresa.ind.br"),
        ("ventas.com.cl", "com.cl"),  # no zone of .cl, nor the next three of theirs
        ("ventas.info.es", "info.es"),
        ("ventas.co.mx", "co.mx"),
        ("ventas.com.uk", "com.uk"),
        ("correo.banco.fin.ec", "banco.fin.ec"),
        ("mail.com.com", "com.com"),  # zones stand below countries only
        ("com.co", "com.co"),
        ("co", "co"),
        ("", ""),
    ],
)
def test_the_organisation_s_domain(domain: str, wanted: str) -> None:
    assert organisational(domain) == wanted


@pytest.mark.parametrize(
    "zone", [f"{zone}.{country}" for country, all_ in email_words.ZONES.items() for zone in all_]
)
def test_below_a_zone_each_name_is_an_organisation(zone: str) -> None:
    assert organisational(f"rebotes.empresa.{zone}") == f"empresa.{zone}"
    assert not aligned(f"empresa.{zone}", f"otra.{zone}", strict=False)


@pytest.mark.parametrize(
    ("one", "other", "relaxed", "strict"),
    [
        ("empresa.co", "Empresa.co", True, True),
        ("ventas.empresa.co", "rebotes.empresa.co", True, False),
        ("empresa.co", "rebotes.empresa.co", True, False),
        ("empresa.co", "laempresa.co", False, False),
        ("com.co", "empresa.com.co", False, False),
    ],
)
def test_alignment(one: str, other: str, relaxed: bool, strict: bool) -> None:
    assert aligned(one, other, strict=False) is aligned(other, one, strict=False) is relaxed
    assert aligned(one, other, strict=True) is strict


SIBLINGS = replace(
    OWN, domain="ventas.empresa.co", return_domain="rebotes.empresa.co", selector="", public=""
)
UNSIGNED = replace(SIBLINGS, proves=False)
SIDE: dict[str, Told] = GOOD | {
    "TXT ventas.empresa.co": "v=spf1 include:_spf.acuse.example -all",
    "TXT rebotes.empresa.co": "v=spf1 include:_spf.acuse.example -all",
    "MX rebotes.empresa.co": ("mx.acuse.example",),
    "TXT _dmarc.empresa.co": "v=DMARC1; p=reject",
}


@pytest.mark.parametrize("sender", [SIBLINGS, UNSIGNED])
def test_spf_counts_between_names_of_one_organisation(sender: Expected) -> None:
    assert row(Check.DMARC, SIDE, sender).state is State.RIGHT
    assert "SPF vale para DMARC" in row(Check.RETURN_PATH, SIDE, sender).advice


@pytest.mark.parametrize("below", ["com.co", "com.pe", "co.cr"])
def test_spf_does_not_count_between_organisations_of_one_zone(below: str) -> None:
    sender = replace(SIBLINGS, domain=f"empresa.{below}", return_domain=f"otra.{below}")
    told = GOOD | {
        f"TXT empresa.{below}": "v=spf1 include:_spf.acuse.example -all",
        f"TXT otra.{below}": "v=spf1 include:_spf.acuse.example -all",
        f"MX otra.{below}": ("mx.acuse.example",),
        f"TXT _dmarc.empresa.{below}": "v=DMARC1; p=reject",
    }
    assert row(Check.DMARC, told, sender).state is State.STRICT


@pytest.mark.parametrize("tag", ["aspf=s", "ASPF = S", "sp=reject; aspf=s"])
@pytest.mark.parametrize("sender", [SIBLINGS, UNSIGNED])
def test_with_strict_spf_a_subdomain_does_not_count(tag: str, sender: Expected) -> None:
    told = SIDE | {"TXT _dmarc.empresa.co": f"v=DMARC1; p=reject; {tag}"}
    judged = row(Check.DMARC, told, sender)
    assert judged.state is State.STRICT
    assert "rechazan tu correo" in judged.advice
    assert "aspf=s" in judged.advice
    assert "aspf=s" in row(Check.RETURN_PATH, told, sender).advice


def test_with_strict_spf_the_same_domain_counts() -> None:
    same = replace(SIBLINGS, return_domain="ventas.empresa.co")
    told = SIDE | {
        "MX ventas.empresa.co": ("mx.acuse.example",),
        "TXT _dmarc.empresa.co": "v=DMARC1; p=reject; aspf=s",
    }
    assert row(Check.DMARC, told, same).state is State.RIGHT


@pytest.mark.parametrize("value", ["r", "x", ""])
def test_what_is_not_strict_is_relaxed(value: str) -> None:
    told = SIDE | {"TXT _dmarc.empresa.co": f"v=DMARC1; p=reject; aspf={value}"}
    assert row(Check.DMARC, told, SIBLINGS).state is State.RIGHT


def test_our_key_is_the_sender_s_own_and_holds_where_dkim_is_strict() -> None:
    told = GOOD | {"TXT _dmarc.empresa.example": "v=DMARC1; p=reject; adkim=s; aspf=s"}
    assert row(Check.DMARC, told).state is State.RIGHT
    assert row(Check.DMARC, told | {KEY: Absent()}).state is State.STRICT


def test_whoever_else_signs_is_told_that_dkim_is_strict() -> None:
    others = replace(OWN, ours=False, proves=False, selector="", spf=(), addresses=())
    told = GOOD | {"TXT _dmarc.empresa.example": "v=DMARC1; p=reject; adkim=s"}
    advice = row(Check.DMARC, told, others).advice
    assert "adkim=s" in advice
    assert "empresa.example" in advice
    assert "adkim" not in row(Check.DMARC, GOOD, others).advice


def test_no_policy_is_looked_for_above_the_organisation() -> None:
    above = SIDE | {"TXT _dmarc.com.co": "v=DMARC1; p=reject"}
    sender = replace(SIBLINGS, domain="ventas.empresa.com.co")
    assert row(Check.DMARC, above, sender).state is State.MISSING
