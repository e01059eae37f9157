"""Who reads documents of others for a company, and answers them."""

from __future__ import annotations

from acuse import jurisdictions
from acuse.domain.counter import Counter
from acuse.domain.party import Company
from acuse.domain.problem import Blocked, Problem


def of(company: Company) -> Counter:
    """Who reads and answers documents of others. Raises Blocked where nobody does."""
    jurisdiction = jurisdictions.find(company.jurisdiction)
    if jurisdiction.counter is None:
        raise Blocked([_no_counter(jurisdiction.traits.words.country)])
    return jurisdiction.counter


def _no_counter(country: str) -> Problem:
    text = f"En {country} no se reciben documentos de otros desde aquí."
    return Problem("company", "XX-REC-4", text)
