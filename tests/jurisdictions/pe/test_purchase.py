"""Liquidaciones de compra: the sums, and each rule kept by a document and broken by another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from acuse.domain.document import Prepayment, Tax
from acuse.domain.numbering import Number
from acuse.domain.party import Address, TaxId
from acuse.domain.traits import Role
from acuse.jurisdictions.pe import jurisdiction
from tests.jurisdictions.pe.others import OTHERS, changed, read_case, seal, sealed, texts, told
from tests.support.makers import RUC, company

D = Decimal
PURCHASES = [name for name in OTHERS if name.startswith("liquidacion-")]
PLAIN, EXEMPT = "liquidacion-compra-interna", "liquidacion-exonerada"
GOLD, ADVANCED = "liquidacion-compra-de-oro", "liquidacion-con-anticipo"
INCOME = Tax("IR", D("1.5"))


@pytest.mark.parametrize("name", PURCHASES)
def test_a_case_adds_up_to_what_its_author_counted(name: str) -> None:
    root, expected = etree.fromstring(sealed(name)), read_case(name).expected
    totals = root.find("{*}LegalMonetaryTotal")
    assert totals is not None
    found = {
        "value": totals.findtext("{*}LineExtensionAmount"),
        "inclusive": totals.findtext("{*}TaxInclusiveAmount"),
        "igv": root.findtext("{*}TaxTotal/{*}TaxAmount"),
        "income": header(root, "3000")["tax"],
        "payable": totals.findtext("{*}PayableAmount"),
    }
    assert found == expected


@pytest.mark.parametrize("name", PURCHASES)
def test_the_sums_follow_from_the_xml_alone(name: str) -> None:
    """SUNAT's formulas (4299, 4346, 4309, 4310, 4312) to the cent: it would let ±1.00 pass."""
    root = etree.fromstring(sealed(name))
    lines = root.findall("{*}InvoiceLine")
    value = sum(amount(one, "{*}LineExtensionAmount") for one in lines)
    tax = {code: sum(line_tax(one, code) for one in lines) for code in ("1000", "3000")}
    off = {code: D(0) for code in ("04", "05", "06", "61")}
    for one in root.findall("{*}AllowanceCharge"):
        off[str(one.findtext("{*}AllowanceChargeReasonCode"))] += amount(one, "{*}Amount")
    for tribute, code in (("1000", "04"), ("9997", "05"), ("9998", "06")):
        bases = [one for one in lines if tribute in line_tributes(one)]
        if bases:
            expected = sum(amount(one, "{*}LineExtensionAmount") for one in bases) - off[code]
            assert header(root, tribute)["base"] == str(expected)
    assert D(header(root, "3000")["tax"]) == tax["3000"] - off["61"]
    totals = root.find("{*}LegalMonetaryTotal")
    assert totals is not None
    inclusive = amount(totals, "{*}TaxInclusiveAmount")
    prepaid = D(totals.findtext("{*}PrepaidAmount") or 0)
    assert amount(totals, "{*}LineExtensionAmount") == value
    assert inclusive == value + tax["1000"]
    payable = inclusive - tax["1000"] - tax["3000"] - prepaid
    assert amount(totals, "{*}PayableAmount") == payable


def test_the_issuer_buys_and_the_other_party_sells() -> None:
    root = etree.fromstring(sealed(PLAIN))
    buyer = root.findtext("{*}AccountingCustomerParty//{*}PartyIdentification/{*}ID")
    seller = root.find("{*}AccountingSupplierParty//{*}PartyIdentification/{*}ID")
    assert buyer == RUC
    assert seller is not None
    assert (seller.text, seller.get("schemeID")) == ("40112233", "1")
    kind = next(one for one in jurisdiction.traits.kinds if one.code == "04")
    assert kind.role is Role.SELLER


def test_gold_tells_its_four_properties() -> None:
    assert texts(sealed(GOLD), "NameCode") == ["6000", "6004", "6005", "6006"]
    assert texts(sealed(GOLD), "Value")[1] == "85.5"


def test_an_advance_is_told_in_its_three_places() -> None:
    root = etree.fromstring(sealed(ADVANCED))
    reference = root.find("{*}AdditionalDocumentReference")
    assert reference is not None
    assert reference.findtext("{*}ID") == "L001-7"
    assert reference.findtext("{*}DocumentTypeCode") == "10"
    assert reference.findtext("{*}DocumentStatusCode") == root.findtext("{*}PrepaidPayment/{*}ID")
    charges = root.findall("{*}AllowanceCharge")
    assert [one.findtext("{*}AllowanceChargeReasonCode") for one in charges] == ["05", "61"]
    assert [one.findtext("{*}Amount") for one in charges] == ["500.00", "7.50"]


