"""The mail part of a contact's form: rows for addresses, without a script."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse

from acuse.domain.contact import ContactAddress, Role
from acuse.domain.email import MOST_SHARED
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company, Customer, TaxId
from acuse.flow import outside
from acuse.jurisdictions.pe.traits import TRAITS
from acuse.store import customers, models
from acuse.web.addresses import shared_by_many
from tests.flow.house import House
from tests.flow.news import bring, dsn, mailed_again
from tests.support import makers
from tests.web.conftest import Enter
from tests.web.forms import alerts, page, words

PARTY = {"type": "RUC", "number": "20998000123", "name": "Cliente Inventado S.A.C.", "wish": ""}


@pytest.fixture
def company(house: House) -> Company:
    return house.peru()


def sent(client: Any, company: Company, place: str = "nuevo/", **told: Any) -> HttpResponse:
    answer = client.post(f"/e/{company.id}/contactos/{place}", PARTY | told, follow=False)
    assert isinstance(answer, HttpResponse)
    return answer


def addresses() -> tuple[ContactAddress, ...]:
    return customers.value(models.Customer.objects.get()).addresses


def rows(answer: HttpResponse) -> list[str]:
    return list(page(answer).xpath("//input[starts-with(@name, 'address-')]/@value"))


def test_each_row_says_what_its_address_is_for(enter: Enter, company: Company) -> None:
    told = {
        "address-0": "pagos@cliente.example",
        "role-0": "TO",
        "address-3": "Copia@cliente.example",
        "role-3": "COPY",
        "kinds-3": ["INVOICE", "CREDIT_NOTE"],
        "address-4": "  ",
        "role-4": "BLIND",
        "address-5": "vieja@cliente.example",
        "role-5": "NONE",
    }
    assert sent(enter(company), company, **told).status_code == 302
    kinds = frozenset({DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE})
    assert addresses() == (
        ContactAddress("pagos@cliente.example"),
        ContactAddress("Copia@cliente.example", Role.COPY, kinds),
        ContactAddress("vieja@cliente.example", Role.NONE),
    )


def test_what_is_pasted_into_one_row_becomes_several_for_the_same(
    enter: Enter, company: Company
) -> None:
    told = {
        "address-0": "a@cliente.example",
        "address-1": "b@cliente.example; Luis <c@cliente.example>",
        "role-1": "BLIND",
    }
    sent(enter(company), company, **told)
    assert addresses() == (
        ContactAddress("a@cliente.example"),
        ContactAddress("b@cliente.example", Role.BLIND),
        ContactAddress("c@cliente.example", Role.BLIND),
    )


def test_rows_come_and_go_without_saving(enter: Enter, company: Company) -> None:
    client = enter(company)
    told = {"address-0": "a@cliente.example; b@cliente.example", "address-1": "no soy"}
    more = sent(client, company, **told, do="more")
    assert more.status_code == 200
    assert rows(more) == ["a@cliente.example", "b@cliente.example", "no soy", ""]
    less = sent(client, company, **told, do="drop-0")
    assert rows(less) == ["no soy"]
    assert rows(sent(client, company, **{"address-0": "x"}, do="drop-0")) == [""]
    assert not models.Customer.objects.exists()
    assert "Cliente Inventado" in more.content.decode()  # what else was written stays


def test_what_is_wrong_is_said_in_its_row_and_what_is_doubtful_asked(
    enter: Enter, company: Company
) -> None:
    client = enter(company)
    told = {"address-0": "a@cliente.example", "address-1": "esto no", "role-1": "COPY"}
    wrong = sent(client, company, **told)
    assert wrong.status_code == 422
    (field,) = page(wrong).xpath("//input[@aria-invalid='true']")
    assert field.get("name") == "address-1"
    doubt = {"address-0": "ana@gmial.com"}
    asked = sent(client, company, **doubt)
    assert "gmail.com" in words(asked)
    (seen,) = page(asked).xpath("//input[@name='confirmed']/@value")
    # Somebody insists on what they saw, not on what they change at the same time.
    other = sent(client, company, **{"address-0": "ana@hotmial.com"}, confirmed=seen)
    assert other.status_code == 422
    assert sent(client, company, **doubt, confirmed=seen).status_code == 302
    assert addresses() == (ContactAddress("ana@gmial.com"),)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"address-0": "a@cliente.example", "role-0": "COPY"}, "Solo hay copias"),
        (
            {"address-0": "a@cliente.example", "address-1": "A@cliente.example", "role-1": "COPY"},
            "Está dos veces",
        ),
        ({f"address-{n}": f"a{n}@cliente.example" for n in range(21)}, "caben 20"),
    ],
)
def test_what_cannot_be_is_said_above_the_rows(
    enter: Enter, company: Company, told: dict[str, str], said: str
) -> None:
    answer = sent(enter(company), company, **told)
    assert answer.status_code == 422
    assert said in alerts(answer)
    assert not models.Customer.objects.exists()


def test_hostile_rows_are_only_text(enter: Enter, company: Company) -> None:
    client = enter(company)
    hostile = {
        "address-0": '"><script>alert(1)</script>',
        "role-0": "<b>",
        "kinds-0": ["<i>", "INVOICE"],
        "address-999": "a@cliente.example\r\nBcc: b@cliente.example",
        "address-1234": "x@cliente.example",
    }
    answer = sent(client, company, **hostile)
    assert answer.status_code == 422
    assert "<script>alert" not in answer.content.decode()
    many = {f"address-{n}": "" for n in range(999)}
    assert len(rows(sent(client, company, **many, do="more"))) <= 41


def test_how_each_address_does_stands_beside_it(
    house: House, enter: Enter, company: Company, django_assert_max_num_queries: Any
) -> None:
    recipient = mailed_again(house, company)
    contact = models.Customer.objects.get()
    told = (ContactAddress(recipient.address), ContactAddress("otra@cliente.example", Role.COPY))
    customers.save(
        company.id, contact.pk, makers.customer().reached_at(told), at=contact.created_at
    )
    client, place = enter(company), f"/e/{company.id}/contactos/{contact.pk}/"
    shown = words(client.get(place))
    assert "Entregando Su servidor recibió el último el" in shown
    assert "Sin verificar Todavía no hay noticias" in shown
    bring(dsn(recipient, status="5.2.2", said="552 5.2.2 mailbox full"))
    assert "Rebotó Desde el" in words(client.get(place))
    with django_assert_max_num_queries(25):
        client.get(place)


def test_the_kinds_offered_are_the_countrys(enter: Enter, company: Company) -> None:
    shown = enter(company).get(f"/e/{company.id}/contactos/nuevo/")
    offered = page(shown).xpath("//input[@name='kinds-0']/@value")
    assert offered == [one.kind.value for one in TRAITS.kinds]
    labels = words(shown)
    assert all(one.plural in labels for one in TRAITS.kinds)


def test_the_companys_own_address_is_asked_about_once(enter: Enter, company: Company) -> None:
    client, told = enter(company), {"address-0": company.email}
    asked = sent(client, company, **told)
    assert asked.status_code == 422
    assert "es de tu empresa" in words(asked)
    assert "guarda otra vez" in words(asked)
    (seen,) = page(asked).xpath("//input[@name='confirmed']/@value")
    assert sent(client, company, **told, confirmed=seen).status_code == 302
    assert addresses() == (ContactAddress(company.email),)


def met(company: Company, number: int, **changes: Any) -> Customer:
    told = makers.customer(tax_id=TaxId("RUC", f"2099800{number:04}"), **changes)
    customers.save(company.id, None, told, at=outside.now())
    return told


def test_an_address_of_many_contacts_is_asked_about_once(enter: Enter, company: Company) -> None:
    client, told = enter(company), {"address-0": "Todos@cliente.example"}
    for number in range(MOST_SHARED):
        assert shared_by_many(company.id, ["todos@cliente.example"]) == set()
        met(company, number, emails=("todos@Cliente.example", "otra@cliente.example"))
    asked = sent(client, company, **told)
    assert asked.status_code == 422
    assert "Todos@cliente.example está en más de 5 contactos. ¿Es también de este?" in words(asked)
    (seen,) = page(asked).xpath("//input[@name='confirmed']/@value")
    assert sent(client, company, **told, confirmed=seen).status_code == 302
    kept = models.Customer.objects.get(tax_id=PARTY["number"])
    again = sent(client, company, f"{kept.pk}/", **told, name="Otro Nombre S.A.C.")
    assert again.status_code == 302  # it was answered when the address was new to this contact


def test_nobody_is_offered_to_insist_on_what_cannot_be_an_address(
    enter: Enter, company: Company
) -> None:
    asked = words(sent(enter(company), company, **{"address-0": "ana@@cliente.example"}))
    assert "¿Quisiste escribir ana@cliente.example? Corrígelo." in asked
    assert "guarda otra vez" not in asked
