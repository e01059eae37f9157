"""Affectation and taxes of a line. Source: peru.md 3.2; catalogues 05, 07 and 08."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from acuse.domain.document import Document, Line, Tax
from acuse.domain.money import ZERO
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.pe import codes, content, rates
from acuse.jurisdictions.pe.line_sums import FIXED, PUBLIC, Setting, bag_rate, isc_system
from acuse.jurisdictions.pe.totals import SOLES
from acuse.jurisdictions.pe.wording import LARGEST, figure_problems, problem

KNOWN = ("IGV", "IVAP", "ISC", "ICBPER", "OTROS")
MOST_BAGS = 99_999
MOST_RATE = Decimal(1000)


def tax_problems(field: str, line: Line, document: Document, setting: Setting) -> Iterator[Problem]:
    """What is wrong with how the line is taxed."""
    wrong = list(_listed(field, line))
    yield from wrong
    if wrong:
        return
    code = content.affectation(line, setting.usual)
    if code not in codes.AFFECTATIONS:
        told = f"«{one_line_of(code)}» no existe" if code else "falta"
        text = f"La afectación del IGV {told}. Usa 10 (gravado), 20 (exonerado), 30 (inafecto)…"
        yield problem(f"{field}.extra.affectation", "PE-2040" if code else "PE-2371", text)
        return
    taxes = {one.code or "IGV": one for one in line.taxes}
    yield from _igv(field, code, taxes, document, setting.untaxed)
    yield from _free(field, line, code)
    yield from _isc(field, line, code, taxes.get("ISC"))
    yield from _others(field, taxes)
    yield from _bags(field, line, taxes.get("ICBPER"), document, setting.untaxed)


def _listed(field: str, line: Line) -> Iterator[Problem]:
    """Each tax known, once, with a figure that is one."""
    seen: set[str] = set()
    for place, tax in enumerate(line.taxes):
        code, path = tax.code or "IGV", f"{field}.tax.{place}"
        if code not in KNOWN:
            text = f"El impuesto «{one_line_of(code)}» no existe. Usa {', '.join(KNOWN)}."
            yield problem(path, "PE-2036", text)
        elif code in seen:
            yield problem(path, "PE-3067", f"La línea lleva {code} dos veces. Quita uno.")
        seen.add(code)
        yield from figure_problems(path, "PE-3102", "La tasa", tax.percent)
        if tax.per_unit is not None:
            yield from figure_problems(path, "PE-3102", "El impuesto por unidad", tax.per_unit)
            if code in ("IGV", "IVAP", "OTROS"):
                text = f"{code} es un porcentaje, no un monto por unidad. Corrígelo."
                yield problem(f"{path}.perUnit", "PE-3102", text)
        if tax.percent.is_finite() and not ZERO <= tax.percent < MOST_RATE:
            text = f"La tasa es {tax.percent:.6g} %: debe ir de 0 a 999.99999. Corrígela."
            yield problem(path, "PE-3102", text)


def _igv(
    field: str, code: str, taxes: dict[str, Tax], document: Document, untaxed: bool
) -> Iterator[Problem]:
    """The rate told, against the affectation and what is in force."""
    igv, ivap = taxes.get("IGV"), taxes.get("IVAP")
    if code == codes.RICE:
        if igv is not None and igv.percent:
            yield problem(
                f"{field}.tax", "PE-3223", "El arroz pilado lleva IVAP, no IGV. Cámbialo."
            )
        if ivap is not None and ivap.percent not in rates.current("ivap", document.date):
            yield _not_in_force(field, "IVAP", ivap.percent, rates.current("ivap", document.date))
        return
    if ivap is not None:
        text = "El IVAP es solo del arroz pilado (afectación 17). Quítalo o cambia la afectación."
        yield problem(f"{field}.tax", "PE-3223", text)
    if igv is None:
        return
    if untaxed:
        if igv.percent:
            text = "Una boleta del NRUS no lleva IGV. Pon 0."
            yield problem(f"{field}.tax", "PE-3240", text)
    elif code in codes.TAXED:
        allowed = rates.current("igv", document.date)
        if content.is_note(document):
            allowed = rates.ever("igv", document.date)
        if igv.percent not in allowed:
            yield _not_in_force(field, "IGV", igv.percent, allowed)
    elif igv.percent:
        words = codes.AFFECTATIONS[code][1].lower()
        text = f"Una línea de lo {words} no lleva IGV; dice {igv.percent:.6g} %."
        yield problem(f"{field}.tax", "PE-3110", text + " Pon 0 o cambia la afectación.")


def _not_in_force(field: str, name: str, percent: Decimal, allowed: frozenset[Decimal]) -> Problem:
    told = " o ".join(f"{one.normalize():f} %" for one in sorted(allowed, reverse=True))
    text = f"El {name} es {told}, no {percent:.6g} %. Corrige la tasa o la afectación."
    return problem(f"{field}.tax", "PE-3102", text)


def _free(field: str, line: Line, code: str) -> Iterator[Problem]:
    if line.extra.get("free") is True and not content.is_free(line, code):
        text = (
            f"Con la afectación {code} se vende. Si se entrega gratis, usa 11 a 16, 21 o 31 a 37."
        )
        yield problem(f"{field}.extra.affectation", "PE-2640", text)


def _isc(field: str, line: Line, code: str, isc: Tax | None) -> Iterator[Problem]:
    if isc is None:
        return
    if code in codes.MAY_BE_FREE:
        text = f"Lo {codes.AFFECTATIONS[code][1].lower()} no lleva ISC. Quítalo."
        yield problem(f"{field}.tax", "PE-3223", text)
        return
    system = isc_system(line, isc)
    path = f"{field}.extra.isc_system"
    if system not in dict(codes.ISC_SYSTEMS):
        yield problem(path, "PE-2041", f"El sistema de ISC «{one_line_of(system)}» no existe.")
    elif system == FIXED:
        if not isc.per_unit or isc.per_unit < ZERO:
            text = "El ISC de monto fijo pide el monto por unidad. Escríbelo."
            yield problem(f"{field}.tax", "PE-3104", text)
    elif isc.per_unit is not None or not isc.percent:
        text = "Este sistema de ISC pide un porcentaje mayor que 0, no un monto por unidad."
        yield problem(f"{field}.tax", "PE-3104", text)
    if system == PUBLIC and not ZERO < content.amount(line.extra, "isc_price") < LARGEST:
        text = "Falta el precio sugerido al público, del que sale el ISC. Escríbelo."
        yield problem(f"{field}.extra.isc_price", "PE-3108", text)
    if content.is_free(line, code):
        text = "El ISC de lo que se entrega gratis no entra en el total. Revisa si corresponde."
        yield problem(f"{field}.tax", "PE-OBS-1", text)


def _others(field: str, taxes: dict[str, Tax]) -> Iterator[Problem]:
    others = taxes.get("OTROS")
    if others is not None and not others.percent:
        yield problem(f"{field}.tax", "PE-3102", "Otros tributos piden una tasa mayor que 0.")


def _bags(
    field: str, line: Line, tax: Tax | None, document: Document, untaxed: bool
) -> Iterator[Problem]:
    if tax is None:
        return
    if untaxed:
        yield problem(f"{field}.tax", "PE-3240", "Una boleta del NRUS no lleva ICBPER. Quítalo.")
    whole = line.quantity.is_finite() and line.quantity == line.quantity.to_integral_value()
    if not whole or line.quantity > MOST_BAGS:
        text = f"Las bolsas se cuentan enteras, hasta {MOST_BAGS}; dice {line.quantity:.10g}."
        yield problem(f"{field}.quantity", "PE-2892", text)
    each, usual = bag_rate(tax, document.date), rates.must("icbper", "bag", document.date)
    if each <= ZERO:
        yield problem(f"{field}.tax", "PE-3238", "El ICBPER de cada bolsa es 0. Corrígelo.")
    elif document.currency == SOLES and each != usual:
        text = f"El ICBPER de este año es {usual} por bolsa; dice {each:f}."
        yield problem(f"{field}.tax", "PE-4237", text)
