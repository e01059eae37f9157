"""Addresses as a person wrote them in a form: read, or why they are not used."""

from __future__ import annotations

from functools import partial

from acuse.domain.email import Addresses, read_addresses
from acuse.domain.party import Company, Environment
from acuse.store import customers


def read(raw: str, company: Company, *, insisted: bool = False) -> Addresses:
    """The addresses of a customer; of a rehearsal, reserved example domains too."""
    rehearsal = company.environment is Environment.SANDBOX
    reading = partial(
        read_addresses, raw, rehearsal=rehearsal, insisted=insisted, own=company.own_emails
    )
    found = reading()
    shared = set() if insisted else customers.shared(company.id, found.accepted, besides=None)
    return reading(shared=shared) if shared else found


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
