"""Every rule of the rulebook, in the order of judging, and the table a person can read.

The notes have the numbers of the invoice by colombia.md 3b. Of the documento soporte, its note and
the POS document colombia.md 10 names some codes; the others are twins by analogy (UNCONFIRMED).
"""

from __future__ import annotations

from typing import NamedTuple

from acuse_sandbox.dian.rulebook import (
    rules_events,
    rules_extensions,
    rules_header,
    rules_lines,
    rules_parties,
    rules_taxes,
    rules_totals,
)
from acuse_sandbox.dian.rulebook.facts import Severity
from acuse_sandbox.dian.rulebook.rule import Rule

RULES: tuple[Rule, ...] = (
    *rules_extensions.RULES,
    *rules_header.RULES,
    *rules_parties.RULES,
    *rules_totals.RULES,
    *rules_taxes.RULES,
    *rules_lines.RULES,
)


class Row(NamedTuple):
    """One code as the DIAN answers it."""

    code: str
    severity: Severity
    kind: str  # the letters of the kind: "F", "C" …; "AA" for events
    text: str
    source: str


def rows() -> list[Row]:
    """One row for each code of each kind, in the order of judging, events last."""
    documents = [
        Row(rule.code(prefix), severity, prefix, rule.text, f"colombia.md {rule.source}")
        for rule in RULES
        for prefix, severity in rule.severity.items()
    ]
    events = [
        Row(rule.code, rule.severity, "AA", rule.text, f"colombia.md {rule.source}")
        for rule in rules_events.RULES
    ]
    return documents + events
