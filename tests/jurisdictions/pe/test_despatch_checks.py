"""Each rule of despatch advices: kept by the case, broken by one value."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from acuse.domain.document import Charge, Discount, Payment, PaymentForm, Tax
from acuse.domain.party import TaxId
from acuse.jurisdictions.pe.content_despatch import PRIVATE, PUBLIC
from acuse.jurisdictions.pe.rules_despatch import NEEDS, REASONS, Addressee, Need
from tests.jurisdictions.pe.cases_despatch import (
    BAD,
    BOUGHT,
    BROKEN,
    CARRIED,
    DELIVERED,
    PRIVATELY,
    PUBLICLY,
    SUBCONTRACTED,
    THIRD,
)
from tests.jurisdictions.pe.others import changed, problems, read_case, told
from tests.support.makers import OTHER_RUC, RUC

D = Decimal


@pytest.mark.parametrize(("name", "changes", "field", "code"), BROKEN)
def test_each_rule_is_kept_by_the_case_and_broken_by_one_value(
    name: str, changes: dict[str, Any], field: str, code: str
) -> None:
    assert told(read_case(name).document) == []
    assert (field, code) in told(changed(name, **changes))


@pytest.mark.parametrize(
    ("name", "prefix", "field", "code"),
    [
        (DELIVERED, "buyer_", "extra.buyer_id", "PE-4378"),
        (BOUGHT, "supplier_", "extra.supplier_id", "PE-4375"),
        (CARRIED, "shipper_", "extra.shipper_id", "PE-3383"),
        (THIRD, "payer_", "extra.payer_id", "PE-4402"),
        (SUBCONTRACTED, "subcontractor_", "extra.subcontractor_ruc", "PE-4424"),
        (PRIVATELY, "driver_", "extra.driver_id", "PE-3357"),
        (CARRIED, "driver_", "extra.driver_id", "PE-3357"),
        (CARRIED, "plate", "extra.plate", "PE-2566"),
        (PUBLICLY, "carrier_", "extra.carrier_ruc", "PE-2558"),
        (CARRIED, "arrival_", "extra.arrival_address", "PE-2574"),
    ],
)
def test_what_is_wholly_missing_is_told(name: str, prefix: str, field: str, code: str) -> None:
    one = read_case(name).document
    rest = {key: part for key, part in one.extra.items() if not key.startswith(prefix)}
    assert (field, code) in told(replace(one, extra=rest))


WHO = {
    Addressee.OURSELVES: (OTHER_RUC, "PE-2554"),
    Addressee.ANOTHER: (RUC, "PE-2555"),
}


@pytest.mark.parametrize("code", REASONS)
def test_each_reason_says_who_the_goods_may_go_to(code: str) -> None:
    reason = REASONS[code]
    to = read_case(PRIVATELY).document.counterparty

    def found(identity: TaxId) -> set[str]:
        other = replace(to, tax_id=identity)
        one = changed(PRIVATELY, extra__reason=code, counterparty=other)
        return {code for _, code in told(one)}

    who = {"PE-2554", "PE-2555", "PE-3417"}
    wrong, expected = WHO.get(reason.addressee, ("", ""))
    for number in (RUC, OTHER_RUC):
        assert found(TaxId("RUC", number)) & who == ({expected} if number == wrong else set())
    person = found(TaxId("DNI", "40112233")) & who
    ours = reason.addressee is Addressee.OURSELVES
    assert person == ({"PE-3417"} if reason.ruc else {"PE-2554"} if ours else set())


@pytest.mark.parametrize(("mode", "indicator"), NEEDS)
def test_each_way_of_carrying_says_what_it_needs(mode: str, indicator: str) -> None:
    """The table of peru.md 12, asked with nothing told and with everything."""
    asked = NEEDS[mode, indicator]
    codes = (  # missing, not to be told
        (asked.carrier, {"PE-2558", "PE-2563"}, {"PE-3347"}),
        (asked.vehicle, {"PE-2566"}, {"PE-3354"}),
        (asked.driver, {"PE-3357"}, {"PE-3455"}),
    )
    full = dict(read_case(PRIVATELY).document.extra) | read_case(PUBLICLY).document.extra
    marks = {indicator: True} if indicator else {}
    full = {k: v for k, v in full.items() if k != "handover_date"} | {"mode": mode} | marks
    gone = ("carrier_", "plate", "driver_", "handover")
    bare = {k: v for k, v in full.items() if not k.startswith(gone)} | marks
    one = read_case(PRIVATELY).document
    for extra, need, place in ((bare, Need.MUST, 1), (full, Need.NOT, 2)):
        found = {code for _, code in told(replace(one, extra=extra))}
        assert found == set().union(*(row[place] for row in codes if row[0] is need))


def test_the_ways_of_carrying_are_both_modes() -> None:
    assert {mode for mode, _ in NEEDS} == {PUBLIC, PRIVATE}


@pytest.mark.parametrize(
    ("identity", "field", "code"),
    [
        (TaxId("NIT", "1"), "client.identificationObject.type", "PE-2760"),
        (TaxId("RUC", BAD), "client.identificationObject.number", "PE-2758"),
        (TaxId("DNI", "1"), "client.identificationObject.number", "PE-2758"),
    ],
)
@pytest.mark.parametrize("name", [PRIVATELY, CARRIED])
def test_the_addressee_has_a_good_identity(
    name: str, identity: TaxId, field: str, code: str
) -> None:
    to = replace(read_case(name).document.counterparty, tax_id=identity)
    assert told(changed(name, counterparty=to)) == [(field, code)]
    unnamed = replace(read_case(name).document.counterparty, name="")
    assert told(changed(name, counterparty=unnamed)) == [("client.name", "PE-4152")]


def test_what_has_no_place_in_the_xml_is_refused_and_not_dropped() -> None:
    parts: tuple[tuple[dict[str, Any], str], ...] = (
        ({"discounts": (Discount(percent=D(1)),)}, "discount"),
        ({"charges": (Charge(percent=D(1)),)}, "charge"),
        ({"purchase_order": "OC-1"}, "purchaseOrder"),
        ({"payment": Payment(PaymentForm.CREDIT)}, "paymentForm"),
        ({"line__taxes": (Tax("IGV", D(18)),)}, "items.0.tax"),
    )
    for changes, field in parts:
        assert told(changed(PRIVATELY, **changes)) == [(field, "PE-OWN-20")]


def test_a_guide_has_at_most_999_lines() -> None:
    one = read_case(PRIVATELY).document
    assert told(replace(one, lines=one.lines * 999)) == []
    assert told(replace(one, lines=one.lines * 1000)) == [("items", "PE-2023")]


def test_a_problem_names_the_rules_of_guides() -> None:
    (found,) = problems(changed(PRIVATELY, extra__plate="ABC-123"))
    assert found.rule == "SUNAT, reglas de la guía de remisión de 2023: 2567"
    assert "ABC-123" in found.text
