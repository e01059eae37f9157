"""The printed lines and sums, on a page and on a till's roll. Source: colombia.md 3 and 8."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import compress

from acuse.domain.document import Document, Line
from acuse.domain.face import Column, FaceLine, Field
from acuse.domain.money import ZERO
from acuse.jurisdictions.co import codes, content
from acuse.jurisdictions.co import face_words as words
from acuse.jurisdictions.co.totals import LineSum, Sums, TaxSum
from acuse.jurisdictions.co.traits import TRAITS

QUANTITY = Column("Cant.", 0.07, figures=True)
UNIT = Column("Unidad", 0.09)
CODE = Column("Código", 0.11)
DESCRIPTION = Column("Descripción", 0.27)
PRICE = Column("V. unitario", 0.13, figures=True)
ADJUSTED = Column("Dscto.", 0.10, figures=True)
TAXES, LONG_TAXES = Column("Impuesto", 0.10), Column("Impuesto", 0.13)
VALUE = Column("V. total", 0.13, figures=True)
COLUMNS = (QUANTITY, UNIT, CODE, DESCRIPTION, PRICE, ADJUSTED, TAXES, VALUE)
ROLL_COLUMNS = (Column("Producto", 0.66), Column("Valor", 0.34, figures=True))
EXCLUDED = "Excluido"
_UNITS = dict(TRAITS.units)
_SHORT = 12  # letters of a unit's name that fit its column
_RATE = 9  # letters of a tax that fit the narrower column: "ICUI 20 %"


def table(document: Document, counted: Sums) -> tuple[tuple[Column, ...], tuple[FaceLine, ...]]:
    """The columns and rows of a page; a column that no row fills leaves its room to the words."""
    rows = tuple(
        (
            words.quantity(line.quantity),
            unit(line),
            line.code,
            _described(line),
            words.price(line_sum.price),
            _adjusted(line_sum),
            "\n".join(_taxed(line_sum)),
            words.figure(line_sum.value),
        )
        for line, line_sum in zip(document.lines, counted.lines, strict=True)
    )
    filled = [any(cells) for cells in zip(*rows, strict=True)]
    columns = compress(_columns(rows, filled), filled)
    return tuple(columns), tuple(FaceLine(tuple(compress(one, filled))) for one in rows)


def _columns(rows: tuple[tuple[str, ...], ...], filled: list[bool]) -> list[Column]:
    """All columns, the description as wide as those that are filled leave it."""
    taxes = "\n".join(row[COLUMNS.index(TAXES)] for row in rows)
    long = any(len(one) > _RATE for one in taxes.split("\n"))
    columns = [LONG_TAXES if long and one is TAXES else one for one in COLUMNS]
    free = 1 - sum(one.share for one in compress(columns, filled))
    return [replace(one, share=one.share + free) if one is DESCRIPTION else one for one in columns]


def roll_table(
    document: Document, counted: Sums
) -> tuple[tuple[Column, ...], tuple[FaceLine, ...]]:
    """The columns and rows of a roll: all of a line under its description."""
    return ROLL_COLUMNS, tuple(
        FaceLine((_under(line, line_sum), words.figure(line_sum.value)))
        for line, line_sum in zip(document.lines, counted.lines, strict=True)
    )


def _under(line: Line, counted: LineSum) -> str:
    code = f" [{line.code}]" if line.code else ""
    times = f"{words.quantity(line.quantity)} {unit(line)} × {words.price(counted.price)}"
    off = f" · dscto. {_adjusted(counted)}" if counted.discounts or counted.charges else ""
    return f"{_described(line)}{code}\n{times}{off} · {', '.join(_taxed(counted))}"


def unit(line: Line) -> str:
    """The unit as people say it, its code where the name is long."""
    code = content.unit(line)
    name = _UNITS.get(code) or codes.units().get(code, code)
    return name if len(name) <= _SHORT else code


def _described(line: Line) -> str:
    details = [str(line.extra.get(name) or "") for name in ("brand", "model")]
    shown = " ".join(part for part in (line.description, *details) if part)
    value = line.extra.get("free_value")
    free = f" (sin cobro; valor comercial {words.price(value)})" if value is not None else ""
    principal = str(line.extra.get("principal_nit") or "")
    return shown + free + (f" (por cuenta del NIT {principal})" if principal else "")


def _adjusted(counted: LineSum) -> str:
    """What is taken off, a charge as its opposite, "" for neither."""
    off = sum(counted.discounts, ZERO) - sum(counted.charges, ZERO)
    return words.figure(off) if off else ""


def _taxed(counted: LineSum) -> tuple[str, ...]:
    """Each tax with its rate; what has none is excluded, which is not the same as 0 %."""
    return tuple(map(_rate, counted.taxes)) or (EXCLUDED,)


def _rate(tax: TaxSum) -> str:
    if tax.per_unit is not None:
        return f"{tax.code.name} {words.price(tax.per_unit)}"
    return f"{tax.code.name} {words.percent(tax.percent)}"


def totals(counted: Sums) -> tuple[Field, ...]:
    """The sums in the order of the XML; the last is what is still to be paid."""
    off = sum((sum(line.discounts, ZERO) for line in counted.lines), ZERO)
    on = sum((sum(line.charges, ZERO) for line in counted.lines), ZERO)
    told = [
        *([("Total bruto", counted.line_extension + off - on)] if off or on else []),
        *([("Descuentos en líneas", -off)] if off else []),
        *([("Cargos en líneas", on)] if on else []),
        ("Subtotal", counted.line_extension),
        *((_label(rate), rate.amount) for group in counted.taxes for rate in group.rates),
        *([("Descuento global", -counted.allowance)] if counted.allowance else []),
        *([("Cargos", counted.charge)] if counted.charge else []),
        ("Total", counted.payable),
        *([("Anticipos", -counted.prepaid)] if counted.prepaid else []),
        *((_rate(rate), -rate.amount) for group in counted.withholdings for rate in group.rates),
    ]
    owed = counted.payable - counted.prepaid - counted.withheld
    if owed != counted.payable:
        told.append(("Neto a pagar", owed))
    return tuple(Field(label, _pesos(amount)) for label, amount in told)


def _label(tax: TaxSum) -> str:
    return f"{_rate(tax)} c/u" if tax.per_unit is not None else _rate(tax)


def _pesos(amount: Decimal) -> str:
    return f"−$ {words.figure(-amount)}" if amount < ZERO else f"$ {words.figure(amount)}"
