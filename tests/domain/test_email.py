"""What people type into a field of addresses, and what becomes of it. Rows: mail.md 1."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.email import Decision, read_addresses
from tests.domain.cases_addresses import (
    ACCEPTED,
    ASKED,
    DOTTED,
    FILLERS,
    HOSTILE,
    LENGTHS,
    NO_MAIL,
    NOTHING,
    REFUSED,
    SEVERAL,
    SLIPS,
)

OK, _FIX, SPLIT, WARN, ASK, NO = Decision


@pytest.mark.parametrize(("row", "raw", "decision", "address"), ACCEPTED)
def test_a_usable_address_is_kept_clean(
    row: str, raw: str, decision: Decision, address: str
) -> None:
    read = read_addresses(raw)
    assert (read.decision, read.accepted) == (decision, (address,)), row
    assert bool(read.warnings) == (decision is WARN)


@pytest.mark.parametrize("raw", SEVERAL)
def test_several_addresses_become_several_recipients(raw: str) -> None:
    read = read_addresses(raw)
    assert (read.decision, read.accepted) == (SPLIT, ("a@t.pe", "b@t.pe"))


@pytest.mark.parametrize(("raw", "meant"), ASKED)
def test_a_slip_is_asked_about_with_what_was_meant(raw: str, meant: str) -> None:
    read = read_addresses(raw)
    assert (read.decision, read.accepted) == (ASK, ())
    assert [one.meant for one in read.suggestions] == [meant]
    assert meant in read.suggestions[0].question


@pytest.mark.parametrize(("slip", "meant"), SLIPS)
def test_a_mistyped_provider_is_asked_about_and_never_corrected(slip: str, meant: str) -> None:
    read = read_addresses(f"rosa@{slip}")
    assert (read.decision, read.accepted) == (ASK, ())
    assert read.suggestions[0].meant == f"rosa@{meant}"


@pytest.mark.parametrize(
    "domain",
    "gmail.com yahoo.com.pe outlook.es une.net.co racsa.co.cr ice.co.cr mail.com ymail.com "
    "taller.gob.pe colegio.edu.pe banco.fi.cr uni.ac.cr tienda.lat msn.com live.com etb.net.co "
    "love.com nice.co.cr tune.net.co con.co correo.taller.co taller.nom.pe correo.bn.cr "
    "taller.go.cr taller.com.co".split(),
)
def test_a_good_domain_raises_no_question(domain: str) -> None:
    assert read_addresses(f"rosa@{domain}").decision is OK


@pytest.mark.parametrize("raw", FILLERS)
def test_a_filler_is_asked_about_and_kept_if_a_person_insists(raw: str) -> None:
    read = read_addresses(raw)
    assert (read.decision, read.accepted) == (ASK, ())
    assert read_addresses(raw, insisted=True).accepted == (read.suggestions[0].kept,)


def test_the_companys_own_address_is_asked_about() -> None:
    assert read_addresses("caja@t.pe").decision is OK
    assert read_addresses("Caja@t.pe", own={"caja@T.pe"}).decision is ASK


def test_an_address_that_many_contacts_have_is_asked_about_in_any_capitals() -> None:
    read = read_addresses("todos@t.pe", shared={"Todos@T.pe"})
    assert (read.decision, read.accepted) == (ASK, ())
    assert read_addresses("todos@t.pe", shared={"otros@t.pe"}).decision is OK


@pytest.mark.parametrize("raw", REFUSED)
def test_what_is_no_address_is_refused_with_a_reason(raw: str) -> None:
    read = read_addresses(raw)
    assert (read.decision, read.accepted) == (NO, ())
    assert read.rejected
    assert all(one.reason and one.written.isprintable() for one in read.rejected)


@pytest.mark.parametrize("raw", NOTHING)
def test_words_for_nothing_mean_no_email(raw: str) -> None:
    read = read_addresses(raw)
    assert (read.decision, read.accepted, read.rejected, read.suggestions) == (OK, (), (), ())


@pytest.mark.parametrize("raw", NO_MAIL)
def test_a_number_or_a_link_is_no_address_and_whoever_types_it_is_told(raw: str) -> None:
    read = read_addresses(raw)
    assert (read.decision, read.accepted) == (NO, ())
    assert [one.reason for one in read.rejected] == ["es un número o un enlace, no un correo"]
    assert read_addresses(raw, imported=True).decision is OK


def test_an_at_sign_in_letters_is_asked_about_also_where_the_rest_looks_like_a_link() -> None:
    for imported in (False, True):
        read = read_addresses("www.rosaarrobataller.pe", imported=imported)
        assert read.decision is ASK
        assert read.suggestions[0].meant == "www.rosa@taller.pe"


@pytest.mark.parametrize("raw", ["rosa@t.example", "cliente@cliente.example", "a@example.com"])
def test_a_rehearsal_takes_the_reserved_example_domains(raw: str) -> None:
    assert read_addresses(raw, rehearsal=True).accepted == (raw,)
    assert read_addresses(raw).accepted == ()


@pytest.mark.parametrize(("longest", "one_more"), LENGTHS)
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


def test_a_mark_of_separation_is_no_part_of_the_address_after_it() -> None:
    raw = "a@t.pe /b@gmial.com"
    (doubt,) = read_addresses(raw).suggestions
    assert (doubt.written, raw[doubt.offset :]) == ("b@gmial.com", "b@gmial.com")


def test_an_address_as_a_name_is_told_with_the_other_and_kept_if_a_person_insists() -> None:
    raw = '"a@t.pe" <b@t.pe>'
    (doubt,) = read_addresses(raw).suggestions
    assert doubt.written == raw
    assert "a@t.pe" in doubt.question
    assert read_addresses(raw, insisted=True).accepted == ("b@t.pe",)


def test_a_homograph_is_shown_as_it_goes_over_the_wire() -> None:
    for raw in ("rosa@t\u0430ller.pe", "rosa@xn--e1afmkfd.co"):
        (doubt,) = read_addresses(raw).suggestions
        assert "rosa@xn--" in doubt.question


def test_a_number_beside_an_address_is_shown_not_dropped() -> None:
    read = read_addresses("a@t.pe; 987654321")
    assert read.accepted == ("a@t.pe",)
    assert [one.written for one in read.rejected] == ["987654321"]


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


@pytest.mark.parametrize("raw", HOSTILE, ids=lambda raw: repr(raw[:7]))
def test_hostile_fields_are_answered_at_once(raw: str) -> None:
    started = time.process_time()
    assert read_addresses(raw).accepted == ()
    assert time.process_time() - started < 5


@pytest.mark.parametrize("raw", DOTTED)
def test_what_only_another_program_let_in_is_kept_with_a_warning_where_it_is_imported(
    raw: str,
) -> None:
    read = read_addresses(raw, imported=True)
    assert (read.decision, read.accepted) == (WARN, (raw,))
    assert read_addresses(raw).decision is NO
    assert read_addresses("..@t.pe", imported=True).accepted == ()
    assert read_addresses("rosa..@t.invalid", imported=True).accepted == ()


def test_one_address_is_confirmed_and_no_other() -> None:
    raw = "na@na.pe; rosa@gmial.com; rosa@@t.pe"
    read = read_addresses(raw, confirmed={"NA@na.pe", "rosa@@t.pe", ""})
    assert read.accepted == ("na@na.pe",)
    assert [one.written for one in read.suggestions] == ["rosa@gmial.com", "rosa@@t.pe"]
