"""What a receiver answers to a document: rules 81 to 83 of the paper's table."""

from __future__ import annotations

from collections.abc import Mapping

from acuse_sandbox.hacienda.rulebook.rule import MESSAGE, Act, Case, Rule, own

R = Act.REJECT
MESSAGES = frozenset({MESSAGE})
KIND_OF: Mapping[str, str] = {"1": "05", "2": "06", "3": "07"}  # by Mensaje


def _kind_differs(case: Case) -> bool:
    return case.outline.number[8:10] != KIND_OF.get(case.text("Mensaje").lstrip("+0"))


def _amounts_differ(case: Case) -> bool:
    """Against the document, where its amounts are known; a document with tax needs both."""
    past = case.memory.recall(case.outline.clave)
    if past is None or past.total is None:
        return False
    if case.differ(case.outline.total, past.total):
        return True
    return past.tax is not None and case.differ(case.outline.tax, past.tax)


def _is_out_of_turn(case: Case) -> bool:
    """The document was not accepted, or this receiver answered it before."""
    clave = case.outline.clave
    answered = any(
        past.kind == MESSAGE and past.sender == case.outline.sender
        for past in case.memory.naming(clave)
    )
    return answered or not case.memory.accepted(clave)


# fmt: off
RULES: tuple[Rule, ...] = (
    Rule(81, "CR-MR-1", R, own(81), "El tipo del consecutivo no es el del mensaje", _kind_differs,
         MESSAGES),
    Rule(82, "CR-MR-2", R, own(82), "El total o el impuesto no es el del comprobante",
         _amounts_differ, MESSAGES),
    Rule(83, "CR-MR-3", R, own(83), "El comprobante no fue aceptado, o ya tiene respuesta",
         _is_out_of_turn, MESSAGES),
)
# fmt: on
