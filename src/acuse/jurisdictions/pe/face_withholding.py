"""What a printed retention or perception shows. Source: peru.md 7, 13.

Its QR is like a factura's with the amount withheld for the totals (UNCONFIRMED 9).
"""

from __future__ import annotations

from dataclasses import replace

from acuse.domain.document import Document
from acuse.domain.face import Column, Face, FaceLine, Field
from acuse.domain.jurisdiction import Sealed
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import trimmed
from acuse.domain.party import Company
from acuse.jurisdictions.pe import face_kinds as faces
from acuse.jurisdictions.pe.content_withholding import PERCEPTIONS, RETENTIONS, SYSTEMS, regime
from acuse.jurisdictions.pe.related import related_name
from acuse.jurisdictions.pe.totals_withholding import Sums, Withheld, sums
from acuse.jurisdictions.pe.words import amount_in_words

TITLES = {
    DocumentKind.RETENTION: "COMPROBANTE DE RETENCIÓN ELECTRÓNICO",
    DocumentKind.PERCEPTION: "COMPROBANTE DE PERCEPCIÓN ELECTRÓNICO",
}
PARTIES = {DocumentKind.RETENTION: "Proveedor", DocumentKind.PERCEPTION: "Cliente"}
REGIMES = {DocumentKind.RETENTION: RETENTIONS, DocumentKind.PERCEPTION: PERCEPTIONS}
WITHHELD = {DocumentKind.RETENTION: "Retenido", DocumentKind.PERCEPTION: "Percibido"}
NET = {DocumentKind.RETENTION: "Neto pagado", DocumentKind.PERCEPTION: "Total cobrado"}


def face(document: Document, company: Company, sealed: Sealed) -> Face:
    """The face; figures are those of the XML."""
    kind, counted, to = document.kind, sums(document), document.counterparty
    assert document.date is not None
    blank = faces.blank(TITLES[kind], document, company, sealed)
    narrow = blank.paper == faces.NARROW
    return replace(
        blank,
        counterparty=faces.party(PARTIES[kind], to.name, to.tax_id, to.address),
        facts=(
            faces.issued(document, sealed),
            Field("Régimen", dict(REGIMES[kind]).get(regime(document), "")),
            Field("Moneda", "Soles"),
        ),
        columns=_columns(kind, narrow=narrow),
        lines=tuple(_line(one, narrow=narrow) for one in counted.lines),
        totals=_totals(kind, counted),
        words=f"SON: {amount_in_words(counted.amount, 'SOLES')}",
        qr=faces.qr(
            company,
            SYSTEMS[kind].code,
            sealed,
            f"{counted.amount:.2f}",
            document.date.isoformat(),
            *faces.identity_fields(to.tax_id),
        ),
    )


def _columns(kind: DocumentKind, *, narrow: bool) -> tuple[Column, ...]:
    amount = f"{WITHHELD[kind]} S/"
    if narrow:
        return (Column("Documento y pago", 0.6), Column(amount, 0.4, figures=True))
    return (
        Column("Documento", 0.22),
        Column("Emisión", 0.11),
        Column("Total", 0.14, figures=True),
        Column("N.º", 0.05, figures=True),
        Column("Pago", 0.11),
        Column("Importe", 0.14, figures=True),
        Column("T. C.", 0.08, figures=True),
        Column(amount, 0.12, figures=True),
        Column("Neto S/", 0.12, figures=True),
    )


def _line(one: Withheld, *, narrow: bool) -> FaceLine:
    paid = one.paid
    assert paid.issued is not None
    document = f"{related_name(paid.kind)} {paid.number}"
    issued = f"{paid.issued:%d/%m/%Y}"
    if paid.informs:
        total = f"{paid.currency} {faces.figure(paid.total)}"
        short, long = (f"{document} del {issued}; sin pago", ""), (document, issued, total)
        return FaceLine(short if narrow else (*long, *[""] * 6))
    amount = f"{paid.currency} {faces.figure(paid.amount)}"
    rate = trimmed(paid.rate, 6, 3) if paid.rate is not None else ""
    withheld = faces.figure(one.amount)
    if narrow:
        told = f"{document} del {issued}; pago {paid.ordinal} del {paid.on:%d/%m/%Y}: {amount}"
        return FaceLine((f"{told}{f' a {rate}' if rate else ''}", withheld))
    return FaceLine(
        (
            document,
            issued,
            f"{paid.currency} {faces.figure(paid.total)}",
            str(paid.ordinal),
            f"{paid.on:%d/%m/%Y}",
            amount,
            rate,
            withheld,
            faces.figure(one.net),
        )
    )


def _totals(kind: DocumentKind, counted: Sums) -> tuple[Field, ...]:
    off = counted.rounding
    rounding = (Field("Redondeo", f"S/ {faces.figure(off)}"),) if off else ()
    label = f"Total {WITHHELD[kind].lower()} ({trimmed(counted.percent, 2)} %)"
    return (
        *rounding,
        Field(f"{NET[kind]}", f"S/ {faces.figure(counted.net)}"),
        Field(label, f"S/ {faces.figure(counted.amount)}"),
    )
