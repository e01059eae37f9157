"""Contacts from a file: looked at, then written once; mail that waited for them is released."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

import pytest

from acuse.domain.activity import EventKind
from acuse.domain.contact_columns import Layout
from acuse.domain.contact_plan import Counts, ImportState, counted
from acuse.domain.party import Company, TaxId
from acuse.domain.problem import Blocked
from acuse.flow import contact_tables, import_contacts, jobs, lanes, outside, sweep
from acuse.store import activity, contact_imports, customers, models
from tests.flow.house import BY, House
from tests.support import makers

HEADER = "RUC,Nombre,Correo"
ANA = "20999000119,Ana S.A.C.,ana@cliente.example"
LUIS = "20999888772,Luis S.A.C.,luis@cliente.example"
BAD = "20999888771,Mala,mala@cliente.example"


def csv(*lines: str) -> bytes:
    return "\n".join((HEADER, *lines)).encode()


def kept(company: Company, *lines: str) -> int:
    return import_contacts.keep(
        company, csv(*lines), file_name="clientes.csv", by=BY, at=outside.now()
    )


def look(company: Company, import_id: int) -> Counts:
    found = contact_imports.load(company.id, import_id)
    table = contact_imports.table(import_id)
    return counted(contact_tables.planned(company, table, found.layout, taken=found.taken))


def take(company: Company, *lines: str, updates: bool = False) -> Counts:
    """What an import of the lines did, worked off to its end."""
    import_id = kept(company, *lines)
    assert import_contacts.start(company, import_id, updates=updates, at=outside.now())
    import_contacts.import_due(at=outside.now())
    return done(company, import_id)


def done(company: Company, import_id: int) -> Counts:
    one = contact_imports.load(company.id, import_id)
    assert one.state is ImportState.DONE
    return Counts(one.made, one.updated, one.same, one.failed)


def names(company: Company) -> list[str]:
    return [one.name for _, one in customers.page(company.id)]


def many(count: int) -> Collection[str]:
    return [f"{n:08d},Persona {n},p{n}@cliente.example" for n in range(10**7, 10**7 + count)]


def test_looking_writes_nothing_and_an_import_makes_contacts(house: House) -> None:
    company = house.peru()
    import_id = kept(company, ANA, BAD, LUIS)
    assert look(company, import_id) == Counts(new=2, failed=1)
    assert names(company) == []
    assert import_contacts.start(company, import_id, updates=False, at=outside.now())
    assert done(company, import_id) == Counts(new=2, failed=1)
    assert names(company) == ["Ana S.A.C.", "Luis S.A.C."]
    (told,) = [
        event
        for event in activity.company_timeline(company.id)
        if event.kind is EventKind.CONTACTS_IMPORTED
    ]
    assert (told.actor, told.facts["made"], told.facts["updated"]) == (BY, 2, 0)
    assert told.facts["file"] == "clientes.csv"


def test_importing_twice_changes_nothing(house: House) -> None:
    company = house.peru()
    assert take(company, ANA, LUIS) == Counts(new=2)
    before = list(models.Customer.objects.order_by("id").values())
    for updates in (False, True):
        assert take(company, ANA, LUIS, updates=updates) == Counts(same=2)
    assert list(models.Customer.objects.order_by("id").values()) == before


def test_a_known_contact_changes_only_where_it_was_asked_for(house: House) -> None:
    company = house.peru()
    take(company, ANA)
    other = ANA.replace("ana@", "nueva@")
    assert look(company, kept(company, other)) == Counts(changed=1)
    assert take(company, other) == Counts(same=1)
    assert customers.page(company.id)[0][1].emails == ("ana@cliente.example",)
    assert take(company, other, updates=True) == Counts(changed=1)
    assert customers.page(company.id)[0][1].emails == ("nueva@cliente.example",)


def test_one_identity_is_one_contact_however_it_was_written(house: House) -> None:
    company = house.costa_rica()
    written = makers.customer(tax_id=TaxId("CJ", "3-101-999888"), name="Uno", emails=())
    customers.save(company.id, None, written, at=outside.now())  # as older ones were kept
    content = b"Cedula juridica;Nombre;Correo\n3101999888;Uno;uno@cliente.example"
    import_id = import_contacts.keep(company, content, file_name="x.csv", by=BY, at=outside.now())
    import_contacts.start(company, import_id, updates=True, at=outside.now())
    assert done(company, import_id) == Counts(changed=1)
    ((_, one),) = customers.page(company.id)
    assert (one.tax_id.number, one.emails) == ("3-101-999888", ("uno@cliente.example",))


def test_mail_that_waited_for_an_address_leaves(house: House) -> None:
    company = house.peru()
    issued = house.issue(company, counterparty=makers.customer(emails=()))
    house.run(company)
    assert house.delivery(issued.id).state == "HELD"
    line = f"{makers.OTHER_RUC},,llega..tarde@cliente.example"
    name = makers.customer().name
    assert take(company, line.replace(",,", f",{name},"), updates=True) == Counts(changed=1)
    house.run(company)
    assert house.recipients(issued.id) == [("llega..tarde@cliente.example", "SENT")]


def test_what_a_person_takes_as_it_is_is_taken(house: House) -> None:
    company = house.peru()
    import_id = kept(company, ANA.replace("ana@cliente.example", "na@na.pe"))
    assert contact_imports.take(import_id, ["na@na.pe"])
    import_contacts.start(company, import_id, updates=False, at=outside.now())
    assert customers.page(company.id)[0][1].emails == ("na@na.pe",)
    assert not contact_imports.take(import_id, []), "it runs: nothing is chosen any more"
    assert not import_contacts.start(company, import_id, updates=True, at=outside.now())


def test_a_crash_leaves_whole_batches_and_the_sweep_goes_on(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = house.peru()
    monkeypatch.setattr(import_contacts, "BATCH", 3)
    import_id = kept(company, *many(7), BAD)
    real, calls = customers.save, []

    def dying(*arguments: object, **more: object) -> int:
        calls.append(1)
        if len(calls) == 5:
            raise RuntimeError("the power went")
        return real(*arguments, **more)

    monkeypatch.setattr(customers, "save", dying)
    with pytest.raises(RuntimeError):
        import_contacts.start(company, import_id, updates=False, at=outside.now())
    left = contact_imports.load(company.id, import_id)
    assert (left.state, left.done, left.made) == (ImportState.RUNNING, 3, 3)
    assert len(names(company)) == 3
    monkeypatch.setattr(customers, "save", real)
    assert sweep.sweep(at=outside.now()) > 0
    assert jobs.turn(lanes.CONTACTS) == 1
    assert jobs.turn(lanes.CONTACTS) == 0
    assert done(company, import_id) == Counts(new=7, failed=1)
    assert len(names(company)) == 7


def test_a_big_file_is_begun_at_once_and_ended_by_a_worker(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = house.peru()
    monkeypatch.setattr(import_contacts, "BATCH", 2)
    monkeypatch.setattr(import_contacts, "AT_ONCE", 4)
    import_id = kept(company, *many(7))
    import_contacts.start(company, import_id, updates=False, at=outside.now())
    assert contact_imports.load(company.id, import_id).done == 4
    import_contacts.import_due(at=outside.now())
    assert done(company, import_id) == Counts(new=7)


def test_a_contact_made_meanwhile_stays_as_it_is(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = house.peru()
    import_id = kept(company, ANA, LUIS)
    known = contact_imports.ids

    def before_the_other(company_id: int) -> dict[str, int]:
        found = known(company_id)
        customers.save(company_id, None, makers.customer(name="Antes"), at=outside.now())
        return found

    monkeypatch.setattr(contact_imports, "ids", before_the_other)
    import_contacts.start(company, import_id, updates=True, at=outside.now())
    assert done(company, import_id) == Counts(new=1, same=1)
    assert names(company) == ["Antes", "Luis S.A.C."]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "filas"),
        (b"RUC,Nombre", "filas"),
        (b"\0\1", "no es un CSV"),
        (b"PK\x03\x04x", "XLSX"),
        (b"RUC,Nombre\n" + b"1,x\n" * 10_001, "caben 10000"),
    ],
)
def test_what_is_no_table_is_refused_and_nothing_kept(
    house: House, content: bytes, words: str
) -> None:
    company = house.peru()
    with pytest.raises(Blocked) as blocked:
        import_contacts.keep(company, content, file_name="x", by=BY, at=outside.now())
    (problem,) = blocked.value.problems
    assert problem.code == "XX-IMP-1"
    assert words in problem.text
    assert not models.ContactImport.objects.exists()


def test_columns_that_cannot_be_start_nothing(house: House) -> None:
    company = house.peru()
    import_id = import_contacts.keep(company, b"a,b\n1,2", file_name="x", by=BY, at=outside.now())
    with pytest.raises(Blocked):
        import_contacts.start(company, import_id, updates=False, at=outside.now())
    with pytest.raises(Blocked):
        import_contacts.settle(company, import_id, Layout(("name", "")))
    assert import_contacts.settle(company, import_id, Layout(("number", "name")))
    assert look(company, import_id) == Counts(failed=1)


def test_another_companys_import_does_not_exist(house: House) -> None:
    company, other = house.peru(), house.costa_rica()
    import_id = kept(company, ANA)
    with pytest.raises(models.ContactImport.DoesNotExist):
        import_contacts.start(other, import_id, updates=False, at=outside.now())
    assert not contact_imports.forget(other.id, import_id)


def test_an_import_is_forgotten_after_its_term_but_never_while_it_runs(house: House) -> None:
    company = house.peru()
    old, running = kept(company, ANA), kept(company, LUIS)
    contact_imports.start(running, updates=False)
    later = outside.now() + import_contacts.KEPT_FOR + timedelta(minutes=1)
    sweep.sweep(at=outside.now())
    assert models.ContactImport.objects.count() == 2
    sweep.sweep(at=later)
    assert [one.pk for one in models.ContactImport.objects.all()] == [running]
    assert old != running


def test_counts_that_do_not_add_up_are_refused_by_the_database(house: House) -> None:
    from django.db import IntegrityError, transaction

    import_id = kept(house.peru(), ANA)
    for changes in ({"made": 1}, {"done": 2, "made": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.ContactImport.objects.filter(pk=import_id).update(**changes)
