"""Checks of the daily summary (RC), and those that all summaries share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from acuse_sandbox.sunat.rulebook import catalogs, formats
from acuse_sandbox.sunat.rulebook.nodes import Node
from acuse_sandbox.sunat.rulebook.registers import Known, State
from acuse_sandbox.sunat.rulebook.rule import Case, Check, Rule, Spot
from acuse_sandbox.sunat.taxpayers import Standing

LINE = "SummaryDocumentsLine"
ISSUER = "cac:AccountingSupplierParty/cbc:CustomerAssignedAccountID"
TAX = "cac:TaxTotal/cac:TaxSubtotal"
TRIBUTE = f"{TAX}/cac:TaxCategory/cac:TaxScheme/cbc:ID"
PERCEIVED = "SUNATPerceptionSummaryDocumentReference"
REFERENCE = "cac:BillingReference/cac:InvoiceDocumentReference"
STATUS = "cac:Status/cbc:ConditionCode"
CUSTOMER = "cac:AccountingCustomerParty/cbc:CustomerAssignedAccountID"
ADDED, MODIFIED, DEAD = "1", "2", "3"
PAID = frozenset({"01", "02", "03", "04"})  # catalogue 11: what is not free
WIDE = Decimal(5)  # the tolerance of a summary's formulas
LONGEST = timedelta(days=7)
PERCEPTION_RATES = {"01": Decimal(2), "02": Decimal(1), "03": Decimal("0.5")}  # catalogue 22


def other_name(case: Case) -> Iterable[Spot]:
    """2220: the summary's own name differs from the file's."""
    found = case.root.value("cbc:ID")
    return (Spot("cbc:ID", found),) if found != case.stem.label else ()


def presented(case: Case) -> Iterable[Spot]:
    """2223, 2324: a summary of this name was taken before."""
    found = case.root.value("cbc:ID")
    taken = case.registers.was_presented(case.stem.ruc, found)
    return (Spot("cbc:ID", found),) if taken else ()


def other_date(case: Case) -> Iterable[Spot]:
    """2346: made on another day than the file's name says."""
    found = case.root.value("cbc:IssueDate")
    return (Spot("cbc:IssueDate", found),) if found.replace("-", "") != case.stem.series else ()


def from_tomorrow(case: Case) -> Iterable[Spot]:
    """2236, 2301: made later than today."""
    found = case.root.value("cbc:IssueDate")
    day = formats.day(found)
    return (Spot("cbc:IssueDate", found),) if day and day > case.today else ()


def about_later(case: Case) -> Iterable[Spot]:
    """2671: about documents later than the summary."""
    found = case.root.value("cbc:ReferenceDate")
    about, made = formats.day(found), formats.day(case.root.value("cbc:IssueDate"))
    return (Spot("cbc:ReferenceDate", found),) if about and made and about > made else ()


def other_issuer(case: Case) -> Iterable[Spot]:
    """1034: the issuer is not the one in the file's name."""
    found = case.root.value(ISSUER)
    return (Spot(ISSUER, found),) if found != case.stem.ruc else ()


def issuer_stands(bad: Callable[[Standing], bool]) -> Check:
    """A check that fails where the lists say something bad of the issuer."""
    return lambda case: (
        (Spot(ISSUER, case.root.value(ISSUER)),)
        if case.stands(case.root.value(ISSUER), bad)
        else ()
    )


def about(case: Case) -> date | None:
    """The day of the documents that the summary is about."""
    return formats.day(case.root.value("cbc:ReferenceDate"))


def too_old(case: Case) -> Iterable[Spot]:
    """4443: about documents of more than seven days ago."""
    day = about(case)
    old = day is not None and case.today - day > LONGEST
    return (Spot("cbc:ReferenceDate", str(day)),) if old else ()


def each(node: str, wrong: Callable[[Case, Node], bool]) -> Check:
    """A check that fails in every line where something is wrong."""

    def check(case: Case) -> Iterable[Spot]:
        for line in case.root.all(LINE):
            if wrong(case, line):
                yield Spot(f"{LINE}/{node}", line.value(node), line.value("cbc:LineID"))

    return check


def _known(case: Case, line: Node) -> Known | None:
    return case.known(line.value("cbc:DocumentTypeCode"), line.value("cbc:ID"))


def not_there(case: Case, line: Node) -> bool:
    """2663: a boleta to modify or void that SUNAT does not hold."""
    asked = case.registers.keeps_documents and line.value(STATUS) in (MODIFIED, DEAD)
    return asked and _known(case, line) is None


def dead(case: Case, line: Node) -> bool:
    """2987: a document that is rejected or voided already."""
    known = _known(case, line)
    return known is not None and known.state is not State.ACCEPTED


def there_already(case: Case, line: Node) -> bool:
    """2282: a boleta to add that SUNAT holds."""
    return line.value(STATUS) == ADDED and _known(case, line) is not None


