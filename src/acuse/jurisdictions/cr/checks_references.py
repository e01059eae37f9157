"""What is wrong with the documents referred to. Source: costa-rica.md 3.3, 3.7, 9.2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from acuse.domain.document import Document, Reference
from acuse.domain.kinds import DocumentKind
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.cr import content, forms, ids, lists, references
from acuse.jurisdictions.cr.forms import problem
from acuse.jurisdictions.cr.kinds import NOTES

MOST = 10
CLAVE = re.compile("[0-9a-zA-Z]{50}")
MUST_REFER = NOTES | {DocumentKind.PURCHASE, DocumentKind.PAYMENT}


def reference_problems(document: Document, at: datetime) -> Iterator[Problem]:
    """What is wrong with the documents that this one corrects or hangs from."""
    told = document.references
    if not told and document.kind in MUST_REFER:
        text = "Este documento lleva al menos una referencia: el documento que corrige, paga o"
        yield problem("references", "CR-REF-1", f"{text} respalda. Agrégala.")
    if not told and content.situation(document) == ids.CONTINGENCY:
        text = "Tras una contingencia se nombra el comprobante provisional (código 05). Agrégalo."
        yield problem("references", "CR-REF-1", text)
    if len(told) > MOST:
        text = f"Hay {len(told)} referencias y caben {MOST}. Divide el documento."
        yield problem("references", "CR-XSD", text)
    for index, one in enumerate(told):
        yield from _problems(f"references.{index}", document, one, at)


def _problems(field: str, document: Document, one: Reference, at: datetime) -> Iterator[Problem]:
    kind, code, today = references.kind(document, one), one.reason_code, ids.day(at)
    yield from forms.listed(
        "extra.reference_type", "CR-XSD", "El tipo de referencia", kind, references.KINDS
    )
    yield from forms.texted(
        "extra.reference_type_text",
        "El texto del tipo de referencia",
        kind,
        content.reference_other(document),
        5,
        100,
    )
    yield from forms.listed(
        f"{field}.reasonCode", "CR-XSD", "El código de referencia", code, references.CODES
    )
    payment = document.kind is DocumentKind.PAYMENT
    if (code == references.PAYS) is not payment and code in references.CODES:
        text = f"El código {code} no va aquí: 17 (pago) es de un recibo de pago, y solo él."
        yield problem(f"{field}.reasonCode", "CR-REF-4", f"{text} Corrígelo.")
    if code in references.SINCE_REVISION and today < references.REVISED:
        text = f"El código {code} rige desde el {references.REVISED:%d/%m/%Y}. Usa otro."
        yield problem(f"{field}.reasonCode", "CR-REF-4", text)
    if code == lists.OTHER:
        yield from forms.sized(f"{field}.reason", "El motivo", one.reason, 5, 100)
    elif references.reason(one):
        yield from forms.sized(f"{field}.reason", "El motivo", references.reason(one), 1, 180)
    if one.date > today:
        text = f"El documento de referencia es del {one.date:%d/%m/%Y}, posterior a hoy."
        yield problem(f"{field}.date", "CR-REF-3", f"{text} Corrige la fecha.")
    yield from _number(field, kind, one)


def _number(field: str, kind: str, one: Reference) -> Iterator[Problem]:
    if kind in references.CLAVES and not CLAVE.fullmatch(references.number(one)):
        shown = one_line_of(references.number(one), 60)
        text = f"«{shown}» no es una clave de 50 caracteres y la de este documento hace falta."
        yield problem(f"{field}.fiscalId", "CR-REF-2", f"{text} Cópiala de su XML o de su PDF.")
    else:
        yield from forms.sized(
            f"{field}.number", "El número de referencia", references.number(one), 1, 50
        )
