"""References to other documents, and receipts of payment: rules 42 and 75 to 80 of the table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from acuse_sandbox.hacienda.judging.reading import ZERO, Part
from acuse_sandbox.hacienda.rulebook import tables
from acuse_sandbox.hacienda.rulebook.past import Past, owed, paid
from acuse_sandbox.hacienda.rulebook.rule import NC, REP, Act, Case, Rule, own

R, O = Act.REJECT, Act.OBSERVE  # noqa: E741 - the letters of the paper's table
NEW_CODES = date(2026, 11, 1)
RECEIPTS = frozenset({REP})


def _references(case: Case) -> tuple[Part, ...]:
    return case.root.parts("InformacionReferencia")


def _claves(case: Case) -> tuple[str, ...]:
    """The claves referred to, each once."""
    return tuple(dict.fromkeys(one.text("Numero") for one in _references(case)))


def _must_be_accepted(reference: Part) -> bool | None:
    """Whether what is referred to must be accepted; None where it is no document of Hacienda's."""
    kind = reference.text("TipoDocIR")
    if kind in tables.PERHAPS_REFERENCED:
        return True if tables.CLAVE.fullmatch(reference.text("Numero")) else None
    return tables.REFERENCED.get(kind)


def _is_unknown(case: Case) -> bool:
    """A clave that Hacienda does not know, or did not accept though it had to."""
    for reference in _references(case):
        must_be_accepted = _must_be_accepted(reference)
        if must_be_accepted is None:
            continue
        accepted = case.memory.accepted(reference.text("Numero"))
        if accepted is None or (must_be_accepted and not accepted):
            return True
    return False


def _is_later(case: Case) -> bool:
    return any(case.is_before(reference.text("FechaEmisionIR")) for reference in _references(case))


def _is_not_in_force(case: Case) -> bool:
    early = case.issued is not None and case.issued.date() < NEW_CODES
    return any(
        (case.kind != REP and reference.text("Codigo") == tables.PAYMENT_REFERENCE)
        or (early and reference.text("Codigo") in tables.SINCE_NOVEMBER_2026)
        or (early and reference.text("TipoDocIR") in tables.KINDS_SINCE_NOVEMBER_2026)
        for reference in _references(case)
    )


def _past(case: Case) -> Iterator[tuple[str, Past]]:
    """The accepted documents referred to of which something is remembered."""
    for clave in _claves(case):
        past = case.memory.recall(clave)
        if past is not None and past.accepted:
            yield clave, past


def _left(case: Case, clave: str) -> Decimal | None:
    """What is left of a document in this one's currency; None where that cannot be said."""
    past = case.memory.recall(clave)
    currency = case.text("ResumenFactura/CodigoTipoMoneda/CodigoMoneda")
    comparable = past is not None and past.accepted and past.currency == currency
    return owed(case.memory, clave) if comparable else None


def _takes_too_much(case: Case) -> bool:
    """A credit note against what its documents leave, if that can be said of each."""
    left = [_left(case, clave) for clave in _claves(case)]
    known = [amount for amount in left if amount is not None]
    if len(known) < len(left):
        return False
    return case.outline.total - sum(known, ZERO) > case.options.tolerance


def _condition_differs(case: Case) -> bool:
    told = case.text("CondicionVenta")
    return any(
        past.condition in tables.PAID_BY and tables.PAID_BY[past.condition] != told
        for _, past in _past(case)
    )


def _is_not_on_credit(case: Case) -> bool:
    return any(
        past.condition != "" and past.condition not in tables.PAID_BY for _, past in _past(case)
    )


def _pays_too_much(case: Case) -> bool:
    """All receipts of its documents together against what these leave after their notes."""
    claves = _claves(case)
    known = [amount for amount in (_left(case, clave) for clave in claves) if amount is not None]
    if len(known) < len(claves):
        return False
    open_ = sum(known, ZERO) - sum((paid(case.memory, clave) for clave in claves), ZERO)
    return case.outline.total - open_ > case.options.tolerance


# fmt: off
RULES: tuple[Rule, ...] = (
    Rule(42, "CR-CV-3", R, own(42), "La condición no es la del comprobante que se paga",
         _condition_differs, RECEIPTS),
    Rule(75, "CR-REF-2", R, own(75), "El comprobante de referencia no se conoce o no fue aceptado",
         _is_unknown),
    Rule(76, "CR-REF-3", R, own(76), "La referencia es posterior al comprobante", _is_later),
    Rule(77, "CR-REF-4", R, -1, "El código de referencia no está vigente o no es de este tipo",
         _is_not_in_force),
    Rule(78, "CR-REF-5", O, own(78), "La nota es mayor que lo que queda del comprobante",
         _takes_too_much, frozenset({NC})),
    Rule(79, "CR-REP-1", R, own(79), "El comprobante que se paga no es una venta a crédito",
         _is_not_on_credit, RECEIPTS),
    Rule(80, "CR-REP-2", R, own(80), "Los recibos suman más que el comprobante", _pays_too_much,
         RECEIPTS),
)
# fmt: on
