"""A posted payment of a document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from acuse.api.answers import Refused
from acuse.api.posted import generate
from acuse.domain.intake_fields import Fields, Problems
from acuse.domain.intake_payment import read_payment
from acuse.domain.payment import Paid


def read(raw: Mapping[str, object], today: date) -> tuple[Paid, bool]:
    """The payment, and whether its receipt is issued at once. Raises Refused with all problems."""
    problems = Problems()
    at_once = generate(Fields(raw, "", problems))
    told = {name: part for name, part in raw.items() if name != "stamp"}
    found = read_payment(told, today=today)
    if isinstance(found, tuple) or problems.found():
        raise Refused(422, *problems.found(), *(found if isinstance(found, tuple) else ()))
    return found, at_once
