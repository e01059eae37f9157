"""All rules of a factura electrónica (01), in the order of the paper's table."""

from __future__ import annotations

from acuse_sandbox.hacienda.rulebook import rules_head, rules_line, rules_summary
from acuse_sandbox.hacienda.rulebook.rule import LineRule, Rule

RULES: tuple[Rule | LineRule, ...] = tuple(
    sorted(
        (*rules_head.RULES, *rules_line.RULES, *rules_summary.RULES),
        key=lambda rule: rule.number,
    )
)
