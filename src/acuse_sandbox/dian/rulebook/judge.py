"""The rules of a document, one after the other."""

from __future__ import annotations

from lxml import etree

from acuse_sandbox.dian.rulebook import table
from acuse_sandbox.dian.rulebook.facts import Facts, Finding
from acuse_sandbox.dian.rulebook.rule import Case
from acuse_sandbox.dian.rulebook.rules_events import examine


def judge(document: etree._Element, facts: Facts) -> list[Finding]:
    """What an Invoice, CreditNote or DebitNote breaks, in the order of the rulebook."""
    case = Case.of(document, facts)
    return [finding for rule in table.RULES for finding in rule.examine(case)]


def event_rules(document: etree._Element, facts: Facts) -> list[Finding]:
    """What the header of an event (ApplicationResponse) breaks."""
    return examine(document, facts)
