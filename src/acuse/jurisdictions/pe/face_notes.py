"""The printed sentences: what a note corrects, legends, terms, what is withheld or deposited.

Source: peru.md 7.
"""

from __future__ import annotations

from collections.abc import Iterator

from acuse.domain.document import Document, PaymentForm
from acuse.domain.money import trimmed
from acuse.domain.party import Company
from acuse.jurisdictions.pe import content, ids
from acuse.jurisdictions.pe.codes import MEANS, detractions
from acuse.jurisdictions.pe.face_lines import figure
from acuse.jurisdictions.pe.legends import WORDS, legends
from acuse.jurisdictions.pe.totals import Sums
from acuse.jurisdictions.pe.traits import TRAITS

NAMES = {ids.FACTURA: "Factura electrónica", ids.BOLETA: "Boleta de venta electrónica"}


def notes(document: Document, company: Company, counted: Sums, sign: str) -> tuple[str, ...]:
    """Every sentence, the issuer's own last."""
    return (
        *_corrected(document),
        *(f"{text.rstrip('.')}." for code, text in legends(document, counted) if code != WORDS),
        *_terms(document, counted, sign),
        *_held(document, company, counted, sign),
        *_around(document, counted, sign),
        *document.notes,
    )


def _corrected(document: Document) -> Iterator[str]:
    kind = content.modified_type(document)
    for one in document.references:
        name = NAMES.get(kind, f"Documento de tipo {kind}" if kind else "Documento")
        yield f"Corrige: {name} {one.number} del {one.date:%d/%m/%Y}."
    traits = TRAITS.kind(document.kind)
    words = dict(traits.reasons).get(content.reason(document), "") if traits else ""
    if document.references:
        told = content.reason_text(document)
        more = f" {told}." if told and told != words else ""
        yield f"Motivo {content.reason(document)}: {words}.{more}"


def _terms(document: Document, counted: Sums, sign: str) -> Iterator[str]:
    """What is still to be paid, and when; nothing of a cash sale, nor of a note but reason 13."""
    payment = document.payment
    credit = payment.form is PaymentForm.CREDIT
    new_terms = content.changes_terms(document)
    if not credit or (content.is_note(document) and not new_terms):
        return
    if not new_terms:
        yield f"Pendiente de pago: {sign} {figure(counted.pending)}"
    for ordinal, one in enumerate(payment.instalments, start=1):
        yield f"Cuota {ordinal}: {sign} {figure(one.amount)}, vence el {one.due:%d/%m/%Y}"


def _held(document: Document, company: Company, counted: Sums, sign: str) -> Iterator[str]:
    if counted.detraction:
        held = counted.detraction
        account = content.own(company.extra, "detraction_account")
        yield (
            f"Detracción {held.code} ({detractions()[held.code]}): {trimmed(held.percent, 2)} %, "
            f"S/ {figure(held.amount)}, cuenta del Banco de la Nación {account}."
        )
    if counted.retention:
        held = counted.retention
        yield f"Retención del IGV: {trimmed(held.percent, 2)} %, {sign} {figure(held.amount)}."
    if counted.perception:
        held = counted.perception
        yield (
            f"Percepción: {trimmed(held.percent, 2)} %, S/ {figure(held.amount)}. Total con "
            f"percepción: S/ {figure(held.base + held.amount)}."
        )


def _around(document: Document, counted: Sums, sign: str) -> Iterator[str]:
    for one in counted.advances:
        yield f"Anticipo según {one.number}: {sign} {figure(one.paid)}."
    if not document.extra:
        return
    for kind, number in content.coded(document.extra, "related_documents"):
        yield f"Documento relacionado ({kind}): {number}."
    where = content.own(document.extra, "delivery_address")
    if where:
        yield f"Lugar de entrega: {where}."
    ticket = content.ticket(document)
    if ticket:
        yield f"Agente de ventas: RUC {ticket.agency}."
        paid = dict(MEANS)[ticket.means]
        yield f"Pagado con: {paid}, autorización {ticket.authorisation}."
    country = content.own(document.extra, "country_of_use")
    if country:
        yield f"País de uso del servicio: {country}."
    incoterm = content.own(document.extra, "incoterm")
    if incoterm:
        yield f"Incoterm: {incoterm}."
