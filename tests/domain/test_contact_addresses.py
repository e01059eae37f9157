"""The addresses of a table of contacts: those of the form's own tests (mail.md 1, A1 to A27)."""

from __future__ import annotations

import time

import pytest

from acuse import jurisdictions
from acuse.domain.contact_columns import Layout, Table
from acuse.domain.contact_file import read
from acuse.domain.email import Decision
from acuse.domain.intake import read_client, write_client
from acuse.domain.party import Customer
from tests.domain import cases_addresses as addresses
from tests.domain.contacts import NUMBER, cells, country, one, rows


def mailed(raw: str) -> tuple[tuple[str, ...], set[Decision]]:
    """The addresses that are kept of a cell, and how the others are spoken of."""
    row = cells(emails=raw)
    assert row.customer is not None, row.problems
    return row.customer.emails, {note.decision for note in row.notes}


@pytest.mark.parametrize(("row", "raw", "decision", "address"), addresses.ACCEPTED)
def test_a_usable_address_is_kept_clean(
    row: str, raw: str, decision: Decision, address: str
) -> None:
    kept, said = mailed(raw)
    assert kept == (address,), row
    assert (Decision.WARN in said) == (decision is Decision.WARN)
    assert said <= {Decision.FIX, Decision.WARN}


@pytest.mark.parametrize("raw", addresses.SEVERAL)
def test_several_are_split(raw: str) -> None:
    assert mailed(raw)[0] == ("a@t.pe", "b@t.pe")


@pytest.mark.parametrize(("raw", "meant"), addresses.ASKED)
def test_a_slip_is_left_out_and_what_was_meant_is_said(raw: str, meant: str) -> None:
    kept, said = mailed(raw)
    assert (kept, said) == ((), {Decision.ASK})
    assert meant in cells(emails=raw).notes[0].text


@pytest.mark.parametrize(("slip", "meant"), addresses.SLIPS)
def test_a_mistyped_provider_is_never_corrected_in_silence(slip: str, meant: str) -> None:
    row = cells(emails=f"rosa@{slip}")
    assert row.customer
    assert row.customer.emails == ()
    assert f"rosa@{meant}" in row.notes[0].text


@pytest.mark.parametrize("raw", [*addresses.FILLERS, "Caja@t.pe"])
def test_a_filler_is_left_out_unless_a_person_takes_it_as_it_is(raw: str) -> None:
    row = cells(emails=f"rosa@t.pe; {raw}")
    assert row.customer
    assert row.customer.emails == ("rosa@t.pe",)
    (note,) = (one for one in row.notes if one.decision is Decision.ASK)
    assert note.address
    told = Table(("n", "r", "c"), ((2, (NUMBER, "Taller", f"rosa@t.pe; {raw}")),))
    layout = Layout(("number", "name", "emails"))
    (taken,) = read(told, layout, country(), taken={note.address.upper()})
    assert taken.customer
    assert taken.customer.emails == ("rosa@t.pe", note.address)


@pytest.mark.parametrize("raw", [one for one in addresses.REFUSED if one not in addresses.DOTTED])
def test_what_is_no_address_is_left_out_and_shown_and_the_contact_is_kept(raw: str) -> None:
    assert mailed(raw) == ((), {Decision.NO})


@pytest.mark.parametrize("raw", addresses.DOTTED)
def test_an_old_servers_address_is_kept_with_a_warning(raw: str) -> None:
    assert mailed(raw) == ((raw,), {Decision.WARN})


@pytest.mark.parametrize("raw", addresses.NOTHING + addresses.NO_MAIL)
def test_words_for_nothing_mean_no_email(raw: str) -> None:
    kept, said = mailed(raw)
    assert kept == ()
    assert said <= {Decision.FIX}  # nobody is asked to mend a telephone
    assert not cells(emails=raw).doubtful


def test_a_number_or_a_link_in_a_column_of_addresses_is_told_and_loses_no_address() -> None:
    row = one("PE", "RUC|Nombre|Correo|Correo 2", f"{NUMBER}|Taller|987 654 321|b@t.pe")
    assert row.customer
    assert row.customer.emails == ("b@t.pe",)
    assert [(note.decision, note.text) for note in row.notes] == [
        (Decision.FIX, "«987 654 321» es un número o un enlace, no un correo: no se toma.")
    ]
    row = one("PE", "RUC|Nombre|Correo|Correo 2", f"{NUMBER}|Taller|-|b@t.pe")
    assert row.notes == ()


@pytest.mark.parametrize(("longest", "one_more"), addresses.LENGTHS)
def test_lengths_are_those_of_the_standard(longest: str, one_more: str) -> None:
    assert mailed(longest)[0] == (longest,)
    assert mailed(one_more) == ((), {Decision.NO})


