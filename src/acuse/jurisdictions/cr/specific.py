"""A tax counted by units. Source: costa-rica.md 3.4, DatosImpuestoEspecifico."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Specific:
    """What a tax counted by units says of how it is counted; None for what is not told."""

    quantity: Decimal
    percent: Decimal | None  # of alcohol
    volume: Decimal | None  # of one drink
    per_unit: Decimal
    amount: Decimal | None  # what it comes to, where the issuer says so

    @property
    def proportion(self) -> Decimal | None:
        """Quantity × percentage, of alcohol."""
        return None if self.percent is None else self.quantity * self.percent
