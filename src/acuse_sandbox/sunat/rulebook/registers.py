"""What SUNAT knows beside the document on the table; whoever judges hands it over.

With nothing known (`NOTHING`) every rule that asks here is silent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import Protocol

from acuse_sandbox.sunat import taxpayers
from acuse_sandbox.sunat.taxpayers import Standing


class State(IntEnum):
    """The register's "indicador de estado"."""

    REJECTED = 0
    ACCEPTED = 1
    VOIDED = 2


@dataclass(frozen=True, slots=True)
class Known:
    """A document that SUNAT has judged before, as far as the rules ask."""

    state: State
    issued: date | None = None
    currency: str = ""
    total: Decimal | None = None
    on_credit: bool = False  # FormaPago Credito
    perceives: bool = False  # operation 2001


class Registers(Protocol):
    """The lists that the rules ask."""

    @property
    def keeps_documents(self) -> bool:
        """Whether a document that is not there was never judged; else nobody knows."""

    def document(self, ruc: str, kind: str, number: str) -> Known | None:
        """An issuer's document ("F001-1", without left zeros); None if it was never judged."""

    def was_presented(self, ruc: str, name: str) -> bool:
        """Whether a summary of this name (RC-…, RA-…, RR-…) was taken before."""

    def standing(self, ruc: str) -> Standing | None:
        """A taxpayer's entries in the lists; None if nobody knows."""

    def has_annex(self, ruc: str, code: str) -> bool:
        """Whether a taxpayer has this establishment."""


class Nothing:
    """Registers without an entry: nothing is known of anybody or any document."""

    keeps_documents = False

    def document(self, ruc: str, kind: str, number: str) -> Known | None:
        """None."""
        return None

    def was_presented(self, ruc: str, name: str) -> bool:
        """False."""
        return False

    def standing(self, ruc: str) -> Standing | None:
        """None."""
        return None

    def has_annex(self, ruc: str, code: str) -> bool:
        """True."""
        return True


NOTHING = Nothing()


class Stated(Nothing):
    """Registers that know the taxpayers stated by their RUC, and no document."""

    def standing(self, ruc: str) -> Standing | None:
        """What the RUC's first digits say."""
        return taxpayers.standing(ruc)

    def has_annex(self, ruc: str, code: str) -> bool:
        """True for the annexes that everybody has."""
        return taxpayers.has_annex(ruc, code)