def voided_late(case: Case, line: Node) -> bool:
    """2957: voided more than seven days after it was issued."""
    day = about(case)
    electronic = not line.value("cbc:ID")[:1].isdigit()
    old = day is not None and case.today - day > LONGEST
    return line.value(STATUS) == DEAD and electronic and old


def both(one: str, other: str) -> Check:
    """A check that fails where one document comes in two states."""

    def check(case: Case) -> Iterable[Spot]:
        states: dict[tuple[str, str], set[str]] = defaultdict(set)
        for line in case.root.all(LINE):
            key = (line.value("cbc:DocumentTypeCode"), line.value("cbc:ID"))
            states[key].add(line.value(STATUS))
            if {one, other} <= states[key] and line.value(STATUS) in (one, other):
                yield Spot(f"{LINE}/cbc:ID", key[1], line.value("cbc:LineID"))

    return check


def _corrected(case: Case, line: Node) -> tuple[bool, Known | None]:
    kind, number = (
        line.value(f"{REFERENCE}/cbc:DocumentTypeCode"),
        line.value(f"{REFERENCE}/cbc:ID"),
    )
    asked = case.registers.keeps_documents and kind == "03" and number.startswith("B")
    return asked, case.known(kind, number) if asked else None


def corrects_unknown(case: Case, line: Node) -> bool:
    """2989: a note of a boleta that SUNAT does not hold."""
    asked, known = _corrected(case, line)
    return asked and known is None


def corrects_dead(case: Case, line: Node) -> bool:
    """2990: a note of a boleta that is rejected or voided."""
    _, known = _corrected(case, line)
    return known is not None and known.state is not State.ACCEPTED


def _payments(line: Node, codes: frozenset[str]) -> Decimal:
    found = (
        formats.number(p.value("cbc:PaidAmount"))
        for p in line.all("BillingPayment")
        if p.value("cbc:InstructionID") in codes
    )
    return sum(found, formats.ZERO)


def _taxes(line: Node) -> Iterator[tuple[str, Decimal]]:
    for total in line.all("cac:TaxTotal"):
        tribute = total.value("cac:TaxSubtotal/cac:TaxCategory/cac:TaxScheme/cbc:ID")
        yield tribute, formats.number(total.value("cbc:TaxAmount"))


def total_misses(case: Case, line: Node) -> bool:
    """4027: the total is not what was sold, taxed and charged; the tolerance is five."""
    taxes = sum((amount for _, amount in _taxes(line)), formats.ZERO)
    charges = (formats.number(v) for v in line.values("cac:AllowanceCharge/cbc:Amount"))
    expected = _payments(line, PAID) + taxes + sum(charges, formats.ZERO)
    return abs(formats.number(line.value("TotalAmount")) - expected) > WIDE


def igv_misses(case: Case, line: Node) -> bool:
    """4019: the IGV is not what was taxed by a rate that may be in force."""
    taxes = dict(_taxes(line))
    base = _payments(line, frozenset({"01"})) + taxes.get("2000", formats.ZERO)
    rates = catalogs.igv_rates(about(case) or case.today)
    if line.value("cbc:DocumentTypeCode") != "03":
        rates |= catalogs.FORMER_RATES
    return _misses(taxes.get("1000"), base, rates)


def rice_misses(case: Case, line: Node) -> bool:
    """4302: the IVAP is not what was taxed by its rate."""
    base = _payments(line, frozenset({"01"}))
    return _misses(dict(_taxes(line)).get("1016"), base, frozenset({catalogs.IVAP_RATE}))


def _misses(tax: Decimal | None, base: Decimal, rates: frozenset[Decimal]) -> bool:
    return bool(tax) and all(abs((tax or formats.ZERO) - base * r / 100) > WIDE for r in rates)


def other_money(case: Case) -> Iterable[Spot]:
    """2071: an amount of a line in another currency than its total."""
    for line in case.root.all(LINE):
        wanted = line.value("TotalAmount/@currencyID")
        parts = (
            child for name, group in line.children.items() if name != PERCEIVED for child in group
        )
        found = {n.attributes.get("currencyID") for part in parts for _, n in part.walk()}
        for other in sorted(f for f in found if f and wanted and f != wanted):
            yield Spot(f"{LINE}/TotalAmount/@currencyID", other, line.value("cbc:LineID"))


def wrong_rate(case: Case, line: Node) -> bool:
    """2891: another percent than the regime's."""
    rate = PERCEPTION_RATES.get(line.value(f"{PERCEIVED}/SUNATPerceptionSystemCode"))
    found = line.value(f"{PERCEIVED}/SUNATPerceptionPercent")
    return rate is not None and bool(found) and formats.number(found) != rate


