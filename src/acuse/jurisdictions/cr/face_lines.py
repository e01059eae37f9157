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


ROLL_COLUMNS = (Column("Detalle", 0.7), Column("Subtotal", 0.3, figures=True))

Table = tuple[tuple[Column, ...], tuple[FaceLine, ...]]


def table(document: Document, counted: Sums, *, roll: bool) -> Table:
    """The columns and rows; on a roll all of a line stands under its name.

    A bundle's products stand under it.
    """
    payment = document.kind is DocumentKind.PAYMENT
    row = _rolled if roll else _payment if payment else _row
    rows = tuple(
        row(line, line_sum) for line, line_sum in zip(document.lines, counted.lines, strict=True)
    )
    return (ROLL_COLUMNS if roll else PAYMENT_COLUMNS if payment else COLUMNS), rows


def _rolled(line: Line, counted: LineSum) -> FaceLine:
    cabys = content_line.cabys(line)
    times = f"{_quantity(line)} {content_line.unit(line)} × {figure(line.price)}"
    off = sum(counted.discounts, Decimal(0))
    under = (
        times,
        *((f"desc. {figure(off)}",) if off else ()),
        *((f"IVA {_rate(counted)}",) if _rate(counted) else ()),
        *((cabys,) if cabys else ()),
    )
    return FaceLine((f"{_described(line, counted)}\n{' · '.join(under)}", figure(counted.subtotal)))


def _quantity(line: Line) -> str:
    return trimmed(line.quantity, 3).replace(".", ",")


def _described(line: Line, counted: LineSum) -> str:
    return "\n".join((f"{line.code} {line.description}".strip(), *_more(line, counted)))


def _payment(line: Line, counted: LineSum) -> FaceLine:
    amounts = (counted.subtotal, counted.charged, counted.total)
    return FaceLine((line.description, *map(figure, amounts)))


def _row(line: Line, counted: LineSum) -> FaceLine:
    return FaceLine(
        (
            _quantity(line),
            content.told(line.extra, "commercial_unit") or content_line.unit(line),
            content_line.cabys(line),
            _described(line, counted),
            figure(line.price),
            figure(sum(counted.discounts, Decimal(0))) if counted.discounts else "",
            _rate(counted),
            figure(counted.subtotal),
        )
    )


def _more(line: Line, counted: LineSum) -> tuple[str, ...]:
    """What stands under the name: series, register, other taxes, exoneration, a bundle's parts."""
    serials, medicine = content_line.serials(line), content.told(line.extra, "medicine_register")
    return (
        *((f"Serie: {', '.join(serials)}",) if serials else ()),
        *((f"Registro: {medicine}",) if medicine else ()),
        *_exonerated(counted),
        *(lists.TAX_WORDS[content_line.code_of(tax)] for tax in content_line.others(line)),
        *(
            f"· {_quantity(one)} {content_line.unit(one)} {one.description}"
            for one in line.components
        ),
    )


def _exonerated(counted: LineSum) -> tuple[str, ...]:
    rate = counted.taxes[-1].rate
    if not counted.points or rate is None:
        return ()
    points = percent(counted.points)[:-2]
    return (f"Exonerado: {points} de {percent(rate)[:-2]} puntos",)


def _rate(counted: LineSum) -> str:
    """The tariff. A bundle has several: none is shown."""
    rate = counted.taxes[-1].rate
    return "" if rate is None else percent(rate)
