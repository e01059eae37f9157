"""Every rule of the factura fails on one changed value, and passes without the change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree
from tests.sandbox.sunat import cases_examples as examples
from tests.sandbox.sunat.cases_examples import EXAMPLES
from tests.sandbox.sunat.cases_mistakes import MISTAKES, MONEY, Mistake
from tests.sandbox.sunat.changes import Change, put
from tests.sandbox.sunat.documents import CUSTOMER, ISSUER

from acuse_sandbox import papers
from acuse_sandbox.sunat import identity, xsd
from acuse_sandbox.sunat.rulebook import factura, reading
from acuse_sandbox.sunat.rulebook.judge import judge
from acuse_sandbox.sunat.rulebook.registers import Stated
from acuse_sandbox.sunat.rulebook.rule import severity

RULES = factura.FAULTS + factura.RULES
TODAY = date(2026, 11, 21)


def codes(xml: str, *changes: Change, today: date = TODAY) -> set[str]:
    """The codes that a document breaks after some changes."""
    root = etree.fromstring(xml.encode())
    issuer = reading.read(root).supplier.number
    for change in changes:
        change(root)
    found = judge(root, name=f"{issuer}-01-F001-1", today=today, registers=Stated())
    return {finding.code for finding in found}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.__name__)
def test_a_worked_example_breaks_no_rule(example: Callable[[], str]) -> None:
    assert codes(example()) == set()


@pytest.mark.authority
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.__name__)
def test_a_worked_example_follows_the_schema(example: Callable[[], str]) -> None:
    schema = xsd.invoice()
    if schema is None:
        pytest.skip(f"no published schemas in {papers.folder()}")
    root = etree.fromstring(example().encode())
    content = root.find(".//{*}ExtensionContent")
    assert content is not None
    content[0].tag = "{urn:prueba}Nada"  # its place is for any element; here it is not signed
    assert schema.validate(root), schema.error_log


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: f"{m.code}-{m.example.__name__}")
def test_one_wrong_value_breaks_its_rule(mistake: Mistake) -> None:
    assert mistake.code in codes(mistake.example(), mistake.change)


def test_every_rule_has_its_mistake() -> None:
    assert {rule.code for rule in RULES} == {mistake.code for mistake in MISTAKES}


def test_severity_follows_from_the_range_of_the_code() -> None:
    assert [severity(code).value for code in ("1999", "2000", "3999", "4000")] == [
        "fault",
        "rejection",
        "rejection",
        "observation",
    ]


@pytest.mark.parametrize(
    ("payable", "broken"), [("117.00", False), ("119.00", False), ("119.01", True)]
)
def test_sums_may_differ_by_one_unit_and_no_cent_more(payable: str, broken: bool) -> None:
    change = put(f"{MONEY}/cbc:PayableAmount", payable)
    assert ("3280" in codes(examples.plain(), change)) is broken


@pytest.mark.parametrize(
    ("received", "broken"),
    [(date(2026, 11, 20), set()), (date(2026, 11, 23), set()), (date(2026, 11, 24), {"2108"}),
     (date(2026, 11, 18), set()), (date(2026, 11, 17), {"2329"})],
)  # fmt: skip
def test_a_factura_has_three_days_to_arrive_and_may_be_dated_two_ahead(
    received: date, broken: set[str]
) -> None:
    assert codes(examples.plain(), today=received) == broken


@pytest.mark.parametrize(
    ("annex", "broken"), [("0000", set()), ("0099", set()), ("0100", {"3239"})]
)
def test_an_issuer_has_a_hundred_establishments(annex: str, broken: set[str]) -> None:
    path = "cac:AccountingSupplierParty//cbc:AddressTypeCode"
    assert codes(examples.plain(), put(path, annex)) == broken


@pytest.mark.parametrize(
    ("ruc", "good"),
    [(ISSUER, True), (CUSTOMER, True), ("20999888771", False), ("30999888772", False),
     ("2099988877", False)],
)  # fmt: skip
def test_a_ruc_is_known_by_its_form_and_check_digit(ruc: str, good: bool) -> None:
    assert identity.is_ruc(ruc) is good


def test_a_finding_names_line_node_and_value() -> None:
    root = etree.fromstring(examples.mixed().encode())
    put("cac:InvoiceLine[2]/cbc:InvoicedQuantity", "0")(root)
    found = judge(root, name=f"{ISSUER}-01-F001-1", today=TODAY)
    (finding,) = (f for f in found if f.code == "2024")
    assert finding.sentence.endswith(
        'Error en la linea: 2 2024 (nodo: "cbc:InvoicedQuantity" valor: "0")\''
    )


def test_a_malformed_number_counts_as_nothing_in_the_sums() -> None:
    root = etree.fromstring(examples.plain().encode())
    put(f"{MONEY}/cbc:PayableAmount", "1e9")(root)
    assert reading.read(root).total("PayableAmount") == Decimal(0)
