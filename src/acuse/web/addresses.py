"""Addresses as a person wrote them in a form: read, or why they are not used."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from acuse.domain.contact_mails import shared
from acuse.domain.email import Addresses, read_addresses
from acuse.domain.party import Company, Environment
from acuse.store import contact_imports


def read(raw: str, company: Company, *, insisted: bool = False) -> Addresses:
    """The addresses of a customer; of a rehearsal, reserved example domains too."""
    rehearsal = company.environment is Environment.SANDBOX
    reading = partial(
        read_addresses, raw, rehearsal=rehearsal, insisted=insisted, own=company.own_emails
    )
    found = reading()
    many = set() if insisted else shared_by_many(company.id, found.accepted)
    return reading(shared=many) if many else found


def shared_by_many(company_id: int, addresses: Iterable[str], *, key: str = "") -> set[str]:
    """Those of the addresses, in small letters, that too many of the company's contacts have.

    The contact of that key is one of them, or a new one.
    """
    told = {one.casefold(): (key,) for one in addresses}
    return shared(told, contact_imports.holders(company_id, told))


def questions(found: Addresses, again: str) -> str:
    """What is asked of the addresses; whoever may insist does so by doing that `again`."""
    asked = " ".join(one.question for one in found.suggestions)
    if not all(one.kept for one in found.suggestions):
        return f"{asked} Corrígelo."
    return f"{asked} Corrígelo, o {again} si está bien así."


def refusal(found: Addresses, undone: str) -> str:
    """Why the addresses are not used, after what was not done; "" where they are."""
    if found.rejected:
        wrong = "; ".join(f"«{one.written}»: {one.reason}" for one in found.rejected)
        return f"{undone}: {wrong}"
    if found.suggestions:
        return f"{undone} todavía. {questions(found, 'repite')}"
    return ""
