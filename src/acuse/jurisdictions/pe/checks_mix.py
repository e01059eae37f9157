"""What may stand together in one document. Source: peru.md 3.2, 3.3, 3.7, 3.8."""

from __future__ import annotations

from collections.abc import Iterator

from acuse.domain.document import Document
from acuse.domain.problem import Problem
from acuse.jurisdictions.pe import content
from acuse.jurisdictions.pe.codes import RICE, TAXED
from acuse.jurisdictions.pe.line_sums import Setting
from acuse.jurisdictions.pe.totals import Sums
from acuse.jurisdictions.pe.wording import problem

EXPORT = "40"
EXPENSES = "0112"
EXPENSE_CODES = frozenset({"84121901", "80131501"})
IVAP_NOTE = "12"


def mix_problems(document: Document, counted: Sums) -> Iterator[Problem]:
    """What lines do not go together, or not with such a document."""
    setting = Setting.of(document)
    lines = counted.lines
    found = {one.affectation for one in lines}
    fields = [f"items.{index}.extra.affectation" for index in range(len(lines))]
    rice = [one.affectation == RICE for one in lines]
    if any(rice) and not all(rice):
        text = "El arroz pilado (IVAP) va solo: todas las líneas son 17. Emite otro documento."
        yield problem(fields[rice.index(False)], "PE-2644", text)
    if content.is_note(document):
        yield from _of_note(document, all(rice), any(rice), fields)
    if content.is_export(document):
        yield from _of_export(document, [one.affectation for one in lines], fields)
    told = {one.rate for one in lines if one.affectation in TAXED and not setting.untaxed}
    if len(told) > 1:
        rates = " y ".join(f"{rate.normalize():f} %" for rate in sorted(told))
        text = f"El documento lleva IGV de {rates}: SUNAT pide una sola tasa. Emite dos documentos."
        yield problem("items", "PE-3462", text)
    codes = {content.own(line.extra, "product_code") for line in document.lines}
    if content.operation_type(document) == EXPENSES and not codes & EXPENSE_CODES:
        text = "Un gasto deducible pide una línea con código SUNAT 84121901 o 80131501."
        yield problem("items.0.extra.product_code", "PE-3181", text)
    if setting.untaxed and found - {content.ONEROUS}:
        text = "En una boleta del NRUS todo es 10, sin IGV. Cambia la afectación."
        yield problem(fields[0], "PE-3240", text)


def _of_note(
    document: Document, all_rice: bool, some_rice: bool, fields: list[str]
) -> Iterator[Problem]:
    """17 goes with reason 12, and the other way round."""
    about_rice = content.reason(document) == IVAP_NOTE
    if about_rice and not all_rice:
        text = "El motivo 12 es de arroz pilado: todas las líneas llevan afectación 17."
        yield problem(fields[0], "PE-2644", text)
    elif some_rice and not about_rice:
        text = "Una nota de arroz pilado (17) lleva el motivo 12. Cámbialo."
        yield problem("references.0.reasonCode", "PE-3230", text)


def _of_export(document: Document, affectations: list[str], fields: list[str]) -> Iterator[Problem]:
    for field, code in zip(fields, affectations, strict=True):
        if code != EXPORT:
            text = f"En una exportación toda línea lleva afectación 40; esta dice {code}."
            yield problem(field, "PE-2642", text + " Cámbiala.")
    for index, line in enumerate(document.lines):
        if any(tax.code in ("ISC", "OTROS") for tax in line.taxes):
            text = "Una exportación no lleva ISC ni otros tributos. Quítalos."
            yield problem(f"items.{index}.tax", "PE-3107", text)
