"""A posted document or contact as its format: ids of this API become the objects they name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from acuse import jurisdictions
from acuse.api.answers import Refused
from acuse.domain.document import Document
from acuse.domain.intake import read_client, read_document, write_client
from acuse.domain.intake_fields import Fields, Problems
from acuse.domain.party import Company, Customer, Environment
from acuse.domain.problem import Problem
from acuse.store import customers, models

Raw = Mapping[str, object]


def document(raw: Raw, company: Company) -> tuple[Document, bool]:
    """The document, and whether it is to be issued at once. Raises Refused with all problems."""
    problems = Problems()
    at_once = generate(Fields(raw, "", problems))
    told = {name: part for name, part in raw.items() if name != "stamp"}
    for name, named in (("client", _client), ("numberTemplate", _series)):
        if name in told:
            told[name] = named(told[name], company, problems)
    traits = jurisdictions.find(company.jurisdiction).traits
    read = read_document(told, traits, rehearsal=_rehearsal(company), own=company.own_emails)
    if isinstance(read, tuple) or problems.found():
        more = read if isinstance(read, tuple) else ()
        raise Refused(422, *problems.found(), *_others(more, problems))
    return read, at_once


def contact(raw: Raw, company: Company, known: Customer | None = None) -> Customer:
    """The contact; of a known one what is not told stays. Raises Refused with all problems."""
    told = dict(raw)
    if known is not None:
        kept = write_client(known)
        if raw.keys() & {"email", "emails"}:
            for name in ("email", "emails", "emailConfirmed"):  # all of the old ones
                kept.pop(name, None)
        told = kept | told
    traits = jurisdictions.find(company.jurisdiction).traits
    read = read_client(told, traits, rehearsal=_rehearsal(company), own=company.own_emails)
    if isinstance(read, tuple):
        raise Refused(422, *read)
    if known is not None and "email" in raw and "emails" not in raw:
        # A list of mere addresses says nothing of what each is for.
        read = replace(read, rules=known.rules)
        return read.reached_at(read.addresses)
    return read


def _rehearsal(company: Company) -> bool:
    return company.environment is Environment.SANDBOX


def generate(fields: Fields) -> bool:
    """Whether what is made is issued at once."""
    inner = fields.child("stamp")
    if inner is None:
        return False
    wanted = inner.flag("generateStamp", False)
    inner.finish()
    return wanted


def _client(told: object, company: Company, problems: Problems) -> object:
    """The contact of that id, written out; anything that is no id as it stands."""
    number = _id(told)
    if number is None:
        return told
    try:
        return write_client(customers.load(company.id, number))
    except models.Customer.DoesNotExist:
        text = f"No hay un contacto con el id {number}. Revísalo, o envía el objeto completo."
        problems.add(Problem("client", "XX-API-15", text))
        return None


def _series(told: object, company: Company, problems: Problems) -> object:
    """The series of the numbering of that id; anything that is no id as it stands."""
    number = _id(told)
    if number is None:
        return told
    series = next((one.series for one in company.ranges if one.id == number), None)
    if series is None:
        text = f"No hay una numeración con el id {number}. Revísalo, o envía su «prefix»."
        problems.add(Problem("numberTemplate", "XX-API-15", text))
        return None
    return {"prefix": series}


def _id(told: object) -> int | None:
    """The id that is told: a number, a text of digits, or an object with nothing but it."""
    inner: Any = told["id"] if isinstance(told, Mapping) and set(told) == {"id"} else told
    if isinstance(inner, bool | Mapping):
        return None
    text = str(inner) if isinstance(inner, int | str) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def _others(read: tuple[Problem, ...], problems: Problems) -> tuple[Problem, ...]:
    """What the reader found besides: that a named object is missing is told already."""
    named = {problem.field for problem in problems.found()}
    return tuple(problem for problem in read if problem.field not in named)
