"""Consecutivo and clave by the vectors of costa-rica.md 2."""

from __future__ import annotations

from datetime import datetime

import pytest

from acuse.domain.numbering import Number
from acuse.domain.party import TaxId
from acuse.jurisdictions.cr import ids

VECTORS = (  # moment, issuer, consecutivo, situation, security code, clave
    (
        "2026-11-25T10:30:00-06:00",
        "3101999888",
        "00100001010000000001",
        "1",
        "12345678",
        "50625112600310199988800100001010000000001112345678",
    ),
    (
        "2026-01-01T00:10:00-06:00",
        "199990888",
        "00200003040000000157",
        "3",
        "00000042",
        "50601012600019999088800200003040000000157300000042",
    ),
    (
        "2026-11-30T12:00:00-06:00",
        "155812345678",
        "00100001030000001000",
        "2",
        "99999999",
        "50630112615581234567800100001030000001000299999999",
    ),
    (
        "2026-12-01T05:59:59+00:00",
        "3101999888",
        "00100001010000000002",
        "1",
        "00000001",
        "50630112600310199988800100001010000000002100000001",
    ),
    (
        "2028-02-29T08:00:00-06:00",
        "3007999111",
        "99999999109999999999",
        "1",
        "87654321",
        "50629022800300799911199999999109999999999187654321",
    ),
    (
        "2026-11-25T10:30:00-06:00",
        "3101999888",
        "00100001100000000001",
        "1",
        "00000007",
        "50625112600310199988800100001100000000001100000007",
    ),
)


@pytest.mark.parametrize(("moment", "tax_id", "consecutive", "situation", "code", "clave"), VECTORS)
def test_the_clave_is_the_published_one(
    moment: str, tax_id: str, consecutive: str, situation: str, code: str, clave: str
) -> None:
    built = ids.clave(
        at=datetime.fromisoformat(moment),
        tax_id=tax_id,
        consecutive=consecutive,
        security_code=code,
        situation=situation,
    )
    assert built == clave
    assert len(built) == 50


def test_the_clave_takes_the_identity_as_people_write_it() -> None:
    assert "003101999888" in ids.clave(
        at=datetime.fromisoformat(VECTORS[0][0]),
        tax_id="3-101-999888",
        consecutive="00100001010000000001",
        security_code="12345678",
    )


@pytest.mark.parametrize(
    ("series", "value", "code", "consecutive"),
    [
        ("00100001", 1, "01", "00100001010000000001"),
        ("00200003", 157, "04", "00200003040000000157"),
        ("99999999", 9_999_999_999, "10", "99999999109999999999"),
    ],
)
def test_the_consecutivo_is_branch_terminal_kind_and_number(
    series: str, value: int, code: str, consecutive: str
) -> None:
    assert ids.consecutivo(Number(series, value), code) == consecutive


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("CF", "199990888", "099990888"),
        ("CF", "1-9999-0888", "1-9999-088"),
        ("CJ", "3101999888", "310199988"),
        ("CJ", "3-101-A00001", "3-101-A0000"),
        ("DIMEX", "155812345678", "1558123456"),
        ("DIMEX", "15581234567", "1558123456789"),
        ("NITE", "1200999888", "120099988"),
        ("EXT", "P-1234/56", "P-1234567890123456789"),
        ("NC", "X", ""),
        ("CF", "199990888", "١٩٩٩٩٠٨٨٨"),
        ("NC", "A B", "A\x07B"),
    ],
)
def test_an_identity_has_the_form_of_its_kind(kind: str, good: str, bad: str) -> None:
    assert ids.fits(TaxId(kind, good))
    assert not ids.fits(TaxId(kind, bad))


def test_a_foreign_number_keeps_its_marks() -> None:
    assert ids.written(TaxId("EXT", "p-1234/56")) == "p-1234/56"
    assert ids.written(TaxId("CJ", "3-101-999888")) == "3101999888"


@pytest.mark.parametrize("series", ["00000001", "00100000", "0010001", "001000011", "0010000a", ""])
def test_a_series_is_three_and_five_digits_neither_of_them_zero(series: str) -> None:
    assert ids.is_series("00100001")
    assert not ids.is_series(series)
