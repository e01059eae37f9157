"""What is wrong with a line. Source: colombia.md 3 ("Lines", "Taxes"), 3b and 10."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from acuse.domain.document import Adjustment, Document, Line, Tax
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import ZERO
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.co import checks_forms as forms
from acuse.jurisdictions.co import codes, content
from acuse.jurisdictions.co.checks_forms import problem
from acuse.jurisdictions.co.doubts import TAX_DECIMALS
from acuse.jurisdictions.co.totals import line_sum

HUNDRED = Decimal(100)
WITHHELD_IN = (  # 01 to 05; in the other kinds they would be left out
    DocumentKind.INVOICE,
    DocumentKind.EXPORT_INVOICE,
    DocumentKind.PAPER_INVOICE,
    DocumentKind.PURCHASE,
)
EITHER = frozenset({"IC", "OTROS"})  # a percentage or so much for each unit
STANDARDS = {  # of product codes: kind, its form, words
    "001": ("[0-9]{8}", "UNSPSC: ocho cifras"),
    "010": ("[0-9]{8}|[0-9]{12,14}", "GTIN: 8, 12, 13 o 14 cifras"),
    "020": ("[0-9]{10}", "partida arancelaria: diez cifras"),
    "999": (".{1,50}", "propio: hasta 50 caracteres"),
}
LONGEST_REASON = 5000
FREE_KINDS = ("01", "02", "03")
GENERATIONS = ("1", "2")


def line_problems(field: str, line: Line, document: Document, today: date) -> Iterator[Problem]:
    """What is wrong with the line at that path."""
    yield from forms.sized(f"{field}.name", "FAZ02", "La descripción", line.description, 5, 300)
    yield from _codes(field, line)
    for index, tax in enumerate(line.taxes):
        yield from _tax(f"{field}.tax.{index}", tax, document.kind)
    yield from _taxes(field, line)
    if document.kind is DocumentKind.PURCHASE:
        yield from _purchase(field, line, today)
    yield from reasons(f"{field}.discount.reason", "FBE05", line.discounts, 0)
    yield from reasons(f"{field}.charge.reason", "FBE05", line.charges, 0)
    figures = (
        *forms.figure(f"{field}.quantity", "FAV04", "La cantidad", line.quantity, 6),
        *forms.figure(f"{field}.price", "FBB02", "El precio", line.price, 6, zero=True),
        *_free(field, line, document.kind),
        *adjustments(f"{field}.discount", "FBE", "El descuento", line.discounts),
        *adjustments(f"{field}.charge", "FBE", "El cargo", line.charges),
    )
    yield from figures or _sum(field, line)


def _codes(field: str, line: Line) -> Iterator[Problem]:
    unit = content.unit(line)
    if unit not in codes.units():
        text = f"La unidad «{one_line_of(unit, 20)}» no existe. Usa 94 (unidad), KGM, LTR, HUR…"
        yield problem(f"{field}.unit", "FAV05", text)
    if line.code:
        what = "El código del producto"
        yield from forms.sized(f"{field}.code", "FAZ06", what, line.code, 1, 50)
    for name, code, what in (("brand", "FAZ04", "La marca"), ("model", "FAZ05", "El modelo")):
        told = str(line.extra.get(name) or "")
        if told:
            yield from forms.sized(f"{field}.extra.{name}", code, what, told, 1, 100)
    kind = str(line.extra.get("standard_kind") or "999")
    told = str(line.extra.get("standard_code") or line.code or "1")
    if kind not in STANDARDS:
        text = f"El estándar «{one_line_of(kind, 10)}» no existe. Usa {', '.join(STANDARDS)}."
        yield problem(f"{field}.extra.standard_kind", "FAZ12", text)
        return
    form, words = STANDARDS[kind]
    if not re.fullmatch(form, told) or any(forms.written("", "", "", told)):
        text = f"El código «{one_line_of(told, 30)}» no tiene la forma de su estándar ({words})."
        yield problem(f"{field}.extra.standard_code", "FAZ10", f"{text} Corrígelo.")


def _tax(field: str, tax: Tax, kind: DocumentKind) -> Iterator[Problem]:
    code = codes.TAXES.get(tax.code)
    if code is None:
        text = f"El impuesto «{one_line_of(tax.code, 20)}» no existe. Usa IVA, INC, ICA…"
        yield problem(f"{field}.code", "FAX16", text)
        return
    if code.withholding and kind not in WITHHELD_IN:
        text = f"{code.name} es una retención: solo va en facturas y documentos soporte. Quítala."
        yield problem(f"{field}.code", "OWN-3", text)
    rule = "FAY" if code.withholding else "FAX"
    if tax.per_unit is not None:
        if code.base is not codes.Base.UNIT and tax.code not in EITHER:
            text = f"{code.name} es un porcentaje, no un valor por unidad. Escribe «percentage»."
            yield problem(f"{field}.perUnit", f"{rule}11", text)
            return
        yield from forms.figure(
            f"{field}.perUnit", f"{rule}11", f"{code.name} por unidad", tax.per_unit, 6
        )
    elif code.base is codes.Base.UNIT:
        text = f"{code.name} se cobra por unidad y falta cuánto. Escribe «perUnit»."
        yield problem(f"{field}.perUnit", f"{rule}11", text)
    else:
        yield from _rate(f"{field}.percentage", f"{rule}14", tax, code.name)


def _rate(field: str, code: str, tax: Tax, name: str) -> Iterator[Problem]:
    legal = codes.RATES.get(tax.code)
    if not tax.percent.is_finite():
        yield problem(field, code, f"{name} no es un porcentaje. Corrígelo.")
    elif tax.percent < ZERO:
        text = f"{name} es {tax.percent} %: la DIAN no admite cifras negativas. Corrígelo."
        yield problem(field, forms.NOT_NEGATIVE, text)
    elif legal is not None and tax.percent not in legal:
        known = ", ".join(map(str, sorted(legal)))
        text = f"{name} de {tax.percent} % no existe. Usa {known} %."
        yield problem(field, code, text)
    elif tax.percent > HUNDRED:
        text = f"{name} es {tax.percent} % y no puede pasar de 100 %. Corrígelo."
        yield problem(field, code, text)
    else:
        yield from forms.figure(field, code, name, tax.percent, TAX_DECIMALS, zero=True)


def _taxes(field: str, line: Line) -> Iterator[Problem]:
    """What is wrong with the taxes together."""
    for code, times in Counter(tax.code for tax in line.taxes).items():
        known = codes.TAXES.get(code)
        if times > 1 and known is not None:
            rule = "FAY01" if known.withholding else "FAX01"
            text = f"{known.name} está {times} veces en la línea y va una. Deja una."
            yield problem(f"{field}.tax", rule, text)
    held = {tax.code for tax in line.taxes}
    charged = any(tax.code == codes.IVA and tax.percent != ZERO for tax in line.taxes)
    if codes.RETEIVA in held and not charged:
        text = "ReteIVA se calcula sobre el IVA y la línea no tiene IVA. Quítala o agrega el IVA."
        yield problem(f"{field}.tax", "FAY07", text)


def _free(field: str, line: Line, kind: DocumentKind) -> Iterator[Problem]:
    """What is wrong with a thing given without charge (FAW01 to FAW05)."""
    value = content.free_value(line)
    if value is None:
        if line.price == ZERO:
            text = "El precio es 0: escribe el valor comercial de lo que se entrega sin cobrar."
            yield problem(f"{field}.extra.free_value", "FAW01", text)
        return
    what = "El valor comercial"
    yield from forms.figure(f"{field}.extra.free_value", "FAW03", what, value, 6)
    if line.price != ZERO:
        text = f"Lo que se entrega sin cobrar tiene precio 0 y aquí es {line.price}."
        yield problem(f"{field}.price", "FAW01", f"{text} Deja el precio o el valor comercial.")
    told = str(line.extra.get("free_kind") or "01")
    if told not in FREE_KINDS:
        text = f"La base del valor comercial «{one_line_of(told, 10)}» no existe."
        yield problem(f"{field}.extra.free_kind", "FAW05", f"{text} Usa 01, 02 o 03.")
    if kind is DocumentKind.DEBIT_NOTE:
        text = "Una nota débito no lleva nada sin cobrar. Quita la línea."
        yield problem(f"{field}.extra.free_value", "OWN-4", text)


def _purchase(field: str, line: Line, today: date) -> Iterator[Problem]:
    day = line.extra.get("purchase_date")
    if isinstance(day, date) and day > today:
        text = f"La compra es del {day:%d/%m/%Y}, después de hoy. Corrige la fecha."
        yield problem(f"{field}.extra.purchase_date", "FAE02", text)
    way = str(line.extra.get("purchase_form") or "1")
    if way not in GENERATIONS:
        text = f"La forma de generación «{one_line_of(way, 10)}» no existe. Usa 1 o 2."
        yield problem(f"{field}.extra.purchase_form", "FAE05", text)


def adjustments(
    field: str, group: str, what: str, given: tuple[Adjustment, ...]
) -> Iterator[Problem]:
    """What is wrong with discounts or charges; `group` begins the DIAN's codes."""
    for one in given:
        if (one.amount is None) == (one.percent is None):
            text = f"{what} lleva un valor o un porcentaje: uno de los dos. Corrígelo."
            yield problem(field, f"{group}06", text)
        elif one.amount is not None:
            yield from forms.figure(field, f"{group}07", what, one.amount, 2, zero=True)
        elif one.percent is not None:
            yield from _share(field, f"{group}06", what, one.percent)


def reasons(field: str, code: str, given: tuple[Adjustment, ...], least: int) -> Iterator[Problem]:
    """What is wrong with what is said of discounts or charges; saying nothing is right."""
    for one in given:
        if one.reason:
            yield from forms.sized(field, code, "El motivo", one.reason, least, LONGEST_REASON)


def _share(field: str, code: str, what: str, percent: Decimal) -> Iterator[Problem]:
    if percent.is_finite() and percent > HUNDRED:
        yield problem(field, code, f"{what} es {percent} % y no puede pasar de 100 %. Corrígelo.")
    else:
        yield from forms.figure(field, code, what, percent, 2, zero=True)


def _sum(field: str, line: Line) -> Iterator[Problem]:
    """What is wrong with what the line comes to; its figures are known to be good."""
    counted = line_sum(line)
    if counted.value < ZERO:
        off = sum(counted.discounts, ZERO)
        text = f"Los descuentos ({off}) no caben en la línea ({counted.gross}). Corrígelos."
        yield problem(f"{field}.discount", forms.NOT_NEGATIVE, text)
    if counted.gross > forms.LARGEST:
        text = f"La línea suma {counted.gross}: tiene más de 15 cifras enteras. Revísala."
        yield problem(field, "FAV06", text)
