"""Good documents of other shapes, and what is not known: no rule speaks."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from acuse_sandbox.dian import xsd
from acuse_sandbox.dian.rulebook import Facts, Finding, judge, table
from tests.sandbox.dian.rulebook.cases_mistakes import (
    CUSTOMER,
    HOME,
    LEGAL_ID,
    LEVELS,
    OFFICE,
    SCHEME,
    SELLER,
    TAX_ID,
    all_currencies,
    issued_on,
    rate,
    unit_tax,
    without_reference,
)
from tests.sandbox.dian.rulebook.changes import Change, drop, inside, mark, put, together
from tests.sandbox.dian.rulebook.documents import document
from tests.sandbox.dian.rulebook.facts import FACTS
from tests.sandbox.dian.rulebook.kinds import ISSUER, KINDS, Element, Line, money
from tests.sandbox.dian.rulebook.sealing import seal

QR = "https://catalogo-vpfe-hab.dian.gov.co/document/searchqr?documentkey="
NAME = "Party/PartyTaxScheme/RegistrationName"
IVA, INC = ("01", "IVA"), ("04", "INC")
NO_TAX: tuple[tuple[str, str, int], ...] = ()
SHAPES = {
    "A one rate": (Line(2, Fraction(50000)),),
    "B several rates": (
        Line(1, Fraction(100000)),
        Line(2, Fraction(25000), ((*IVA, 5),)),
        Line(3, Fraction(10000), ((*IVA, 0),)),
        Line(1, Fraction(40000), NO_TAX),
    ),
    "E consumption": (Line(3, Fraction(22000), ((*INC, 8),)),),
    "G cents": (Line(3, Fraction("3333.35")), Line(7, Fraction("1234.55"))),
    "H two taxes on one base": (Line(1, Fraction(1000), ((*IVA, 19), (*INC, 8))),),
    "I nothing taxed": (Line(1, Fraction(69900), NO_TAX),),
}
ROUNDED = '<cbc:PayableRoundingAmount currencyID="COP">-5.00</cbc:PayableRoundingAmount>'
FINAL_CONSUMER = together(
    put(f"{CUSTOMER}/AdditionalAccountID", "2"),
    put(f"{CUSTOMER}/{TAX_ID}", "222222222222"),
    mark(f"{CUSTOMER}/{TAX_ID}", "schemeName", "13"),
    mark(f"{CUSTOMER}/{TAX_ID}", "schemeID", None),
    drop(f"{CUSTOMER}/{LEGAL_ID}"),
    put(f"{CUSTOMER}/{NAME}", "consumidor final"),
    put(f"{CUSTOMER}/{LEVELS}", "R-99-PN"),
    put(f"{CUSTOMER}/{SCHEME}/ID", "ZZ"),
    put(f"{CUSTOMER}/{SCHEME}/Name", "No aplica"),
    drop(f"{CUSTOMER}/Party/Contact"),
    inside(
        f"{CUSTOMER}/Party",
        "<cac:PartyIdentification><cbc:ID>222222222222</cbc:ID></cac:PartyIdentification>",
    ),
)
ABROAD = together(
    *(
        together(
            put(f"{CUSTOMER}/{path}/Country/IdentificationCode", "US"),
            put(f"{CUSTOMER}/{path}/ID", "331"),
            put(f"{CUSTOMER}/{path}/CityName", "Miami"),
        )
        for path in (HOME, OFFICE)
    )
)
GOOD: dict[str, tuple[str, Change]] = {
    "consumidor final": ("01", FINAL_CONSUMER),
    "a buyer abroad": ("02", ABROAD),
    "on credit": (
        "01",
        together(
            put("PaymentMeans/ID", "2"),
            inside("PaymentMeans", "<cbc:PaymentDueDate>2026-12-25</cbc:PaymentDueDate>"),
        ),
    ),
    "pesos with an agreed currency": ("02", inside("", rate())),
    "dollars": (
        "02",
        together(
            all_currencies("USD"),
            inside("", rate(SourceCurrencyCode="USD", TargetCurrencyCode="COP")),
        ),
    ),
    "tax by the line's units": ("01", inside("Line[1]", unit_tax("140"))),
    "tax by the unit measure": ("01", inside("Line[1]", unit_tax("70"))),
    "credit note of a period": ("91", without_reference("StartDate", "EndDate")),
    "debit note of a period": ("92", without_reference("StartDate", "EndDate")),
    "the last day of the range": ("01", issued_on("2030-01-19")),
    "names in capitals": ("01", put(f"{SELLER}/{HOME}/CityName", "BOGOTÁ, D.C.")),
    "half a peso off": ("01", put("Total/TaxExclusiveAmount", "210000.40")),
    "a tax off by two pesos": ("01", put("Line[1]/TaxTotal/TaxSubtotal/TaxAmount", "19002.00")),
    "bases of a purchase as the lines": ("05", put("Total/TaxExclusiveAmount", "157000.00")),
    "rounded in": (
        "01",
        together(
            inside("Total", ROUNDED),
            lambda root: more(root, "Total/PayableAmount", -5),
        ),
    ),
}  # fmt: skip
UNKNOWN = Facts(environment="2", at=FACTS.at, certificate_nit=ISSUER, known=FACTS.known)


def more(root: Element, path: str, pesos: int) -> None:
    """An amount with some pesos more."""
    total = root.find("{*}LegalMonetaryTotal/{*}PayableAmount")
    assert total is not None
    put(path, money(Fraction(total.text or "0") + pesos))(root)


def changed(code: str, change: Change) -> Element:
    """A document with a change, sealed again."""
    root = document(code)
    change(root)
    seal(root, code)
    return root


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("code", ["01", "91", "92"])
def test_amounts_of_every_shape_pass(name: str, code: str) -> None:
    assert judge(document(code, lines=SHAPES[name]), FACTS) == []


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_is_valid(name: str) -> None:
    if not xsd.are_there():
        pytest.skip("no published schemas (ACUSE_AUTHORITY_DIR)")
    assert xsd.complaint(document(lines=SHAPES[name])) == ""


@pytest.mark.parametrize("name", GOOD)
def test_other_good_documents_pass(name: str) -> None:
    assert judge(changed(*GOOD[name]), FACTS) == []


@pytest.mark.parametrize("code", sorted(set(KINDS) - {"04", "08"}))
def test_what_is_not_known_keeps_the_rules_silent(code: str) -> None:
    root = document(code)
    put("//SoftwareSecurityCode", "0" * 96)(root)
    put("UUID", "0" * 96)(root)
    put("//QRCode", f"{QR}{'0' * 96}")(root)
    assert judge(root, UNKNOWN) == []


def test_a_software_without_a_known_pin_is_taken() -> None:
    root = document("91")
    put("//SoftwareSecurityCode", "0" * 96)(root)
    assert judge(root, replace(FACTS, software=dict.fromkeys(FACTS.software))) == []


def test_the_address_of_the_other_environment_is_refused() -> None:
    found = judge(document("91"), replace(FACTS, environment="1"))
    assert {one.code for one in found} == {"CAB36", "CAD04", "CAD06"}


def test_a_note_of_the_older_model_names_what_the_dian_never_saw() -> None:
    root = changed("91", put("CustomizationID", "23"))
    assert judge(root, replace(FACTS, known=lambda _: None)) == []


NOT_SEALED_AGAIN = {"FAD06", "FAB27b"}
ODD = {
    "forty digits": ("Total/PayableAmount", "9" * 40, {"FAU14"}),
    "an exponent": ("Total/TaxExclusiveAmount", "1e999", {"FAU04"}),
    "a tax that is no number": ("TaxTotal/TaxAmount", "NaN", {"FAS02", "FAU06"}),
    "a tiny percentage": ("AllowanceCharge/MultiplierFactorNumeric", "1E-999999999", {"FAQ06"}),
    "a range without end": ("//AuthorizedInvoices/To", "9" * 5000, {"FAB12b"}),
    "a number without end": ("ID", "SETP" + "9" * 5000, {"FAD05e"}),
    "the last moment": ("//SigningTime", "9999-12-31T23:59:59-14:00", set()),
    "the first moment": ("//SigningTime", "0001-01-01T00:00:00+14:00", set()),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_texts_are_judged_and_raise_nothing(name: str) -> None:
    path, text, codes = ODD[name]
    root = document("01")
    put(path, text)(root)
    found = {one.code for one in judge(root, FACTS)}
    assert found - NOT_SEALED_AGAIN == codes


def test_a_finding_says_its_text_and_its_line() -> None:
    root = changed("01", drop("Line[2]/Item/StandardItemIdentification"))
    text = "No se informó el código del producto o servicio."
    assert judge(root, FACTS) == [Finding("FAZ09", "N", text, 2)]


def test_the_table_names_its_sources() -> None:
    rows = table.rows()
    assert len({row.code for row in rows if row.kind == "F"}) >= 150
    assert all(row.source.startswith("colombia.md ") and row.text for row in rows)
    assert len({(row.code, row.kind) for row in rows}) == len(rows)
