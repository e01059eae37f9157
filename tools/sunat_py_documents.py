"""Documents as sunat-py's own makers write them, of invented parties."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import sunat_told
from sunat_py import (
    Conductor,
    CreditNoteInput,
    DebitNoteInput,
    DespatchAdviceInput,
    DireccionTraslado,
    GRLine,
    InvoiceInput,
    InvoiceLine,
    Party,
    PerceptionDocReference,
    PerceptionInput,
    ReferenciaDoc,
    RetentionDocReference,
    RetentionInput,
    SummaryDocumentsInput,
    SummaryItem,
    Vehiculo,
    VoidedDocumentsInput,
    build_creditnote_xml,
    build_debitnote_xml,
    build_despatchadvice_xml,
    build_invoice_xml,
    build_perception_xml,
    build_retention_xml,
    build_summary_xml,
    build_voided_xml,
)
from sunat_py.ubl.models import VoidedItem

DAY = sunat_told.today()
ADDRESS = "Calle Inventada 1"
PLACE = DireccionTraslado("150101", ADDRESS)


def party(ruc: str, name: str) -> Party:
    """A company of Lima."""
    return Party("6", ruc, name, ADDRESS, "150101")


def line(price: str = "100", *, affectation: Any = "10", quantity: str = "1") -> InvoiceLine:
    """A service."""
    return InvoiceLine("P001", "Servicio", "ZZ", Decimal(quantity), Decimal(price), affectation)


class Papers:
    """What one issuer writes to one buyer and one person."""

    def __init__(self, asked: dict[str, Any], issuer: str) -> None:
        self.issuer = party(asked["issuers"][issuer], "EMISOR DE PRUEBA S.A.C.")
        self.buyer = party(asked["buyer"], "COMPRADOR DE PRUEBA S.A.C.")
        self.person = Party("1", asked["person"], "PERSONA DE PRUEBA")

    def factura(self, number: int, *lines: InvoiceLine) -> str:
        """A factura in soles, of 118.00 unless lines are named."""
        parties = (self.issuer, self.buyer)
        return build_invoice_xml(
            InvoiceInput("F001", number, DAY, "PEN", *parties, list(lines) or [line()])
        )

    def boleta(self, number: int, *lines: InvoiceLine) -> str:
        """A boleta of a person."""
        parties = (self.issuer, self.person)
        return build_invoice_xml(
            InvoiceInput("B001", number, DAY, "PEN", *parties, list(lines) or [line()], "03")
        )

    def credit(self, number: int, corrected: int) -> str:
        """A credit note that voids a factura."""
        reason = ("01", "Anulación de la operación", ReferenciaDoc("01", "F001", corrected))
        parties = (self.issuer, self.buyer)
        return build_creditnote_xml(
            CreditNoteInput("FC01", number, DAY, "PEN", *reason, *parties, [line()])
        )

    def debit(self, number: int, corrected: int) -> str:
        """A debit note of interest on a factura."""
        reason = ("01", "Intereses por mora", ReferenciaDoc("01", "F001", corrected))
        parties = (self.issuer, self.buyer)
        return build_debitnote_xml(
            DebitNoteInput("FD01", number, DAY, "PEN", *reason, *parties, [line("10")])
        )

    def summary(self, number: int, boleta: int) -> str:
        """A summary that adds a boleta of 118.00."""
        amounts = (Decimal("118.00"), Decimal("100.00"), Decimal("18.00"))
        told = ("03", "B001", boleta, "1", self.person.numero_doc, "PEN", *amounts)
        return build_summary_xml(
            SummaryDocumentsInput(number, DAY, DAY, self.issuer, [SummaryItem(*told)])
        )

    def voided(self, number: int, factura: int) -> str:
        """A communication that voids a factura."""
        item = VoidedItem("01", "F001", factura, "Error al digitar")
        return build_voided_xml(VoidedDocumentsInput(number, DAY, DAY, self.issuer, [item]))

    def retention(self, number: int, note: str | None = None) -> str:
        """A retención of 3 % of one payment of 1180.00."""
        amounts = (Decimal("35.40"), DAY, Decimal("1144.60"))
        of = RetentionDocReference(
            "F001", 100, DAY, "PEN", Decimal("1180.00"), DAY, Decimal("1180.00"), *amounts
        )
        totals = (Decimal("3.00"), Decimal("35.40"), Decimal("1144.60"))
        return build_retention_xml(
            RetentionInput(
                "R001", number, DAY, self.issuer, self.buyer, "01", *totals, [of], nota=note
            )
        )

    def perception(self, number: int, regime: Any, percent: str, amount: str) -> str:
        """A percepción of one payment of 590.00."""
        rate, taken, paid = Decimal(percent), Decimal(amount), Decimal("590.00")
        of = PerceptionDocReference(
            "F001", 100, DAY, "PEN", paid, DAY, paid, taken, DAY, paid + taken
        )
        totals = (rate, taken, paid + taken)
        return build_perception_xml(
            PerceptionInput("P001", number, DAY, self.issuer, self.buyer, regime, *totals, [of])
        )

    def guia(self, number: int, reason: Any = "01") -> str:
        """A guía of the sender, by private transport."""
        return build_despatchadvice_xml(
            DespatchAdviceInput(
                "T001",
                number,
                DAY,
                reason,
                "Venta",
                "02",
                Decimal("10.00"),
                "KGM",
                self.issuer,
                self.buyer,
                PLACE,
                DireccionTraslado("150122", "Calle Inventada 2"),
                [GRLine("P001", "Cajas", "NIU", Decimal("1"))],
                conductor=Conductor("1", "40404040", "ANA", "PRUEBA", "Q40404040"),
                vehiculo=Vehiculo("ABC123"),
                fecha_inicio_traslado=DAY + timedelta(days=1),
            )
        )
