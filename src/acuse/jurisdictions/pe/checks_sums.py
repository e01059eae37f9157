"""What is wrong with the sums. Source: peru.md 3.3–3.5."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from acuse.domain.document import Document
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import ZERO
from acuse.domain.party import Company
from acuse.domain.problem import Problem
from acuse.jurisdictions.pe import content, rates
from acuse.jurisdictions.pe.codes import EXEMPT, IGV, ISC, IVAP, LEGENDS, UNTAXED
from acuse.jurisdictions.pe.totals import SOLES, Sums, in_soles
from acuse.jurisdictions.pe.wording import LARGEST, problem

EXEMPT_LEGENDS = {"2001": "PE-3283", "2002": "PE-3284", "2003": "PE-3285", "2008": "PE-3289"}
NAMES = {IGV: "gravado", IVAP: "gravado con IVAP", EXEMPT: "exonerado", UNTAXED: "inafecto"}


def sum_problems(document: Document, company: Company, counted: Sums) -> Iterator[Problem]:
    """What the document's sums do not allow."""
    wrong = [*_globals(counted), *_advances(counted)]
    yield from wrong
    if counted.payable >= LARGEST:
        text = f"El total ({counted.payable}) tiene más de 12 cifras enteras."
        yield problem("items", "PE-2062", text + " Revisa cantidades y precios.")
    elif counted.payable < ZERO and not wrong:
        text = f"El total queda en {counted.payable}: lo que se resta es más que la venta."
        yield problem("items", "PE-2062", text + " Corrígelo.")
    for code in content.listed(document.extra, "legends"):
        if code in EXEMPT_LEGENDS and counted.base(EXEMPT) <= ZERO:
            text = f"La leyenda {code} («{LEGENDS[code][:40]}…») pide ventas exoneradas. Quítala"
            yield problem("extra.legends", EXEMPT_LEGENDS[code], f"{text} o cambia las líneas.")
    if document.kind is DocumentKind.RECEIPT:
        yield from _unidentified(document, counted)
    reduced = counted.rate and counted.rate == rates.at("igv", rates.REDUCED, document.date)
    if reduced and company.extra.get("reduced_igv") is not True:
        text = f"El IGV de {counted.rate.normalize():f} % es de quienes SUNAT tiene en su padrón."
        yield problem("items", "PE-4439", text + " Si lo estás, márcalo en Empresa.")


def _globals(counted: Sums) -> Iterator[Problem]:
    """What touches the tax needs something taxed, and room in it."""
    off = sum((one.amount for one in counted.globals if one.code == "02"), ZERO)
    on = sum((one.amount for one in counted.globals if one.code == "49"), ZERO)
    base = next((one.base for one in counted.globals if one.code in ("02", "49")), ZERO)
    if (off or on) and not base:
        name, field = ("descuento", "discount") if off else ("cargo", "charge")
        text = f"El {name} al total cambia la base del IGV y aquí nada está gravado."
        yield problem(field, "PE-OWN-3", f"{text} Hazlo en las líneas o elige otro tipo.")
    elif off > base + on:
        text = f"El descuento global ({off}) no cabe en lo gravado ({base}). Corrígelo."
        yield problem("discount", "PE-2968", text)


def _advances(counted: Sums) -> Iterator[Problem]:
    """What was paid before is taken from sales of its kind, and leaves none below zero."""
    for tribute in dict.fromkeys(one.tribute for one in counted.advances):
        name = NAMES.get(tribute, "de esa afectación")
        present = any(line.tribute == tribute for line in counted.lines)
        if not present:
            text = f"Hay un anticipo de lo {name} y el documento no vende nada así."
            yield problem("prepayments", "PE-3287", f"{text} Revisa su afectación.")
        elif counted.base(tribute) < ZERO or counted.amount(tribute) < ZERO:
            text = f"Los anticipos de lo {name} son más que esa venta. Corrige sus montos."
            yield problem("prepayments", "PE-2999", text)
    if (
        counted.amount(ISC) < ZERO
        or any(one.isc for one in counted.advances)
        and not counted.base(ISC)
    ):
        text = "El ISC de los anticipos es más que el de la venta. Corrígelo."
        yield problem("extra.prepaid_isc", "PE-3298", text)


def _unidentified(document: Document, counted: Sums) -> Iterator[Problem]:
    """Whoever buys for more than the threshold must say who it is."""
    kind = content.IDENTITIES.get(document.counterparty.tax_id.kind)
    most = rates.must("threshold", "unidentified", document.date)
    worth = counted.payable * (in_soles(document) or Decimal(1))
    if kind == content.NOBODY and worth > most:
        text = f"La boleta es de {worth:.2f} soles: desde más de {most} hace falta el documento"
        yield problem("client.identificationObject.type", "PE-2514", f"{text} del comprador.")
    if document.currency != SOLES and kind == content.NOBODY and not document.exchange_rate:
        text = "Falta el tipo de cambio: de él depende si hay que identificar al comprador."
        yield problem("currency.exchangeRate", "PE-2514", text)
