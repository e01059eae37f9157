"""Checks of LegalMonetaryTotal, and of the document's discounts and charges."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from acuse_sandbox.sunat.rulebook import catalogs, formats
from acuse_sandbox.sunat.rulebook.invoice import Amount, Charge, Invoice
from acuse_sandbox.sunat.rulebook.rule import Case, Check, Rule, Spot
from acuse_sandbox.sunat.rulebook.rules_lines import factor_misses, malformed
from acuse_sandbox.sunat.rulebook.rules_tax_totals import line_bases, rates, values

TOTAL = "cac:LegalMonetaryTotal"
CHARGE = "cac:AllowanceCharge"
REASON = f"{CHARGE}/cbc:AllowanceChargeReasonCode"
COUNTED = ("1000", "1016", "9995", "9997", "9998")  # tributes whose lines the customer pays
ADVANCES = ("04", "05", "06", "20")


def total_misses(name: str, expected: Callable[[Invoice], Decimal]) -> Check:
    """A check that fails where a total is not the sum expected; an absent one counts as zero."""

    def check(case: Case) -> Iterable[Spot]:
        found = case.invoice.totals.get(name, Amount())
        if formats.far(found.number, expected(case.invoice)):
            yield Spot(f"{TOTAL}/cbc:{name}", found.text or "")

    return check


def total_missing(name: str) -> Check:
    """A check that fails where a total is not there."""
    return lambda case: () if name in case.invoice.totals else (Spot(f"{TOTAL}/cbc:{name}"),)


def total_malformed(name: str) -> Check:
    """A check that fails where a total has another form."""

    def check(case: Case) -> Iterable[Spot]:
        found = case.invoice.totals.get(name, Amount())
        return (
            (Spot(f"{TOTAL}/cbc:{name}", found.text or ""),)
            if malformed(found, formats.AMOUNT)
            else ()
        )

    return check


def each_charge(
    node: str,
    wrong: Callable[[Case, Charge], bool],
    value: Callable[[Charge], str | None] = lambda c: c.reason,
) -> Check:
    """A check that fails at every discount or charge of the document where something is wrong."""

    def check(case: Case) -> Iterable[Spot]:
        for charge in case.invoice.charges:
            if wrong(case, charge):
                yield Spot(f"{CHARGE}/{node}", value(charge) or "")

    return check


def line_extension(invoice: Invoice) -> Decimal:
    """3278: the values of the lines that are paid, less discounts 02, more charges 49."""
    paid = sum((values(invoice, tribute) for tribute in COUNTED), formats.ZERO)
    return paid - invoice.sum_of("02") + invoice.sum_of("49")


def _header_tax(invoice: Invoice, *tributes: str) -> Decimal:
    found = (s.tax.number for s in invoice.subtotals if s.tribute in tributes)
    return sum(found, formats.ZERO)


def tax_inclusive(invoice: Invoice) -> Decimal:
    """3279: value and taxes, before advances."""
    rice = any(line.carries("1016") for line in invoice.lines)
    tribute = "1016" if rice else "1000"
    rate = catalogs.IVAP_RATE if rice else max(rates(invoice), default=formats.ZERO)
    base = line_bases(invoice, tribute) - invoice.sum_of("02") + invoice.sum_of("49")
    isc = formats.ZERO if rice else _header_tax(invoice, "2000") + invoice.sum_of("20")
    others = _header_tax(invoice, "9999", "7152")
    # Without a taxed line the rate has nothing to apply to, even where a discount stands.
    igv = base * rate / 100 if line_bases(invoice, tribute) else formats.ZERO
    return invoice.total("LineExtensionAmount") + isc + others + igv


def allowances(invoice: Invoice) -> Decimal:
    """3300: discounts after tax, of lines and document."""
    lines = sum((line.sum_of("01") for line in invoice.lines), formats.ZERO)
    return lines + invoice.sum_of("03", "63")


def charges(invoice: Invoice) -> Decimal:
    """3301: charges after tax, of lines and document."""
    lines = sum((line.sum_of("48") for line in invoice.lines), formats.ZERO)
    return lines + invoice.sum_of("45", "46", "50")


def payable(invoice: Invoice) -> Decimal:
    """3280: what is left to pay, from the totals as written."""
    total = invoice.total
    return (
        total("TaxInclusiveAmount")
        + total("ChargeTotalAmount")
        - total("AllowanceTotalAmount")
        - total("PrepaidAmount")
        + total("PayableRoundingAmount")
    )


def rounds_too_much(case: Case) -> Iterable[Spot]:
    """3303: a rounding of more than one."""
    found = case.invoice.total("PayableRoundingAmount")
    return (Spot(f"{TOTAL}/cbc:PayableRoundingAmount", str(found)),) if abs(found) > 1 else ()


def _advance_without_prepaid(case: Case, charge: Charge) -> bool:
    prepaid = case.invoice.total("PrepaidAmount")
    return charge.reason in ADVANCES and charge.amount.number > 0 and prepaid == 0


def _is(*reasons: str) -> Callable[[Charge], bool]:
    return lambda charge: charge.reason in reasons


_fise, _retention, _second, _perception = _is("45"), _is("62"), _is("63"), _is("51", "52", "53")


def _customer_does_not_retain(case: Case, charge: Charge) -> bool:
    customer = case.invoice.customer
    known = case.registers.standing(customer.number or "")
    if not _retention(charge) or known is None:
        return False
    return customer.scheme != "6" or not known.retention_agent


def _issuer_retains(case: Case, charge: Charge) -> bool:
    agent = case.stands(case.invoice.supplier.number, lambda s: s.retention_agent)
    return _retention(charge) and agent


def _product_misses(charge: Charge) -> bool:
    return formats.far(charge.amount.number, charge.base.number * charge.factor.number)


def no_second_category(case: Case) -> Iterable[Spot]:
    """3316: operation 2002 without its retention."""
    bare = case.invoice.operation == "2002" and not any(map(_second, case.invoice.charges))
    return (Spot(REASON),) if bare else ()


def no_perception(case: Case) -> Iterable[Spot]:
    """3093: a cash sale with percepción, without the charge."""
    invoice = case.invoice
    cash = case.kind == "03" or any(
        "Contado" in t.means for t in invoice.terms if t.id == "FormaPago"
    )
    bare = invoice.operation == "2001" and cash and not any(map(_perception, invoice.charges))
    return (Spot(REASON),) if bare else ()


def _perceives_on_credit(case: Case, charge: Charge) -> bool:
    credit = any("Credito" in t.means for t in case.invoice.terms if t.id == "FormaPago")
    return _perception(charge) and case.invoice.operation == "2001" and credit


CHARGES = (
    Rule(
        "3114",
        "El indicador no corresponde al código global",
        each_charge(
            "cbc:ChargeIndicator",
            lambda c, x: x.indicator != catalogs.GLOBAL_CHARGES.get(x.reason or "", x.indicator),
            lambda x: x.indicator,
        ),
    ),
    Rule(
        "3072",
        "Falta el código del cargo o descuento global",
        each_charge(
            "cbc:AllowanceChargeReasonCode", lambda c, x: bool(x.indicator) and not x.reason
        ),
    ),
    Rule(
        "3071",
        "El código del cargo o descuento global no está en el catálogo 53",
        each_charge(
            "cbc:AllowanceChargeReasonCode",
            lambda c, x: bool(x.reason) and x.reason not in catalogs.CHARGES,
        ),
    ),
    Rule(
        "3025",
        "El factor global no tiene la forma esperada",
        each_charge(
            "cbc:MultiplierFactorNumeric",
            lambda c, x: malformed(x.factor, formats.FACTOR),
            lambda x: x.factor.text,
        ),
    ),
    Rule(
        "2968",
        "El importe global no tiene la forma esperada",
        each_charge(
            "cbc:Amount", lambda c, x: malformed(x.amount, formats.AMOUNT), lambda x: x.amount.text
        ),
    ),
    Rule(
        "3016",
        "La base global no tiene la forma esperada",
        each_charge(
            "cbc:BaseAmount", lambda c, x: malformed(x.base, formats.AMOUNT), lambda x: x.base.text
        ),
    ),
    Rule(
        "3307",
        "El importe no es la base por el factor en el cargo o descuento global",
        each_charge(
            "cbc:Amount",
            lambda c, x: factor_misses(x) and not _perception(x) and not _retention(x),
            lambda x: x.amount.text,
        ),
    ),
    Rule(
        "3282",
        "El descuento por anticipo pide un total de anticipos",
        each_charge("cbc:Amount", _advance_without_prepaid, lambda x: x.amount.text),
    ),
    Rule(
        "3074",
        "El FISE no puede ser cero",
        each_charge(
            "cbc:Amount",
            lambda c, x: _fise(x) and x.amount.exists and not x.amount.number,
            lambda x: x.amount.text,
        ),
    ),
    Rule(
        "3092",
        "Falta la base del FISE",
        each_charge(
            "cbc:BaseAmount", lambda c, x: _fise(x) and not x.base.number, lambda x: x.base.text
        ),
    ),
    Rule(
        "3262",
        "La retención pide un cliente que sea agente de retención",
        each_charge("cbc:AllowanceChargeReasonCode", _customer_does_not_retain),
    ),
    Rule(
        "3269",
        "La retención no va si el emisor es agente de retención",
        each_charge("cbc:AllowanceChargeReasonCode", _issuer_retains),
    ),
    Rule(
        "3263",
        "La retención no es la base por el factor",
        each_charge(
            "cbc:Amount", lambda c, x: _retention(x) and _product_misses(x), lambda x: x.amount.text
        ),
    ),
    Rule(
        "3264",
        "La base de la retención supera el importe total",
        each_charge(
            "cbc:BaseAmount",
            lambda c, x: _retention(x) and x.base.number > c.invoice.total("PayableAmount"),
            lambda x: x.base.text,
        ),
    ),
    Rule("3316", "La operación 2002 pide la retención de segunda categoría", no_second_category),
    Rule(
        "3317",
        "La retención de segunda categoría pide la operación 2002",
        each_charge(
            "cbc:AllowanceChargeReasonCode",
            lambda c, x: _second(x) and c.invoice.operation != "2002",
        ),
    ),
    Rule(
        "3318",
        "Falta la base de la retención de segunda categoría",
        each_charge("cbc:BaseAmount", lambda c, x: _second(x) and not x.base.exists),
    ),
    Rule("3093", "La operación 2001 al contado pide la percepción", no_perception),
    Rule(
        "3308",
        "La percepción pide la operación 2001",
        each_charge(
            "cbc:AllowanceChargeReasonCode",
            lambda c, x: _perception(x) and c.invoice.operation != "2001",
        ),
    ),
    Rule(
        "3330",
        "La percepción solo va en ventas al contado",
        each_charge("cbc:AllowanceChargeReasonCode", _perceives_on_credit),
    ),
    Rule(
        "3233",
        "Falta la base de la percepción",
        each_charge("cbc:BaseAmount", lambda c, x: _perception(x) and not x.base.number),
    ),
    Rule(
        "2798",
        "La percepción no es la base por el factor",
        each_charge(
            "cbc:Amount",
            lambda c, x: _perception(x) and _product_misses(x),
            lambda x: x.amount.text,
        ),
    ),
    Rule(
        "2797",
        "La base de la percepción supera el importe total",
        each_charge(
            "cbc:BaseAmount",
            lambda c, x: (
                _perception(x)
                and c.invoice.currency == "PEN"
                and x.base.number > c.invoice.total("PayableAmount")
            ),
            lambda x: x.base.text,
        ),
    ),
    Rule(
        "2792",
        "La percepción va en soles",
        each_charge(
            "cbc:Amount/@currencyID",
            lambda c, x: _perception(x) and x.amount.unit != "PEN",
            lambda x: x.amount.unit,
        ),
    ),
    Rule(
        "2788",
        "La base de la percepción va en soles",
        each_charge(
            "cbc:BaseAmount/@currencyID",
            lambda c, x: _perception(x) and x.base.exists and x.base.unit != "PEN",
            lambda x: x.base.unit,
        ),
    ),
    Rule(
        "4291",
        "El código del cargo o descuento no es global",
        each_charge(
            "cbc:AllowanceChargeReasonCode", lambda c, x: x.reason in catalogs.LINE_CHARGES
        ),
    ),
)

RULES = (
    Rule("3288", "Falta el total de valor de venta", total_missing("LineExtensionAmount")),
    Rule(
        "2031",
        "El total de valor de venta no tiene la forma esperada",
        total_malformed("LineExtensionAmount"),
    ),
    Rule(
        "3278",
        "El total de valor de venta no es la suma de las líneas",
        total_misses("LineExtensionAmount", line_extension),
    ),
    Rule("3305", "Falta el total con impuestos", total_missing("TaxInclusiveAmount")),
    Rule(
        "3019",
        "El total con impuestos no tiene la forma esperada",
        total_malformed("TaxInclusiveAmount"),
    ),
    Rule(
        "3279",
        "El total con impuestos no coincide",
        total_misses("TaxInclusiveAmount", tax_inclusive),
    ),
    Rule(
        "2065",
        "El total de descuentos no tiene la forma esperada",
        total_malformed("AllowanceTotalAmount"),
    ),
    Rule(
        "3300",
        "El total de descuentos no coincide",
        total_misses("AllowanceTotalAmount", allowances),
    ),
    Rule(
        "2064",
        "El total de cargos no tiene la forma esperada",
        total_malformed("ChargeTotalAmount"),
    ),
    Rule("3301", "El total de cargos no coincide", total_misses("ChargeTotalAmount", charges)),
    Rule("2062", "El importe total no tiene la forma esperada", total_malformed("PayableAmount")),
    Rule("3303", "El redondeo no puede pasar de 1", rounds_too_much),
    Rule("3280", "El importe total no coincide", total_misses("PayableAmount", payable)),
)
