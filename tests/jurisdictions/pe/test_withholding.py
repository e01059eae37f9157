"""Retentions and perceptions: the sums, and each rule kept by a document and broken by another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from acuse.domain.document import Charge, Discount, Payment, PaymentForm, Prepayment, Tax
from acuse.domain.numbering import Number
from acuse.domain.party import Address, TaxId
from acuse.jurisdictions.pe import checks_withholding, jurisdiction
from tests.jurisdictions.pe.others import OTHERS, changed, read_case, seal, sealed, texts, told
from tests.support.makers import RUC, company

D = Decimal
RETENTION, PERCEPTION = (
    "comprobante-de-retencion-ejemplo-59",
    "comprobante-de-percepcion-ejemplo-60",
)
WITHHELD = [
    name
    for name in OTHERS
    if name.startswith(("comprobante-de-retencion-", "comprobante-de-percepcion-"))
]
MULTIPLE = "comprobante-de-retencion-varios-pagos"


@pytest.mark.parametrize("name", WITHHELD)
def test_a_case_adds_up_to_what_its_author_counted(name: str) -> None:
    content, expected = sealed(name), read_case(name).expected
    root = etree.fromstring(content)
    net = [*texts(content, "SUNATTotalPaid"), *texts(content, "SUNATTotalCashed")]
    assert root.findtext("{*}TotalInvoiceAmount") == expected["total"]
    assert net == [expected["net"]]
    system = etree.QName(root).localname
    assert texts(content, f"SUNAT{system}Amount") == expected["amounts"]
    nets = [*texts(content, "SUNATNetTotalPaid"), *texts(content, "SUNATNetTotalCashed")]
    assert nets == expected["nets"]


@pytest.mark.parametrize("name", WITHHELD)
def test_each_amount_follows_from_the_xml_alone(name: str) -> None:
    """SUNAT's own formula, to the cent: it would let ±1.00 pass."""
    root = etree.fromstring(sealed(name))
    system = etree.QName(root).localname
    sign = 1 if system == "Perception" else -1
    percent = D(str(root.findtext(f"{{*}}SUNAT{system}Percent")))
    for one in root.iter(f"{{*}}SUNAT{system}DocumentReference"):
        if one.find("{*}Payment") is None:
            continue
        rate = D(one.findtext(".//{*}CalculationRate") or 1)
        paid = D(str(one.findtext(".//{*}PaidAmount"))) * rate
        amount = D(str(one.findtext(f".//{{*}}SUNAT{system}Amount")))
        (net,) = (
            D(str(e.text)) for e in one.iter("{*}SUNATNetTotalPaid", "{*}SUNATNetTotalCashed")
        )
        assert abs(amount - paid * percent / 100) <= D("0.005")
        assert abs(net - (paid + sign * amount)) <= D("0.005")


def test_the_total_is_what_is_withheld_and_in_soles() -> None:
    totals = jurisdiction.totals(read_case(RETENTION).document)
    assert (totals.total, totals.subtotal) == (D("92.40"), D("3080.00"))
    assert [(one.label, one.amount) for one in totals.taxes] == [("Retención 3 %", D("92.40"))]


def test_what_is_half_told_is_summed_without_raising() -> None:
    """A draft is summed before it is checked."""
    one = changed(RETENTION, line__extra__related_currency="USD", extra__retention_regime="99")
    assert jurisdiction.totals(replace(one, date=None)).total == 0


