"""What CABYS says of a document's lines: warnings, each with its rule; never a problem."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from acuse.domain.catalogue import Entry, Known
from acuse.domain.document import Line, Tax
from acuse.domain.kinds import DocumentKind
from acuse.jurisdictions.cr import cabys, codes
from tests.support import makers

CODE = "2399999000100"


def told(known: Known, rate: str | None = "13", **extra: Any) -> list[tuple[str, str]]:
    document = makers.costa_rican_document()
    taxes = () if rate is None else (Tax("IVA", Decimal(rate)),)
    line: Line = replace(
        document.lines[0], taxes=taxes, extra={**document.lines[0].extra, "cabys": CODE, **extra}
    )
    found = cabys.warnings(replace(document, lines=(document.lines[0], line)), known)
    return [(one.field, one.code) for one in found if one.field.startswith("items.1.")]


def table(rate: str | None = "13", *, official: bool = True) -> Known:
    entry = Entry(CODE, "Bien de la muestra", None if rate is None else Decimal(rate))
    return Known({CODE: entry}, official)


def test_cr_lin_2_an_unknown_code_is_told_once_the_official_file_is_there() -> None:
    assert told(Known({}, official=True)) == [("items.1.extra.cabys", "CR-LIN-2")]
    assert told(Known({}, official=False)) == []
    assert told(table()) == []


def test_cr_lin_2_what_is_no_code_at_all_is_a_problem_already_and_no_warning() -> None:
    assert told(Known({}, official=True), cabys="239") == []


@pytest.mark.parametrize("official", [True, False])
def test_cr_lin_3_a_rate_that_is_not_the_catalogues_is_told(official: bool) -> None:
    other = [("items.1.tax", "CR-LIN-3")]
    assert told(table("13", official=official), "13") == []
    assert told(table("1", official=official), "13") == other
    assert told(table("13", official=official), "0") == other
    assert told(table("0", official=official), "0") == []
    assert told(table(None, official=official), "4") == []


def test_cr_lin_3_a_tariff_that_says_why_is_reason_enough() -> None:
    assert told(table("13"), "0", tariff="10") == [("items.1.tax", "CR-LIN-3")]
    assert told(table("13"), "0", tariff="11") == []
    assert told(table("13"), None, tariff="01") == []
    assert told(table("13"), None, tariff="02") == [("items.1.tax", "CR-LIN-3")]


def test_cr_lin_3_an_export_and_what_the_factory_paid_are_reason_enough() -> None:
    assert told(table("13"), None, factory_vat="02") == []
    document = makers.costa_rican_document()
    line = replace(document.lines[0], taxes=(Tax("IVA", Decimal(0)),), extra={"cabys": CODE})
    sold = replace(document, lines=(line,))
    assert [one.code for one in cabys.warnings(sold, table("13"))] == ["CR-LIN-3"]
    abroad = replace(sold, kind=DocumentKind.EXPORT_INVOICE)
    assert cabys.warnings(abroad, table("13")) == ()


def test_the_products_of_a_bundle_are_looked_at_each() -> None:
    document = makers.costa_rican_document()
    part = replace(document.lines[0], extra={"cabys": "2399999000200"})
    bundle = replace(document.lines[0], taxes=(), components=(document.lines[0], part))
    found = cabys.warnings(replace(document, lines=(bundle,)), table())
    assert [one.field for one in found] == ["items.0.components.1.extra.cabys"]


def test_cr_lin_3_what_is_no_tariff_is_a_problem_already_and_no_warning() -> None:
    assert told(table("13"), "7") == []
    assert told(table("13"), None) == []


def test_what_is_shipped_is_told_apart_from_what_is_hacienda_s() -> None:
    shipped = {entry.code: entry for entry in cabys.CABYS.shipped}
    assert "no es un código de Hacienda" in shipped[CODE].description
    for entry in shipped.values():
        assert len(entry.code) == cabys.CABYS.digits
        assert entry.nature is cabys.CABYS.nature(entry.code)
        assert entry.rate is None or entry.rate in codes.TARIFFS.values()
