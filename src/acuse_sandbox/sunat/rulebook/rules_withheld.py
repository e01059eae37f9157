"""Checks of retención (20) and percepción (40): agents, rates, payments and their sums."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from acuse_sandbox.sunat.rulebook import formats, rules_terms
from acuse_sandbox.sunat.rulebook.nodes import Node
from acuse_sandbox.sunat.rulebook.registers import Known
from acuse_sandbox.sunat.rulebook.rule import Case, Check, Rule, Spot
from acuse_sandbox.sunat.rulebook.rules_summary import PERCEPTION_RATES
from acuse_sandbox.sunat.taxpayers import Standing

AGENT = "cac:AgentParty/cac:PartyIdentification/cbc:ID"
RECEIVER = "cac:ReceiverParty/cac:PartyIdentification/cbc:ID"
NAME = f"{RECEIVER}/@schemeID"
ROUNDING = "cbc:PayableRoundingAmount"
RETENTION_RATES = {"01": Decimal(3), "02": Decimal(6)}  # catalogue 23
LAST_OF_SIX = date(2014, 2, 28)
CASH, CREDIT = False, True


@dataclass(frozen=True)
class Side:
    """What differs between the two: names of elements, rates, sign, kinds that do not count."""

    word: str
    paid: str
    rates: dict[str, Decimal]
    sign: int
    uncounted: frozenset[str]

    @property
    def reference(self) -> str:
        """The element of one related document."""
        return f"SUNAT{self.word}DocumentReference"

    @property
    def information(self) -> str:
        """The element with what is withheld of it."""
        return f"SUNAT{self.word}Information"

    @property
    def percent(self) -> str:
        """The element with the rate."""
        return f"SUNAT{self.word}Percent"


WITHHELD = Side("Retention", "Paid", RETENTION_RATES, -1, frozenset({"07", "20"}))
PERCEIVED = Side("Perception", "Cashed", PERCEPTION_RATES, 1, frozenset({"07", "40"}))


def party(path: str, bad: Callable[[Standing], bool]) -> Check:
    """A check that fails where the lists say something bad of a party with RUC."""

    def check(case: Case) -> Iterable[Spot]:
        ruc = case.root.value(path)
        asked = path != RECEIVER or case.root.value(NAME) == "6"
        return (Spot(path, ruc),) if asked and case.stands(ruc, bad) else ()

    return check


def both_sell_fuel(case: Case) -> Iterable[Spot]:
    """4086: both are agents for fuel."""
    both = all(
        case.stands(case.root.value(path), lambda s: s.fuel_perception_agent)
        for path in (AGENT, RECEIVER)
    )
    return (Spot(RECEIVER, case.root.value(RECEIVER)),) if both else ()


def other_agent(case: Case) -> Iterable[Spot]:
    """1034: the agent is not the one in the file's name."""
    found = case.root.value(AGENT)
    return (Spot(AGENT, found),) if found != case.stem.ruc else ()


def other_number(case: Case) -> Iterable[Spot]:
    """1049: the number is not the one in the file's name."""
    found = case.root.value("cbc:ID")
    return (Spot("cbc:ID", found),) if found != f"{case.stem.series}-{case.stem.number}" else ()


def wrong_rate(side: Side) -> Check:
    """A check that fails where the percent is not the regime's."""

    def check(case: Case) -> Iterable[Spot]:
        rate = side.rates.get(case.root.value(f"SUNAT{side.word}SystemCode"))
        found = case.root.value(side.percent)
        wrong = rate is not None and formats.number(found) != rate
        return (Spot(side.percent, found),) if wrong else ()

    return check


def late_six(case: Case) -> Iterable[Spot]:
    """2985: six percent of a document of after February 2014."""
    if case.root.value("SUNATRetentionSystemCode") != "02":
        return
    for found in case.root.values(f"{WITHHELD.reference}/cbc:IssueDate"):
        day = formats.day(found)
        if day and day > LAST_OF_SIX:
            yield Spot(f"{WITHHELD.reference}/cbc:IssueDate", found)


def _counted(case: Case, side: Side, node: str) -> Decimal:
    found = (
        formats.number(value)
        for document in case.root.all(side.reference)
        if document.value("cbc:ID/@schemeID") not in side.uncounted
        for value in document.values(f"{side.information}/{node}")
    )
    return sum(found, formats.ZERO)


