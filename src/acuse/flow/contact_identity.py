"""A contact's identity as its country reads it: what cannot be one is refused."""

from __future__ import annotations

from dataclasses import replace

from acuse import jurisdictions
from acuse.domain.party import Company, TaxId
from acuse.domain.problem import Blocked, Problem
from acuse.domain.text import one_line_of
from acuse.domain.told_identity import KIND, ToldIdentity

PLACE = "identificationObject"
FIELDS = {KIND: f"{PLACE}.type"}  # as a contact names it; anything else is about the number


def settled(company: Company, told: TaxId, *, known: TaxId | None = None) -> TaxId:
    """The identity as it is kept: without the marks and the check digit that people write in it.

    The one that is `known` stays, right or wrong: an old contact can always be edited.
    Raises Blocked for one that the country does not have.
    """
    if told == known:
        return told
    found = _read(company, told)
    if isinstance(found, Problem):
        raise Blocked([replace(found, field=FIELDS.get(found.field, f"{PLACE}.number"))])
    # Whoever gave no identity has no number; what was written instead tells two of them apart.
    return found if any(map(str.isalnum, found.number)) else told


def usual(company: Company, told: TaxId) -> TaxId:
    """The identity as a contact's would be kept; as it was told where it cannot be one."""
    try:
        return settled(company, told)
    except Blocked:
        return told


def _read(company: Company, told: TaxId) -> TaxId | Problem:
    country = jurisdictions.find(company.jurisdiction)
    kinds = [one.key for one in country.traits.tax_ids]
    if told.kind not in kinds:
        text = f"El tipo de identificación «{one_line_of(told.kind, 24)}» no existe."
        return Problem(KIND, "XX-CUS-2", f"{text} Usa uno de: {', '.join(kinds)}.")
    return country.identify(ToldIdentity(told.number, told.kind))
