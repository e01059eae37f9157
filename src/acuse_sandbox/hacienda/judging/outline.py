"""What a document says of itself, wherever its kind has it: clave, date, parties, consecutivo.

A factura de compra and a MensajeReceptor are sent and signed by the receiver; of all others the
issuer is the sender. Source: costa-rica.md 3.1 and 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from acuse_sandbox.hacienda.judging.reading import Document, Part

MESSAGE = "MensajeReceptor"
PURCHASE = "FacturaElectronicaCompra"


class Party(NamedTuple):
    """Name, type and number of an identification; "" for what is not told."""

    name: str = ""
    kind: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """What envelope, archive and answer need of a document."""

    clave: str  # a message's is that of the document it answers
    number: str  # the sender's own consecutivo
    date: str
    issuer: Party
    receiver: Party
    sent_by_receiver: bool
    is_message: bool
    tax: Decimal
    total: Decimal

    @property
    def key(self) -> str:
        """By what it is asked for: the clave; of a message also its own consecutivo."""
        return f"{self.clave}-{self.number}" if self.is_message else self.clave

    @property
    def sender(self) -> str:
        """The identification of who sends and signs it, without the zeros it may be padded with."""
        return (self.receiver if self.sent_by_receiver else self.issuer).number.lstrip("0")

    @property
    def counterpart(self) -> Party:
        """Whom the sender deals with."""
        return self.issuer if self.sent_by_receiver else self.receiver


def of(document: Document) -> Outline:
    """The outline of a document; all but a message is read as a factura is, if its name is foreign.

    A message has nothing of a factura, so its name alone says how it is read; whether its
    namespace is right is judged later.
    """
    part = document.part
    if document.kind == MESSAGE:
        return _message(part)
    return Outline(
        clave=part.text("Clave"),
        number=part.text("NumeroConsecutivo"),
        date=part.text("FechaEmision"),
        issuer=_party(part, "Emisor"),
        receiver=_party(part, "Receptor"),
        sent_by_receiver=document.has_its_namespace and document.kind == PURCHASE,
        is_message=False,
        tax=part.amount("ResumenFactura/TotalImpuesto"),
        total=part.amount("ResumenFactura/TotalComprobante"),
    )


def _message(part: Part) -> Outline:
    return Outline(
        clave=part.text("Clave"),
        number=part.text("NumeroConsecutivoReceptor"),
        date=part.text("FechaEmisionDoc"),
        issuer=Party(number=part.text("NumeroCedulaEmisor")),
        receiver=Party(number=part.text("NumeroCedulaReceptor")),
        sent_by_receiver=True,
        is_message=True,
        tax=part.amount("MontoTotalImpuesto"),
        total=part.amount("TotalFactura"),
    )


def _party(part: Part, name: str) -> Party:
    return Party(
        part.text(f"{name}/Nombre"),
        part.text(f"{name}/Identificacion/Tipo"),
        part.text(f"{name}/Identificacion/Numero"),
    )
