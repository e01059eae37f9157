"""What an import would do is read once, and again where what decides it changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from acuse.domain.contact_columns import Layout
from acuse.domain.contact_plan import Fate, Planned
from acuse.domain.party import Company
from acuse.flow import company as company_flow
from acuse.flow import contact_preview, contact_tables, import_contacts, outside
from acuse.store import companies, contact_imports, contact_readings, customers
from tests.flow.house import BY, House

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
