"""The rulebook's one door: what SUNAT finds in a document of any kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from lxml import etree

from acuse_sandbox.sunat.rulebook import (
    engine,
    factura,
    family,
    nodes,
    rules_guides,
    rules_liquidacion,
    rules_notes,
    rules_properties,
    rules_references,
    rules_summary,
    rules_terms,
    rules_voided,
    rules_withheld,
    table,
)
from acuse_sandbox.sunat.rulebook.nodes import Node
from acuse_sandbox.sunat.rulebook.registers import NOTHING, Registers
from acuse_sandbox.sunat.rulebook.rule import Case, Finding, Rule, Severity, named

# Root, then the kinds it may be; where there are several the type code or the name decides.
ROOTS = {
    "Invoice": ("cbc:InvoiceTypeCode", ("01", "03")),
    "CreditNote": ("", ("07",)),
    "DebitNote": ("", ("08",)),
    "SelfBilledInvoice": ("", ("04",)),
    "DespatchAdvice": ("cbc:DespatchAdviceTypeCode", ("09", "31")),
    "Retention": ("", ("20",)),
    "Perception": ("", ("40",)),
    "SummaryDocuments": ("", ("RC",)),
    "VoidedDocuments": ("", ("RA", "RR")),
}
BY_HAND = {
    "01": rules_properties.FACTURA + rules_references.ADVANCES,
    "03": rules_terms.BOLETA + rules_properties.RULES + rules_references.ADVANCES,
    "04": rules_terms.LIQUIDATION + rules_liquidacion.RULES + rules_references.PURCHASES,
    "07": rules_terms.NOTE + rules_notes.CREDIT + rules_references.CREDIT,
    "08": rules_terms.NOTE + rules_notes.DEBIT + rules_references.DEBIT,
    "09": rules_guides.RULES,
    "31": rules_guides.RULES,
    "20": rules_withheld.RETENTION,
    "40": rules_withheld.PERCEPTION,
    "RA": rules_voided.BAJA,
    "RC": rules_summary.RULES,
    "RR": rules_voided.REVERSION,
}
UNKNOWN = Finding("0306", "El archivo XML no es un comprobante que se reciba aquí")


def judge(
    root: etree._Element, *, name: str, today: date, registers: Registers = NOTHING
) -> tuple[Finding, ...]:
    """What a document breaks, faults first; never raises.

    `name` is the file's without extension (RUC-TT-SERIE-NUM, or RUC-RC-FECHA-NUM), `today` is
    Lima's date of receipt.
    """
    content = nodes.read(root)
    kind = kind_of(content, name)
    if kind is None:
        return (UNKNOWN,)
    found = list(_found(Case(kind, content, named(name), today, registers)))
    return tuple(sorted(found, key=lambda f: f.severity is not Severity.FAULT))


def kind_of(root: Node, name: str) -> str | None:
    """The kind that root and type code say; where they leave it open, the file's name."""
    code, kinds = ROOTS.get(root.name, ("", ()))
    if not kinds:
        return None
    wanted = root.value(code) if code else ""
    return next((k for k in (wanted, named(name).kind) if k in kinds), kinds[0])


def _found(case: Case) -> Iterator[Finding]:
    if case.kind in family.KINDS:
        yield from family.findings(case)
    yield from engine.findings(case.root, case.kind)
    for rule in BY_HAND[case.kind]:
        for spot in rule.check(case):
            yield Finding(rule.code, rule.text, spot)


def by_hand(kind: str) -> tuple[Rule, ...]:
    """The rules of a kind that are written as functions, but for the factura's."""
    return BY_HAND[kind]


@cache
def enforced(kind: str) -> frozenset[str]:
    """Every code that this rulebook can give for a kind."""
    relatives = family.enforced(kind) if kind in family.KINDS else frozenset()
    mechanical = {row.code for row in table.rows(kind)}
    return relatives | mechanical | {rule.code for rule in BY_HAND[kind]}


@cache
def texts() -> dict[str, str]:
    """Our words for every code, where a finding needs one without a document."""
    found = {row.code: engine.text(row) for kind in BY_HAND for row in table.rows(kind)}
    for rule in [r for rules in BY_HAND.values() for r in rules]:
        found[rule.code] = rule.text
    for rule in factura.FAULTS + factura.RULES:
        found |= dict.fromkeys((rule.code, family.OBSERVED.get(rule.code, rule.code)), rule.text)
    return found