LONG = "x" * 31
BROKEN: tuple[tuple[str, dict[str, Any], str, str], ...] = (
    (PLAIN, {"number": Number("F001", 1)}, "numberTemplate", "PE-1001"),
    (PLAIN, {"date": date(2026, 11, 26)}, "date", "PE-2329"),
    (PLAIN, {"date": date(2026, 11, 23)}, "date", "PE-2108"),
    (PLAIN, {"extra__purchase_type": "0101"}, "extra.purchase_type", "PE-3206"),
    (PLAIN, {"currency": "XXX"}, "currency.code", "PE-3088"),
    (PLAIN, {"extra__seller_place": "09"}, "extra.seller_place", "PE-2457"),
    (PLAIN, {"extra__purchase_place": "09"}, "extra.purchase_place", "PE-2459"),
    (PLAIN, {"extra__purchase_address": ""}, "extra.purchase_address", "PE-2454"),
    (PLAIN, {"extra__purchase_address": "ab"}, "extra.purchase_address", "PE-2778"),
    (PLAIN, {"extra__purchase_ubigeo": ""}, "extra.purchase_ubigeo", "PE-2455"),
    (PLAIN, {"extra__purchase_ubigeo": "999999"}, "extra.purchase_ubigeo", "PE-2917"),
    (PLAIN, {"line__description": "x" * 501}, "items.0.name", "PE-2027"),
    (PLAIN, {"line__code": "x" * 31}, "items.0.code", "PE-4269"),
    (PLAIN, {"line__unit": "QQQ"}, "items.0.unit", "PE-2936"),
    (PLAIN, {"line__quantity": D(0)}, "items.0.quantity", "PE-2024"),
    (PLAIN, {"line__quantity": D("0.00000000001")}, "items.0.quantity", "PE-2025"),
    (PLAIN, {"line__price": D(0)}, "items.0.price", "PE-2068"),
    (PLAIN, {"line__price": D("0.00000000001")}, "items.0.price", "PE-2369"),
    (PLAIN, {"line__price": D("0.00001")}, "items.0.price", "PE-3105"),
    (PLAIN, {"line__price": D(10) ** 11}, "items.0.price", "PE-2370"),
    (PLAIN, {"line__taxes": (Tax("ISC", D(1)),)}, "items.0.tax", "PE-3223"),
    (PLAIN, {"line__taxes": (INCOME, INCOME, Tax("IGV", D(18)))}, "items.0.tax", "PE-3067"),
    (PLAIN, {"line__taxes": (Tax("IGV", D(10)),)}, "items.0.tax", "PE-3103"),
    (EXEMPT, {"line__taxes": (Tax("IGV", D(18)),)}, "items.0.tax", "PE-3110"),
    (EXEMPT, {"line__taxes": (Tax("IR", D(100)),)}, "items.0.tax", "PE-3102"),
    (
        EXEMPT,
        {"line__extra__purchase_affectation": "40"},
        "items.0.extra.purchase_affectation",
        "PE-2371",
    ),
    (GOLD, {"line__extra__concession": ""}, "items.0.extra.concession", "PE-2466"),
    (GOLD, {"line__extra__gold_grade": None}, "items.0.extra.gold_grade", "PE-2467"),
    (GOLD, {"line__extra__mineral": None}, "items.0.extra.mineral", "PE-2468"),
    (GOLD, {"line__extra__mining_right": None}, "items.0.extra.mining_right", "PE-2469"),
    (GOLD, {"line__extra__mineral": "x" * 101}, "items.0.extra.mineral", "PE-3064"),
    (GOLD, {"line__extra__gold_grade": D("1.234")}, "items.0.extra.gold_grade", "PE-4280"),
)


