"""What an import would do is read once, and again where what decides it changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from acuse.domain.contact_columns import Layout
from acuse.domain.contact_plan import Fate, Planned
from acuse.domain.party import Company, TaxId
from acuse.flow import company as company_flow
from acuse.flow import contact_preview, contact_tables, import_contacts, outside
from acuse.store import companies, contact_imports, contact_readings, customers
from tests.flow.house import BY, House
from tests.support import makers

FILE = """Tipo;RUC;Nombre;Correo;Correo 2;Teléfono;Dirección;Ubigeo;Envío automático
RUC;20999000119;Ana S.A.C.;ANA@cliente.example;esto no;555 0100;Av. Una 1;40101;nunca
RUC;20999888772;Luis S.A.C.;luis@gmial.com;luis@cliente.example;;;;
RUC;20999888771;Mala;mala@cliente.example;;;;;
DNI;8765432;"Figura; con 2E5";;;;;;
RUC;20999000119;Otra vez;;;;;;
"""


def kept(company: Company) -> contact_imports.Kept:
    import_id = import_contacts.keep(
        company, FILE.encode(), file_name="clientes.csv", by=BY, at=outside.now()
    )
    return contact_imports.load(company.id, import_id)


def anew(company: Company, one: contact_imports.Kept) -> tuple[Planned, ...]:
    """What is said where nothing is kept."""
    table = contact_imports.table(one.id)
    return contact_tables.planned(company, table, one.layout, taken=one.taken)


def looked(company: Company, import_id: int) -> tuple[Planned, ...]:
    found = contact_preview.preview(
        companies.load(company.id), contact_imports.load(company.id, import_id)
    )
    return found.planned(found.glances)


def test_what_is_kept_is_what_was_read(house: House) -> None:
    company = house.peru()
    one = kept(company)
    first = looked(company, one.id)
    assert first == anew(company, one)
    assert [row.fate for row in first] == [Fate.NEW, Fate.NEW, *[Fate.FAILED] * 3]
    found = contact_preview.preview(company, one)
    assert [glance.doubtful for glance in found.glances] == [True, True, False, False, False]
    assert looked(company, one.id) == first


def test_the_next_page_reads_nothing_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    company = house.peru()
    one = kept(company)
    first = looked(company, one.id)
    monkeypatch.setattr(contact_tables, "read_so", None)
    monkeypatch.setattr(contact_imports, "known", None)
    assert looked(company, one.id) == first


def ticked(company: Company, one: contact_imports.Kept) -> None:
    contact_imports.take(one.id, ["luis@gmial.com"])


def other_columns(company: Company, one: contact_imports.Kept) -> None:
    columns = tuple("" if told == "phone" else told for told in one.layout.columns)
    import_contacts.settle(company, one.id, Layout(columns))


def own_address(company: Company, one: contact_imports.Kept) -> None:
    companies.save(replace(company, email="luis@cliente.example"))


def another_release(company: Company, one: contact_imports.Kept) -> None:
    contact_readings.keep_rows(one.id, (), of="older")


def a_new_contact(company: Company, one: contact_imports.Kept) -> None:
    known = looked(company, one.id)[0].row.customer
    assert known
    company_flow.save_customer(company.id, None, known, by=BY, at=outside.now())


def a_changed_contact(company: Company, one: contact_imports.Kept) -> None:
    a_new_contact(company, one)
    looked(company, one.id)
    ((customer_id, known),) = customers.page(company.id)
    changed = replace(known, phone="555 0199")
    company_flow.save_customer(company.id, customer_id, changed, by=BY, at=outside.now())


@pytest.mark.parametrize(
    "change",
    [ticked, other_columns, own_address, another_release, a_new_contact, a_changed_contact],
)
def test_what_decides_it_has_it_read_again(
    house: House, change: Callable[[Company, contact_imports.Kept], None]
) -> None:
    company = house.peru()
    one = kept(company)
    before = looked(company, one.id)
    change(company, one)
    after = looked(company, one.id)
    assert after == anew(companies.load(company.id), contact_imports.load(company.id, one.id))
    assert (after == before) is (change is another_release)


def test_what_many_contacts_share_is_counted_with_those_there_are(
    house: House, django_assert_num_queries: Any
) -> None:
    company = house.peru()
    shared = "luis@cliente.example"
    for number in range(5):
        one = makers.customer(tax_id=TaxId("DNI", f"1000000{number}"), emails=(shared.upper(),))
        customers.save(company.id, None, one, at=outside.now())
    with django_assert_num_queries(1):
        assert {len(keys) for keys in contact_imports.holders(company.id).values()} == {5}
    found = looked(company, kept(company).id)[1].row
    assert found.customer
    assert found.customer.emails == ()
    assert [note.address for note in found.notes] == ["luis@gmial.com", shared]


def test_what_runs_is_what_was_looked_at(house: House) -> None:
    company = house.peru()
    one = kept(company)
    before = looked(company, one.id)
    assert contact_imports.start(one.id, updates=False)
    a_contact = makers.customer(tax_id=TaxId("DNI", "10000001"), emails=("luis@cliente.example",))
    customers.save(company.id, None, a_contact, at=outside.now())
    running = contact_imports.load(company.id, one.id)
    found = contact_preview.read(company, running)
    assert [found.row(place) for place in range(len(before))] == [told.row for told in before]
    assert contact_readings.rows(one.id, of=found.of) == found.folded
