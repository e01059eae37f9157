"""Dates and registers for the kinds that have no rules of their own yet: goes when they come.

Source: peru.md 1, 3.5, 3.8, 5.4, 6 and the sheets of 2026-02-12. Homologation keeps no register, so
nothing of it is asked there (peru.md 5.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from acuse_sandbox.sunat.content import ADD, VOID, Content, Member, Reference
from acuse_sandbox.sunat.rulebook.registers import Known, Registers, State
from acuse_sandbox.sunat.rulebook.rule import Finding, Spot
from acuse_sandbox.sunat.stem import Stem


@dataclass(frozen=True, slots=True)
class Term:
    """How long after its date a document is taken, the code beyond, and how far ahead."""

    days: int
    code: str
    ahead: int = 2


TERMS = {  # kind, first letter of the series
    ("03", "B"): Term(7, "1079"),
    ("07", "F"): Term(3, "2108"),
    ("08", "F"): Term(3, "2108"),
    ("07", "B"): Term(5, "1079"),
    ("08", "B"): Term(5, "1079"),
    ("04", "L"): Term(1, "2108", ahead=0),
}
WEEK = timedelta(days=7)  # 4443 of a RC's documents, 2957 of what is voided
NOTED = frozenset({"01", "03"})  # kinds whose register is asked; 30, 34, 42 are others' documents
OTHERS = "10"  # the reason of a credit note that may name what nobody registered
# Of a note: code if the document is unknown, voided, rejected.
STATES = {"07": ("2119", "2120", "2121"), "08": ("2209", "2207", "2208")}
SEEN = {"RC": "2223", "RA": "2324", "RR": "2223"}  # the file's name was judged before
TEXTS = {
    "1079": "Solo se puede informar en un resumen diario",
    "2105": "El comprobante que se da de baja no está registrado",
    "2108": "Presentado fuera del plazo desde la emisión",
    "2119": "El documento que la nota modifica no está registrado",
    "2120": "El documento que la nota modifica está de baja",
    "2121": "El documento que la nota modifica está rechazado",
    "2207": "El documento que la nota modifica está de baja",
    "2208": "El documento que la nota modifica está rechazado",
    "2209": "El documento que la nota modifica no está registrado",
    "2223": "Un archivo con este nombre ya fue presentado",
    "2236": "La fecha de generación es posterior a la de recepción",
    "2282": "El comprobante ya fue informado",
    "2301": "La fecha de generación es posterior a la de recepción",
    "2323": "El comprobante ya fue informado en una baja",
    "2324": "Una comunicación de baja con este nombre ya fue presentada",
    "2329": "La fecha de emisión está demasiado adelantada",
    "2346": "La fecha de generación no es la del nombre del archivo",
    "2375": "La fecha de emisión registrada no es la de la comunicación",
    "2398": "El comprobante que se da de baja está rechazado",
    "2663": "El comprobante no existe y no se puede modificar",
    "2671": "La fecha de generación es anterior a la de los documentos",
    "2750": "El comprobante que se revierte no existe",
    "2751": "El comprobante ya fue revertido",
    "2885": "La nota es anterior al documento que modifica",
    "2957": "El plazo para dar de baja el comprobante ya pasó",
    "2987": "El comprobante está anulado o rechazado",
    "2989": "La boleta que la nota modifica no está informada",
    "2990": "La boleta que la nota modifica está anulada o rechazada",
    "3218": "El comprobante del anticipo no está registrado como aceptado",
    "3286": "El total de la nota supera el de los documentos que modifica",
    "4443": "El comprobante se informó fuera del plazo",
}


def examine(registers: Registers, content: Content, stem: Stem, today: date) -> Iterator[Finding]:
    """What dates and registers say against a document or summary."""
    if not stem.is_summary:
        yield from _dates(content, stem, today)
        if registers.keeps_documents:
            yield from _advances(registers, content, stem)
            yield from _note(registers, content, stem)
        return
    yield from _summary(content, stem, today)
    if not registers.keeps_documents:
        return
    if registers.was_presented(stem.ruc, stem.label):
        yield _finding(SEEN[stem.kind], "cbc:ID", stem.label)
    check = {"RC": _summed, "RA": _voided, "RR": _reverted}[stem.kind]
    for member in content.members:
        known = _known(registers, stem, member.document)
        for code in check(member, known, content.reference_date, today):
            yield _finding(code, "cbc:ID", member.document.label, member.line)
        yield from _summed_note(registers, member, stem)


def _finding(code: str, node: str, value: str, line: str = "") -> Finding:
    return Finding(code, TEXTS[code], Spot(node, value, line))


def _known(registers: Registers, stem: Stem, document: Reference) -> Known | None:
    return registers.document(stem.ruc, document.kind, document.label)


def _dates(content: Content, stem: Stem, today: date) -> Iterator[Finding]:
    term = TERMS.get((stem.kind, stem.series[:1]))
    if term is None or content.issued is None:
        return
    if today - content.issued > timedelta(days=term.days):
        yield _finding(term.code, "cbc:IssueDate", str(content.issued))
    if content.issued - today > timedelta(days=term.ahead):
        yield _finding("2329", "cbc:IssueDate", str(content.issued))


def _summary(content: Content, stem: Stem, today: date) -> Iterator[Finding]:
    made, of = content.issued, content.reference_date
    if made is None or f"{made:%Y%m%d}" != stem.series:
        yield _finding("2346", "cbc:IssueDate", str(made or ""))
        return
    if made > today:
        yield _finding("2236" if stem.kind == "RC" else "2301", "cbc:IssueDate", str(made))
    if of is None or of > made:
        yield _finding("2671", "cbc:ReferenceDate", str(of or ""))
    elif stem.kind == "RC" and today - of > WEEK:
        yield _finding("4443", "cbc:ReferenceDate", str(of))


def _advances(registers: Registers, content: Content, stem: Stem) -> Iterator[Finding]:
    for advance in content.advances:
        known = _known(registers, stem, advance)
        if advance.label[:1] in ("B", "F") and (known is None or not _is_alive(known)):
            yield _finding("3218", "cac:AdditionalDocumentReference/cbc:ID", advance.label)


def _is_alive(known: Known) -> bool:
    return known.state is State.ACCEPTED


def _note(registers: Registers, content: Content, stem: Stem) -> Iterator[Finding]:
    codes = STATES.get(stem.kind)
    if codes is None or (stem.kind == "07" and content.reason == OTHERS):
        return
    # The portal's own documents (E001, EB01) are in no register of ours.
    asked = [o for o in content.references if o.kind in NOTED and o.label[:1] in ("B", "F")]
    node = "cac:InvoiceDocumentReference/cbc:ID"
    found: list[Known] = []
    for reference in asked:
        known = _known(registers, stem, reference)
        if known is None or not _is_alive(known):
            yield _finding(_dead(known, codes), node, reference.label)
            continue
        found.append(known)
        if stem.kind == "07" and _is_older(content.issued, known.issued):
            yield _finding("2885", node, reference.label)
    if stem.kind == "07" and len(found) == len(asked) and _is_too_much(content, asked, found):
        yield _finding("3286", "cbc:PayableAmount", str(content.total))


def _dead(known: Known | None, codes: tuple[str, str, str]) -> str:
    unknown, voided, rejected = codes
    if known is None:
        return unknown
    return voided if known.state is State.VOIDED else rejected


def _is_older(note: date | None, document: date | None) -> bool:
    return note is not None and document is not None and note < document


def _is_too_much(content: Content, asked: list[Reference], found: list[Known]) -> bool:
    totals = [known.total for known in found]
    if content.total is None or not totals or {one.kind for one in asked} != {"01"}:
        return False
    told = [total for total in totals if total is not None]
    return len(told) == len(totals) and content.total > sum(told, Decimal(0))


def _summed(member: Member, known: Known | None, of: date | None, today: date) -> Iterable[str]:
    """Of a RC's line: the code that speaks against it."""
    if known is None:
        return () if member.action == ADD else ("2663",)
    if not _is_alive(known):
        return ("2987",)
    if member.action == ADD:
        return ("2282",)
    return _late(known.issued or of, today) if member.action == VOID else ()


