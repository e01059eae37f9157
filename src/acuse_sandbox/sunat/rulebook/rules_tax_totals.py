"""Checks of the document's taxes: one subtotal a tribute, each the sum of its lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from acuse_sandbox.sunat.rulebook import catalogs, formats
from acuse_sandbox.sunat.rulebook.invoice import Invoice, Line, Subtotal
from acuse_sandbox.sunat.rulebook.rule import Case, Check, Rule, Spot
from acuse_sandbox.sunat.rulebook.rules_lines import malformed

TOTAL = "cac:TaxTotal"
SUBTOTAL = f"{TOTAL}/cac:TaxSubtotal"
BASE = f"{SUBTOTAL}/cbc:TaxableAmount"
AMOUNT = f"{SUBTOTAL}/cbc:TaxAmount"
SCHEME = f"{SUBTOTAL}/cac:TaxCategory/cac:TaxScheme"
NRUS = "0113"  # boletas of the simplified regime carry IGV of zero
FIRST_DAY_OF_BAGS = date(2019, 8, 1)
REDUCED = frozenset({Decimal("10.5")})
REDUCED_RATES = dict.fromkeys(("07", "08"), REDUCED | {Decimal(10)})


def each_total(
    node: str,
    wrong: Callable[[Case, Subtotal], bool],
    value: Callable[[Subtotal], str | None] = lambda s: s.tribute,
) -> Check:
    """A check that fails at every tax of the document where something is wrong."""

    def check(case: Case) -> Iterable[Spot]:
        for subtotal in case.invoice.subtotals:
            if wrong(case, subtotal):
                yield Spot(node, value(subtotal) or "")

    return check


def base_of(
    tribute: str, expected: Callable[[Invoice], Decimal], *, exactly: bool = False
) -> Check:
    """A check that fails where the tribute's base is not the sum expected."""
    return each_total(
        BASE,
        lambda case, s: (
            s.tribute == tribute
            and s.base.exists
            and _differs(s.base.number, expected(case.invoice), exactly=exactly)
        ),
        lambda s: s.base.text,
    )


def amount_of(
    tribute: str, expected: Callable[[Invoice], Decimal], *, exactly: bool = False
) -> Check:
    """A check that fails where the tribute's amount is not the sum expected."""
    return each_total(
        AMOUNT,
        lambda case, s: (
            s.tribute == tribute and _differs(s.tax.number, expected(case.invoice), exactly=exactly)
        ),
        lambda s: s.tax.text,
    )


def _differs(one: Decimal, other: Decimal, *, exactly: bool) -> bool:
    return one != other if exactly else formats.far(one, other)


def values(invoice: Invoice, tribute: str) -> Decimal:
    """The sum of the values of the lines that carry a tribute."""
    found = (line.value.number for line in invoice.lines if line.carries(tribute))
    return sum(found, formats.ZERO)


def parts(
    invoice: Invoice, tribute: str, part: Callable[[Subtotal], Decimal], *, paid_only: bool = False
) -> Decimal:
    """The sum of bases or amounts of a tribute over the lines, without free ones if asked."""
    lines: Iterable[Line] = (x for x in invoice.lines if not (paid_only and x.is_free))
    found = (part(s) for line in lines for s in line.subtotals if s.tribute == tribute)
    return sum(found, formats.ZERO)


def _base(subtotal: Subtotal) -> Decimal:
    return subtotal.base.number


def paid_tax(subtotal: Subtotal) -> Decimal:
    """The tax that the subtotal says."""
    return subtotal.tax.number


def taxed_base(invoice: Invoice, tribute: str) -> Decimal:
    """3277, 3293: lines' values less discounts 02 and advances 04, more charges 49."""
    return values(invoice, tribute) - invoice.sum_of("02", "04") + invoice.sum_of("49")


def rates(invoice: Invoice) -> set[Decimal]:
    """The rates of IGV that the lines say, free ones with them."""
    return {
        s.percent.number
        for line in invoice.lines
        for s in line.subtotals
        if s.has_base
        and (s.tribute == "1000" or (s.tribute == "9996" and s.affectation in catalogs.TAXED_FREE))
    }


