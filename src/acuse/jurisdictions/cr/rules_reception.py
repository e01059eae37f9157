"""What arrives, what may be said of it, and what nobody could confirm of it, as tables.

Source: costa-rica.md 1, 2, 6 and 11. UNCONFIRMED things are expected to move: nothing hangs on
their being right but a date that is shown and a name that is compared.
"""

from __future__ import annotations

from dataclasses import dataclass

from acuse.domain.received import Declarable, ReceptionKind

# UNCONFIRMED (section 1): the term seen only as developers' talk, and neither from which day it
# counts nor by which holidays. From the issue, Monday to Friday: no reading gives an earlier day.
WORKING_DAYS = 8
REMIND_WORKING_DAYS = 3  # ours: so long before its end it is urgent


@dataclass(frozen=True, slots=True)
class Arriving:
    """A kind of document that a supplier sends: its code, and what it is called."""

    code: str
    name: str


ROOTS = {  # root, whose namespace is the same word with a small first letter
    "FacturaElectronica": Arriving("01", "Factura electrónica"),
    "NotaDebitoElectronica": Arriving("02", "Nota de débito electrónica"),
    "NotaCreditoElectronica": Arriving("03", "Nota de crédito electrónica"),
    "TiqueteElectronico": Arriving("04", "Tiquete electrónico"),
    "FacturaElectronicaExportacion": Arriving("09", "Factura electrónica de exportación"),
    "ReciboElectronicoPago": Arriving("10", "Recibo electrónico de pago"),
}
OWN_ROOT = "FacturaElectronicaCompra"  # its sender is who buys: never a supplier's
ANSWER_ROOT = "MensajeHacienda"

ACCEPTED = frozenset({"1", "2"})  # Mensaje; 2 in old archives alone: accepted with observations


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the receiver: Mensaje, the kind in its consecutivo, in our sentences."""

    message: str
    code: str
    short: str
    reason: bool  # ours: a supplier who is not simply accepted is told why
    taxed: bool  # whether what becomes of the tax is told


ANSWERS = {
    ReceptionKind.ACCEPTED: Answer("1", "05", "la aceptación", reason=False, taxed=True),
    ReceptionKind.PARTLY_ACCEPTED: Answer(
        "2", "06", "la aceptación parcial", reason=True, taxed=True
    ),
    ReceptionKind.CLAIMED: Answer("3", "07", "el rechazo", reason=True, taxed=False),
}
DECLARABLES = (
    Declarable(ReceptionKind.ACCEPTED, "Aceptación", "Aceptar", note="Detalle"),
    Declarable(
        ReceptionKind.PARTLY_ACCEPTED, "Aceptación parcial", "Aceptar en parte", note="Qué aceptas"
    ),
    Declarable(ReceptionKind.CLAIMED, "Rechazo", "Rechazar", note="Motivo del rechazo"),
)
LONGEST_DETAIL = 160

CONDITIONS = {  # CondicionImpuesto
    "01": "Genera crédito IVA",
    "02": "Genera crédito parcial del IVA",
    "03": "Bienes de capital",
    "04": "Gasto corriente, no genera crédito",
    "05": "Proporcionalidad",
}

USUAL_PLACE = "00100001"  # branch and terminal of a company that issues nothing
