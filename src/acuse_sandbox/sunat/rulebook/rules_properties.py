"""Checks of a line's properties that need more than one of them (catalogue 55)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from acuse_sandbox.sunat.rulebook import formats
from acuse_sandbox.sunat.rulebook.nodes import Node
from acuse_sandbox.sunat.rulebook.rule import Case, Check, Rule, Spot

LINES = ("cac:InvoiceLine", "cac:CreditNoteLine", "cac:DebitNoteLine")
PROPERTY = "cac:Item/cac:AdditionalItemProperty"
NODE = f"{PROPERTY}/cbc:NameCode"
PRODUCT = "cac:Item/cac:CommodityClassification/cbc:ItemClassificationCode"
MORTGAGE = "84121901"
OTHER_HOME = "3"  # catalogue 27: not the first home, and not being built
LENDING = frozenset({"2100", "2101", "2102"})


def lines(case: Case) -> list[Node]:
    """The document's lines, of whatever kind."""
    return [line for name in LINES for line in case.root.all(name)]


def values(line: Node) -> dict[str, str]:
    """The line's properties by code."""
    return {p.value("cbc:NameCode"): p.value("cbc:Value") for p in line.every(PROPERTY)}


def operation(case: Case) -> str:
    """The kind of operation, catalogue 51."""
    return case.root.value("cbc:InvoiceTypeCode/@listID")


def each(wrong: Callable[[Case, Node, dict[str, str]], bool]) -> Check:
    """A check that fails in every line whose properties are wrong."""

    def check(case: Case) -> Iterable[Spot]:
        for line in lines(case):
            if wrong(case, line, values(line)):
                yield Spot(NODE, "", line.value("cbc:ID"))

    return check


def needs(code: str) -> Check:
    """A check of mortgages on another home: the line must have this property."""
    return each(
        lambda case, line, found: (
            line.value(PRODUCT) == MORTGAGE
            and found.get("7002") == OTHER_HOME
            and code not in found
        )
    )


def no_loan(case: Case) -> Iterable[Spot]:
    """3241: a bank's operation without a line that names contract, date and amount."""
    complete = any({"7004", "7005", "7012"} <= set(values(line)) for line in lines(case))
    return (Spot(NODE),) if operation(case) in LENDING and not complete else ()


def _insured(case: Case, found: dict[str, str], *kinds: str) -> bool:
    return operation(case) == "2104" and found.get("7015") in kinds


def leaves_before(case: Case) -> Iterable[Spot]:
    """4282: a guest who leaves the hotel before entering it."""
    node = f"{PROPERTY}/cac:UsabilityPeriod/cbc:StartDate"
    for line in lines(case):
        dates = {
            p.value("cbc:NameCode"): p.value("cac:UsabilityPeriod/cbc:StartDate")
            for p in line.every(PROPERTY)
        }
        entry, exit_ = formats.day(dates.get("4003")), formats.day(dates.get("4004"))
        if entry and exit_ and exit_ < entry:
            yield Spot(node, str(exit_), line.value("cbc:ID"))


HOME = (
    Rule("3151", "Falta la partida registral del predio", needs("7003")),
    Rule("3154", "Falta el ubigeo del predio", needs("7006")),
    Rule("3155", "Falta la dirección del predio", needs("7007")),
)
RULES = (
    Rule("3241", "La operación de crédito pide contrato, fecha y monto", no_loan),
    Rule(
        "2898",
        "El seguro pide póliza, vigencia y suma asegurada",
        each(lambda c, x, p: _insured(c, p, "1", "2") and not {"7013", "7014", "7016"} <= set(p)),
    ),
    Rule(
        "2899",
        "El seguro pide el número de póliza",
        each(lambda c, x, p: _insured(c, p, "3") and "7013" not in p),
    ),
)
FACTURA = (
    *RULES,
    *HOME,
    Rule("4282", "La salida del huésped es anterior a su ingreso", leaves_before),
)
