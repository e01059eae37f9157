"""What people type into a field of addresses, and what becomes of it. Rows: mail.md 1."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.email import Decision, read_addresses

OK, FIX, SPLIT, WARN, ASK, NO = Decision

ACCEPTED = [
    ("A1", "Rosa@Taller.COM.PE", OK, "Rosa@taller.com.pe"),
    ("A2", " rosa@t.pe", FIX, "rosa@t.pe"),
    ("A2", "rosa@t.pe\u00a0\t\r\n", FIX, "rosa@t.pe"),
    ("A2", "\u200brosa@t.pe\ufeff", FIX, "rosa@t.pe"),
    ("A3", "rosa@t.pe.", FIX, "rosa@t.pe"),
    ("A3", "rosa@t.pe,", FIX, "rosa@t.pe"),
    ("A3", "rosa@t.pe;", FIX, "rosa@t.pe"),
    ("A3", "rosa@t.pe/", FIX, "rosa@t.pe"),
    ("A4", "mailto:rosa@t.pe?subject=Factura", FIX, "rosa@t.pe"),
    ("A4", "<rosa@t.pe>", FIX, "rosa@t.pe"),
    ("A4", "Rosa Núñez <rosa@t.pe>", FIX, "rosa@t.pe"),
    ("A4", '"Núñez, Rosa" <rosa@t.pe>', FIX, "rosa@t.pe"),
    ("A10", "rosa+facturas@t.pe", OK, "rosa+facturas@t.pe"),
    ("A10", "d'alessio@t.pe", OK, "d'alessio@t.pe"),
    ("A10", "--help@t.pe", OK, "--help@t.pe"),
    ("A10", "a=b!#$&*%x@t.pe", OK, "a=b!#$&*%x@t.pe"),
    ("A12", "rosa@muñoz.pe", FIX, "rosa@xn--muoz-hqa.pe"),
    ("A12", "rosa@xn--muoz-hqa.pe", OK, "rosa@xn--muoz-hqa.pe"),
    ("A12", "rosa@t．pe", FIX, "rosa@t.pe"),
    ("A13", "josé@t.pe", WARN, "josé@t.pe"),
    ("A21", "postmaster@t.pe", WARN, "postmaster@t.pe"),
    ("A21", "no-reply@t.pe", WARN, "no-reply@t.pe"),
    ("A22", "rosa@mailinator.com", WARN, "rosa@mailinator.com"),
    ("A26", "Rosa@t.pe, rosa@T.pe", FIX, "Rosa@t.pe"),
]


@pytest.mark.parametrize(("row", "raw", "decision", "address"), ACCEPTED)
def test_a_usable_address_is_kept_clean(
    row: str, raw: str, decision: Decision, address: str
) -> None:
    read = read_addresses(raw)
    assert (read.decision, read.accepted) == (decision, (address,)), row
    assert bool(read.warnings) == (decision is WARN)


@pytest.mark.parametrize(
    "raw",
    [
        "a@t.pe;b@t.pe",
        "a@t.pe, b@t.pe",
        "a@t.pe / b@t.pe",
        "a@t.pe/b@t.pe",
        "a@t.pe y b@t.pe",
        "a@t.pe o b@t.pe",
        "a@t.pe and b@t.pe",
        "a@t.pe b@t.pe",
        "a@t.pe|b@t.pe",
        "a@t.pe\tb@t.pe",
        "a@t.pe\r\nb@t.pe\r\n",
        "a@t.pe;;b@t.pe;",
        "Ana <a@t.pe> Beto <b@t.pe>",
        "Equipo: a@t.pe, b@t.pe;",
    ],
)
def test_several_addresses_become_several_recipients(raw: str) -> None:
    read = read_addresses(raw)
    assert (read.decision, read.accepted) == (SPLIT, ("a@t.pe", "b@t.pe"))


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("rosa @t.pe", "rosa@t.pe"),
        ("rosa@ t.pe", "rosa@t.pe"),
        ("rosa@t .pe", "rosa@t.pe"),
        ("rosa@@t.pe", "rosa@t.pe"),
        ("rosa(at)t.pe", "rosa@t.pe"),
        ("rosa[arroba]t.pe", "rosa@t.pe"),
        ("rosa arroba t punto pe", "rosa@t.pe"),
        ("rosaarrobat.pe", "rosa@t.pe"),
        ("rosa@t,com", "rosa@t.com"),
        ("rosa@taller.comm", "rosa@taller.com"),
        ("rosa@taller.con", "rosa@taller.com"),
        ("rosa@taller.c", "rosa@taller.com"),
        ("rosa@taller.com.com", "rosa@taller.com"),
        ("Rosa rosa@t.pe", "rosa@t.pe"),
        ("ｒｏｓａ@t.pe", "rosa@t.pe"),
    ],
)
def test_a_slip_is_asked_about_with_what_was_meant(raw: str, meant: str) -> None:
    read = read_addresses(raw)
    assert (read.decision, read.accepted) == (ASK, ())
    assert [one.meant for one in read.suggestions] == [meant]
    assert meant in read.suggestions[0].question


GMAIL = "gmial.com gamil.com gmai.com gmal.com gmail.co gmail.con gmail.cm gmail.om gnail.com"
GMAIL += " gmaill.com g.mail.com gmailcom gmail.com.com www.gmail.com gmail.com.co gmail"
HOTMAIL = "hotmial.com hotmil.com hotmal.com hormail.com hotmail.con hotmai.com homail.com"
HOTMAIL += " hotnail.com hotmail.com.co"
SLIPS = [
    *((slip, "gmail.com") for slip in GMAIL.split()),
    *((slip, "hotmail.com") for slip in HOTMAIL.split()),
    *((slip, "outlook.com") for slip in "outlok.com outllok.com otlook.com".split()),
    *((slip, "yahoo.com") for slip in "yaho.com yahho.com yahooo.com".split()),
    *((slip, "icloud.com") for slip in "iclud.com icoud.com".split()),
]


@pytest.mark.parametrize(("slip", "meant"), SLIPS)
def test_a_mistyped_provider_is_asked_about_and_never_corrected(slip: str, meant: str) -> None:
    read = read_addresses(f"rosa@{slip}")
    assert (read.decision, read.accepted) == (ASK, ())
    assert read.suggestions[0].meant == f"rosa@{meant}"


@pytest.mark.parametrize(
    "domain",
    "gmail.com yahoo.com.pe outlook.es une.net.co racsa.co.cr ice.co.cr mail.com ymail.com "
    "taller.gob.pe colegio.edu.pe banco.fi.cr uni.ac.cr tienda.lat msn.com live.com".split(),
)
def test_a_good_domain_raises_no_question(domain: str) -> None:
    assert read_addresses(f"rosa@{domain}").decision is OK


@pytest.mark.parametrize(
    "raw",
    "na@na.pe noaplica@noaplica.com no@tiene.com sincorreo@sincorreo.com notiene@gmail.com "
    "xxx@xxx.com 123@123.com correo@correo.com cliente@mail.com rosa@t\u0430ller.pe".split(),
)
def test_a_filler_is_asked_about_and_kept_if_a_person_insists(raw: str) -> None:
    read = read_addresses(raw)
    assert (read.decision, read.accepted) == (ASK, ())
    assert read_addresses(raw, insisted=True).accepted == (read.suggestions[0].kept,)


def test_the_companys_own_address_is_asked_about() -> None:
    assert read_addresses("caja@t.pe").decision is OK
    assert read_addresses("Caja@t.pe", own={"caja@T.pe"}).decision is ASK


REFUSED = [
    "=?a?=@t.pe",
    "rosa..n@t.pe",
    ".rosa@t.pe",
    "rosa.@t.pe",
    '"rosa núñez"@t.pe',
    '"a@b"@t.pe',
    '"<script>"@t.pe',
    "ro\u200bsa@t.pe",
    "rosa\u202e@t.pe",
    "ro\0sa@t.pe",
    "rosa@t.pe\r\nBcc: otro@t.pe",
    "rosa@t.pe%0d%0aBcc:otro",
    "rosa@[192.0.2.1]",
    "rosa@[IPv6:2001:db8::1]",
    "rosa@192.0.2.1",
    "rosa@localhost",
    "rosa@t",
    "rosa@t.invalid",
    "rosa@t.test",
    "rosa@t.local",
    "rosa@t.example",
    "rosa@example.com",
    "rosa@t.123",
    "mailer-daemon@t.pe",
    "rosa(x)@t.pe",
    "rosa@(x)t.pe",
    "<@a,@b:c@d>",
    "rosa@-t.pe",
    "rosa@t_x.pe",
    "@t.pe",
    "987654321",
    "https://t.pe",
    "Undisclosed recipients:;",
]


@pytest.mark.parametrize("raw", REFUSED)
def test_what_is_no_address_is_refused_with_a_reason(raw: str) -> None:
    read = read_addresses(raw)
    assert (read.decision, read.accepted) == (NO, ())
    assert read.rejected
    assert all(one.reason and one.written.isprintable() for one in read.rejected)


@pytest.mark.parametrize("raw", ["", "  ", "-", ".", "N/A", "ninguno", "No tiene", "sin correo"])
def test_words_for_nothing_mean_no_email(raw: str) -> None:
    read = read_addresses(raw)
    assert (read.decision, read.accepted, read.rejected, read.suggestions) == (OK, (), (), ())


@pytest.mark.parametrize("raw", ["rosa@t.example", "cliente@cliente.example", "a@example.com"])
def test_a_rehearsal_takes_the_reserved_example_domains(raw: str) -> None:
    assert read_addresses(raw, rehearsal=True).accepted == (raw,)
    assert read_addresses(raw).accepted == ()


@pytest.mark.parametrize(
    ("longest", "one_more"),
    [
        ("l" * 64 + "@t.pe", "l" * 65 + "@t.pe"),
        ("ñ" * 32 + "@t.pe", "ñ" * 33 + "@t.pe"),
        ("r@" + "d" * 63 + ".pe", "r@" + "d" * 64 + ".pe"),
        ("l" * 64 + "@" + "d." * 92 + "dd.pe", "l" * 64 + "@" + "d." * 93 + "dd.pe"),
    ],
)
def test_lengths_are_those_of_the_standard(longest: str, one_more: str) -> None:
    assert read_addresses(longest).accepted
    assert not read_addresses(one_more).accepted


def test_one_bad_part_does_not_lose_the_others_and_is_shown_with_its_place() -> None:
    raw = "a@t.pe; pepe; b@gmial.com; c@t.pe"
    read = read_addresses(raw)
    assert read.accepted == ("a@t.pe", "c@t.pe")
    assert [raw[one.offset :][:6].strip("; ") for one in read.rejected] == ["pepe"]
    assert [one.meant for one in read.suggestions] == ["b@gmail.com"]
    assert read.decision is NO


def test_ten_addresses_fit_and_the_eleventh_is_shown() -> None:
    ten = [f"a{n}@t.pe" for n in range(10)]
    assert read_addresses(";".join(ten)).accepted == tuple(ten)
    read = read_addresses(";".join([*ten, "a0@t.pe", "once@t.pe"]))
    assert read.accepted == tuple(ten)
    assert [one.written for one in read.rejected] == ["once@t.pe"]


_LOCAL = st.from_regex(r"[a-z][a-z0-9]{1,8}(\.[a-z0-9]{1,8})?", fullmatch=True)
_VALID = st.builds("{}@{}.com.pe".format, _LOCAL, st.from_regex(r"[a-z]{6,12}", fullmatch=True))
_SEPARATORS = st.sampled_from(
    [";", ",", "\n", "\t", "|", " / ", " y ", " e ", " o ", " and ", " ", "; ", ", ", "\r\n"]
)


@given(st.lists(_VALID, min_size=1, max_size=10, unique=True), _SEPARATORS)
def test_what_is_joined_is_split_again_in_order(addresses: list[str], separator: str) -> None:
    read = read_addresses(separator.join(addresses), insisted=True)
    assert read.accepted == tuple(addresses)
    assert not read.rejected


@given(st.text(st.sampled_from('ab@.,; <>"()\n\0\u200bñy/+-'), max_size=80))
def test_no_accepted_address_can_break_a_header(raw: str) -> None:
    read = read_addresses(raw, insisted=True)
    for address in read.accepted:
        assert not set(address) & set(',;<>"() \n\0\u200b')
        assert address.count("@") == 1
        assert read_addresses(address, insisted=True).accepted == (address,)
    folded = [address.casefold() for address in read.accepted]
    assert len(set(folded)) == len(folded)


@given(st.text(max_size=200))
def test_any_text_is_answered(raw: str) -> None:
    read = read_addresses(raw)
    assert (read.decision is NO) == bool(read.rejected)


@pytest.mark.parametrize(
    "raw",
    [
        "a" * 1_000_000,
        "a@t.pe;" * 10_000,
        "<" * 4000,
        '"' * 4095,
        "a@" * 2000,
        "\n" * 4000,
        " " * 4000 + "@",
        "a." * 2000,
        "(arroba" * 580,
        "\u0301" * 4000,
        "ñ" * 2000 + "@" + "ñ." * 1000,
    ],
    ids=lambda raw: repr(raw[:7]),
)
def test_hostile_fields_are_answered_at_once(raw: str) -> None:
    started = time.process_time()
    assert read_addresses(raw).accepted == ()
    assert time.process_time() - started < 5
