"""The rulebook of the pretended DIAN: rules as tables, judged over one parsed document."""

from __future__ import annotations

from acuse_sandbox.dian.rulebook.facts import Facts, Finding, KnownDocument, Range, RutEntry
from acuse_sandbox.dian.rulebook.judge import event_rules, judge

__all__ = ["Facts", "Finding", "KnownDocument", "Range", "RutEntry", "event_rules", "judge"]
