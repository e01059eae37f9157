"""Checks of when a document comes, by kind: peru.md 1. Days count from the one after the issue."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from acuse_sandbox.sunat.rulebook import formats
from acuse_sandbox.sunat.rulebook.rule import Case, Check, Rule, Spot

NODE = "cbc:IssueDate"
LATE = "Presentado fuera del plazo desde la emisión"


def later_than(days: int, *, of_boletas: bool | None = None, on_paper: bool = False) -> Check:
    """A check that fails where a document comes later than so many days after its issue.

    Of notes only those of boletas or only the others; of series in digits only where asked.
    """

    def check(case: Case) -> Iterable[Spot]:
        issued, series = case.root.value(NODE), case.root.value("cbc:ID")[:1]
        day = formats.day(issued)
        asked = series.isdigit() is on_paper
        if of_boletas is not None:
            asked = asked and (series == "B") is of_boletas
        late = asked and day is not None and case.today - day > timedelta(days=days)
        return (Spot(NODE, issued),) if late else ()

    return check


def ahead(days: int) -> Check:
    """A check that fails where a document is dated later than so many days ahead."""

    def check(case: Case) -> Iterable[Spot]:
        issued = case.root.value(NODE)
        day = formats.day(issued)
        return (Spot(NODE, issued),) if day and day - case.today > timedelta(days=days) else ()

    return check


BOLETA = (Rule("1079", LATE, later_than(7)),)
NOTE = (
    Rule("1079", LATE, later_than(5, of_boletas=True)),
    Rule("2108", LATE, later_than(3, of_boletas=False)),
)
LIQUIDATION = (
    Rule("2108", LATE, later_than(1)),
    Rule("2329", "La fecha de emisión es posterior a la de envío", ahead(0)),
    Rule("4347", LATE, later_than(7, on_paper=True)),
)
WITHHELD = (Rule("2600", LATE, later_than(9)),)  # by the month's calendar: UNCONFIRMED