def line_bases(invoice: Invoice, tribute: str) -> Decimal:
    """The sum of a tribute's bases over the lines, ISC within."""
    return parts(invoice, tribute, _base)


def igv_misses(case: Case) -> Iterable[Spot]:
    """3291: the IGV is not the bases by a rate in force that the lines carry."""
    invoice = case.invoice
    in_force = catalogs.igv_rates(invoice.issue_date or case.today)
    if case.kind in ("07", "08"):
        in_force |= catalogs.FORMER_RATES  # a note corrects documents of other years
    base = line_bases(invoice, "1000") - invoice.sum_of("02", "04", "20") + invoice.sum_of("49")
    good = in_force & (rates(invoice) or in_force)
    for subtotal in (s for s in invoice.subtotals if s.tribute == "1000"):
        if invoice.operation == NRUS and not subtotal.tax.number:
            continue
        if not any(not formats.far(subtotal.tax.number, base * rate / 100) for rate in good):
            yield Spot(AMOUNT, subtotal.tax.text or "")


def rice_tax(invoice: Invoice) -> Decimal:
    """3295: what the IVAP should be."""
    base = line_bases(invoice, "1016") - invoice.sum_of("02", "04") + invoice.sum_of("49")
    return base * catalogs.IVAP_RATE / 100


def not_the_sum(case: Case) -> Iterable[Spot]:
    """3294: the document's tax is not the sum of what the customer pays."""
    invoice = case.invoice
    paid = (s.tax.number for s in invoice.subtotals if s.tribute in catalogs.CHARGED)
    wrong = invoice.tax.exists and formats.far(invoice.tax.number, sum(paid, formats.ZERO))
    return (Spot(f"{TOTAL}/cbc:TaxAmount", invoice.tax.text or ""),) if wrong else ()


def missing_total(case: Case) -> Iterable[Spot]:
    """2638: a tribute of the lines has no subtotal."""
    there = {s.tribute for s in case.invoice.subtotals}
    for tribute in catalogs.FAMILY:
        if tribute not in there and any(x.carries(tribute) for x in case.invoice.lines):
            yield Spot(f"{SCHEME}/cbc:ID", tribute)


def repeated_total(case: Case) -> Iterable[Spot]:
    """3068: a tribute with two subtotals."""
    counted = Counter(s.tribute for s in case.invoice.subtotals)
    return [Spot(f"{SCHEME}/cbc:ID", tribute or "") for tribute, n in counted.items() if n > 1]


def several_rates(case: Case) -> Iterable[Spot]:
    """3462: lines of different rates."""
    found = set() if case.invoice.operation == NRUS else rates(case.invoice)
    return (Spot(AMOUNT, ", ".join(map(str, sorted(found)))),) if len(found) > 1 else ()


def rate_not_registered(case: Case) -> Iterable[Spot]:
    """4439: the reduced rate of an issuer that is not in its register."""
    reduced = REDUCED_RATES.get(case.kind, REDUCED) & rates(case.invoice)
    unknown = case.stands(case.invoice.supplier.number, lambda s: not s.reduced_rate)
    return (Spot(AMOUNT),) if reduced and unknown else ()


def no_exempt_total(legend: str) -> Check:
    """A check that fails where a legend speaks of exempt sales and there are none."""

    def check(case: Case) -> Iterable[Spot]:
        exempt = any(s.tribute == "9997" and s.has_base for s in case.invoice.subtotals)
        return (Spot(BASE),) if case.invoice.has_legend(legend) and not exempt else ()

    return check


def _export_mixes(case: Case, subtotal: Subtotal) -> bool:
    barred = {"1000", "1016", "2000", "9997", "9998", "9999"}
    return case.invoice.operation in catalogs.EXPORTS and subtotal.tribute in barred


def _free_base_is_zero(case: Case, subtotal: Subtotal) -> bool:
    prices = (p for x in case.invoice.lines for p in x.prices if p.type_code == "02")
    given = any(p.amount.number > 0 for p in prices)
    return subtotal.tribute == "9996" and given and not subtotal.has_base


