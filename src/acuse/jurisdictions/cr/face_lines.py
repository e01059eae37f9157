"""The printed lines. Source: costa-rica.md 7."""

from __future__ import annotations

from decimal import Decimal

from acuse.domain.document import Document, Line
from acuse.domain.face import Column, FaceLine
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import trimmed
from acuse.jurisdictions.cr import content, content_line, lists
from acuse.jurisdictions.cr.face_words import figure, percent
from acuse.jurisdictions.cr.line_sums import LineSum
from acuse.jurisdictions.cr.totals import Sums

COLUMNS = (
    Column("Cant.", 0.08, figures=True),
    Column("Und.", 0.07),
    Column("CABYS", 0.16),
    Column("Detalle", 0.27),
    Column("Precio", 0.13, figures=True),
    Column("Desc.", 0.10, figures=True),
    Column("IVA", 0.06, figures=True),
    Column("Subtotal", 0.13, figures=True),
)
PAYMENT_COLUMNS = (
    Column("Detalle", 0.46),
    Column("Pagado sin IVA", 0.18, figures=True),
    Column("IVA", 0.18, figures=True),
    Column("Total", 0.18, figures=True),
)


def columns(kind: DocumentKind) -> tuple[Column, ...]:
    """The columns of a kind's table."""
    return PAYMENT_COLUMNS if kind is DocumentKind.PAYMENT else COLUMNS


def lines(document: Document, counted: Sums) -> tuple[FaceLine, ...]:
    """The rows of the table; a bundle's products stand under it."""
    row = _payment if document.kind is DocumentKind.PAYMENT else _row
    return tuple(
        row(line, line_sum) for line, line_sum in zip(document.lines, counted.lines, strict=True)
    )


def _payment(line: Line, counted: LineSum) -> FaceLine:
    amounts = (counted.subtotal, counted.charged, counted.total)
    return FaceLine((line.description, *map(figure, amounts)))


def _row(line: Line, counted: LineSum) -> FaceLine:
    return FaceLine(
        (
            trimmed(line.quantity, 3).replace(".", ","),
            content.told(line.extra, "commercial_unit") or content_line.unit(line),
            content_line.cabys(line),
            "\n".join((f"{line.code} {line.description}".strip(), *_more(line))),
            figure(line.price),
            figure(sum(counted.discounts, Decimal(0))) if counted.discounts else "",
            _rate(counted),
            figure(counted.subtotal),
        )
    )


def _more(line: Line) -> tuple[str, ...]:
    """What stands under the name: series, register, other taxes, a bundle's products."""
    serials, medicine = content_line.serials(line), content.told(line.extra, "medicine_register")
    return (
        *((f"Serie: {', '.join(serials)}",) if serials else ()),
        *((f"Registro: {medicine}",) if medicine else ()),
        *(lists.TAX_WORDS[content_line.code_of(tax)] for tax in content_line.others(line)),
        *(
            f"· {trimmed(one.quantity, 3).replace('.', ',')} {content_line.unit(one)} "
            f"{one.description}"
            for one in line.components
        ),
    )


def _rate(counted: LineSum) -> str:
    """The tariff; what of it is exonerated in brackets. A bundle has several: none is shown."""
    tax = counted.taxes[-1]
    if tax.rate is None:
        return ""
    points = f" (−{percent(counted.points)[:-2]})" if counted.points else ""
    return percent(tax.rate) + points
