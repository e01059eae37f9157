"""Checks of documents that SUNAT holds already: corrected by a note, or paid in advance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from acuse_sandbox.sunat.rulebook import formats
from acuse_sandbox.sunat.rulebook.nodes import Node
from acuse_sandbox.sunat.rulebook.registers import Known, State
from acuse_sandbox.sunat.rulebook.rule import Case, Check, Rule, Spot
from acuse_sandbox.sunat.rulebook.rules_notes import OTHERS, REFERENCE, TERMS, TOTALS, reason

NODE = f"{REFERENCE}/cbc:ID"
KINDS = frozenset({"01", "03", "30", "34", "42"})
ELECTRONIC = "BFE"
ADVANCE_KINDS = {"02": "01", "03": "03", "10": "04"}  # catalogue 12 and what it is in catalogue 01
ADVANCE = "cac:AdditionalDocumentReference"
ISSUER = "cac:IssuerParty/cac:PartyIdentification/cbc:ID"


def corrected(case: Case) -> Iterator[tuple[Node, str]]:
    """Each document that the note corrects and that SUNAT could hold, with its kind."""
    for found in case.root.every(REFERENCE):
        kind = found.value("cbc:DocumentTypeCode")
        if kind in KINDS and found.value("cbc:ID")[:1] in tuple(ELECTRONIC):
            yield found, kind


def each(wrong: Callable[[Case, Known | None], bool], *, kinds: frozenset[str] = KINDS) -> Check:
    """A check that fails at every document corrected that the register speaks against."""

    def check(case: Case) -> Iterable[Spot]:
        if not case.registers.keeps_documents:
            return
        for found, kind in corrected(case):
            number = found.value("cbc:ID")
            if kind in kinds and wrong(case, case.known(kind, number)):
                yield Spot(NODE, number)

    return check


def named(wrong: Callable[[Case, Known | None], bool]) -> Check:
    """The same, where the reason needs a document."""
    found = each(wrong)
    return lambda case: found(case) if _needs_document(case) else ()


def _needs_document(case: Case) -> bool:
    return case.kind == "08" or reason(case) != OTHERS["07"]


def state(*states: State) -> Callable[[Case, Known | None], bool]:
    """True where the register holds the document in one of these states."""
    return lambda case, known: known is not None and known.state in states


def older(case: Case, known: Known | None) -> bool:
    """2885: the note is dated before the document that it corrects."""
    issued = formats.day(case.root.value("cbc:IssueDate"))
    return bool(known and known.issued and issued and issued < known.issued)


def other_currency(case: Case, known: Known | None) -> bool:
    """3209, 4368: the note is in another currency."""
    found = case.root.value("cbc:DocumentCurrencyCode")
    return bool(known and known.currency and known.currency != found)


def greater(*kinds: str) -> Check:
    """A check that fails where a note is greater than all the documents that it corrects."""

    def check(case: Case) -> Iterable[Spot]:
        numbers = [(k, n.value("cbc:ID")) for n, k in corrected(case) if k in kinds]
        held = [case.known(kind, number) for kind, number in numbers]
        sums = [known.total for known in held if known and known.total is not None]
        if not sums or len(sums) < len(numbers) or reason(case) == OTHERS["07"]:
            return
        total = case.invoice.total("PayableAmount")
        if total > sum(sums, formats.ZERO):
            yield Spot(f"{TOTALS['07']}/cbc:PayableAmount", str(total))

    return check


def not_on_credit(case: Case, known: Known | None) -> bool:
    """3260: terms of payment are corrected, but the factura was paid in cash."""
    return reason(case) == TERMS and known is not None and not known.on_credit


def pending_too_much(case: Case) -> Iterable[Spot]:
    """3320: more pending than the factura's total."""
    for found, kind in corrected(case):
        known = case.known(kind, found.value("cbc:ID"))
        for terms in case.invoice.terms:
            credit = terms.id == "FormaPago" and "Credito" in terms.means
            total = known.total if known and reason(case) == TERMS else None
            if credit and total is not None and terms.amount.number > total:
                yield Spot("cac:PaymentTerms/cbc:Amount", terms.amount.text or "")