def _voided(member: Member, known: Known | None, of: date | None, today: date) -> Iterable[str]:
    """Of a RA's line: likewise."""
    if known is None:
        return ("2105",)
    if not _is_alive(known):
        return ("2323",) if known.state is State.VOIDED else ("2398",)
    if known.issued is not None and known.issued != of:
        return ("2375",)
    return _late(known.issued or of, today)


def _reverted(member: Member, known: Known | None, of: date | None, today: date) -> Iterable[str]:
    """Of a RR's line: likewise."""
    if known is None:
        return ("2750",)
    return ("2751",) if known.state is State.VOIDED else ()


def _late(issued: date | None, today: date) -> Iterable[str]:
    return ("2957",) if issued is not None and today - issued > WEEK else ()


def _summed_note(registers: Registers, member: Member, stem: Stem) -> Iterator[Finding]:
    """Of a RC's note: its boleta must be there, before."""
    reference = member.reference
    asked = reference is not None and reference.kind == "03" and reference.label[:1] == "B"
    if stem.kind != "RC" or member.action == VOID or reference is None or not asked:
        return
    known = _known(registers, stem, reference)
    if known is None or not _is_alive(known):
        code = "2989" if known is None else "2990"
        node = "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID"
        yield _finding(code, node, reference.label, member.line)