@pytest.mark.parametrize("raw", addresses.HOSTILE, ids=lambda raw: repr(raw[:7]))
def test_a_hostile_cell_is_answered_at_once(raw: str) -> None:
    started = time.process_time()
    kept, said = mailed(raw)
    assert kept == ()
    assert said <= {Decision.NO, Decision.ASK}
    assert time.process_time() - started < 5


def test_one_bad_address_does_not_lose_the_others_of_its_row() -> None:
    row = cells(emails="a@t.pe; pepe; b@gmial.com; c@t.pe")
    assert row.customer
    assert row.customer.emails == ("a@t.pe", "c@t.pe")
    assert [(note.decision, note.text.partition("»")[0]) for note in row.notes] == [
        (Decision.NO, "«pepe"),
        (Decision.ASK, "«b@gmial.com"),
    ]


def test_columns_of_addresses_are_joined_and_what_was_cleaned_is_told() -> None:
    row = one("PE", "RUC|Nombre|Correo|Correo 2", f"{NUMBER}|Taller|Rosa <rosa@t.pe>|B@t.pe")
    assert row.customer
    assert row.customer.emails == ("rosa@t.pe", "B@t.pe")
    (note,) = row.notes
    assert note.decision is Decision.FIX
    assert "queda: rosa@t.pe, B@t.pe" in note.text


def test_an_address_that_many_contacts_share_is_doubted() -> None:
    numbers = [f"{n:08d}" for n in range(10000001, 10000008)]
    lines = [f"{number}|Persona|todos@t.pe; {number}@t.pe" for number in numbers]
    for read_row in rows("PE", "DNI|Nombre|Correo", *lines[:5]):
        assert read_row.customer
        assert "todos@t.pe" in read_row.customer.emails
    for read_row in rows("PE", "DNI|Nombre|Correo", *lines):
        assert read_row.customer
        assert read_row.customer.emails == (f"{read_row.customer.tax_id.number}@t.pe",)
        assert [note.address for note in read_row.notes] == ["todos@t.pe"]
    for read_row in rows("PE", "DNI|Nombre|Correo", *lines, taken={"todos@t.pe"}):
        assert read_row.customer
        assert "todos@t.pe" in read_row.customer.emails


def test_contacts_that_there_are_count_among_those_that_share_an_address() -> None:
    numbers = [f"{n:08d}" for n in range(10000001, 10000008)]
    told = rows("PE", "DNI|Nombre|Correo", *(f"{one}|Persona|Todos@t.pe" for one in numbers[:3]))
    keys = [one.key for one in told if one.key]
    others = [f"DNI {n}" for n in range(3)]
    lines = [f"{number}|Persona|Todos@t.pe" for number in numbers[:3]]
    for held, doubted in (
        ({"todos@t.pe": others[:2]}, [True, True, True]),  # five in all
        ({"todos@t.pe": [*others[:2], *keys]}, [True, True, True]),  # the same five
        ({"todos@t.pe": others}, [False, False, False]),  # six
        ({"todos@t.pe": [*others, keys[0]]}, [True, False, False]),  # who has it keeps it
    ):
        found = rows("PE", "DNI|Nombre|Correo", *lines, held=held)
        assert [bool(one.customer and one.customer.emails) for one in found] == doubted
        notes = [note for one in found for note in one.notes]
        assert [note.address for note in notes] == ["Todos@t.pe"] * doubted.count(False)
        assert all("ya guardados" in note.text for note in notes)


def test_the_companys_own_address_is_asked_about_in_the_format_too() -> None:
    traits = jurisdictions.find("PE").traits
    raw = {
        "name": "Taller Ejemplo",
        "identificationObject": {"type": "RUC", "number": NUMBER},
        "email": "Caja@t.pe",
    }
    refused = read_client(raw, traits, own=("caja@t.pe",))
    assert isinstance(refused, tuple)
    assert [(one.field, one.code) for one in refused] == [("email", "XX-DOC-11")]
    assert "es de tu empresa" in refused[0].text
    for told in ({"emailConfirmed": True}, {"email": "rosa@t.pe"}):
        assert isinstance(read_client(raw | told, traits, own=("caja@t.pe",)), Customer)


@pytest.mark.parametrize("raw", addresses.DOTTED)
def test_what_was_imported_is_read_again_by_the_api_that_writes_it(raw: str) -> None:
    row = cells(emails=raw)
    assert row.customer
    again = read_client(write_client(row.customer), jurisdictions.find("PE").traits)
    assert isinstance(again, Customer)
    assert again.emails == (raw,)
