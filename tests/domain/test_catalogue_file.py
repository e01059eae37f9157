"""An authority's file of a catalogue, taken whole or refused, with every line at fault."""

from __future__ import annotations

from decimal import Decimal

import pytest

from acuse.domain.catalogue import Entry, Nature
from acuse.domain.catalogue_file import Cell, read
from acuse.domain.problem import Blocked
from acuse.jurisdictions.cr.cabys import CABYS

HEADER: list[Cell] = ["Código", "Descripción", "Impuesto"]
RICE: list[Cell] = ["2316100000100", "Arroz integral", "1%"]
DESIGN: list[Cell] = ["8314100000000", "Diseño de aplicaciones", "13%"]


def entries(*rows: list[Cell]) -> tuple[Entry, ...]:
    return read(enumerate(rows, start=1), CABYS)


def refused(*rows: list[Cell]) -> list[tuple[str, str]]:
    with pytest.raises(Blocked) as blocked:
        entries(*rows)
    return [(one.field, one.code) for one in blocked.value.problems]


def test_a_plain_table_is_read_and_the_first_digit_tells_goods_from_services() -> None:
    assert entries(HEADER, RICE, DESIGN) == (
        Entry("2316100000100", "Arroz integral", Decimal(1), Nature.GOODS),
        Entry("8314100000000", "Diseño de aplicaciones", Decimal(13), Nature.SERVICE),
    )


def test_the_official_workbook_has_nine_categories_under_a_title() -> None:
    names: list[Cell] = []
    for level in range(1, 10):
        names += [f"Categoría {level}", f"Descripción (categoría {level})"]
    row: list[Cell] = []
    for level in range(1, 9):
        row += ["2316100000100"[:level], f"Grupo {level}"]
    row += ["2316100000100", "Arroz integral", Decimal("0.01"), "Nota: incluye el pardo"]
    title: list[Cell] = ["Catálogo de bienes y servicios"]
    (entry,) = entries(title, [], [*names, "Impuesto", "Nota explicativa"], row)
    assert entry == Entry("2316100000100", "Arroz integral", Decimal(1), Nature.GOODS)


def test_of_columns_with_one_name_the_one_beside_the_code_counts() -> None:
    header: list[Cell] = ["Categoría 8", "Descripción", "Categoría 9", "Descripción", "Impuesto"]
    (entry,) = entries(header, ["23161000", "Arroces", "2316100000100", "Arroz integral", "1%"])
    assert entry.description == "Arroz integral"


def test_a_table_of_ours_says_itself_what_is_goods() -> None:
    (entry,) = entries(
        ["code", "rate", "kind", "description"], ["2399999000100", "", "service", "X y Z"]
    )
    assert (entry.nature, entry.rate) == (Nature.SERVICE, None)


@pytest.mark.parametrize(
    ("told", "rate"),
    [
        ("13%", "13"),
        ("13 %", "13"),
        ("13.00%", "13"),
        ("0,5%", "0.5"),
        ("0.5", "0.5"),
        ("0.13", "13"),
        ("0,04", "4"),
        ("13", "13"),
        ("1", "1"),
        ("IVA 13%", "13"),
        (Decimal("0.13"), "13"),
        (Decimal("0.01"), "1"),
        (Decimal("0.005"), "0.5"),
        (Decimal(0), "0"),
        (Decimal(13), "13"),
        ("Exento", "0"),
        ("EXENTA ", "0"),
        ("No sujeto", "0"),
        ("0%", "0"),
        ("", None),
        ("N/A", None),
        ("-", None),
    ],
)
def test_a_rate_is_read_as_people_write_it(told: Cell, rate: str | None) -> None:
    (entry,) = entries(HEADER, ["2316100000100", "Arroz", told])
    assert entry.rate == (None if rate is None else Decimal(rate))


@pytest.mark.parametrize("told", ["trece", "13%%", "-1%", "101%", "1e3", "13% o 4%", Decimal(-1)])
def test_a_rate_that_is_none_is_told_with_its_line(told: Cell) -> None:
    assert refused(HEADER, RICE, ["2316100000200", "Arroz", told]) == [("rows.3", "XX-CAT-5")]


def test_a_number_gets_back_the_zeros_that_the_spreadsheet_took() -> None:
    found = entries(HEADER, [Decimal(111100000100), "Trigo", ""], [Decimal("2e12"), "Pan", ""])
    assert [one.code for one in found] == ["0111100000100", "2000000000000"]


def test_every_line_at_fault_is_told_and_nothing_is_taken() -> None:
    assert refused(
        HEADER,
        RICE,
        ["231610000010", "Arroz", "1%"],
        ["", "Sin código", "1%"],
        ["2316100000200", "", "1%"],
        ["2316100000300", "con \ud800", "1%"],
        ["２３１６１０００００１００", "cifras anchas", "1%"],
        ["2316100000100", "Otra cosa", "1%"],
    ) == [
        ("rows.3", "XX-CAT-3"),
        ("rows.4", "XX-CAT-3"),
        ("rows.5", "XX-CAT-4"),
        ("rows.6", "XX-CAT-4"),
        ("rows.7", "XX-CAT-3"),
        ("rows.8", "XX-CAT-6"),
    ]


def test_of_very_many_faults_the_first_are_told_and_the_rest_counted() -> None:
    told = refused(HEADER, *([["1", "x", ""]] * 50))
    assert len(told) == 21
    assert told[-1] == ("rows", "XX-CAT-7")


def test_notes_blank_lines_and_a_line_said_twice_alike_are_no_faults() -> None:
    found = entries(HEADER, RICE, [], ["", "", "Fuente: nosotros"], RICE)
    assert len(found) == 1


def test_a_file_without_the_columns_or_without_codes_is_refused() -> None:
    assert refused(["Nombre", "Teléfono"], ["Ana", "1"]) == [("rows", "XX-CAT-2")]
    assert refused(["Código", "Impuesto"], ["2316100000100", "1%"]) == [("rows", "XX-CAT-2")]
    assert refused() == [("rows", "XX-CAT-2")]
    assert refused(HEADER) == [("rows", "XX-CAT-8")]
    assert refused(*([[""]] * 40), HEADER, RICE) == [("rows", "XX-CAT-2")]
