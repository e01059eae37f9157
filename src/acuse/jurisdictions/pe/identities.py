"""SUNAT's codes for kinds of identity (catalogue 06), by our own words for them."""

from __future__ import annotations

from functools import cache

from acuse.domain.party import TaxId
from acuse.jurisdictions.pe.traits import TRAITS


@cache
def codes() -> dict[str, str]:
    """Our word -> SUNAT's code: RUC is 6, DNI is 1 …; without the "-" of who shows none."""
    return {one.key: one.code for one in TRAITS.tax_ids if one.code.isalnum()}


def code(identity: TaxId) -> str:
    """The code of that identity's kind; raises KeyError for a kind that the checks refuse."""
    return codes()[identity.kind]
