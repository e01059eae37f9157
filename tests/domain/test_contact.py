"""To whom a document goes by what the contact's addresses are for: the whole table."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.contact import (
    Addressees,
    ContactAddress,
    Role,
    addressees,
    by_role,
    in_order,
    reaching,
)
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Customer, TaxId

INVOICE, NOTE = DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE
EVERY: frozenset[DocumentKind] = frozenset()
MAIN = ContactAddress("pagos@cliente.example")
OTHER = "luis@cliente.example"

PLACES = {
    Role.TO: Addressees(to=(MAIN.address, OTHER)),
    Role.COPY: Addressees(to=(MAIN.address,), copies=(OTHER,)),
    Role.BLIND: Addressees(to=(MAIN.address,), blind=(OTHER,)),
    Role.NONE: Addressees(to=(MAIN.address,)),
}
KINDS = (EVERY, frozenset({INVOICE}), frozenset({NOTE}), frozenset({INVOICE, NOTE}))


@pytest.mark.parametrize(("role", "kinds", "kind"), list(product(Role, KINDS, (INVOICE, NOTE))))
def test_an_address_beside_the_main_one_gets_what_it_is_for(
    role: Role, kinds: frozenset[DocumentKind], kind: DocumentKind
) -> None:
    takes = not kinds or kind in kinds
    found = addressees((MAIN, ContactAddress(OTHER, role, kinds)), kind)
    assert found == (PLACES[role] if takes else Addressees(to=(MAIN.address,)))


@pytest.mark.parametrize(("role", "kinds", "kind"), list(product(Role, KINDS, (INVOICE, NOTE))))
def test_alone_only_a_main_address_that_takes_the_kind_makes_a_mail(
    role: Role, kinds: frozenset[DocumentKind], kind: DocumentKind
) -> None:
    takes = role is Role.TO and (not kinds or kind in kinds)
    found = addressees((ContactAddress(OTHER, role, kinds),), kind)
    assert found == (Addressees(to=(OTHER,)) if takes else Addressees())


NAMES = st.sampled_from(["ana@x.example", "Ana@X.example", "luis@x.example", "eva@x.example"])
ADDRESSES = st.lists(
    st.builds(
        ContactAddress,
        NAMES,
        st.sampled_from(list(Role)),
        st.frozensets(st.sampled_from([INVOICE, NOTE])),
    ),
    max_size=8,
)


@given(ADDRESSES, st.sampled_from([INVOICE, NOTE]))
def test_each_gets_it_once_whatever_its_capitals_and_roles(
    addresses: list[ContactAddress], kind: DocumentKind
) -> None:
    found = [one.casefold() for one in addressees(addresses, kind).everyone]
    assert len(found) == len(set(found))
    nothing = {one.address.casefold() for one in in_order(addresses) if not one.takes(kind)}
    assert not nothing & set(found)


@given(ADDRESSES)
def test_a_contact_keeps_what_its_addresses_are_for(addresses: list[ContactAddress]) -> None:
    contact = Customer(TaxId("RUC", "20998000123"), "Cliente").reached_at(addresses)
    assert contact.addresses == in_order(addresses)
    again = contact.reached_at(contact.addresses)
    assert again == contact


@given(st.lists(NAMES, max_size=4), ADDRESSES, st.sampled_from([INVOICE, NOTE]))
def test_whoever_names_addresses_for_a_document_is_obeyed(
    emails: list[str], addresses: list[ContactAddress], kind: DocumentKind
) -> None:
    reached = reaching(emails, addresses, kind)
    found = addressees(reached, kind)
    assert bool(found.to) == bool(emails)


def test_addresses_of_which_nothing_else_is_told_get_everything() -> None:
    old = Customer(TaxId("RUC", "20998000123"), "Cliente", emails=(MAIN.address, OTHER))
    assert old.addresses == (MAIN, ContactAddress(OTHER))
    for kind in DocumentKind:
        assert addressees(old.addresses, kind) == Addressees(to=(MAIN.address, OTHER))
    # Whatever writes the plain list keeps the rules of those that stay.
    told = old.reached_at((MAIN, ContactAddress(OTHER, Role.BLIND)))
    third = "eva@cliente.example"
    changed = replace(told, emails=(OTHER, third))
    assert changed.addresses == (ContactAddress(third), ContactAddress(OTHER, Role.BLIND))


def test_an_address_that_gets_mail_against_its_rule_gets_everything() -> None:
    quiet = Customer(TaxId("RUC", "20998000123"), "Cliente").reached_at(
        (MAIN, ContactAddress(OTHER, Role.NONE, frozenset({NOTE})))
    )
    assert quiet.emails == (MAIN.address,)
    named = replace(quiet, emails=(MAIN.address, OTHER.upper(), OTHER))
    assert named.addresses == (MAIN, ContactAddress(OTHER.upper()))


def test_an_address_that_must_take_a_kind_keeps_those_that_it_took() -> None:
    only_notes = ContactAddress(OTHER, Role.COPY, frozenset({NOTE}))
    assert reaching((OTHER,), (only_notes,), INVOICE) == (
        ContactAddress(OTHER, Role.TO, frozenset({INVOICE, NOTE})),
    )
    everything = ContactAddress(OTHER, Role.COPY)
    assert reaching((OTHER,), (everything,), INVOICE) == (ContactAddress(OTHER),)


def test_a_document_shows_no_copy() -> None:
    contact = Customer(TaxId("RUC", "20998000123"), "Cliente").reached_at(
        (ContactAddress(OTHER, Role.BLIND), ContactAddress("copia@x.example", Role.COPY), MAIN)
    )
    assert contact.shown_emails == (MAIN.address,)
    assert contact.emails == (MAIN.address, "copia@x.example", OTHER)


def test_named_by_a_person_each_keeps_its_role() -> None:
    known = (
        MAIN,
        ContactAddress(OTHER, Role.BLIND),
        ContactAddress("copia@x.example", Role.COPY),
        ContactAddress("no@x.example", Role.NONE),
    )
    found = by_role((OTHER, "no@x.example", "nueva@x.example", "Copia@x.example"), known)
    assert found == Addressees(
        to=("no@x.example", "nueva@x.example"), copies=("Copia@x.example",), blind=(OTHER,)
    )
