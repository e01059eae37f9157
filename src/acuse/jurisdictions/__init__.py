"""What each authority demands: a folder of answers for each country, and the list of them."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from acuse.domain.catalogue import Catalogue
from acuse.domain.jurisdiction import Jurisdiction

CODES = ("CO", "CR", "PE")


class UnknownJurisdiction(Exception):
    """No folder answers for that code."""


@cache
def find(code: str) -> Jurisdiction:
    """The country's answers; raises UnknownJurisdiction."""
    if code not in CODES:
        raise UnknownJurisdiction(code)
    module = import_module(f"{__name__}.{code.lower()}")
    jurisdiction: Jurisdiction = module.jurisdiction
    return jurisdiction


def catalogues() -> dict[str, Catalogue]:
    """The catalogues of all countries, by name."""
    specs = (spec for code in CODES for spec in find(code).traits.fields)
    return {spec.catalogue.name: spec.catalogue for spec in specs if spec.catalogue}
