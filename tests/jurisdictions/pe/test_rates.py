"""Rates, thresholds and terms hold from a day until a day; each end is looked at."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from acuse.domain.document import Tax
from acuse.jurisdictions.pe import codes, jurisdiction, rates, terms
from tests.jurisdictions.pe.checked import TODAY, K, credit, document
from tests.support.makers import line

D = Decimal


@pytest.mark.parametrize(
    ("what", "code", "day", "value"),
    [
        ("igv", "general", date(2026, 11, 25), "18"),
        ("igv", "reduced", date(2022, 8, 31), None),
        ("igv", "reduced", date(2022, 9, 1), "10"),
        ("igv", "reduced", date(2025, 12, 31), "10"),
        ("igv", "reduced", date(2026, 1, 1), "10.5"),
        ("igv", "reduced", date(2026, 12, 31), "10.5"),
        ("igv", "reduced", date(2027, 1, 1), "15"),
        ("igv", "reduced", date(2028, 1, 1), None),
        ("icbper", "bag", date(2019, 7, 31), None),
        ("icbper", "bag", date(2019, 8, 1), "0.10"),
        ("icbper", "bag", date(2022, 12, 31), "0.40"),
        ("icbper", "bag", date(2023, 1, 1), "0.50"),
        ("retention", "igv", date(2014, 2, 28), "6"),
        ("retention", "igv", date(2014, 3, 1), "3"),
        ("detraction", "037", date(2018, 3, 31), "10"),
        ("detraction", "037", date(2018, 4, 1), "12"),
        ("detraction", "038", date(2026, 11, 25), None),
        ("perception", "52", date(2026, 11, 25), "1"),
    ],
)
def test_a_value_holds_on_its_days(what: str, code: str, day: date, value: str | None) -> None:
    assert rates.at(what, code, day) == (None if value is None else D(value))


def test_without_a_day_the_newest_value_holds() -> None:
    assert rates.at("icbper", "bag", None) == D("0.50")
    assert rates.at("icbper", "no", None) is None


def test_the_days_of_one_value_never_overlap_those_of_the_next() -> None:
    for what, rows in rates._table().items():
        for one in rows:
            others = [row for row in rows if row.code == one.code and row is not one]
            assert all(row.until < one.since or one.until < row.since for row in others), what


def test_every_detraccion_that_has_a_rate_is_in_the_catalogue() -> None:
    told = {row.code for row in rates._table()["detraction"]}
    assert told <= codes.detractions().keys()


@pytest.mark.parametrize(
    ("kind", "series", "days"),
    [
        (K.INVOICE, "F001", 3),
        (K.RECEIPT, "B001", 7),
        (K.CREDIT_NOTE, "FC01", 3),
        (K.DEBIT_NOTE, "FD01", 3),
        (K.CREDIT_NOTE, "BC01", 5),
        (K.DEBIT_NOTE, "BD01", 5),
    ],
)
def test_each_kind_has_its_term(kind: K, series: str, days: int) -> None:
    told = jurisdiction.traits.kind(kind)
    assert told is not None
    term = terms.to_send(told.code, series, TODAY)
    assert term is not None
    assert term.days == days


def test_the_bag_costs_what_the_year_of_the_document_says() -> None:
    bag = line(taxes=(*line().taxes, Tax("ICBPER", D(0))), quantity=D(1), price=D("0.10"))
    for day, tax in ((date(2022, 5, 1), "0.40"), (date(2026, 5, 1), "0.50")):
        totals = jurisdiction.totals(document(lines=(bag,), date=day))
        assert totals.tax == D("0.02") + D(tax)


def test_what_a_credit_sale_leaves_to_be_paid_is_told_to_whoever_makes_its_instalment() -> None:
    plain = document(payment=credit((30, "118")))
    assert jurisdiction.totals(plain).due is None
    deposited = document(payment=credit((30, "104")), extra={"detraction_code": "037"})
    assert jurisdiction.totals(deposited).due == D("104.00")
    assert jurisdiction.totals(document(extra={"detraction_code": "037"})).due is None
