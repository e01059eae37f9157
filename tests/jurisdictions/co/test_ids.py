"""Check digits, identifiers and file names: the vectors of colombia.md 4 and 6."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha384

import pytest

from acuse.domain.numbering import Number
from acuse.domain.party import Environment
from acuse.jurisdictions.co import ids

KEY = "fc8eac422eba16e22ffd8c6f94b3f40a6e38162c"
OLD_KEY = "693ff6f2a553c3646a063436fd4dd9ded0311471"
TEST, PRODUCTION = Environment.TEST, Environment.PRODUCTION


def amounts(line: str, iva: str, inc: str, ica: str, payable: str) -> ids.Amounts:
    return ids.Amounts(*map(Decimal, (line, iva, inc, ica, payable)))


@pytest.mark.parametrize(
    ("nit", "digit"),
    [
        ("800197268", "4"),
        ("999888777", "1"),
        ("999000111", "4"),
        ("0", "0"),  # sum 0
        ("4", "1"),  # 12, rest 1
        ("1", "8"),  # 3, rest 3
    ],
)
def test_the_check_digit_of_a_nit(nit: str, digit: str) -> None:
    assert ids.check_digit(nit) == digit


@pytest.mark.parametrize("other", ["", "CD445566", "٣٣٣", "9" * 16, "900-1"])
def test_what_is_no_nit_has_no_check_digit(other: str) -> None:
    assert ids.check_digit(other) == ""


# number, date, time, amounts, issuer, acquirer, key, environment, CUFE
INVOICES = {
    "1": (
        "323200000129",
        "2019-01-16",
        "10:53:10-05:00",
        amounts("1500000", "285000", "0", "0", "1785000"),
        "700085371",
        "800199436",
        OLD_KEY,
        PRODUCTION,
        "8bb918b19ba22a694f1da11c643b5e9de39adf60311cf179179e9b33381030bcd4c3c3f156c506ed5908f9276f5bd9b4",
    ),
    "2": (
        "SETP990000002",
        "2019-06-20",
        "09:15:23-05:00",
        amounts("12600.06", "2424.01", "0", "0", "14024.07"),
        "900508908",
        "900108281",
        KEY,
        TEST,
        "941cf36af62dbbc06f105d2a80e9bfe683a90e84960eae4d351cc3afbe8f848c26c39bac4fbc80fa254824c6369ea694",
    ),
    "3": (
        "SETP990000123",
        "2026-11-25",
        "10:30:00-05:00",
        amounts("100000", "19000", "0", "0", "119000"),
        "999888777",
        "999000111",
        KEY,
        TEST,
        "105f4c2e68866d1d77e064b9dbea9d70bba1cd0bec34ed915f57bd1759c6cdcd157db77912b8857457e5b24b7ee7d355",
    ),
    "6": (
        "SETP990000130",
        "2026-11-25",
        "10:35:00-05:00",
        amounts("1000", "190", "80", "0", "1270"),
        "999888777",
        "222222222222",
        KEY,
        TEST,
        "f6ca1cc16fc01340ea1f7d57cdb57ba5b3af0c50c2a01a284d8f70a7e137101604a2d20c9a83ec3f543441cc688e23cc",
    ),
}
# number, date, time, amounts, issuer, acquirer, PIN, environment, CUDE
NOTES = {
    "4": (
        "8110007871",
        "2019-01-12",
        "07:00:00-05:00",
        amounts("5000", "950", "0", "0", "5950"),
        "900373076",
        "8355990",
        "12301",
        PRODUCTION,
        "907e4444decc9e59c160a2fb3b6659b33dc5b632a5008922b9a62f83f757b1c448e47f5867f2b50dbdb96f48c7681168",
    ),
    "5": (
        "ND1001",
        "2019-01-18",
        "10:58:00-05:00",
        amounts("30000", "0", "2400", "0", "32400"),
        "900197264",
        "10254102",
        "10201",
        TEST,
        "3fa73a86d57d9341c536afde1f85c4efd9d4591c2c22bce4dfb0e6b0d2e83b8f047a8bde7098292e9d2493e60d1c31da",
    ),
}


@pytest.mark.parametrize("name", INVOICES)
def test_the_cufe_of_a_vector(name: str) -> None:
    number, date, time, sums, issuer, acquirer, key, environment, expected = INVOICES[name]
    found = ids.cufe(
        number=number,
        date=date,
        time=time,
        amounts=sums,
        issuer=issuer,
        acquirer=acquirer,
        technical_key=key,
        environment=environment,
    )
    assert found == expected


@pytest.mark.parametrize("name", NOTES)
def test_the_cude_of_a_vector(name: str) -> None:
    number, date, time, sums, issuer, acquirer, pin, environment, expected = NOTES[name]
    found = ids.cude(
        number=number,
        date=date,
        time=time,
        amounts=sums,
        issuer=issuer,
        acquirer=acquirer,
        pin=pin,
        environment=environment,
    )
    assert found == expected


def test_the_cuds_of_vector_7_has_one_tax_and_the_seller_first() -> None:
    found = ids.cuds(
        number="DS984000010",
        date="2026-11-25",
        time="12:00:00-05:00",
        amounts=amounts("100000", "0", "0", "0", "100000"),
        seller="1020304050",
        buyer="999888777",
        pin="75315",
        environment=TEST,
    )
    assert found == (
        "c933a86d839c7cb924970a5fab77cbe6959a0b6b48a1f5f89e289a85c5ded7c6"
        "4c1d8a7d3f75c859aec19cd1883980ea"
    )


def test_the_cude_of_event_vector_8() -> None:
    found = ids.event_cude(
        number="AR1",
        date="2026-11-26",
        time="09:00:00-05:00",
        sender="999000111",
        receiver="999888777",
        code="030",
        reference="SETP990000123",
        reference_type="01",
        pin="75315",
    )
    assert found == (
        "d6d8df192ec0336ba6f49f83daa8df1f8e2ac80f2e04e603321df29afb12f9f3"
        "9ed035ff876dd28ab4d520c102ac0ae2"
    )


def test_the_security_code_of_vector_9() -> None:
    found = ids.software_security_code(
        "56f2ae4e-9812-4fad-9255-08fcfcd5ccb0", "75315", "SETP990000123"
    )
    assert found == (
        "8f43f2fe64c27dddb180ab2f7e7f6bfd0b8756ee59580aa915da7757695c44f5"
        "5432a47ac2200e3d1ef6d320123cff89"
    )


def test_identifiers_truncate_and_never_lose_a_zero() -> None:
    assert [ids.truncated(Decimal(a)) for a in ("1000", "0.1", "2.999", "0", "1E+3")] == [
        "1000.00",
        "0.10",
        "2.99",
        "0.00",
        "1000.00",
    ]


def test_one_moment_gives_bogotas_day_and_hour() -> None:
    last = datetime(2026, 11, 26, 4, 59, 59, 900_000, tzinfo=UTC)
    assert (ids.day(last), ids.hour(last)) == ("2026-11-25", "23:59:59-05:00")
    first = datetime(2026, 11, 26, 5, 0, tzinfo=UTC)
    assert (ids.day(first), ids.hour(first)) == ("2026-11-26", "00:00:00-05:00")


def test_the_number_is_prefix_and_value_without_a_mark() -> None:
    assert ids.number_text(Number("SETP", 990000123)) == "SETP990000123"
    assert ids.number_text(Number("", 7)) == "7"


def test_the_look_up_address_and_the_environment_go_together() -> None:
    hab = "https://catalogo-vpfe-hab.dian.gov.co/document/searchqr?documentkey=abc"
    assert ids.qr_url("abc", Environment.SANDBOX) == ids.qr_url("abc", TEST) == hab
    assert ids.qr_url("abc", PRODUCTION) == hab.replace("-hab", "")
    assert [ids.environment_code(one) for one in Environment] == ["2", "2", "1"]


@pytest.mark.parametrize(
    ("kind", "nit", "year", "consecutive", "stem"),
    [
        ("fv", "800197268", 2019, 0x11, "fv08001972680001900000011"),
        ("nas", "1020304050", 2026, 0xFFFFFFFF, "nas102030405000026ffffffff"),
        ("ad", "1", 2100, 255, "ad000000000100000000000ff"),
    ],
)
def test_a_file_name_has_a_fixed_length(
    kind: str, nit: str, year: int, consecutive: int, stem: str
) -> None:
    assert ids.file_stem(kind, nit, year, consecutive) == stem
    assert len(stem) == len(kind) + 23


@pytest.mark.parametrize(("nit", "consecutive"), [("8" * 11, 1), ("8", 0), ("8", 2**32)])
def test_what_has_no_room_in_a_file_name_is_refused(nit: str, consecutive: int) -> None:
    with pytest.raises(ValueError, match="no file name"):
        ids.file_stem("fv", nit, 2026, consecutive)


def test_the_hash_is_over_the_plain_text_of_the_vector() -> None:
    """Vector 3, recomputed here from its string: our function adds nothing to it."""
    text = (
        "SETP9900001232026-11-2510:30:00-05:00100000.000119000.00040.00030.00119000.00"
        f"999888777999000111{KEY}2"
    )
    assert sha384(text.encode()).hexdigest() == INVOICES["3"][-1]
