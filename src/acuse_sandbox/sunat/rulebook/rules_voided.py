"""Checks of voidings (RA) and reversals (RR): the registers' word on each document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from acuse_sandbox.sunat.rulebook.nodes import Node
from acuse_sandbox.sunat.rulebook.registers import Known, State
from acuse_sandbox.sunat.rulebook.rule import Case, Check, Rule, Spot
from acuse_sandbox.sunat.rulebook.rules_summary import (
    SHARED,
    about,
    from_tomorrow,
    issuer_stands,
    presented,
)

LINE = "VoidedDocumentsLine"
NUMBER = "DocumentNumberID"
LONGEST = timedelta(days=7)
LIQUIDATION = "04"


def each(wrong: Callable[[Case, Node, Known | None], bool]) -> Check:
    """A check that fails in every line that the register or the calendar speaks against."""

    def check(case: Case) -> Iterable[Spot]:
        for line in case.root.all(LINE):
            if wrong(case, line, _known(case, line)):
                number = f"{line.value('DocumentSerialID')}-{line.value(NUMBER)}"
                yield Spot(f"{LINE}/{NUMBER}", number, line.value("cbc:LineID"))

    return check


def _known(case: Case, line: Node) -> Known | None:
    number = f"{line.value('DocumentSerialID')}-{line.value(NUMBER)}"
    return case.known(line.value("cbc:DocumentTypeCode"), number)


def unknown(case: Case, line: Node, known: Known | None) -> bool:
    """2105, 2750: never judged."""
    return case.registers.keeps_documents and known is None


def in_state(state: State) -> Callable[[Case, Node, Known | None], bool]:
    """True where the register holds the document in a state."""
    return lambda case, line, known: known is not None and known.state is state


def _electronic(line: Node) -> bool:
    return not line.value("DocumentSerialID")[:1].isdigit()


def late(case: Case, line: Node, known: Known | None) -> bool:
    """2957: more than seven days after the issue, by the register or by the file."""
    issued = (known.issued if known else None) or about(case)
    return _electronic(line) and issued is not None and case.today - issued > LONGEST


def purchase_late(case: Case, line: Node, known: Known | None) -> bool:
    """2958: a liquidación reversed more than seven days after its issue."""
    return line.value("cbc:DocumentTypeCode") == LIQUIDATION and late(case, line, known)


def other_day(case: Case, line: Node, known: Known | None) -> bool:
    """2375: issued on another day than the file says."""
    day = about(case)
    return known is not None and known.issued is not None and known.issued != day


def purchase_rejected(case: Case, line: Node, known: Known | None) -> bool:
    """2398: a liquidación that was rejected."""
    rejected = known is not None and known.state is State.REJECTED
    return line.value("cbc:DocumentTypeCode") == LIQUIDATION and rejected


TOMORROW = Rule("2301", "La fecha de generación es posterior a la de envío", from_tomorrow)
BAJA = (
    *SHARED,
    TOMORROW,
    Rule("2324", "La comunicación ya fue presentada", presented),
    Rule("2011", "El emisor no está habido", issuer_stands(lambda s: not s.found)),
    Rule("2105", "El comprobante no está registrado", each(unknown)),
    Rule("2398", "El comprobante está rechazado", each(in_state(State.REJECTED))),
    Rule("2323", "El comprobante ya está anulado", each(in_state(State.VOIDED))),
    Rule("2957", "La baja llegó después de siete días", each(late)),
    Rule("2375", "La fecha de emisión no es la del comprobante", each(other_day)),
)
REVERSION = (
    *SHARED,
    TOMORROW,
    Rule("2223", "El resumen ya fue presentado", presented),
    Rule("2750", "El comprobante no está registrado", each(unknown)),
    Rule("2398", "La liquidación está rechazada", each(purchase_rejected)),
    Rule("2751", "El comprobante ya está revertido", each(in_state(State.VOIDED))),
    Rule("2958", "La reversión llegó después de siete días", each(purchase_late)),
)
