"""Payment, allowances and totals of the document. Source: colombia.md 3 and 10."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from acuse_sandbox.dian.rulebook import codes
from acuse_sandbox.dian.rulebook.nodes import ZERO, Node
from acuse_sandbox.dian.rulebook.rule import (
    TOLERANCE,
    Case,
    Check,
    Rule,
    day,
    pesos_differ,
    rejects,
    when,
)

MEANS = "cac:PaymentMeans"
ALLOWANCE = "cac:AllowanceCharge"
FORMS = frozenset("12")
ON_CREDIT = "2"
REASONS = frozenset({"00", "01", "02", "03"})
REASON_LENGTH = range(10, 5001)
HUNDRED = Decimal(100)
MAY_BE_NEGATIVE = "cbc:PayableRoundingAmount"
PERCENTAGES = frozenset({"cbc:Percent", "cbc:MultiplierFactorNumeric"})
PREPAID = ("F", "D", "DS", "DE")  # a CreditNote has no PrepaidPayment


def _form_is_unknown(case: Case) -> bool:
    return any(one.value("cbc:ID") not in FORMS for one in case.root.all(MEANS))


def _means_are_unknown(case: Case) -> bool:
    return any(
        one.value("cbc:PaymentMeansCode") not in codes.PAYMENT_MEANS for one in case.root.all(MEANS)
    )


def _credit_has_no_day(case: Case) -> bool:
    return any(
        one.value("cbc:ID") == ON_CREDIT and day(one.value("cbc:PaymentDueDate")) is None
        for one in case.root.all(MEANS)
    )


def is_charge(allowance: Node) -> bool:
    """Whether an AllowanceCharge adds."""
    return allowance.value("cbc:ChargeIndicator") == "true"


def indicator_is_wrong(allowance: Node) -> bool:
    """Whether it is neither a discount nor a charge."""
    return allowance.value("cbc:ChargeIndicator") not in ("true", "false")


def percent_is_wrong(allowance: Node) -> bool:
    """Whether its percentage is missing or impossible."""
    told = allowance.number("cbc:MultiplierFactorNumeric")
    return told is None or not ZERO <= told <= HUNDRED


def amount_is_wrong(allowance: Node) -> bool:
    """Whether its amount is not its percentage of its base.

    A percentage of two decimals cannot say every amount, so half of its last decimal is allowed
    (how exact the DIAN is here is UNCONFIRMED).
    """
    told, base = allowance.number("cbc:Amount"), allowance.number("cbc:BaseAmount")
    percent = allowance.number("cbc:MultiplierFactorNumeric")
    if told is None or base is None or percent is None:
        return told is None
    exponent = percent.as_tuple().exponent
    assert isinstance(exponent, int)
    half = Decimal(5).scaleb(min(exponent, 0) - 1)
    return abs(told - base * percent / HUNDRED) > TOLERANCE + abs(base) * half / HUNDRED


def _any_allowance(fails: Callable[[Node], bool]) -> Check:
    return when(lambda case: any(map(fails, case.root.all(ALLOWANCE))))


def _reason_code_is_unknown(allowance: Node) -> bool:
    """A discount must say which it is; a charge may."""
    told = allowance.value("cbc:AllowanceChargeReasonCode")
    return told not in REASONS and (bool(told) or not is_charge(allowance))


def _reason_is_missing(allowance: Node) -> bool:
    return len(allowance.value("cbc:AllowanceChargeReason")) not in REASON_LENGTH


def _negatives(root: Node) -> Iterator[Node]:
    for node in root.walk():
        is_amount = "currencyID" in node.attributes or node.name in PERCENTAGES
        if is_amount and node.name != MAY_BE_NEGATIVE and node.text.strip().startswith("-"):
            yield node


def _allowances(case: Case, charge: bool) -> Decimal:
    return sum(
        (one.amount("cbc:Amount") for one in case.root.all(ALLOWANCE) if is_charge(one) is charge),
        ZERO,
    )


def _total(case: Case, name: str) -> Decimal:
    return case.totals.amount(f"cbc:{name}")


def _lines_differ(case: Case) -> bool:
    counted = sum((one.amount("cbc:LineExtensionAmount") for one in case.lines), ZERO)
    return pesos_differ(_total(case, "LineExtensionAmount"), counted)


def _taxable_differs(case: Case) -> bool:
    """Every TaxableAmount under the lines counts, so a base with two taxes counts twice."""
    bases = (
        subtotal.amount("cbc:TaxableAmount")
        for line in case.lines
        for group in line.all("cac:TaxTotal")
        for subtotal in group.all("cac:TaxSubtotal")
    )
    told = _total(case, "TaxExclusiveAmount")
    if case.kind.is_bought and not pesos_differ(told, _total(case, "LineExtensionAmount")):
        return False  # UNCONFIRMED which of the two a documento soporte wants: both are taken
    return pesos_differ(told, sum(bases, ZERO))


def _inclusive_differs(case: Case) -> bool:
    taxes = sum((one.amount("cbc:TaxAmount") for one in case.root.all("cac:TaxTotal")), ZERO)
    counted = _total(case, "LineExtensionAmount") + taxes
    return pesos_differ(_total(case, "TaxInclusiveAmount"), counted)


def _prepaid_differs(case: Case) -> bool:
    paid = (one.amount("cbc:PaidAmount") for one in case.root.all("cac:PrepaidPayment"))
    return pesos_differ(_total(case, "PrepaidAmount"), sum(paid, ZERO))


def _payable_differs(case: Case) -> bool:
    """What was prepaid is not subtracted; the rounding may be left out or in."""
    told, rounding = _total(case, "PayableAmount"), _total(case, "PayableRoundingAmount")
    counted = (
        _total(case, "TaxInclusiveAmount")
        - _total(case, "AllowanceTotalAmount")
        + _total(case, "ChargeTotalAmount")
    )
    return pesos_differ(told, counted) and pesos_differ(told, counted + rounding)


# fmt: off
RULES: tuple[Rule, ...] = (
    Rule("AN01", rejects(), "Falta el medio de pago",
         when(lambda c: not c.root.has(MEANS))),
    Rule("AN02", rejects(), "La forma de pago no es 1 ni 2", when(_form_is_unknown)),
    Rule("AN03", rejects(), "El medio de pago no está en la lista", when(_means_are_unknown)),
    Rule("AN04", rejects(), "La venta a crédito no trae fecha de pago", when(_credit_has_no_day)),
    Rule("AQ03", rejects(), "Un descuento o cargo no dice cuál de los dos es",
         _any_allowance(indicator_is_wrong), "3b, 10"),
    Rule("AQ04", rejects(), "El código de un descuento o cargo no está en la lista",
         _any_allowance(_reason_code_is_unknown), "3b, 10"),
    Rule("AQ05", rejects(), "El motivo de un descuento o cargo falta o es muy corto",
         _any_allowance(_reason_is_missing), "3b, 10"),
    Rule("AQ06", rejects(), "El porcentaje de un descuento o cargo falta o no es posible",
         _any_allowance(percent_is_wrong), "3b, 10"),
    Rule("AQ07", rejects(), "El valor de un descuento o cargo no es su porcentaje de la base",
         _any_allowance(amount_is_wrong), "3b, 10"),
    Rule("AQ09", rejects(), "Falta la base de un descuento o cargo",
         _any_allowance(lambda one: not one.has("cbc:BaseAmount")), "3b, 10"),
    Rule("AU02", rejects(), "El valor bruto no es la suma de las líneas", when(_lines_differ)),
    Rule("AU04", rejects(), "La base imponible no es la suma de las bases de las líneas",
         when(_taxable_differs)),
    Rule("AU06", rejects(), "El valor con tributos no es el bruto más los tributos",
         when(_inclusive_differs)),
    Rule("AU08", rejects(), "El total de descuentos no es la suma de los descuentos",
         when(lambda c: pesos_differ(_total(c, "AllowanceTotalAmount"), _allowances(c, False)))),
    Rule("AU10", rejects(), "El total de cargos no es la suma de los cargos",
         when(lambda c: pesos_differ(_total(c, "ChargeTotalAmount"), _allowances(c, True)))),
    Rule("AU12", rejects(*PREPAID), "El total de anticipos no es la suma de los anticipos",
         when(_prepaid_differs)),
    Rule("AU14", rejects(), "El valor a pagar no es el total más cargos y menos descuentos",
         when(_payable_differs)),
    Rule("=VLR01", rejects(), "Un valor o porcentaje es negativo",
         when(lambda c: any(True for _ in _negatives(c.root)))),
)
# fmt: on
