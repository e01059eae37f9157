"""Registers as a test wants them: documents, summaries taken before, and taxpayers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from acuse_sandbox.sunat.rulebook.registers import Known, Nothing, State
from acuse_sandbox.sunat.taxpayers import ORDINARY, Standing


@dataclass
class Holding(Nothing):
    """What SUNAT holds: by kind and number, by name, by RUC (`all` for everybody)."""

    documents: dict[tuple[str, str], Known] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    taxpayers: dict[str, Standing] = field(default_factory=dict)
    keeps_documents: bool = True

    def document(self, ruc: str, kind: str, number: str) -> Known | None:
        return self.documents.get((kind, number))

    def was_presented(self, ruc: str, name: str) -> bool:
        return name in self.names

    def standing(self, ruc: str) -> Standing | None:
        return self.taxpayers.get(ruc, ORDINARY)


def known(
    state: State = State.ACCEPTED,
    *,
    issued: date = date(2026, 11, 20),
    currency: str = "PEN",
    total: str = "1180.00",
    on_credit: bool = True,
    perceives: bool = False,
) -> Known:
    """A document that SUNAT holds; by default one that no rule minds."""
    return Known(state, issued, currency, Decimal(total), on_credit, perceives)