BOTH = (RETENTION, PERCEPTION)
BROKEN: tuple[tuple[str, dict[str, Any], str, str], ...] = (
    (RETENTION, {"number": Number("F001", 1)}, "numberTemplate", "PE-1001"),
    (PERCEPTION, {"number": Number("R001", 1)}, "numberTemplate", "PE-1001"),
    (RETENTION, {"date": date(2026, 11, 26)}, "date", "PE-OWN-21"),
    (RETENTION, {"currency": "USD"}, "currency.code", "PE-2728"),
    (PERCEPTION, {"currency": "USD"}, "currency.code", "PE-2685"),
    (RETENTION, {"extra__retention_regime": "03"}, "extra.retention_regime", "PE-2618"),
    (PERCEPTION, {"extra__perception_regime": "04"}, "extra.perception_regime", "PE-2602"),
    (RETENTION, {"extra__rounding": D("1.01")}, "extra.rounding", "PE-3303"),
    (PERCEPTION, {"extra__rounding": D("0.001")}, "extra.rounding", "PE-3303"),
    (RETENTION, {"notes": ("x" * 251,)}, "anotation", "PE-OWN-22"),
    (RETENTION, {"line__extra__related_kind": "03"}, "items.0.extra.related_kind", "PE-2692"),
    (PERCEPTION, {"line__extra__related_kind": "20"}, "items.0.extra.related_kind", "PE-2692"),
    (RETENTION, {"line__description": "B001-1"}, "items.0.name", "PE-2694"),
    (PERCEPTION, {"line__description": "F001-0"}, "items.0.name", "PE-2694"),
    (RETENTION, {"line__extra__related_date": None}, "items.0.extra.related_date", "PE-OWN-23"),
    (RETENTION, {"line__extra__related_total": D(0)}, "items.0.extra.related_total", "PE-2696"),
    (RETENTION, {"line__quantity": D(2)}, "items.0.quantity", "PE-OWN-20"),
    (RETENTION, {"line__price": D(0)}, "items.0.price", "PE-2736"),
    (PERCEPTION, {"line__price": D("0.001")}, "items.0.price", "PE-2700"),
    (RETENTION, {"line__price": D("0.10")}, "items.0.price", "PE-2740"),
    (PERCEPTION, {"line__price": D("0.10")}, "items.0.price", "PE-2705"),
    (RETENTION, {"line__extra__payment_number": -1}, "items.0.extra.payment_number", "PE-2734"),
    (PERCEPTION, {"line__extra__payment_number": 10**9}, "items.0.extra.payment_number", "PE-2698"),
    (MULTIPLE, {"line__extra__payment_number": 2}, "items.1.extra.payment_number", "PE-2626"),
    (
        RETENTION,
        {"line__extra__payment_date": date(2026, 11, 9)},
        "items.0.extra.payment_date",
        "PE-2625",
    ),
    (
        RETENTION,
        {"line__extra__payment_date": date(2026, 11, 26)},
        "items.0.extra.payment_date",
        "PE-2625",
    ),
    (
        PERCEPTION,
        {"line__extra__payment_date": date(2026, 11, 9)},
        "items.0.extra.payment_date",
        "PE-2612",
    ),
    (
        MULTIPLE,
        {"line__extra__payment_date": date(2026, 10, 31)},
        "items.0.extra.payment_date",
        "PE-2625",
    ),
    (RETENTION, {"line__extra__related_currency": "USD"}, "items.0.extra.exchange_rate", "PE-2721"),
    (RETENTION, {"line__extra__exchange_rate": D(3)}, "items.0.extra.exchange_rate", "PE-OWN-20"),
    (
        "comprobante-de-retencion-en-dolares",
        {"line__extra__exchange_rate": D("3.1234567")},
        "items.0.extra.exchange_rate",
        "PE-2716",
    ),
    (
        "comprobante-de-retencion-seis-por-ciento",
        {"line__extra__related_date": date(2014, 3, 1)},
        "items.0.extra.related_date",
        "PE-2985",
    ),
)


@pytest.mark.parametrize(("name", "changes", "field", "code"), BROKEN)
def test_each_rule_is_kept_by_the_case_and_broken_by_one_value(
    name: str, changes: dict[str, Any], field: str, code: str
) -> None:
    assert told(read_case(name).document) == []
    assert (field, code) in told(changed(name, **changes))


def test_a_credit_note_is_told_without_a_payment() -> None:
    name = "comprobante-de-retencion-con-nota-de-credito"
    note = replace(read_case(name).document.lines[1], price=D(10))
    one = replace(read_case(name).document, lines=(read_case(name).document.lines[0], note))
    assert told(one) == [("items.1.price", "PE-OWN-24")]
    assert b"FC01-4" in sealed(name)
    assert sealed(name).count(b"<cac:Payment>") == 1


def test_a_total_of_nothing_is_refused() -> None:
    only = read_case("comprobante-de-retencion-con-nota-de-credito").document
    assert told(replace(only, lines=only.lines[1:])) == [("items", "PE-2669"), ("items", "PE-2730")]
    only = changed(PERCEPTION, line__extra__related_kind="07", line__price=D(0))
    assert told(only) == [("items", "PE-2669"), ("items", "PE-2687")]