def total_misses(side: Side) -> Check:
    """A check that fails where the total is not the sum of what is withheld."""

    def check(case: Case) -> Iterable[Spot]:
        found = case.root.value("cbc:TotalInvoiceAmount")
        expected = _counted(case, side, f"SUNAT{side.word}Amount")
        wrong = formats.number(found) != expected
        return (Spot("cbc:TotalInvoiceAmount", found),) if wrong else ()

    return check


def paid_misses(side: Side) -> Check:
    """A check that fails where the total paid is not the sum of the nets, with the rounding."""

    def check(case: Case) -> Iterable[Spot]:
        node = f"SUNATTotal{side.paid}"
        found = case.root.value(node)
        net = _counted(case, side, f"SUNATNetTotal{side.paid}")
        rounding = formats.number(case.root.value(ROUNDING))
        return (Spot(node, found),) if formats.number(found) != net + rounding else ()

    return check


def formula_misses(side: Side) -> Check:
    """A check that fails where amount or net do not follow from payment, rate and exchange."""

    def check(case: Case) -> Iterable[Spot]:
        percent = formats.number(case.root.value(side.percent))
        for document in case.root.all(side.reference):
            for node, value, expected in _expected(side, document, percent):
                if value and formats.far(formats.number(value), expected):
                    yield Spot(f"{side.reference}/{side.information}/{node}", value)

    return check


def _expected(side: Side, document: Node, percent: Decimal) -> Iterator[tuple[str, str, Decimal]]:
    information = document.first(side.information)
    if information is None:
        return
    paid = formats.number(document.value("cac:Payment/cbc:PaidAmount"))
    exchange = formats.number(information.value("cac:ExchangeRate/cbc:CalculationRate"))
    if document.value("cbc:TotalInvoiceAmount/@currencyID") != "PEN":
        paid *= exchange
    amount, net = f"SUNAT{side.word}Amount", f"SUNATNetTotal{side.paid}"
    withheld = information.value(amount)
    yield amount, withheld, paid * percent / 100
    yield net, information.value(net), paid + side.sign * formats.number(withheld)


def several_months(side: Side) -> Check:
    """A check that fails where payments are of more than one month."""
    node = f"{side.reference}/cac:Payment/cbc:PaidDate"

    def check(case: Case) -> Iterable[Spot]:
        months = {found[:7] for found in case.root.values(node) if formats.day(found)}
        return (Spot(node, ", ".join(sorted(months))),) if len(months) > 1 else ()

    return check


def paid_out_of_time(side: Side) -> Check:
    """A check that fails where a payment is before its document, its month, or after the issue."""
    node = f"{side.reference}/cac:Payment/cbc:PaidDate"

    def check(case: Case) -> Iterable[Spot]:
        issued = formats.day(case.root.value("cbc:IssueDate"))
        for document in case.root.all(side.reference) if issued else ():
            first = formats.day(document.value("cbc:IssueDate"))
            for found in document.values("cac:Payment/cbc:PaidDate"):
                if issued and _out_of_time(formats.day(found), first, issued):
                    yield Spot(node, found)

    return check


def _out_of_time(paid: date | None, document: date | None, issued: date) -> bool:
    if paid is None or document is None:
        return False
    month = issued.replace(day=1)
    earliest = document if document.replace(day=1) == month else month
    return not earliest <= paid <= issued


def related(wrong: Callable[[Case, Node, Known | None], bool], *, node: str = "cbc:ID") -> Check:
    """A check that fails at every related document that the register speaks against."""

    def check(case: Case) -> Iterable[Spot]:
        for document in (
            case.root.all(PERCEIVED.reference) if case.registers.keeps_documents else ()
        ):
            kind, number = document.value("cbc:ID/@schemeID"), document.value("cbc:ID")
            electronic = kind in ("01", "03", "07", "08") and not number[:1].isdigit()
            if electronic and wrong(case, document, case.known(kind, number)):
                yield Spot(f"{PERCEIVED.reference}/{node}", number)

    return check


