"""What a retention or a perception says of each payment, parsed once.

Each line is a payment of a related document: its description is that document's number, its price
what was paid of it in that document's own currency. Source: peru.md 13.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from acuse.domain.document import Document, Line
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import ZERO

SOL = "PEN"  # the currency of all that is withheld
CREDIT_NOTE = "07"  # told beside, without a payment of its own
RETENTIONS = (("01", "Tasa 3 %"), ("02", "Tasa 6 %"))  # catalogue 23
PERCEPTIONS = (  # catalogue 22
    ("01", "Venta interna, 2 %"),
    ("02", "Adquisición de combustible, 1 %"),
    ("03", "Agente de percepción con tasa especial, 0.5 %"),
)


@dataclass(frozen=True, slots=True)
class System:
    """What retention and perception differ in: SUNAT's codes, names and rates.

    `regimes` are catalogue 23 or 22 with their percentages, `related` the kinds of documents that
    may be paid, `uncounted` those that the totals leave out; `adds`: what is withheld comes on top
    of what is paid.
    """

    code: str
    element: str
    paid: str
    field: str
    words: str
    regimes: Mapping[str, Decimal]
    related: frozenset[str]
    uncounted: frozenset[str]
    adds: bool


RETENTION = System(
    code="20",
    element="Retention",
    paid="Paid",
    field="retention_regime",
    words="retención",
    regimes={"01": Decimal(3), "02": Decimal(6)},
    related=frozenset({"01", "12", "07", "08", "20"}),
    uncounted=frozenset({CREDIT_NOTE, "20"}),
    adds=False,
)
PERCEPTION = System(
    code="40",
    element="Perception",
    paid="Cashed",
    field="perception_regime",
    words="percepción",
    regimes={"01": Decimal(2), "02": Decimal(1), "03": Decimal("0.5")},
    related=frozenset({"01", "03", "12", "07", "08", "40"}),
    uncounted=frozenset({CREDIT_NOTE, "40"}),
    adds=True,
)
SYSTEMS = {DocumentKind.RETENTION: RETENTION, DocumentKind.PERCEPTION: PERCEPTION}


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment: of which document (`issued`, `total`, `currency`), how much, when, at what rate.

    `rate` is soles for one of `currency`, None where none is told; `rated_on` the day of the rate.
    """

    kind: str
    number: str
    issued: date | None
    total: Decimal
    currency: str
    ordinal: int
    on: date
    amount: Decimal
    rate: Decimal | None
    rated_on: date

    @property
    def foreign(self) -> bool:
        """Whether the document is in another currency than soles."""
        return self.currency != SOL

    @property
    def informs(self) -> bool:
        """Whether it is a credit note, which is told without a payment."""
        return self.kind == CREDIT_NOTE


def paid(line: Line, day: date) -> Paid:
    """The payment that the line tells; without a day of its own, it was made on `day`."""
    told: Mapping[str, Any] = line.extra
    on = told.get("payment_date") or day
    return Paid(
        kind=str(told.get("related_kind", "") or "01"),
        number=line.description.strip(),
        issued=told.get("related_date"),
        total=told.get("related_total") or ZERO,
        currency=str(told.get("related_currency", "") or SOL),
        ordinal=int(told.get("payment_number", 0) or 1),
        on=on,
        amount=line.price,
        rate=told.get("exchange_rate"),
        rated_on=told.get("exchange_date") or on,
    )


def regime(document: Document) -> str:
    """The code of the document's regime, the ordinary one where none is told."""
    return str(document.extra.get(SYSTEMS[document.kind].field, "") or "01")


def rounding(document: Document) -> Decimal:
    """What the total paid is rounded by, to pay in cash without cents; mostly 0."""
    told = document.extra.get("rounding")
    return told if isinstance(told, Decimal) else ZERO


def note(document: Document) -> str:
    """The document's notes in one line: SUNAT's texts have no line breaks."""
    return " ".join(" ".join(document.notes).split())