def _isc_with_rice(case: Case, subtotal: Subtotal) -> bool:
    rice = any(
        s.affectation == "17" and s.has_base for x in case.invoice.lines for s in x.subtotals
    )
    return subtotal.tribute == "2000" and subtotal.has_base and rice


def _bags_too_soon(case: Case, subtotal: Subtotal) -> bool:
    soon = (case.invoice.issue_date or case.today) < FIRST_DAY_OF_BAGS
    return subtotal.tribute == "7152" and soon and subtotal.tax.number > 0


def _known(subtotal: Subtotal) -> catalogs.Tribute | None:
    return catalogs.TRIBUTES.get(subtotal.tribute or "")


def _name_misses(case: Case, subtotal: Subtotal) -> bool:
    known = _known(subtotal)
    return bool(subtotal.name) and known is not None and subtotal.name != known.name


def _type_misses(case: Case, subtotal: Subtotal) -> bool:
    known = _known(subtotal)
    return bool(subtotal.type_code) and known is not None and subtotal.type_code != known.type_code


RULES = (
    Rule(
        "2956",
        "Falta el total de impuestos",
        lambda c: () if c.invoice.tax_totals else (Spot(TOTAL),),
    ),
    Rule(
        "3024",
        "Hay más de un total de impuestos",
        lambda c: (Spot(TOTAL),) if c.invoice.tax_totals > 1 else (),
    ),
    Rule(
        "3020",
        "El total de impuestos no tiene la forma esperada",
        lambda c: (
            (Spot(f"{TOTAL}/cbc:TaxAmount", c.invoice.tax.text or ""),)
            if malformed(c.invoice.tax, formats.AMOUNT)
            else ()
        ),
    ),
    Rule("2638", "Falta el total de un tributo de las líneas", missing_total),
    Rule(
        "3059",
        "Falta el código de un tributo del total",
        each_total(f"{SCHEME}/cbc:ID", lambda c, s: not s.tribute),
    ),
    Rule(
        "3007",
        "Un tributo del total no está en el catálogo 05",
        each_total(f"{SCHEME}/cbc:ID", lambda c, s: bool(s.tribute) and _known(s) is None),
    ),
    Rule("3068", "El total repite un tributo", repeated_total),
    Rule(
        "2054",
        "Falta el nombre de un tributo del total",
        each_total(f"{SCHEME}/cbc:Name", lambda c, s: not s.name),
    ),
    Rule(
        "2964",
        "El nombre no es el del tributo del total",
        each_total(f"{SCHEME}/cbc:Name", _name_misses, lambda s: s.name),
    ),
    Rule(
        "2052",
        "Falta el código internacional de un tributo del total",
        each_total(f"{SCHEME}/cbc:TaxTypeCode", lambda c, s: not s.type_code),
    ),
    Rule(
        "2961",
        "El código internacional no es el del tributo del total",
        each_total(f"{SCHEME}/cbc:TaxTypeCode", _type_misses, lambda s: s.type_code),
    ),
    Rule(
        "3003",
        "Falta la base de un tributo del total",
        each_total(BASE, lambda c, s: s.tribute != "7152" and not s.base.exists),
    ),
    Rule(
        "2999",
        "La base del total no tiene la forma esperada",
        each_total(BASE, lambda c, s: malformed(s.base, formats.AMOUNT), lambda s: s.base.text),
    ),
    Rule(
        "2048",
        "El importe del total no tiene la forma esperada",
        each_total(
            AMOUNT,
            lambda c, s: not s.tax.exists or malformed(s.tax, formats.AMOUNT),
            lambda s: s.tax.text,
        ),
    ),
    Rule(
        "3000",
        "El impuesto de lo no gravado debe ser cero",
        each_total(
            AMOUNT,
            lambda c, s: s.tribute in ("9995", "9997", "9998") and s.tax.number != 0,
            lambda s: s.tax.text,
        ),
    ),
    Rule(
        "3107",
        "Una exportación no lleva este tributo",
        each_total(f"{SCHEME}/cbc:ID", _export_mixes),
    ),
    Rule("2650", "El ISC no va con arroz pilado", each_total(f"{SCHEME}/cbc:ID", _isc_with_rice)),
    Rule("3283", "La leyenda 2001 pide operaciones exoneradas", no_exempt_total("2001")),
    Rule("3284", "La leyenda 2002 pide operaciones exoneradas", no_exempt_total("2002")),
    Rule("3285", "La leyenda 2003 pide operaciones exoneradas", no_exempt_total("2003")),
    Rule("3289", "La leyenda 2008 pide operaciones exoneradas", no_exempt_total("2008")),
    Rule(
        "3277",
        "La base del IGV no es la suma de sus líneas",
        base_of("1000", lambda i: taxed_base(i, "1000")),
    ),
    Rule(
        "3293",
        "La base del IVAP no es la suma de sus líneas",
        base_of("1016", lambda i: taxed_base(i, "1016")),
    ),
    Rule(
        "3273",
        "El total de exportación no es la suma de sus líneas",
        base_of("9995", lambda i: values(i, "9995")),
    ),
    Rule(
        "3275",
        "El total exonerado no es la suma de sus líneas",
        base_of("9997", lambda i: values(i, "9997") - i.sum_of("05")),
    ),
    Rule(
        "3274",
        "El total inafecto no es la suma de sus líneas",
        base_of("9998", lambda i: values(i, "9998") - i.sum_of("06")),
    ),
    Rule(
        "3276",
        "El total gratuito no es la suma de sus líneas",
        base_of("9996", lambda i: values(i, "9996")),
    ),
    Rule(
        "2641",
        "El total gratuito no puede ser cero",
        each_total(BASE, _free_base_is_zero, lambda s: s.base.text),
    ),
    Rule(
        "2416",
        "La leyenda 1002 pide un total gratuito",
        each_total(
            BASE,
            lambda c, s: s.tribute == "9996" and c.invoice.has_legend("1002") and not s.has_base,
            lambda s: s.base.text,
        ),
    ),
    Rule("3462", "Las líneas tienen tasas distintas del IGV", several_rates),
    Rule("3291", "El IGV no es la base por la tasa vigente", igv_misses),
    Rule("3295", "El IVAP no es la base por su tasa", amount_of("1016", rice_tax)),
    Rule(
        "3302",
        "El IGV de lo gratuito no es la suma de sus líneas",
        amount_of(
            "9996",
            lambda i: sum(
                (
                    s.tax.number
                    for x in i.lines
                    for s in x.subtotals
                    if s.tribute == "9996" and s.has_base
                ),
                formats.ZERO,
            ),
        ),
    ),
    Rule(
        "3296",
        "La base del ISC no es la suma de sus líneas",
        base_of("2000", lambda i: parts(i, "2000", _base, paid_only=True)),
    ),
    Rule(
        "3298",
        "El ISC no es la suma de sus líneas",
        amount_of("2000", lambda i: parts(i, "2000", paid_tax, paid_only=True) - i.sum_of("20")),
    ),
    Rule(
        "3297",
        "La base de otros tributos no es la suma de sus líneas",
        base_of("9999", lambda i: parts(i, "9999", _base), exactly=True),
    ),
    Rule(
        "3299",
        "El importe de otros tributos no es la suma de sus líneas",
        amount_of("9999", lambda i: parts(i, "9999", paid_tax)),
    ),
    Rule(
        "3306",
        "El impuesto a las bolsas no es la suma de sus líneas",
        amount_of("7152", lambda i: parts(i, "7152", paid_tax), exactly=True),
    ),
    Rule(
        "2949",
        "El impuesto a las bolsas no regía en esa fecha",
        each_total(AMOUNT, _bags_too_soon, lambda s: s.tax.text),
    ),
    Rule("3294", "El total de impuestos no es la suma de los tributos", not_the_sum),
    Rule("4439", "El emisor no figura con la tasa reducida", rate_not_registered),
)
