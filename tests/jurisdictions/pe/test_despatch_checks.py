"""Each rule of despatch advices: kept by the case, broken by one value."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from acuse.domain.document import Charge, Discount, Payment, PaymentForm, Tax
from acuse.domain.numbering import Number
from acuse.domain.party import TaxId
from acuse.jurisdictions.pe.content_despatch import PRIVATE, PUBLIC
from acuse.jurisdictions.pe.rules_despatch import NEEDS, REASONS, Addressee, Need
from tests.jurisdictions.pe.others import changed, problems, read_case, told
from tests.support.makers import OTHER_RUC, RUC

D = Decimal
PRIVATELY, PUBLICLY = "guia-venta-privada", "guia-venta-publica"
REGISTERED, LIGHT = "guia-publica-con-vehiculo", "guia-vehiculo-m1l"
BOUGHT, DELIVERED, OWN = "guia-compra", "guia-entrega-a-terceros", "guia-entre-establecimientos"
IMPORTED, EXPORTED = "guia-importacion-con-contenedor", "guia-exportacion-parcial"
OTHERWISE, RICE = "guia-otros-con-envases", "guia-bien-normalizado"
CARRIED, THIRD = "guia-transportista", "guia-transportista-paga-tercero"
SUBCONTRACTED = "guia-transportista-subcontratada"
BAD = "20999000118"
ABC = "ABC123"

# The case, what is changed in it, the field and the code that are told.
BROKEN: tuple[tuple[str, dict[str, Any], str, str], ...] = (
    (PRIVATELY, {"number": Number("F001", 1)}, "numberTemplate", "PE-1001"),
    (CARRIED, {"number": Number("T001", 1)}, "numberTemplate", "PE-1001"),
    (PRIVATELY, {"date": date(2026, 11, 26)}, "date", "PE-OWN-21"),
    (PRIVATELY, {"notes": ("x" * 251,)}, "anotation", "PE-4186"),
    (PRIVATELY, {"extra__reason": ""}, "extra.reason", "PE-3404"),
    (PRIVATELY, {"extra__reason": "99"}, "extra.reason", "PE-3405"),
    (PRIVATELY, {"extra__mode": ""}, "extra.mode", "PE-2532"),
    (PRIVATELY, {"extra__mode": "03"}, "extra.mode", "PE-2773"),
    (OTHERWISE, {"extra__reason_text": None}, "extra.reason_text", "PE-3457"),
    (OTHERWISE, {"extra__reason_text": "x" * 101}, "extra.reason_text", "PE-4190"),
    (PRIVATELY, {"extra__start_date": date(2026, 11, 24)}, "extra.start_date", "PE-3343"),
    (PUBLICLY, {"extra__handover_date": date(2026, 11, 24)}, "extra.handover_date", "PE-4386"),
    (PRIVATELY, {"extra__handover_date": date(2026, 11, 25)}, "extra.handover_date", "PE-OWN-20"),
    (PRIVATELY, {"extra__weight": None}, "extra.weight", "PE-2880"),
    (PRIVATELY, {"extra__weight": D(-1)}, "extra.weight", "PE-2523"),
    (PRIVATELY, {"extra__weight": D("1.2345")}, "extra.weight", "PE-2523"),
    (PRIVATELY, {"extra__weight_unit": "LBR"}, "extra.weight_unit", "PE-2523"),
    (PUBLICLY, {"extra__packages": 0}, "extra.packages", "PE-4384"),
    # The ends.
    (PRIVATELY, {"extra__departure_address": ""}, "extra.departure_address", "PE-2577"),
    (PRIVATELY, {"extra__departure_address": "ab"}, "extra.departure_address", "PE-4076"),
    (PRIVATELY, {"extra__departure_ubigeo": ""}, "extra.departure_ubigeo", "PE-2775"),
    (PRIVATELY, {"extra__departure_ubigeo": "1501"}, "extra.departure_ubigeo", "PE-2776"),
    (PRIVATELY, {"extra__departure_ubigeo": "999999"}, "extra.departure_ubigeo", "PE-3363"),
    (PRIVATELY, {"extra__arrival_address": ""}, "extra.arrival_address", "PE-2574"),
    (PRIVATELY, {"extra__arrival_address": "ab"}, "extra.arrival_address", "PE-4068"),
    (PRIVATELY, {"extra__arrival_ubigeo": ""}, "extra.arrival_ubigeo", "PE-2775"),
    (PRIVATELY, {"extra__arrival_ubigeo": "999999"}, "extra.arrival_ubigeo", "PE-3368"),
    (CARRIED, {"extra__arrival_ubigeo": "x"}, "extra.arrival_ubigeo", "PE-2776"),
    (OWN, {"extra__departure_annex": None}, "extra.departure_annex", "PE-3365"),
    (OWN, {"extra__departure_annex": "1"}, "extra.departure_annex", "PE-3365"),
    (OWN, {"extra__arrival_annex": None}, "extra.arrival_annex", "PE-3369"),
    (OWN, {"extra__arrival_ruc": OTHER_RUC}, "extra.arrival_ruc", "PE-3414"),
    (OWN, {"extra__departure_ruc": BAD}, "extra.departure_ruc", "PE-3409"),
    # Who buys, sells, sends and pays.
    (DELIVERED, {"extra__buyer_kind": ""}, "extra.buyer_kind", "PE-3331"),
    (DELIVERED, {"extra__buyer_kind": "XX"}, "extra.buyer_id", "PE-3337"),
    (DELIVERED, {"extra__buyer_id": ""}, "extra.buyer_id", "PE-3333"),
    (DELIVERED, {"extra__buyer_id": BAD}, "extra.buyer_id", "PE-3337"),
    (DELIVERED, {"extra__buyer_name": ""}, "extra.buyer_name", "PE-3339"),
    (DELIVERED, {"extra__buyer_name": "x" * 251}, "extra.buyer_name", "PE-4381"),
    (DELIVERED, {"extra__buyer_id": RUC}, "extra.buyer_id", "PE-3334"),
    (DELIVERED, {"extra__buyer_id": OTHER_RUC}, "extra.buyer_id", "PE-3335"),
    (PRIVATELY, {"extra__buyer_id": "1"}, "extra.buyer_id", "PE-4377"),
    (BOUGHT, {"extra__supplier_kind": ""}, "extra.supplier_kind", "PE-2552"),
    (BOUGHT, {"extra__supplier_id": ""}, "extra.supplier_id", "PE-2723"),
    (BOUGHT, {"extra__supplier_id": BAD}, "extra.supplier_id", "PE-2724"),
    (BOUGHT, {"extra__supplier_name": ""}, "extra.supplier_name", "PE-3449"),
    (BOUGHT, {"extra__supplier_name": "x" * 251}, "extra.supplier_name", "PE-4106"),
    (BOUGHT, {"extra__supplier_id": RUC}, "extra.supplier_id", "PE-3448"),
    (PRIVATELY, {"extra__supplier_id": "1"}, "extra.supplier_id", "PE-4054"),
    (CARRIED, {"extra__shipper_kind": ""}, "extra.shipper_kind", "PE-2541"),
    (CARRIED, {"extra__shipper_id": ""}, "extra.shipper_id", "PE-3383"),
    (CARRIED, {"extra__shipper_id": BAD}, "extra.shipper_id", "PE-3384"),
    (CARRIED, {"extra__shipper_id": RUC}, "extra.shipper_id", "PE-2560"),
    (CARRIED, {"extra__shipper_name": ""}, "extra.shipper_name", "PE-3387"),
    (CARRIED, {"extra__shipper_name": "x" * 251}, "extra.shipper_name", "PE-4422"),
    (CARRIED, {"extra__freight_payer": ""}, "extra.freight_payer", "PE-4388"),
    (CARRIED, {"extra__payer_id": "1"}, "extra.payer_id", "PE-OWN-20"),
    (THIRD, {"extra__payer_kind": ""}, "extra.payer_kind", "PE-4401"),
    (THIRD, {"extra__payer_id": ""}, "extra.payer_id", "PE-4402"),
    (THIRD, {"extra__payer_id": "1234567"}, "extra.payer_id", "PE-3400"),
    (THIRD, {"extra__payer_name": ""}, "extra.payer_name", "PE-4370"),
    (THIRD, {"extra__payer_name": "x" * 251}, "extra.payer_name", "PE-4423"),
    (SUBCONTRACTED, {"extra__subcontractor_ruc": ""}, "extra.subcontractor_ruc", "PE-4424"),
    (SUBCONTRACTED, {"extra__subcontractor_ruc": BAD}, "extra.subcontractor_ruc", "PE-3391"),
    (SUBCONTRACTED, {"extra__subcontractor_ruc": RUC}, "extra.subcontractor_ruc", "PE-3390"),
    (SUBCONTRACTED, {"extra__subcontractor_name": ""}, "extra.subcontractor_name", "PE-4426"),
    (
        SUBCONTRACTED,
        {"extra__subcontractor_name": "x" * 251},
        "extra.subcontractor_name",
        "PE-4427",
    ),
    # Who and what carries.
    (PUBLICLY, {"extra__carrier_ruc": ""}, "extra.carrier_ruc", "PE-2558"),
    (PUBLICLY, {"extra__carrier_ruc": BAD}, "extra.carrier_ruc", "PE-OWN-26"),
    (PUBLICLY, {"extra__carrier_ruc": RUC}, "extra.carrier_ruc", "PE-2560"),
    (PUBLICLY, {"extra__carrier_name": ""}, "extra.carrier_name", "PE-2563"),
    (PUBLICLY, {"extra__carrier_name": "x" * 251}, "extra.carrier_name", "PE-4165"),
    (PUBLICLY, {"extra__carrier_mtc": "mtc-1"}, "extra.carrier_mtc", "PE-4392"),
    (PUBLICLY, {"extra__plate": ABC}, "extra.plate", "PE-3354"),
    (PUBLICLY, {"extra__other_plates": ABC}, "extra.plate", "PE-3453"),
    (PUBLICLY, {"extra__driver_id": "40112233"}, "extra.driver_id", "PE-3455"),
    (
        PUBLICLY,
        {"extra__other_drivers": "DNI 40112233, A, B, Q40112233"},
        "extra.driver_id",
        "PE-3456",
    ),
    (PRIVATELY, {"extra__carrier_ruc": OTHER_RUC}, "extra.carrier_ruc", "PE-3347"),
    (PRIVATELY, {"extra__carrier_mtc": "M1"}, "extra.carrier_ruc", "PE-3347"),
    (PRIVATELY, {"extra__carrier_vehicle": True}, "extra.carrier_vehicle", "PE-3450"),
    (REGISTERED, {"extra__light_vehicle": True}, "extra.carrier_vehicle", "PE-3451"),
    (PRIVATELY, {"extra__plate": None}, "extra.plate", "PE-2566"),
    (PRIVATELY, {"extra__plate": "ABC-123"}, "extra.plate", "PE-2567"),
    (LIGHT, {"extra__other_plates": ABC}, "extra.plate", "PE-4408"),
    (REGISTERED, {"extra__plate_card": "123"}, "extra.plate_card", "PE-3355"),
    (REGISTERED, {"extra__other_plates": "DEF456 123"}, "extra.other_plates", "PE-3355"),
    (REGISTERED, {"extra__other_plates": "AAA111;BBB222;CCC333"}, "extra.other_plates", "PE-4389"),
    (REGISTERED, {"extra__plate_authority": None}, "extra.plate_authority", "PE-4403"),
    (REGISTERED, {"extra__plate_authority": "99"}, "extra.plate_authority", "PE-4407"),
    (REGISTERED, {"extra__plate_permit": None}, "extra.plate_permit", "PE-4405"),
    (REGISTERED, {"extra__plate_permit": "x" * 51}, "extra.plate_permit", "PE-4406"),
    (PRIVATELY, {"extra__driver_id": ""}, "extra.driver_id", "PE-2568"),
    (PRIVATELY, {"extra__driver_id": "1234567"}, "extra.driver_id", "PE-2569"),
    (PRIVATELY, {"extra__driver_kind": "RUC"}, "extra.driver_kind", "PE-2571"),
    (PRIVATELY, {"extra__driver_names": ""}, "extra.driver_names", "PE-3360"),
    (PRIVATELY, {"extra__driver_surnames": ""}, "extra.driver_surnames", "PE-3361"),
    (PRIVATELY, {"extra__driver_names": "x" * 251}, "extra.driver_names", "PE-4409"),
    (PRIVATELY, {"extra__driver_licence": ""}, "extra.driver_licence", "PE-2572"),
    (PRIVATELY, {"extra__driver_licence": "Q-1"}, "extra.driver_licence", "PE-2573"),
    (REGISTERED, {"extra__other_drivers": "DNI 40112233"}, "extra.other_drivers", "PE-3360"),
    (
        REGISTERED,
        {"extra__other_drivers": "DNI 40112244, A, B, Q40112233"},
        "extra.other_drivers",
        "PE-3362",
    ),
    (
        REGISTERED,
        {"extra__other_drivers": "; ".join(f"DNI 4011224{n}, A, B, Q4011224{n}" for n in range(3))},
        "extra.other_drivers",
        "PE-4376",
    ),
    (IMPORTED, {"extra__containers": "A1/S1; A2/S2; A3/S3"}, "extra.containers", "PE-3420"),
    (IMPORTED, {"extra__containers": "A1/S1; A1/S2"}, "extra.containers", "PE-3421"),
    (IMPORTED, {"extra__containers": "A1"}, "extra.containers", "PE-3422"),
    (IMPORTED, {"extra__containers": "A1/S1; A2/S1"}, "extra.containers", "PE-3423"),
    (IMPORTED, {"extra__containers": "MSCU-1234567/S1"}, "extra.containers", "PE-4071"),
    (IMPORTED, {"extra__containers": "A1/" + "S" * 21}, "extra.containers", "PE-4074"),
    # What the trip hangs from.
    (PRIVATELY, {"extra__related": "31 V001-1"}, "extra.related", "PE-2692"),
    (CARRIED, {"extra__related": "49 123"}, "extra.related", "PE-2692"),
    (PRIVATELY, {"extra__related": "01"}, "extra.related", "PE-3403"),
    (PRIVATELY, {"extra__related": "01 F1-1"}, "extra.related", "PE-3441"),
    (IMPORTED, {"extra__related": "50 123"}, "extra.related", "PE-3441"),
    (PRIVATELY, {"extra__related": "01 F001-1; 01 F001-1"}, "extra.related", "PE-3340"),
    (PRIVATELY, {"extra__related": f"01 F001-1 {BAD}"}, "extra.related", "PE-3409"),
    (CARRIED, {"extra__related": f"09 T001-1 {BAD}"}, "extra.related", "PE-3381"),
    (THIRD, {"extra__related": "09 T001-5"}, "extra.related", "PE-3380"),
    (CARRIED, {"extra__related": "01 F001-1; 03 B001-1"}, "extra.related", "PE-3346"),
    (BOUGHT, {"extra__related": f"01 F004-900 {OTHER_RUC}"}, "extra.related", "PE-3442"),
    (IMPORTED, {"extra__related": None}, "extra.related", "PE-3440"),
    (IMPORTED, {"extra__containers": None}, "extra.packages", "PE-3419"),
    (PRIVATELY, {"extra__whole_customs": True}, "extra.whole_customs", "PE-3392"),
    (EXPORTED, {"extra__net_weight": None}, "extra.net_weight", "PE-4383"),
    (EXPORTED, {"extra__net_weight": D("-1")}, "extra.net_weight", "PE-3397"),
    (PRIVATELY, {"extra__net_weight": D(1)}, "extra.net_weight", "PE-3395"),
    (EXPORTED, {"extra__weight_reason": None}, "extra.weight_reason", "PE-4387"),
    (EXPORTED, {"extra__weight_reason": "x" * 251}, "extra.weight_reason", "PE-4428"),
    (PRIVATELY, {"extra__weight_reason": "x"}, "extra.weight_reason", "PE-3418"),
    # The goods.
    (PRIVATELY, {"line__description": ""}, "items.0.name", "PE-2781"),
    (PRIVATELY, {"line__description": "x" * 501}, "items.0.name", "PE-4084"),
    (PRIVATELY, {"line__code": "x" * 31}, "items.0.code", "PE-4085"),
    (PRIVATELY, {"line__quantity": D(0)}, "items.0.quantity", "PE-2580"),
    (PRIVATELY, {"line__quantity": D("0.00000000001")}, "items.0.quantity", "PE-2780"),
    (PRIVATELY, {"line__unit": "QQQ"}, "items.0.unit", "PE-4320"),
    (EXPORTED, {"line__unit": "NIU"}, "items.0.unit", "PE-3446"),
    (PRIVATELY, {"line__price": D(1)}, "items.0.price", "PE-OWN-20"),
    (RICE, {"line__extra__product_code": "5022"}, "items.0.extra.product_code", "PE-3002"),
    (RICE, {"line__extra__product_code": None}, "items.0.extra.product_code", "PE-3372"),
    (RICE, {"line__extra__product_code": "10101010"}, "items.0.extra.product_code", "PE-3425"),
    (RICE, {"line__extra__tariff": "100630"}, "items.0.extra.tariff", "PE-3377"),
    (RICE, {"line__extra__tariff": None}, "items.0.extra.tariff", "PE-3426"),
    (RICE, {"line__extra__tariff": "0000000000"}, "items.0.extra.tariff", "PE-3429"),
    (RICE, {"extra__related": "01 F001-77"}, "extra.related", "PE-3379"),
    (PRIVATELY, {"extra__related": "80 1234"}, "items.0.extra.tariff", "PE-3352"),
    (EXPORTED, {"line__extra__customs_number": None}, "items.0.extra.customs_number", "PE-3427"),
    (EXPORTED, {"line__extra__customs_number": "1"}, "items.0.extra.customs_number", "PE-2769"),
    (
        EXPORTED,
        {"line__extra__customs_number": "118-2026-40-000124"},
        "items.0.extra.customs_number",
        "PE-3430",
    ),
    (EXPORTED, {"line__extra__customs_series": None}, "items.0.extra.customs_series", "PE-3428"),
    (EXPORTED, {"line__extra__customs_series": 10_000}, "items.0.extra.customs_series", "PE-3431"),
    (PRIVATELY, {"line__extra__customs_series": 1}, "items.0.extra.customs_number", "PE-OWN-20"),
)


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