@pytest.mark.parametrize(("name", "code"), [(RETENTION, "PE-2661"), (PERCEPTION, "PE-2659")])
def test_payments_of_two_months_are_told_where_a_date_lets_them_pass(
    name: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No date of issue lets two months pass 2625 (2612): the rule stands for itself."""
    monkeypatch.setattr(checks_withholding, "payment_problems", lambda *_: iter(()))
    one = changed(name, line__extra__payment_date=date(2026, 10, 20))
    second = replace(one.lines[0], extra=one.lines[0].extra | {"payment_date": date(2026, 11, 2)})
    assert told(replace(one, lines=(one.lines[0], second)))[0] == ("items", code)


def test_who_is_withheld_of_is_another_with_a_good_identity() -> None:
    def of(name: str, identity: TaxId) -> list[tuple[str, str]]:
        to = replace(read_case(name).document.counterparty, tax_id=identity)
        return told(changed(name, counterparty=to))

    kind, number = "client.identificationObject.type", "client.identificationObject.number"
    assert of(RETENTION, TaxId("DNI", "40112233")) == [(kind, "PE-2511")]
    assert of(RETENTION, TaxId("RUC", "20999000118")) == [(number, "PE-2724")]
    assert of(RETENTION, TaxId("RUC", RUC)) == [(number, "PE-2620")]
    assert of(PERCEPTION, TaxId("DNI", "40112233")) == []
    assert of(PERCEPTION, TaxId("NIT", "1")) == [(kind, "PE-2511")]
    assert of(PERCEPTION, TaxId("PP", "con blanco")) == [(number, "PE-2680")]
    assert of(PERCEPTION, TaxId("RUC", RUC)) == [(number, "PE-2604")]


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        (RETENTION, ["PE-2917", "PE-2918", "PE-2908", "PE-2909", "PE-2910"]),
        (PERCEPTION, ["PE-2917", "PE-2919", "PE-2913", "PE-2914", "PE-2915"]),
    ],
)
def test_an_address_fits_its_places(name: str, codes: list[str]) -> None:
    long = "x" * 31
    at = Address("y" * 101, "999999", long, long, long, "PE")
    to = replace(read_case(name).document.counterparty, address=at, name="")
    found = [code for _, code in told(changed(name, counterparty=to))]
    assert found == ["PE-2133", *codes]
    abroad = replace(to, address=replace(at, country="CL"), name="SUPPLY SpA")
    assert told(changed(name, counterparty=abroad)) == []
    assert b"yyy" not in seal(changed(name, counterparty=abroad)).content
    issuer = company(address=replace(at, place="040101"))
    found = [code for _, code in told(read_case(name).document, issuer)]
    assert found == ["PE-2916", "PE-2903", "PE-2904", "PE-2905"]


def test_what_has_no_place_in_the_xml_is_refused_and_not_dropped() -> None:
    parts: tuple[tuple[dict[str, Any], str], ...] = (
        ({"discounts": (Discount(percent=D(1)),)}, "discount"),
        ({"charges": (Charge(percent=D(1)),)}, "charge"),
        ({"prepayments": (Prepayment(D(1), date(2026, 11, 1)),)}, "prepayments"),
        ({"purchase_order": "OC-1"}, "purchaseOrder"),
        ({"payment": Payment(PaymentForm.CREDIT)}, "paymentForm"),
        ({"line__taxes": (Tax("IGV", D(18)),)}, "items.0.tax"),
        ({"line__discounts": (Discount(percent=D(1)),)}, "items.0.discount"),
        ({"line__charges": (Charge(percent=D(1)),)}, "items.0.charge"),
    )
    for changes, field in parts:
        assert told(changed(RETENTION, **changes)) == [(field, "PE-OWN-20")]


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        (RETENTION, f"{RUC}|20|R001|15|92.40|2026-11-25|6|20999000119|"),
        (PERCEPTION, f"{RUC}|40|P001|15|11.80|2026-11-25|6|20999000119|"),
    ],
)
def test_the_qr_tells_what_is_withheld(name: str, fields: str) -> None:
    one = read_case(name).document
    made = seal(one)
    assert jurisdiction.face(one, company(), made, None).qr == f"{fields}{made.fiscal_id}|"


@pytest.mark.authority
@pytest.mark.parametrize(("sample", "name"), [("retention", RETENTION), ("perception", PERCEPTION)])
def test_the_published_sample_has_the_same_shape(
    sample: str, name: str, authority_dir: Path
) -> None:
    """Every element of the sample stands in ours, under the same parent and in the same order."""
    theirs = etree.parse(authority_dir / f"pe/samples/unsigned/{sample}_simple.xml").getroot()
    ours = etree.fromstring(sealed(name))
    assert shape(theirs) - shape(ours) == set()
    order = [etree.QName(one).localname for one in ours]
    wanted = [etree.QName(one).localname for one in theirs]
    assert [tag for tag in dict.fromkeys(order) if tag in wanted] == list(dict.fromkeys(wanted))


def shape(root: etree._Element) -> set[str]:
    """The paths of the elements, without what stands inside a signature."""
    tree = root.getroottree()
    return {
        tree.getelementpath(one).replace("[1]", "").replace("[2]", "")
        for one in root.iter()
        if isinstance(one.tag, str) and "xmldsig" not in one.tag
    }
