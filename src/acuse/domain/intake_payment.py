"""A payment as web and API write it, read into its value: all that is wrong is told at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from acuse.domain.intake_fields import Fields, Problems
from acuse.domain.intake_parts import METHODS
from acuse.domain.payment import LONGEST_NOTE, Paid
from acuse.domain.problem import Problem

USUAL = "TRANSFER"


def read_payment(raw: Mapping[str, object], *, today: date) -> Paid | tuple[Problem, ...]:
    """The payment, of today where no day is told; or what is wrong with it."""
    problems = Problems()
    fields = Fields(raw, "", problems)
    found = Paid(
        amount=fields.figure("amount", required=True) or Decimal(0),
        day=fields.day("date") or today,
        method=fields.choice("paymentMethod", METHODS, USUAL),
        exchange_rate=fields.figure("exchangeRate"),
        note=fields.text("note", LONGEST_NOTE),
    )
    fields.finish()
    return problems.found() or found