@pytest.mark.parametrize(("name", "changes", "field", "code"), BROKEN)
def test_each_rule_is_kept_by_the_case_and_broken_by_one_value(
    name: str, changes: dict[str, Any], field: str, code: str
) -> None:
    assert told(read_case(name).document) == []
    assert (field, code) in told(changed(name, **changes))


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"tax_id": TaxId("RUC", "20999000119")}, "client.identificationObject.type", "PE-2800"),
        ({"tax_id": TaxId("DNI", "1234567")}, "client.identificationObject.number", "PE-2801"),
        ({"tax_id": TaxId("CE", "x" * 16)}, "client.identificationObject.number", "PE-2802"),
        ({"name": ""}, "client.name", "PE-2022"),
        ({"address": None}, "client.address", "PE-2452"),
        ({"address": Address("ab", "040101")}, "client.address.address", "PE-2593"),
        ({"address": Address("Anexo", "")}, "client.address.place", "PE-2453"),
        ({"address": Address("Anexo", "999999")}, "client.address.place", "PE-4339"),
        ({"address": Address("Anexo", "040101", LONG)}, "client.address.district", "PE-4344"),
        ({"address": Address("Anexo", "040101", "", LONG)}, "client.address.city", "PE-4342"),
        (
            {"address": Address("Anexo", "040101", "", "", LONG)},
            "client.address.department",
            "PE-4343",
        ),
        (
            {"address": Address("Anexo", "040101", country="BO")},
            "client.address.country",
            "PE-4041",
        ),
    ],
)
def test_the_seller_is_a_person_without_ruc_who_lives_in_peru(
    changes: dict[str, Any], field: str, code: str
) -> None:
    seller = replace(read_case(PLAIN).document.counterparty, **changes)
    assert told(changed(PLAIN, counterparty=seller)) == [(field, code)]


@pytest.mark.parametrize(
    ("advances", "field", "code"),
    [
        ((Prepayment(D(0), date(2026, 11, 1), "L001-7"),), "prepayments.0.amount", "PE-2503"),
        ((Prepayment(D(1), date(2026, 11, 1), "F001-7"),), "prepayments.0.reference", "PE-2521"),
        (
            (Prepayment(D(1), date(2026, 11, 1), "L001-7"),) * 2,
            "prepayments.1.reference",
            "PE-2365",
        ),
        ((Prepayment(D(2000), date(2026, 11, 1), "L001-7"),), "prepayments", "PE-2509"),
    ],
)
def test_an_advance_is_a_liquidacion_that_was_paid(
    advances: tuple[Prepayment, ...], field: str, code: str
) -> None:
    assert told(changed(ADVANCED, prepayments=advances)) == [(field, code)]


def test_with_advances_all_lines_are_taxed_alike() -> None:
    one = read_case(ADVANCED).document
    other = replace(one.lines[0], extra={"purchase_affectation": "30"})
    mixed = replace(one, lines=(*one.lines, other))
    assert told(mixed) == [("prepayments", "PE-OWN-25")]


def test_a_line_has_a_number_of_three_digits_and_a_total_twelve() -> None:
    one = read_case(PLAIN).document
    assert told(replace(one, lines=one.lines * 999)) == []
    assert told(replace(one, lines=one.lines * 1000)) == [("items", "PE-2137")]
    huge = replace(one.lines[0], price=D(9) * 10**9)
    assert told(replace(one, lines=(huge, huge))) == [("items", "PE-2062")]


def test_the_paper_says_who_sells_and_what_the_seller_gets() -> None:
    one = read_case(PLAIN).document
    face = jurisdiction.face(one, company(), seal(one), None)
    assert face.title == "LIQUIDACIÓN DE COMPRA ELECTRÓNICA"
    assert (face.counterparty[0].label, face.totals[-1].value) == ("Vendedor", "S/ 985.00")
    assert face.words == "SON: NOVECIENTOS OCHENTA Y CINCO CON 00/100 SOLES"
    assert face.qr.startswith(f"{RUC}|04|L001|15|180.00|985.00|2026-11-25|1|40112233|")


def header(root: etree._Element, tribute: str) -> dict[str, str]:
    """The header's base and tax of a tribute."""
    for one in root.findall("{*}TaxTotal/{*}TaxSubtotal"):
        if one.findtext(".//{*}TaxScheme/{*}ID") == tribute:
            base, tax = one.findtext("{*}TaxableAmount"), one.findtext("{*}TaxAmount")
            return {"base": str(base), "tax": str(tax)}
    raise AssertionError(f"no subtotal of {tribute}")


def line_tributes(line: etree._Element) -> list[str]:
    return [str(one.text) for one in line.iterfind(".//{*}TaxScheme/{*}ID")]


def line_tax(line: etree._Element, tribute: str) -> D:
    return sum(
        (
            amount(one, "{*}TaxAmount")
            for one in line.iterfind(".//{*}TaxSubtotal")
            if one.findtext(".//{*}TaxScheme/{*}ID") == tribute
        ),
        D(0),
    )


def amount(element: etree._Element, path: str) -> D:
    return D(str(element.findtext(path)))