def perception_misses(case: Case, line: Node) -> bool:
    """2608: what is perceived is not base by percent, or the sum is not total and perceived."""
    perceived = line.first(PERCEIVED)
    if perceived is None or line.value("TotalAmount/@currencyID") != "PEN":
        return False
    number = {n: formats.number(perceived.value(n)) for n in perceived.children}
    amount = number.get("cbc:TotalInvoiceAmount", formats.ZERO)
    product = number.get("cbc:TaxableAmount", formats.ZERO) * (
        number.get("SUNATPerceptionPercent", formats.ZERO) / 100
    )
    cashed = number.get("SUNATTotalCashed", formats.ZERO)
    total = formats.number(line.value("TotalAmount"))
    return formats.far(amount, product) or formats.far(cashed, total + amount)


def buyer(bad: Callable[[Standing], bool]) -> Check:
    """A check that fails where the lists speak against perceiving from a buyer."""
    return each(
        CUSTOMER,
        lambda case, line: (
            line.first(PERCEIVED) is not None
            and line.value("cac:AccountingCustomerParty/cbc:AdditionalAccountID") == "6"
            and case.stands(line.value(CUSTOMER), bad)
        ),
    )


def both_sell_fuel(case: Case, line: Node) -> bool:
    """4086: both are agents for fuel."""
    return (
        line.first(PERCEIVED) is not None
        and case.stands(case.stem.ruc, lambda s: s.fuel_perception_agent)
        and case.stands(line.value(CUSTOMER), lambda s: s.fuel_perception_agent)
    )


def perceives_unlisted(case: Case, line: Node) -> bool:
    """2601: an issuer that is no agent perceives."""
    amount = formats.number(line.value(f"{PERCEIVED}/cbc:TotalInvoiceAmount"))
    return amount > 0 and case.stands(case.stem.ruc, lambda s: s.struck_off)


SHARED = (
    Rule("1034", "El RUC del emisor no es el del nombre del archivo", other_issuer),
    Rule("2220", "El identificador no es el nombre del archivo", other_name),
    Rule("2346", "La fecha de generación no es la del nombre del archivo", other_date),
    Rule("2671", "La fecha de los documentos es posterior a la de generación", about_later),
)
RULES = (
    *SHARED,
    Rule(
        "1078",
        "El emisor está obligado a enviar por un OSE",
        issuer_stands(lambda s: s.must_use_ose),
    ),
    Rule("2223", "El resumen ya fue presentado", presented),
    Rule("2236", "La fecha de generación es posterior a hoy", from_tomorrow),
    Rule("4443", "Los documentos tienen más de siete días", too_old),
    Rule("2663", "El comprobante no está registrado", each("cbc:ID", not_there)),
    Rule("2987", "El comprobante ya está rechazado o anulado", each("cbc:ID", dead)),
    Rule("2282", "El comprobante ya está registrado", each("cbc:ID", there_already)),
    Rule("2957", "La baja llegó después de siete días", each("cbc:ID", voided_late)),
    Rule(
        "3095", "El comprobante se adiciona y se modifica en el mismo envío", both(ADDED, MODIFIED)
    ),
    Rule("3096", "El comprobante se modifica y se anula en el mismo envío", both(MODIFIED, DEAD)),
    Rule(
        "2989",
        "La boleta que se modifica no está registrada",
        each(f"{REFERENCE}/cbc:ID", corrects_unknown),
    ),
    Rule(
        "2990",
        "La boleta que se modifica está rechazada o anulada",
        each(f"{REFERENCE}/cbc:ID", corrects_dead),
    ),
    Rule("2071", "Hay importes en otra moneda que el total", other_money),
    Rule("4027", "El importe total no coincide", each("TotalAmount", total_misses)),
    Rule("4019", "El IGV no coincide", each("cac:TaxTotal/cbc:TaxAmount", igv_misses)),
    Rule("4302", "El IVAP no coincide", each("cac:TaxTotal/cbc:TaxAmount", rice_misses)),
    Rule(
        "2891",
        "La tasa no es la del régimen de percepción",
        each(f"{PERCEIVED}/SUNATPerceptionPercent", wrong_rate),
    ),
    Rule(
        "2608",
        "La percepción no coincide",
        each(f"{PERCEIVED}/cbc:TotalInvoiceAmount", perception_misses),
    ),
    Rule(
        "2601",
        "El emisor no es agente de percepción",
        each(f"{PERCEIVED}/cbc:TotalInvoiceAmount", perceives_unlisted),
    ),
    Rule("2605", "El RUC del cliente no existe", buyer(lambda s: not s.known)),
    Rule("4089", "El cliente es agente de retención", buyer(lambda s: s.retention_agent)),
    Rule("4090", "El cliente está excluido de la percepción", buyer(lambda s: s.spared_perception)),
    Rule(
        "4086",
        "Emisor y cliente son agentes de percepción de combustibles",
        each(CUSTOMER, both_sell_fuel),
    ),
)
