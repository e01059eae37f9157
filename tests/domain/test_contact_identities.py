"""Identities and locations as files write them: read whole, or refused; never mangled."""

from __future__ import annotations

from decimal import Decimal

import pytest

from acuse.domain.catalogue_file import Cell
from acuse.domain.party import Address, TaxId
from tests.domain.contacts import NUMBER, cells, one


@pytest.mark.parametrize(
    ("code", "kind", "number", "digit", "made"),
    [
        ("CO", "NIT", "999.888.777-1", "", ("NIT", "999888777")),
        ("CO", "", "999888777-1", "", ("NIT", "999888777")),
        ("CO", "", "999888777", "1", ("NIT", "999888777")),
        ("CO", "", "999888777", "", ("NIT", "999888777")),
        ("CO", "NIT - Número de identificación tributaria", "999888777", "", ("NIT", "999888777")),
        ("CO", "31", "999888777", "", ("NIT", "999888777")),
        ("CO", "C.C.", "1.020.304.050", "", ("CC", "1020304050")),
        ("CO", "Cédula de ciudadanía (CC)", "52123456", "", ("CC", "52123456")),
        ("CO", "", "222222222222", "", ("CC", "222222222222")),
        ("CO", "Pasaporte", "AB-12345", "", ("PP", "AB-12345")),
        ("CR", "", "3-101-999888", "", ("CJ", "3101999888")),
        ("CR", "Cédula jurídica", "3101999888", "", ("CJ", "3101999888")),
        ("CR", "02", "3101999888", "", ("CJ", "3101999888")),
        ("CR", "", "1-0234-0567", "", ("CF", "102340567")),
        ("CR", "", "01-0234-0567", "", ("CF", "102340567")),
        ("CR", "Física", "0102340567", "", ("CF", "102340567")),
        ("CR", "", "155812345678", "", ("DIMEX", "155812345678")),
        ("CR", "EXT", "X 1-2", "", ("EXT", "X 1-2")),
        ("CR", "SD", "0", "", ("SD", "-")),
        ("PE", "", "20999888772", "", ("RUC", "20999888772")),
        ("PE", "6", "20999888772", "", ("RUC", "20999888772")),
        ("PE", "", "08765432", "", ("DNI", "08765432")),
        ("PE", "Carnet de extranjería", "001234567", "", ("CE", "001234567")),
        ("PE", "SD", "-", "", ("SD", "-")),
    ],
)
def test_an_identity_is_read_as_people_write_it(
    code: str, kind: str, number: str, digit: str, made: tuple[str, str]
) -> None:
    heading = "Tipo de identificación|Identificación|DV|Nombre"
    row = one(code, heading, f"{kind}|{number}|{digit}|Alguien")
    assert row.customer, row.problems
    assert row.customer.tax_id == TaxId(*made)


@pytest.mark.parametrize(
    ("code", "kind", "number", "digit", "problem"),
    [
        ("CO", "NIT", "999888777-2", "", "CO-FAK24"),
        ("CO", "NIT", "999888777", "2", "CO-FAK24"),
        ("CO", "CC", "52123456", "0", "CO-FAK24"),
        ("CO", "NIT", "9998887771", "", "CO-FAK24"),
        ("CO", "NIT", "999A", "", "CO-FAK21"),
        ("CO", "", "1020304050", "", "XX-IMP-5"),
        ("CO", "DNI", "1020304050", "", "XX-IMP-5"),
        ("CO", "NIT", "9.00E+8", "", "XX-IMP-4"),
        ("CO", "NIT", "", "", "XX-IMP-3"),
        ("CO", "NIT", "=1+1", "", "CO-FAK21"),
        ("CR", "", "3101999888", "", "XX-IMP-5"),
        ("CR", "CF", "3101999888", "", "CR-REC-1"),
        ("CR", "", "abc", "", "XX-IMP-5"),
        ("PE", "", "20999888771", "", "PE-2017"),
        ("PE", "DNI", "8765432", "", "PE-2801"),
        ("PE", "", "8765432", "", "XX-IMP-5"),
        ("PE", "RUC", "²0999888772", "", "PE-2017"),
    ],
)
def test_an_identity_that_is_wrong_or_unclear_is_refused(
    code: str, kind: str, number: str, digit: str, problem: str
) -> None:
    heading = "Tipo de identificación|Identificación|DV|Nombre"
    row = one(code, heading, f"{kind}|{number}|{digit}|Alguien")
    assert (row.customer, [one.code for one in row.problems]) == (None, [problem])
    assert row.problems[0].field in ("number", "kind")


@pytest.mark.parametrize(
    ("cell", "made"),
    [
        (Decimal("20999888772"), "20999888772"),
        (Decimal("20999888772.0"), "20999888772"),
        (Decimal("2.0999888772E+10"), "20999888772"),
        ("20999888772.0", "20999888772"),
        ("'20999888772", "20999888772"),
        ('="20999888772"', "20999888772"),
        (" 20 999 888 772\u00a0", "20999888772"),
    ],
)
def test_a_figure_is_read_whole(cell: Cell, made: str) -> None:
    row = cells(number=cell)
    assert row.customer
    assert row.customer.tax_id == TaxId("RUC", made)


@pytest.mark.parametrize(
    "cell",
    [
        Decimal("20999888772.5"),
        Decimal("-20999888772"),
        Decimal("1e15"),
        Decimal("1e308"),
        "2,0999888772E+10",
        "2E10",
    ],
)
def test_a_figure_that_lost_something_is_refused(cell: Cell) -> None:
    row = cells(number=cell)
    assert [one.code for one in row.problems] == ["XX-IMP-4"]


def test_zeros_come_back_only_where_a_figure_lost_them_and_it_is_said() -> None:
    row = cells(kind="DNI", number=Decimal(8765432))
    assert row.customer
    assert row.customer.tax_id == TaxId("DNI", "08765432")
    assert "08765432" in row.notes[0].text
    assert cells(kind="DNI", number="8765432").customer is None
    assert cells(number=Decimal(8765432)).customer is None


@pytest.mark.parametrize(
    ("code", "heading", "number", "told", "place"),
    [
        ("CO", "Código DANE", "999888777", "5001", "05001"),
        ("CO", "Municipio", "999888777", "05001", "05001"),
        ("PE", "Ubigeo", NUMBER, "40101", "040101"),
        ("CR", "Código de ubicación", "3-101-999888", "10101", "1-01-01"),
        ("CR", "Código de ubicación", "3-101-999888", "1-01-01", "1-01-01"),
    ],
)
def test_a_location_gets_its_official_code(
    code: str, heading: str, number: str, told: str, place: str
) -> None:
    row = one(code, f"Identificación|Nombre|{heading}", f"{number}|Alguien|{told}")
    assert row.customer, row.problems
    assert row.customer.address == Address("", place)


@pytest.mark.parametrize(
    ("code", "number", "told"),
    [("CO", "999888777", "99999"), ("PE", NUMBER, "990101"), ("CR", "3-101-999888", "9-99-99")],
)
def test_a_location_that_does_not_exist_is_a_problem(code: str, number: str, told: str) -> None:
    row = one(code, "Identificación|Nombre|Ubigeo", f"{number}|Alguien|{told}")
    assert [one.field for one in row.problems] == ["place"]


def test_a_municipality_by_name_is_kept_as_a_name() -> None:
    row = one("CO", "NIT|Nombre|Municipio", "999888777|Alguien|Medellín")
    assert row.customer
    assert row.customer.address == Address("", city="Medellín")
