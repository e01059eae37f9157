"""What is wrong with the taxes of a line. Source: costa-rica.md 3.3, 3.4, 9.2."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from acuse.domain.document import Line, Tax
from acuse.domain.kinds import DocumentKind
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.cr import codes, content, content_line, forms, lists
from acuse.jurisdictions.cr.content_line import code_of
from acuse.jurisdictions.cr.doubts import CLASSES, NOT_SUBJECT
from acuse.jurisdictions.cr.forms import problem
from acuse.jurisdictions.cr.kinds import FORMS

LARGEST_RATE, LARGEST_UNITS = Decimal("99.99"), Decimal("99999.99")
LARGEST_FACTOR = Decimal("9.9999")


def tax_problems(field: str, line: Line, kind: DocumentKind) -> Iterator[Problem]:
    """What is wrong with the taxes of the line at that path, which is no bundle."""
    form = FORMS[kind]
    codes_told = [code_of(tax) for tax in line.taxes]
    for place, code in enumerate(codes_told):
        if not code:
            shown = one_line_of(line.taxes[place].code, 20)
            text = f"El impuesto «{shown}» no existe. Usa uno de: {', '.join(lists.TAXES)}."
            yield problem(f"{field}.tax.{place}", "CR-XSD", text)
            return
    added = [tax for tax in line.taxes if code_of(tax) in lists.VALUE_ADDED]
    if len(added) > 1 or len(set(codes_told)) < len(codes_told):
        text = "La línea lleva un solo IVA, y cada otro impuesto una vez. Quita el que sobra."
        yield problem(f"{field}.tax", "CR-LIN-9", text)
        return
    yield from _value_added(field, line, kind)
    for tax in content_line.others(line):
        place = line.taxes.index(tax)
        if kind is DocumentKind.PAYMENT:
            yield from _paid(field, place, line, tax)
        elif not form.factory and code_of(tax) in lists.SPECIFIC:
            text = f"Este documento no lleva {lists.TAX_WORDS[code_of(tax)]}. Quítalo."
            yield problem(f"{field}.tax.{place}", "CR-LIN-12", text)
        else:
            yield from _other(field, place, line, tax)
    yield from _factory(field, line, kind)


def _value_added(field: str, line: Line, kind: DocumentKind) -> Iterator[Problem]:
    tax, tariff = content_line.value_added(line), content_line.tariff(line)
    if tax is not None and code_of(tax) == lists.USED_GOODS:
        factor = content_line.factor(line)
        if factor is None:
            text = "El IVA de bienes usados lleva su factor. Escríbelo."
            yield problem(f"{field}.extra.vat_factor", "CR-LIN-11", text)
        else:
            yield from forms.figure(
                f"{field}.extra.vat_factor", "El factor", factor, 4, largest=LARGEST_FACTOR
            )
        return
    if tariff not in codes.TARIFFS:
        told = f"{tax.percent} %" if tax is not None else "nada"
        text = f"La línea dice {told} y no hay tarifa de IVA así."
        yield problem(f"{field}.tax", "CR-LIN-8", f"{text} Usa 13, 4, 2, 1, 0.5 o 0 %.")
    elif tax is not None and tax.percent != codes.TARIFFS[tariff]:
        text = f"La tarifa {tariff} es {codes.TARIFFS[tariff]} % y la línea dice otra cosa."
        yield problem(f"{field}.tax", "CR-LIN-9", f"{text} Corrige una de las dos.")
    elif not FORMS[kind].freed and CLASSES[tariff] == NOT_SUBJECT:
        text = "Una exportación no tiene totales «no sujeto». Usa la tarifa 01 o la 10."
        yield problem(f"{field}.extra.tariff", "CR-LIN-9", text)


def _other(
    field: str, place: int, line: Line, tax: Tax, *, counted: bool = True
) -> Iterator[Problem]:
    """`counted`: a specific tax says how it is counted."""
    code = code_of(tax)
    if counted and code in lists.SPECIFIC:
        yield from _specific(field, place, line, tax)
    elif tax.per_unit is None:
        what = f"El porcentaje de {lists.TAX_WORDS[code]}"
        yield from forms.figure(
            f"{field}.tax.{place}", what, tax.percent, 2, largest=LARGEST_RATE, zero=True
        )
    else:
        yield from forms.figure(f"{field}.tax.{place}.perUnit", "El impuesto", tax.per_unit, 5)
    name = content.told(line.extra, "other_tax_name")
    if code == lists.OTHER:
        yield from forms.sized(f"{field}.extra.other_tax_name", "El impuesto", name, 5, 100)


def _paid(field: str, place: int, line: Line, tax: Tax) -> Iterator[Problem]:
    """Nothing for what was paid of a tax that is not IVA: an amount, not how it was reckoned."""
    if tax.per_unit is None:
        text = (
            f"De un pago se escribe cuánto es de {lists.TAX_WORDS[code_of(tax)]}, no un porcentaje."
        )
        yield problem(f"{field}.tax.{place}.perUnit", "CR-LIN-12", text)
        return
    yield from _other(field, place, line, tax, counted=False)


def _specific(field: str, place: int, line: Line, tax: Tax) -> Iterator[Problem]:
    """Nothing for a tax counted by units that says all that its kind needs."""
    told, code = content_line.specific(line, tax), code_of(tax)
    if tax.per_unit is None:
        text = f"{lists.TAX_WORDS[code]}: falta el impuesto de una unidad. Escríbelo."
        yield problem(f"{field}.tax.{place}.perUnit", "CR-LIN-12", text)
    else:
        yield from forms.figure(
            f"{field}.tax.{place}.perUnit", "El impuesto de una unidad", told.per_unit, 5
        )
    extra = f"{field}.extra.specific"
    units = f"{extra}_quantity"
    yield from forms.figure(
        units, "Las unidades del impuesto", told.quantity, 2, largest=LARGEST_UNITS
    )
    needed = {
        lists.ALCOHOL: ("percent", "El porcentaje de alcohol", told.percent, LARGEST_RATE),
        lists.DRINKS: ("volume", "El volumen de consumo", told.volume, LARGEST_UNITS),
    }
    if code in needed:
        name, what, value, largest = needed[code]
        if value is None:
            text = f"{what} hace falta para {lists.TAX_WORDS[code]}. Escríbelo."
            yield problem(f"{extra}_{name}", "CR-LIN-12", text)
        else:
            yield from forms.figure(f"{extra}_{name}", what, value, 2, largest=largest)
    if told.amount is not None:
        yield from forms.figure(
            f"{extra}_amount", "El monto del impuesto", told.amount, 5, zero=True
        )


def _factory(field: str, line: Line, kind: DocumentKind) -> Iterator[Problem]:
    """Nothing for IVA of the factory, a base of one's own and a tax borne that may be so."""
    factory, base = content_line.factory(line), content_line.told_base(line)
    if factory:
        of = f"{field}.extra.factory_vat"
        yield from forms.listed(of, "CR-XSD", "El IVA de fábrica", factory, lists.FACTORY)
        if not FORMS[kind].factory or kind is DocumentKind.PAYMENT:
            yield problem(of, "CR-XSD", "Este documento no lleva IVA de fábrica. Bórralo.")
        if factory == lists.FREE_BY_FACTORY and content_line.rate(content_line.tariff(line)):
            text = "Si el IVA se cobró en fábrica, la línea es exenta. Pon 0 % o borra el código."
            yield problem(of, "CR-LIN-9", text)
        if factory == lists.BY_FACTORY and base is None:
            text = "Con IVA cobrado en fábrica se escribe la base del impuesto. Complétala."
            yield problem(f"{field}.extra.taxable_base", "CR-LIN-7", text)
    if base is not None:
        yield from forms.figure(f"{field}.extra.taxable_base", "La base del impuesto", base, 5)
    elif content.figure(line.extra, "taxable_base") is not None:
        text = "La base se escribe solo con IVA de fábrica o de cálculo especial. Bórrala."
        yield problem(f"{field}.extra.taxable_base", "CR-LIN-7", text)
    if line.extra.get("tax_assumed") and not FORMS[kind].assumed:
        text = "En este documento el emisor no puede asumir el impuesto. Quita la marca."
        yield problem(f"{field}.extra.tax_assumed", "CR-TOT-17", text)
