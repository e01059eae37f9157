"""Who gathers boletas into the day's summary and takes documents back.

Source: peru.md 1, 6, 13. Days are Lima's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from acuse.domain.batch import Batch, BatchKind
from acuse.domain.document import Document
from acuse.domain.jurisdiction import Credential, Sealed
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company
from acuse.domain.problem import Problem
from acuse.jurisdictions.pe.checks_batch import MOST
from acuse.jurisdictions.pe.content import LIMA
from acuse.jurisdictions.pe.fields_sending import SUMMARY_SERIES, summary_hour
from acuse.jurisdictions.pe.seal_batch import seal_batch
from acuse.jurisdictions.pe.services import ON_THE_WAY
from acuse.jurisdictions.pe.wording import problem

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Way:
    """How a kind is voided, until how many days after its issue, and what is left after them.

    `days` is None where no sheet sets a term.
    """

    kind: BatchKind
    days: int | None = None
    late: str = ""
    rather: str = ""


CREDIT_NOTE = (
    "Emite una nota de crédito que anule la operación (motivo 01) o devuelva el total (06)."
)
ASK_SUNAT = "Consulta con SUNAT cómo corregirlo."
_VOIDING = Way(BatchKind.VOIDING, 7, "PE-2957", CREDIT_NOTE)
_VOIDING_OF_NOTE = Way(BatchKind.VOIDING, 7, "PE-2957", ASK_SUNAT)
_SUMMARY = Way(BatchKind.SUMMARY, 7, "PE-2957", CREDIT_NOTE)
_SUMMARY_OF_NOTE = Way(BatchKind.SUMMARY, 7, "PE-2957", ASK_SUNAT)
VOIDED_BY = {  # by the first letter of the series, where a kind has two ways
    (DocumentKind.INVOICE, "F"): _VOIDING,
    (DocumentKind.CREDIT_NOTE, "F"): _VOIDING_OF_NOTE,
    (DocumentKind.DEBIT_NOTE, "F"): _VOIDING_OF_NOTE,
    (DocumentKind.RECEIPT, "B"): _SUMMARY,
    (DocumentKind.CREDIT_NOTE, "B"): _SUMMARY_OF_NOTE,
    (DocumentKind.DEBIT_NOTE, "B"): _SUMMARY_OF_NOTE,
    (DocumentKind.PURCHASE, "L"): Way(BatchKind.REVERSAL, 7, "PE-2958", ASK_SUNAT),
    (DocumentKind.RETENTION, "R"): Way(BatchKind.REVERSAL),
    (DocumentKind.PERCEPTION, "P"): Way(BatchKind.REVERSAL),
}
ONLY_IN_SOL = {DocumentKind.DESPATCH, DocumentKind.CARRIER_DESPATCH}
GATHERED = {DocumentKind.RECEIPT, DocumentKind.CREDIT_NOTE, DocumentKind.DEBIT_NOTE}
NOTE_RATHER = (
    "El cliente ya recibió esta factura por correo, y la ley solo deja dar de baja lo que no se le "
    "entregó. Emite una nota de crédito con el motivo 01, anulación de la operación."
)


class Clerk:
    """See acuse.domain.jurisdiction for what each answer is."""

    most = MOST

    def gathers(self, document: Document, company: Company) -> bool:
        """A boleta or a note of one, where the company has an hour for the summary."""
        series = _series(document)
        if summary_hour(company) is None or document.kind not in GATHERED or series[:1] != "B":
            return False
        only = re.findall(r"[A-Z0-9]+", str(company.extra.get(SUMMARY_SERIES) or "").upper())
        return not only or series in only

    def closes(self, reference_date: date, company: Company, at: datetime) -> bool:
        """From the company's hour of the next day on; at once where it has none any more."""
        opens = time(summary_hour(company) or 0)
        return at >= datetime.combine(reference_date + DAY, opens, LIMA)

    def voiding(self, document: Document, company: Company, at: datetime) -> BatchKind | Problem:
        """By RA what has an F, by the summary what has a B, by RR what the other service judges.

        A boleta that went by itself is voided by summary too.
        """
        if document.kind in ONLY_IN_SOL:
            text = "Una guía de remisión se da de baja solo en SUNAT Operaciones en Línea."
            return problem("kind", "PE-OWN-41", text)
        way = VOIDED_BY.get((document.kind, _series(document)[:1]))
        if way is None or document.date is None:
            return problem("kind", "PE-2308", "Este documento no se puede dar de baja.")
        today = at.astimezone(LIMA).date()
        if document.date > today:
            text = f"Su fecha es el {document.date:%d/%m/%Y}: dalo de baja desde ese día."
            return problem("date", "PE-2671", text)
        if way.days is not None:
            received, last = (
                (at + ON_THE_WAY).astimezone(LIMA).date(),
                document.date + way.days * DAY,
            )
            if received > last:
                text = f"Se podía dar de baja hasta el {last:%d/%m/%Y}. {way.rather}"
                return problem("date", way.late, text)
        return way.kind

    def void_advice(self, document: Document, *, mailed: bool) -> str:
        """The credit note, for a factura that its customer has."""
        return NOTE_RATHER if mailed and document.kind is DocumentKind.INVOICE else ""

    def seal_batch(
        self, batch: Batch, company: Company, credential: Credential, at: datetime
    ) -> Sealed:
        """The signed RC, RA or RR; raises Blocked for one that SUNAT would reject."""
        return seal_batch(batch, company, credential, at)


def _series(document: Document) -> str:
    return document.number.series if document.number else ""
