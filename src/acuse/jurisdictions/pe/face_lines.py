"""The printed lines and sums, on a page and on a roll of 80 mm. Source: peru.md 7."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from acuse.domain.document import Document, Line
from acuse.domain.face import Column, FaceLine, Field
from acuse.domain.money import ZERO, rounded, trimmed
from acuse.jurisdictions.pe import content
from acuse.jurisdictions.pe.codes import (
    AFFECTATIONS,
    EXEMPT,
    EXPORT,
    FREE,
    ICBPER,
    IGV,
    ISC,
    IVAP,
    OTROS,
    UNTAXED,
    properties,
)
from acuse.jurisdictions.pe.line_sums import LineSum
from acuse.jurisdictions.pe.totals import Sums

COLUMNS = (
    Column("Cant.", 0.08, figures=True),
    Column("Und.", 0.06),
    Column("Código", 0.10),
    Column("Descripción", 0.30),
    Column("V. unitario", 0.12, figures=True),
    Column("P. unitario", 0.11, figures=True),
    Column("Dscto.", 0.10, figures=True),
    Column("V. venta", 0.13, figures=True),
)
ROLL_COLUMNS = (Column("Producto", 0.66), Column("Importe", 0.34, figures=True))
MOST_DECIMALS = 6  # more would not fit; the XML has ten
BASES = (
    (IGV, "Op. gravada"),
    (IVAP, "Op. gravada (IVAP)"),
    (EXEMPT, "Op. exonerada"),
    (UNTAXED, "Op. inafecta"),
    (EXPORT, "Op. de exportación"),
    (FREE, "Op. gratuita"),
)
TAXES = ((ISC, "ISC"), (IGV, "IGV"), (IVAP, "IVAP"), (ICBPER, "ICBPER"), (OTROS, "Otros tributos"))
GLOBALS = {
    "02": "Descuento global",
    "49": "Cargo global",
    "03": "Otros descuentos",
    "50": "Otros cargos",
    "46": "Recargo al consumo o propina",
    "45": "FISE",
    "63": "Retención de renta",
}


def table(document: Document, counted: Sums) -> tuple[tuple[Column, ...], tuple[FaceLine, ...]]:
    """The columns and rows of a page."""
    rows = tuple(
        FaceLine(
            (
                trimmed(line.quantity, 10),
                content.unit(line),
                line.code,
                described(line, of_it),
                trimmed(of_it.unit_value, MOST_DECIMALS, 2),
                "" if of_it.free else trimmed(of_it.price, MOST_DECIMALS, 2),
                _adjusted(of_it),
                figure(of_it.value),
            )
        )
        for line, of_it in zip(document.lines, counted.lines, strict=True)
    )
    return COLUMNS, rows


def roll_table(
    document: Document, counted: Sums
) -> tuple[tuple[Column, ...], tuple[FaceLine, ...]]:
    """The same on a roll: what it is, how many at which price, and what is paid for it."""
    return ROLL_COLUMNS, tuple(
        FaceLine(
            (
                f"{described(line, of_it)}\n{trimmed(line.quantity, 10)} {content.unit(line)} × "
                f"{trimmed(of_it.price, MOST_DECIMALS, 2)}",
                figure(ZERO if of_it.free else of_it.price * line.quantity),
            )
        )
        for line, of_it in zip(document.lines, counted.lines, strict=True)
    )


def described(line: Line, counted: LineSum) -> str:
    """What it is, how it is taxed where that is not the usual way, and its properties."""
    words = line.description
    if counted.free:
        words += " (entrega gratuita; valor de referencia)"
    elif counted.affectation != content.ONEROUS:
        words += f" ({AFFECTATIONS[counted.affectation][1].lower()})"
    known = properties()
    told = content.coded(line.extra, "properties") if line.extra else ()
    return "\n".join((words, *(f"{known[code].name}: {value}" for code, value in told)))


def _adjusted(counted: LineSum) -> str:
    """What is taken off, a charge as its opposite, "" for neither."""
    off = counted.discount + counted.allowance - counted.charge - counted.surcharge
    return figure(off) if off else ""


def totals(counted: Sums, sign: str) -> tuple[Field, ...]:
    """The sums in the order of reading; the last is what is to be paid."""
    return tuple(
        Field(label, f"{'−' if amount < ZERO else ''}{sign} {figure(abs(amount))}")
        for label, amount in _told(counted)
    )


def _told(counted: Sums) -> Iterator[tuple[str, Decimal]]:
    for one in counted.globals:
        if one.code in ("02", "49") and one.amount:
            yield GLOBALS[one.code], one.signed
    present = {tribute for tribute, _, _ in counted.bases}
    yield from ((label, counted.base(code)) for code, label in BASES if code in present)
    for code, label in TAXES:
        if code in present:
            rate = f" ({trimmed(counted.rate, 2)} %)" if code in (IGV, IVAP) else ""
            yield f"{label}{rate}", counted.amount(code)
    lines_off = sum((one.allowance for one in counted.lines), ZERO)
    lines_on = sum((one.surcharge for one in counted.lines), ZERO)
    if lines_off:
        yield "Descuentos sin IGV en líneas", -lines_off
    if lines_on:
        yield "Cargos sin IGV en líneas", lines_on
    for one in counted.globals:
        if one.code not in ("02", "49") and one.amount:
            yield GLOBALS[one.code], one.signed
    if counted.prepaid:
        yield "Anticipos", -counted.prepaid
    if counted.rounding:
        yield "Redondeo", counted.rounding
    yield "Importe total", counted.payable


def figure(amount: Decimal) -> str:
    """As Peru writes it: 1,234.56."""
    return f"{rounded(amount):,.2f}"
