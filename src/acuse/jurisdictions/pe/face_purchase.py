"""What a printed liquidación de compra shows. Source: peru.md 7, 13."""

from __future__ import annotations

from dataclasses import replace

from acuse.domain.document import Document
from acuse.domain.face import Column, Face, FaceLine, Field, Section
from acuse.domain.jurisdiction import Sealed
from acuse.domain.money import trimmed
from acuse.domain.party import Company
from acuse.jurisdictions.pe import content
from acuse.jurisdictions.pe import face_kinds as faces
from acuse.jurisdictions.pe.codes import CURRENCIES
from acuse.jurisdictions.pe.compose_purchase import CODE
from acuse.jurisdictions.pe.content_purchase import gold, operation, purchase_place
from acuse.jurisdictions.pe.kinds_traits import PURCHASES
from acuse.jurisdictions.pe.totals_purchase import LABELS, Sums, sums
from acuse.jurisdictions.pe.words import amount_in_words

TITLE = "LIQUIDACIÓN DE COMPRA ELECTRÓNICA"
COLUMNS = (
    Column("Cant.", 0.10, figures=True),
    Column("Und.", 0.08),
    Column("Código", 0.12),
    Column("Descripción", 0.42),
    Column("V. unitario", 0.14, figures=True),
    Column("V. compra", 0.14, figures=True),
)
NARROW = (Column("Descripción", 0.62), Column("V. compra", 0.38, figures=True))


def face(document: Document, company: Company, sealed: Sealed) -> Face:
    """The face; figures are those of the XML, the last one is what the seller gets."""
    counted, seller = sums(document), document.counterparty
    assert document.date is not None
    sign, words = CURRENCIES[document.currency]
    blank = faces.blank(TITLE, document, company, sealed)
    _, _, bought_at = purchase_place(document)
    return replace(
        blank,
        counterparty=faces.party("Vendedor", seller.name, seller.tax_id, seller.address),
        facts=(
            faces.issued(document, sealed),
            Field("Operación", dict(PURCHASES).get(operation(document), "")),
            Field("Moneda", words.capitalize()),
        ),
        sections=(Section("Lugar de la compra", (Field("Dirección", bought_at),)),),
        columns=NARROW if blank.paper == faces.NARROW else COLUMNS,
        lines=_lines(document, counted, narrow=blank.paper == faces.NARROW),
        totals=_totals(counted, sign),
        words=f"SON: {amount_in_words(counted.payable, words)}",
        qr=faces.qr(
            company,
            CODE,
            sealed,
            f"{counted.igv:.2f}",
            f"{counted.payable:.2f}",
            document.date.isoformat(),
            *faces.identity_fields(seller.tax_id),
        ),
    )


def _lines(document: Document, counted: Sums, *, narrow: bool) -> tuple[FaceLine, ...]:
    rows = []
    for line, one in zip(document.lines, counted.lines, strict=True):
        told = [f"{name}: {value}" for _, name, value in gold(line)]
        described = "; ".join((line.description, *told))
        quantity, unit = trimmed(line.quantity, 10), content.unit(line)
        price, value = trimmed(line.price, 10, 2), faces.figure(one.value)
        if narrow:
            rows.append(FaceLine((f"{quantity} {unit} × {price}: {described}", value)))
        else:
            rows.append(FaceLine((quantity, unit, line.code, described, price, value)))
    return tuple(rows)


def _totals(counted: Sums, sign: str) -> tuple[Field, ...]:
    bases = ((LABELS[tribute], base) for tribute, base, _ in counted.bases)
    told = [(label, base) for label, base in bases]
    told.append(("IGV", counted.igv))
    told.append(("Importe total", counted.value + counted.line_igv))
    if counted.line_igv:
        told.append(("IGV que paga el comprador", -counted.line_igv))
    if counted.line_income:
        told.append(("Retención de renta", -counted.line_income))
    if counted.prepaid:
        told.append(("Anticipos", -counted.prepaid))
    told.append(("Neto a pagar", counted.payable))
    return tuple(Field(label, f"{sign} {faces.figure(amount)}") for label, amount in told)
