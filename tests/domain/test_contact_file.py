"""A table of contacts, read: every row is a contact with what was changed, or its problems."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acuse import jurisdictions
from acuse.domain.catalogue_file import Cell
from acuse.domain.contact_columns import Column, Layout, Table, choices, guess, layout_problems
from acuse.domain.contact_columns import table as table_of
from acuse.domain.contact_file import read
from acuse.domain.contact_plan import Counts, Fate, counted, merged, plan
from acuse.domain.party import Address, Customer, TaxId, Wish
from tests.domain.contacts import NUMBER, cells, country, one, rows
from tests.support import makers

# columns


def test_headings_of_other_programs_are_known() -> None:
    heading = (
        "Nombre/Razón social|Tipo de identificación|Número de identificación|DV|Correo electrónico"
        "|Ciudad / Municipio|Departamento|DIRECCIÓN|Teléfono 1|Celular|Tipo de persona|Notas"
    )
    layout = guess(heading.split("|"), jurisdictions.find("CO").traits)
    assert layout.columns == (
        "name",
        "kind",
        "number",
        "digit",
        "emails",
        "place",
        "region",
        "address",
        "phone",
        "",
        "extra-organization",
        "",
    )


def test_names_in_parts_are_joined() -> None:
    heading = "Documento|Tipo|Primer nombre|Segundo nombre|Primer apellido|Segundo apellido"
    row = one("CO", heading, "52123456|CC|Ana|María|Pérez|Ruiz")
    assert row.customer
    assert row.customer.name == "Ana María Pérez Ruiz"
    row = one("CO", "Documento|Tipo|Nombre|Apellidos", "52123456|CC|Ana|Pérez")
    assert row.customer
    assert row.customer.name == "Ana Pérez"


def test_a_title_above_the_headings_is_passed_over_and_lines_are_the_files_own() -> None:
    found = table_of([(1, ["Contactos"]), (2, []), (3, ["RUC", "Nombre"]), (7, [NUMBER, "Ana"])])
    assert found.headings == ("RUC", "Nombre")
    assert [line for line, _ in found.rows] == [7]


def test_the_heading_may_say_the_kind_of_all_that_tell_none() -> None:
    traits = jurisdictions.find("CR").traits
    assert guess(("Cédula jurídica", "Nombre"), traits).kind == "CJ"
    assert guess(("Identificación", "Nombre"), traits).kind == ""
    row = one("CR", "Cédula jurídica|Nombre", "3101999888|Uno S.A.")
    assert row.customer
    assert row.customer.tax_id.kind == "CJ"


@pytest.mark.parametrize(
    "layout",
    [
        Layout(("name", "emails")),
        Layout(("number", "emails")),
        Layout(("number", "name", "name")),
        Layout(("number", "name", "password")),
        Layout(("number", "name"), kind="XX"),
    ],
)
def test_a_layout_that_cannot_be_is_refused(layout: Layout) -> None:
    traits = jurisdictions.find("PE").traits
    found = Table(("a", "b"), ((2, ("x", "y")),))
    assert [one.code for one in layout_problems(layout, found, traits)] == ["XX-IMP-2"]
    assert list(layout_problems(Layout(("number", "name")), found, traits)) == []


def test_a_countrys_own_field_is_chosen_by_code_or_words() -> None:
    traits = jurisdictions.find("CO").traits
    spec = next(one for one in traits.fields if one.name == "organization")
    for code, words in spec.choices:
        for told in (code, words.upper()):
            row = one("CO", "NIT|Nombre|Tipo de persona", f"999888777|Alguien|{told}")
            assert row.customer
            assert row.customer.extra == {"organization": code}
    row = one("CO", "NIT|Nombre|Tipo de persona", "999888777|Alguien|marciana")
    assert [one.code for one in row.problems] == ["XX-IMP-6"]


@pytest.mark.parametrize(
    ("told", "wish"),
    [("Nunca", Wish.NEVER), ("no", Wish.NEVER), ("Sí", Wish.AS_COMPANY), ("", Wish.AS_COMPANY)],
)
def test_the_wish_is_read(told: str, wish: Wish) -> None:
    row = cells(wish=told)
    assert row.customer
    assert row.customer.wish is wish
    assert [one.code for one in cells(wish="a veces").problems] == ["XX-IMP-6"]


def test_an_identity_told_twice_is_the_first_ones() -> None:
    heading = "RUC|Nombre"
    same = rows("PE", heading, f"{NUMBER}|Ana", f"{NUMBER}|Ana")
    assert [one.fate for one in plan(same, {})] == [Fate.NEW, Fate.SAME]
    first, second = rows("PE", heading, f"{NUMBER}|Ana", f"{NUMBER}|Otra")
    assert first.customer
    assert [one.code for one in second.problems] == ["XX-IMP-7"]
    assert "línea 2" in second.problems[0].text


# beside the contacts there are


def test_only_what_the_row_says_changes() -> None:
    known = makers.customer(
        emails=("viejo@t.pe",),
        phone="999",
        wish=Wish.NEVER,
        address=Address("Calle 1", "040101", "Arequipa", "Arequipa", "Arequipa", "PE"),
    )
    kept = merged(known, cells(name="Nombre nuevo", emails="", phone=""))
    assert kept == makers.replaced(known, name="Nombre nuevo")
    assert merged(known, cells(name=known.name, emails="pepe")) == known
    changed = merged(known, cells(name=known.name, emails="nuevo@t.pe", address="Calle 2"))
    assert changed.emails == ("nuevo@t.pe",)
    assert changed.address == makers.replaced(known.address, line="Calle 2")
    moved = merged(known, cells(name=known.name, place="150101"))
    assert moved.address == Address("Calle 1", "150101", country="PE")


def test_fates_account_for_every_row() -> None:
    known = {makers.customer().tax_id.key: makers.customer()}
    name = makers.customer().name
    read_rows = rows(
        "PE",
        "RUC|Nombre|Correo",
        f"{NUMBER}|{name}|{makers.customer().emails[0]}",
        "20999888772|Nueva|a@t.pe",
        "20999888771|Mala|a@t.pe",
    )
    assert read_rows[0].customer
    planned = plan(read_rows, known)
    assert counted(planned) == Counts(new=1, changed=0, same=1, failed=1)


TEXT = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["", NUMBER, "a@t.pe", "NIT", "9.00E+8", "=cmd|x", "\0", "\ud800", "²"]),
    st.decimals(allow_nan=False, allow_infinity=False),
)


@settings(deadline=None)
@given(
    st.sampled_from(jurisdictions.CODES),
    st.lists(st.lists(TEXT, max_size=8), max_size=6),
    st.data(),
)
def test_any_cells_are_read_and_every_row_accounted_for(
    code: str, raw: list[list[Cell]], data: st.DataObject
) -> None:
    found = table_of(list(enumerate(raw, start=1)))
    traits = jurisdictions.find(code).traits
    keys = st.sampled_from([key for key, _ in choices(traits)])
    drawn = st.lists(keys, min_size=len(found.headings), max_size=len(found.headings))
    for layout in (guess(found.headings, traits), Layout(tuple(data.draw(drawn)))):
        read_rows = read(found, layout, country(code))
        assert len(read_rows) == len(found.rows)
        assert all((row.customer is None) == bool(row.problems) for row in read_rows)
        assert counted(plan(read_rows, {})).all == len(found.rows)
        known = {r.customer.tax_id.key: r.customer for r in read_rows[::-1] if r.customer}
        again = counted(plan(read_rows, known))
        assert (again.new, again.changed) == (0, 0)


def test_every_column_has_its_words() -> None:
    for code in jurisdictions.CODES:
        told = choices(jurisdictions.find(code).traits)
        assert {one.value for one in Column} <= {key for key, _ in told}
        assert all(words for _, words in told)
        assert len({words for _, words in told if words}) >= len(Column)


def test_thousands_of_rows_are_read_in_seconds() -> None:
    numbers = range(10_000_000, 10_002_000)
    many = [f"{n}|Persona {n}|p{n}@taller.pe; otra{n}@taller.pe" for n in numbers]
    started = time.process_time()
    read_rows = rows("PE", "DNI|Nombre|Correo", *many)
    assert sum(row.customer is not None for row in read_rows) == 2000
    assert time.process_time() - started < 5


def test_a_customer_is_made_of_all_columns() -> None:
    heading = "RUC|Razón social|Correo|Teléfono|Dirección|Ubigeo|Distrito|Provincia|Departamento"
    row = one("PE", heading, f"{NUMBER}|Taller|a@t.pe|999|Calle 1|150101|Lima|Lima|Lima")
    assert row.customer == Customer(
        TaxId("RUC", NUMBER),
        "Taller",
        ("a@t.pe",),
        Address("Calle 1", "150101", "Lima", "Lima", "Lima"),
        "999",
    )