def exceptional(case: Case) -> bool:
    """Whether the percepción is of the exceptional kind, for a cash sale."""
    return case.root.value("ExceptionalIndicator") == "01"


def _factura(document: Node) -> bool:
    return document.value("cbc:ID/@schemeID") == "01"


def other_day(case: Case, document: Node, known: Known | None) -> bool:
    """2610: issued on another day than the register says."""
    found = formats.day(document.value("cbc:IssueDate"))
    return known is not None and known.issued is not None and known.issued != found


COMMON = (
    Rule("1034", "El RUC del emisor no es el del nombre del archivo", other_agent),
    Rule("1049", "La numeración no es la del nombre del archivo", other_number),
    *rules_terms.WITHHELD,
)
RETENTION = (
    *COMMON,
    Rule("2617", "El emisor no es agente de retención", party(AGENT, lambda s: s.struck_off)),
    Rule("2621", "El RUC del proveedor no existe", party(RECEIVER, lambda s: not s.known)),
    Rule(
        "4091",
        "Al proveedor no corresponde retenerle",
        party(
            RECEIVER,
            lambda s: (
                s.retention_agent
                or s.perception_agent
                or s.fuel_perception_agent
                or s.good_taxpayer
            ),
        ),
    ),
    Rule("2619", "La tasa no es la del régimen de retención", wrong_rate(WITHHELD)),
    Rule("2985", "La tasa de 6 % rigió hasta febrero de 2014", late_six),
    Rule("2628", "El total retenido no es la suma de lo retenido", total_misses(WITHHELD)),
    Rule("2629", "El total pagado no es la suma de lo pagado", paid_misses(WITHHELD)),
    Rule("2623", "El importe no coincide con el pago y la tasa", formula_misses(WITHHELD)),
    Rule("2661", "Los pagos son de meses distintos", several_months(WITHHELD)),
    Rule("2625", "La fecha de pago está fuera del periodo", paid_out_of_time(WITHHELD)),
)
PERCEPTION = (
    *COMMON,
    Rule(
        "4285",
        "El emisor no es agente de percepción",
        party(AGENT, lambda s: s.struck_off),
    ),
    Rule("2605", "El RUC del cliente no existe", party(RECEIVER, lambda s: not s.known)),
    Rule("4089", "El cliente es agente de retención", party(RECEIVER, lambda s: s.retention_agent)),
    Rule(
        "4090",
        "El cliente está excluido de la percepción",
        party(RECEIVER, lambda s: s.spared_perception),
    ),
    Rule("4086", "Emisor y cliente son agentes de percepción de combustibles", both_sell_fuel),
    Rule("2603", "El porcentaje no es el del régimen de percepción", wrong_rate(PERCEIVED)),
    Rule("2667", "El total percibido no es la suma de lo percibido", total_misses(PERCEIVED)),
    Rule("2668", "El total cobrado no es la suma de lo cobrado", paid_misses(PERCEIVED)),
    Rule("2608", "El importe no coincide con el cobro y el porcentaje", formula_misses(PERCEIVED)),
    Rule("2659", "Los cobros son de meses distintos", several_months(PERCEIVED)),
    Rule("2612", "La fecha de cobro está fuera del periodo", paid_out_of_time(PERCEIVED)),
    Rule("2609", "El documento relacionado no está registrado", related(lambda c, d, k: k is None)),
    Rule(
        "2610",
        "La fecha no es la del documento relacionado",
        related(other_day, node="cbc:IssueDate"),
    ),
    Rule(
        "3312",
        "La factura ya lleva la percepción",
        related(
            lambda c, d, k: _factura(d) and not exceptional(c) and k is not None and k.perceives
        ),
    ),
    Rule(
        "3328",
        "La boleta ya lleva la percepción",
        related(
            lambda c, d, k: d.value("cbc:ID/@schemeID") == "03" and k is not None and k.perceives
        ),
    ),
    Rule(
        "3329",
        "La percepción de una factura al contado va en la factura",
        related(
            lambda c, d, k: _factura(d) and not exceptional(c) and k is not None and not k.on_credit
        ),
    ),
    Rule(
        "3325",
        "La emisión excepcional es para facturas al contado",
        related(lambda c, d, k: _factura(d) and exceptional(c) and k is not None and k.on_credit),
    ),
)