def due_too_soon(case: Case) -> Iterable[Spot]:
    """3321: an instalment due no later than the factura was issued."""
    for found, kind in corrected(case):
        known = case.known(kind, found.value("cbc:ID"))
        for terms in case.invoice.terms:
            due = formats.day(terms.due)
            if known and known.issued and due and due <= known.issued:
                yield Spot("cac:PaymentTerms/cbc:PaymentDueDate", terms.due or "")


def advances(case: Case, series: str) -> Iterator[tuple[str, str]]:
    """Kind and number of the advances that the issuer itself informed, by their series' letter."""
    for found in case.root.every(ADVANCE):
        kind = ADVANCE_KINDS.get(found.value("cbc:DocumentTypeCode"))
        number = found.value("cbc:ID")
        own = found.value(ISSUER) == case.stem.ruc
        if kind and own and found.values("cbc:DocumentStatusCode") and number[:1] in tuple(series):
            yield kind, number


def unknown_advance(series: str) -> Check:
    """3218: an advance that SUNAT never accepted."""

    def check(case: Case) -> Iterable[Spot]:
        for kind, number in advances(case, series) if case.registers.keeps_documents else ():
            known = case.known(kind, number)
            if known is None or known.state is not State.ACCEPTED:
                yield Spot(f"{ADVANCE}/cbc:ID", number)

    return check


def unknown_issuer(case: Case) -> Iterable[Spot]:
    """2529: an advance whose issuer does not exist."""
    for found in case.root.every(ADVANCE):
        ruc = found.value(ISSUER)
        asked = ruc and found.values("cbc:DocumentStatusCode")
        if asked and case.stands(ruc, lambda s: not s.known):
            yield Spot(f"{ADVANCE}/{ISSUER}", ruc)


UNKNOWN_ISSUER = Rule("2529", "El emisor del anticipo no existe", unknown_issuer)
ADVANCES = (
    Rule("3218", "El anticipo no figura aceptado", unknown_advance("BFE")),
    UNKNOWN_ISSUER,
)
PURCHASES = (Rule("3218", "El anticipo no figura aceptado", unknown_advance("LE")), UNKNOWN_ISSUER)

UNREGISTERED = "El documento que se modifica no está registrado"
VOIDED = "El documento que se modifica está anulado"
REJECTED = "El documento que se modifica está rechazado"
COMMON = (
    Rule("2885", "La nota es anterior al documento que modifica", named(older)),
    Rule(
        "3209",
        "La nota va en otra moneda que el documento que modifica",
        each(other_currency, kinds=KINDS - {"03"}),
    ),
    Rule(
        "4368",
        "La nota va en otra moneda que el documento que modifica",
        each(other_currency, kinds=frozenset({"03"})),
    ),
)
CREDIT = (
    *COMMON,
    Rule("2119", UNREGISTERED, named(lambda case, known: known is None)),
    Rule("2120", VOIDED, named(state(State.VOIDED))),
    Rule("2121", REJECTED, named(state(State.REJECTED))),
    Rule("3286", "La nota es mayor que los documentos que modifica", greater("01")),
    Rule(
        "4028", "La nota es mayor que los documentos que modifica", greater("03", "30", "34", "42")
    ),
    Rule(
        "3260",
        "El documento que se modifica no es una factura al crédito",
        each(not_on_credit, kinds=frozenset({"01"})),
    ),
    Rule("3320", "El monto pendiente supera el total de la factura", pending_too_much),
    Rule("3321", "La cuota debe vencer después de la emisión de la factura", due_too_soon),
)
DEBIT = (
    *COMMON,
    Rule("2209", UNREGISTERED, named(lambda case, known: known is None)),
    Rule("2207", VOIDED, named(state(State.VOIDED))),
    Rule("2208", REJECTED, named(state(State.REJECTED))),
)
