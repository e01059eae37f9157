"""What is told of a Colombian company before it may issue or mail: one value differs each time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from acuse.domain.jurisdiction import Purpose
from acuse.domain.party import TaxId
from acuse.jurisdictions.co import checks_company
from tests.jurisdictions.co.checked import (
    ADDRESS,
    KEY,
    K,
    company,
    numbering,
    of_company,
    with_extra,
)
from tests.jurisdictions.co.dian import BUYER, NIT, SOFTWARE
from tests.support.makers import AT, certificate_facts

GOOD: list[dict[str, Any]] = [
    {},
    {"trade_name": ""},
    {"extra": with_extra(test_set_id=SOFTWARE)},
    {"address": replace(ADDRESS, city="BOGOTA D.C.", region="", country="")},
    {"address": replace(ADDRESS, city="", line="C" * 300)},
    {"extra": with_extra(activity="", registration="", postal_code="")},
    {"extra": with_extra(responsibilities="R-99-PN", regime="49", tax_scheme="ZZ")},
    {"certificate": certificate_facts(NIT + "1")},  # the check digit glued on
    {"tax_id": TaxId("NIT", "1020304050"), "certificate": certificate_facts("1020304050")},
    {"ranges": (numbering(), numbering(K.CREDIT_NOTE, series="NC1"))},
    {"ranges": (numbering(), numbering(K.INVOICE, series="SIN-P", active=False))},
]
WRONG: list[tuple[str, str, dict[str, Any]]] = [
    ("company.name", "FAJ20", {"legal_name": "ABCD"}),
    ("company.name", "FAJ20", {"legal_name": "A" * 451}),
    ("company.name", "FAJ20", {"legal_name": "EMPRESA\x01 S.A.S."}),
    ("company.tradeName", "FAJ06", {"trade_name": "ABCD"}),
    ("company.identification", "FAJ25", {"tax_id": TaxId("CC", NIT)}),
    ("company.identification", "FAJ21", {"tax_id": TaxId("NIT", "999.888.777")}),
    ("company.identification", "FAJ21", {"tax_id": TaxId("NIT", "٩٩٩٨٨٨٧٧٧")}),
    ("company.identification", "FAJ24", {"tax_id": TaxId("NIT", f"{NIT}-2")}),
    ("company.identification", "FAJ24", {"tax_id": TaxId("NIT", "9998887771")}),
    ("company.address", "FAJ28", {"address": None}),
    ("company.address.place", "FAJ09", {"address": replace(ADDRESS, place="1001")}),
    ("company.address.city", "FAJ10", {"address": replace(ADDRESS, city="Medellín")}),
    ("company.address.department", "FAJ12", {"address": replace(ADDRESS, region="Antioquia")}),
    ("company.address.address", "FAJ14", {"address": replace(ADDRESS, line=" ")}),
    ("company.address.address", "FAJ14", {"address": replace(ADDRESS, line="C" * 301)}),
    ("company.address.country", "FAJ16", {"address": replace(ADDRESS, country="PE")}),
    ("company.extra.organization", "FAJ02", {"extra": with_extra(organization="")}),
    ("company.extra.organization", "FAJ02", {"extra": with_extra(organization="3")}),
    ("company.extra.regime", "FAJ26", {"extra": with_extra(regime="")}),
    ("company.extra.regime", "FAJ26", {"extra": with_extra(regime="04")}),
    ("company.extra.tax_scheme", "FAJ40", {"extra": with_extra(tax_scheme="")}),
    ("company.extra.tax_scheme", "FAJ40", {"extra": with_extra(tax_scheme="05")}),
    ("company.extra.responsibilities", "FAJ26", {"extra": with_extra(responsibilities="O-48")}),
    ("company.extra.responsibilities", "FAJ26", {"extra": with_extra(responsibilities="O-13,")}),
    (
        "company.extra.responsibilities",
        "FAJ26",
        {"extra": with_extra(responsibilities="O-13;R-99-PN")},
    ),
    (
        "company.extra.responsibilities",
        "FAJ26",
        {"extra": with_extra(responsibilities="O-13;O-13")},
    ),
    ("company.extra.activity", "FAJ04", {"extra": with_extra(activity="620")}),
    ("company.extra.activity", "FAJ04", {"extra": with_extra(activity="6201,4690")}),
    ("company.extra.registration", "FAJ51", {"extra": with_extra(registration="12345")}),
    ("company.extra.postal_code", "FAJ73", {"extra": with_extra(postal_code="999999")}),
    ("company.phone", "FAJ69", {"phone": "57 1\x01"}),
    ("company.email", "FAJ71", {"email": "a\x01@b.example"}),
    ("company.extra.test_set_id", "OWN-12", {"extra": with_extra(test_set_id="56f2ae4e")}),
    ("company.extra.software_id", "FAB24a", {"extra": with_extra(software_id="")}),
    ("company.extra.software_id", "FAB24a", {"extra": with_extra(software_id="56f2ae4e")}),
    (
        "company.certificate",
        "ZD07",
        {"certificate": certificate_facts(NIT, valid_until=AT - timedelta(seconds=1))},
    ),
    (
        "company.certificate",
        "ZD07",
        {"certificate": certificate_facts(NIT, valid_from=AT + timedelta(seconds=1))},
    ),
    ("company.certificate", "OWN-1", {"certificate": certificate_facts(BUYER)}),
    ("company.numberTemplates.0.prefix", "FAB10b", {"ranges": (numbering(series="SETPX"),)}),
    ("company.numberTemplates.0.prefix", "FAB10b", {"ranges": (numbering(series="S-1"),)}),
    ("company.numberTemplates.0.extra.resolution", "FAB05a", {"ranges": (numbering(extra={}),)}),
    (
        "company.numberTemplates.0.extra.resolution",
        "FAB05a",
        {"ranges": (numbering(extra={"resolution": "1876000000"}),)},
    ),
    ("company.numberTemplates.0.validFrom", "FAB07b", {"ranges": (numbering(valid_from=None),)}),
    ("company.numberTemplates.0.validUntil", "FAB08b", {"ranges": (numbering(valid_until=None),)}),
    ("company.numberTemplates.0.first", "FAB11a", {"ranges": (numbering(first=0),)}),
    ("company.numberTemplates.0.last", "FAB12a", {"ranges": (numbering(last=1_000_000_000),)}),
    (
        "company.numberTemplates.1.prefix",
        "OWN-2",
        {"ranges": (numbering(), numbering(K.CREDIT_NOTE, series="SETP"))},
    ),
]  # fmt: skip


@pytest.mark.parametrize("changes", GOOD, ids=range(len(GOOD)))
def test_nothing_is_told_of_a_company_that_may_issue(changes: dict[str, Any]) -> None:
    assert of_company(**changes) == []


@pytest.mark.parametrize(
    ("field", "code", "changes"), WRONG, ids=[f"{n}-{one[1]}" for n, one in enumerate(WRONG)]
)
def test_what_a_company_lacks_for_issuing_is_told(
    field: str, code: str, changes: dict[str, Any]
) -> None:
    found = of_company(
        **{"certificate": certificate_facts(NIT, holder_ids=_holders(changes))} | changes
    )
    assert found == [(field, f"CO-{code}")]


def _holders(changes: dict[str, Any]) -> tuple[str, ...]:
    """The certificate stays right where only the number is wrong."""
    told = changes.get("tax_id", TaxId("NIT", NIT))
    return (NIT, told.number)


@pytest.mark.parametrize(
    ("field", "code", "changes"),
    [
        ("company.certificate", "XX-CRT-1", {"certificate": None}),
        ("company.secrets.software_pin", "XX-SEC-1", {"secrets": frozenset({KEY})}),
        ("company.numberTemplates", "XX-COM-3", {"ranges": ()}),
        ("company.numberTemplates", "XX-COM-3", {"ranges": (numbering(active=False),)}),
    ],
)
def test_what_every_country_asks_for_is_told_in_its_common_code(
    field: str, code: str, changes: dict[str, Any]
) -> None:
    assert of_company(**changes) == [(field, code)]


@pytest.mark.parametrize(
    ("codes", "name", "value"),
    [
        ([], KEY, "fc8eac42" * 5),
        ([], KEY, "fc8eac42" * 8),
        (["CO-FAD06"], KEY, "fc8eac42" * 6),
        (["CO-FAD06"], KEY, "FC8EAC42" * 5),
        (["CO-FAD06"], KEY, "fc8eac42" * 4 + " fc8eac4"),
        (["CO-FAD06"], KEY, "gc8eac42" * 5),
        (["CO-FAD06"], KEY, ""),
        ([], "software_pin", "75315"),
        (["XX-SEC-1"], "software_pin", " "),
    ],
)
def test_a_credential_of_another_shape_is_told_before_it_is_kept(
    codes: list[str], name: str, value: str
) -> None:
    found = tuple(checks_company.secret_problems(name, value))
    assert [one.code for one in found] == codes
    assert all(one.field == f"company.secrets.{name}" for one in found)
    assert not value.strip() or all(value not in one.text for one in found)  # it is a secret


def test_mailing_asks_for_other_things_than_issuing() -> None:
    bare: dict[str, Any] = {"certificate": None, "ranges": (), "address": None, "extra": {}}
    assert of_company(Purpose.MAIL, **bare) == []
    assert of_company(Purpose.MAIL, email="") == [("company.email", "CO-FAJ71")]
    assert of_company(Purpose.MAIL, has_mail_route=False) == [("company.mailRoute", "XX-COM-2")]


def test_a_wrong_check_digit_is_told_with_the_right_one() -> None:
    issuer = company(tax_id=TaxId("NIT", f"{NIT}-2"))
    texts = [one.text for one in checks_company.company_problems(issuer, AT, Purpose.ISSUE)]
    assert "debería ser 1" in texts[0]
    assert NIT in texts[0]


def test_every_problem_of_a_company_has_its_rule_and_ends_as_a_sentence() -> None:
    found = [
        problem
        for *_, changes in WRONG
        for problem in checks_company.company_problems(company(**changes), AT, Purpose.ISSUE)
    ]
    assert all(problem.rule for problem in found)
    assert all(problem.text.endswith((".", "…")) for problem in found), [p.text for p in found]
