"""Checks of a line's taxes: one tribute of the IGV family, its rate, base and amount."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal

from acuse_sandbox.sunat.rulebook import catalogs, formats
from acuse_sandbox.sunat.rulebook.invoice import Line, Subtotal
from acuse_sandbox.sunat.rulebook.rule import Case, Check, Rule, Spot
from acuse_sandbox.sunat.rulebook.rules_lines import each, malformed

SUBTOTAL = "cac:TaxTotal/cac:TaxSubtotal"
CATEGORY = f"{SUBTOTAL}/cac:TaxCategory"
SCHEME = f"{CATEGORY}/cac:TaxScheme"
SIX_CENTS = Decimal("0.06")
WITH_RATE = frozenset({"10", "11", "12", "13", "14", "15", "16", "17"})
WITHOUT_AFFECTATION = frozenset({"2000", "9999", "3000"})
WITHOUT_FAMILY = catalogs.BANKS | {"0112"}  # operations whose lines need no IGV tribute


def each_subtotal(
    node: str,
    wrong: Callable[[Line, Subtotal], bool],
    value: Callable[[Subtotal], str | None],
) -> Check:
    """A check that fails at every tax of a line where something is wrong."""

    def check(case: Case) -> Iterable[Spot]:
        for line in case.invoice.lines:
            for subtotal in line.subtotals:
                if wrong(line, subtotal):
                    yield Spot(node, value(subtotal) or "", line.id)

    return check


def not_the_sum(line: Line) -> bool:
    """3292: the line's tax is not the sum of what the customer pays."""
    paid = (s.tax.number for s in line.subtotals if s.tribute in catalogs.CHARGED)
    return line.tax.exists and formats.far(line.tax.number, sum(paid, formats.ZERO))


def base_misses(line: Line, subtotal: Subtotal) -> bool:
    """3272: the base is not the line's value, plus its ISC where there is one."""
    if subtotal.tribute not in catalogs.FAMILY or not subtotal.base.exists:
        return False
    isc = (s.tax.number for s in line.subtotals if s.tribute == "2000" and s.has_base)
    return formats.far(subtotal.base.number, line.value.number + sum(isc, formats.ZERO))


def amount_misses(subtotal: Subtotal) -> bool:
    """True if the amount is not base by rate."""
    product = subtotal.base.number * subtotal.percent.number / 100
    return formats.far(subtotal.tax.number, product)


def must_be_zero(line: Line, subtotal: Subtotal) -> bool:
    """3110: a tax on what is exempt, not subject or exported."""
    free = subtotal.tribute == "9996" and subtotal.has_base
    untaxed = subtotal.tribute in ("9995", "9997", "9998") or (
        free and subtotal.affectation in catalogs.UNTAXED_FREE
    )
    return untaxed and subtotal.tax.number != 0


def must_not_be_zero(line: Line, subtotal: Subtotal) -> bool:
    """3111: no tax on what is taxed."""
    taxed = subtotal.tribute in ("1000", "1016") or (
        subtotal.tribute == "9996" and subtotal.affectation in WITH_RATE
    )
    return taxed and subtotal.base.number > SIX_CENTS and subtotal.tax.number == 0


def rate_must_not_be_zero(line: Line, subtotal: Subtotal) -> bool:
    """2993: a rate of nothing on what is taxed."""
    taxed = subtotal.tribute in ("1000", "1016") or (
        subtotal.tribute == "9996" and subtotal.affectation in WITH_RATE
    )
    return taxed and subtotal.has_base and subtotal.percent.exists and not subtotal.percent.number


def affectation_misses(line: Line, subtotal: Subtotal) -> bool:
    """2040: an affectation of another tribute."""
    allowed = catalogs.AFFECTATIONS.get(subtotal.tribute or "", frozenset())
    asked = subtotal.has_base and subtotal.tribute not in WITHOUT_AFFECTATION
    return asked and bool(subtotal.affectation) and subtotal.affectation not in allowed


def mixed(line: Line) -> bool:
    """3223: tributes that may not stand in one line."""
    present = {s.tribute for s in line.subtotals if s.has_base} - {"7152", None}
    family = present & set(catalogs.FAMILY)
    return bool(family) and not any(present <= catalogs.FAMILY[t or ""] | {t} for t in family)


def repeated_tribute(case: Case) -> Iterable[Spot]:
    """3067: a tribute twice in a line."""
    for line in case.invoice.lines:
        counted = Counter(s.tribute for s in line.subtotals)
        for tribute in (tribute for tribute, n in counted.items() if n > 1):
            yield Spot(f"{SCHEME}/cbc:ID", tribute or "", line.id)


def no_family(case: Case) -> Iterable[Spot]:
    """3105: a line without IGV, IVAP, export, free, exempt or not subject."""
    if case.invoice.operation in WITHOUT_FAMILY:
        return
    for line in case.invoice.lines:
        if not any(line.carries(tribute) for tribute in catalogs.FAMILY):
            yield Spot(f"{SCHEME}/cbc:ID", "", line.id)


def not_an_export(case: Case) -> Iterable[Spot]:
    """2642: an export with something else than affectation 40."""
    if case.invoice.operation not in catalogs.EXPORTS:
        return
    for line in case.invoice.lines:
        for subtotal in line.subtotals:
            if subtotal.affectation not in (None, "40"):
                yield Spot(f"{CATEGORY}/cbc:TaxExemptionReasonCode", subtotal.affectation, line.id)


def rice_not_alone(case: Case) -> Iterable[Spot]:
    """2644: rice beside other goods."""
    found = {
        s.affectation: line.id
        for line in case.invoice.lines
        for s in line.subtotals
        if s.affectation and s.has_base
    }
    if "17" in found and len(found) > 1:
        yield Spot(f"{CATEGORY}/cbc:TaxExemptionReasonCode", "17", found["17"])


def wrong_bag_rate(case: Case) -> Iterable[Spot]:
    """4237: a bag at another price than the year's."""
    invoice = case.invoice
    rate = catalogs.bag_rate(invoice.issue_date or case.today)
    for line in invoice.lines:
        for s in line.subtotals:
            asked = s.tribute == "7152" and s.bags.number > 0 and invoice.currency == "PEN"
            if asked and s.per_bag.number != rate:
                yield Spot(f"{CATEGORY}/cbc:PerUnitAmount", s.per_bag.text or "", line.id)


def _tax_text(subtotal: Subtotal) -> str | None:
    return subtotal.tax.text


def _tribute(subtotal: Subtotal) -> str | None:
    return subtotal.tribute


def _known(subtotal: Subtotal) -> catalogs.Tribute | None:
    return catalogs.TRIBUTES.get(subtotal.tribute or "")


def _name_misses(line: Line, subtotal: Subtotal) -> bool:
    known = _known(subtotal)
    return bool(subtotal.name) and known is not None and subtotal.name != known.name


def _type_misses(line: Line, subtotal: Subtotal) -> bool:
    known = _known(subtotal)
    return known is not None and subtotal.type_code not in (None, known.type_code)


def _is(tribute: str, wrong: Callable[[Subtotal], bool]) -> Callable[[Line, Subtotal], bool]:
    return lambda _, s: s.tribute == tribute and wrong(s)


RULES = (
    Rule(
        "3195",
        "La línea no tiene el total de impuestos",
        each("cac:TaxTotal", lambda x: x.tax_totals == 0, lambda x: None),
    ),
    Rule(
        "3026",
        "La línea tiene más de un total de impuestos",
        each("cac:TaxTotal", lambda x: x.tax_totals > 1, lambda x: None),
    ),
    Rule(
        "3021",
        "El total de impuestos de la línea no tiene la forma esperada",
        each(
            "cac:TaxTotal/cbc:TaxAmount",
            lambda x: malformed(x.tax, formats.AMOUNT),
            lambda x: x.tax.text,
        ),
    ),
    Rule(
        "3031",
        "La base de la línea no tiene la forma esperada",
        each_subtotal(
            f"{SUBTOTAL}/cbc:TaxableAmount",
            lambda x, s: malformed(s.base, formats.AMOUNT),
            lambda s: s.base.text,
        ),
    ),
    Rule(
        "2033",
        "El impuesto de la línea no tiene la forma esperada",
        each_subtotal(
            f"{SUBTOTAL}/cbc:TaxAmount", lambda x, s: malformed(s.tax, formats.AMOUNT), _tax_text
        ),
    ),
    Rule(
        "2037",
        "Falta el código del tributo de la línea",
        each_subtotal(f"{SCHEME}/cbc:ID", lambda x, s: not s.tribute, _tribute),
    ),
    Rule(
        "2036",
        "El tributo de la línea no está en el catálogo 05",
        each_subtotal(
            f"{SCHEME}/cbc:ID", lambda x, s: bool(s.tribute) and _known(s) is None, _tribute
        ),
    ),
    Rule("3067", "La línea repite un tributo", repeated_tribute),
    Rule("3105", "La línea no tiene ningún tributo de la familia del IGV", no_family),
    Rule(
        "3223",
        "Los tributos de la línea no pueden ir juntos",
        each(f"{SCHEME}/cbc:ID", mixed, lambda x: None),
    ),
    Rule(
        "2996",
        "Falta el nombre del tributo de la línea",
        each_subtotal(f"{SCHEME}/cbc:Name", lambda x, s: not s.name, lambda s: s.name),
    ),
    Rule(
        "3051",
        "El nombre no es el del tributo de la línea",
        each_subtotal(f"{SCHEME}/cbc:Name", _name_misses, lambda s: s.name),
    ),
    Rule(
        "2377",
        "El código internacional no es el del tributo de la línea",
        each_subtotal(f"{SCHEME}/cbc:TaxTypeCode", _type_misses, lambda s: s.type_code),
    ),
    Rule(
        "2992",
        "Falta la tasa de la línea",
        each_subtotal(
            f"{CATEGORY}/cbc:Percent",
            lambda x, s: s.tribute != "7152" and not s.percent.exists,
            lambda s: s.percent.text,
        ),
    ),
    Rule(
        "3102",
        "La tasa de la línea no tiene la forma esperada",
        each_subtotal(
            f"{CATEGORY}/cbc:Percent",
            lambda x, s: malformed(s.percent, formats.FACTOR),
            lambda s: s.percent.text,
        ),
    ),
    Rule(
        "2993",
        "La tasa de una línea gravada no puede ser cero",
        each_subtotal(f"{CATEGORY}/cbc:Percent", rate_must_not_be_zero, lambda s: s.percent.text),
    ),
    Rule(
        "2371",
        "Falta la afectación al IGV",
        each_subtotal(
            f"{CATEGORY}/cbc:TaxExemptionReasonCode",
            lambda x, s: s.has_base and s.tribute not in WITHOUT_AFFECTATION and not s.affectation,
            lambda s: s.affectation,
        ),
    ),
    Rule(
        "3050",
        "La afectación no va en este tributo",
        each_subtotal(
            f"{CATEGORY}/cbc:TaxExemptionReasonCode",
            lambda x, s: s.tribute in WITHOUT_AFFECTATION and s.affectation is not None,
            lambda s: s.affectation,
        ),
    ),
    Rule(
        "2040",
        "La afectación no corresponde al tributo",
        each_subtotal(
            f"{CATEGORY}/cbc:TaxExemptionReasonCode", affectation_misses, lambda s: s.affectation
        ),
    ),
    Rule("2642", "Una exportación solo lleva la afectación 40", not_an_export),
    Rule("2644", "El arroz pilado no va con otras afectaciones", rice_not_alone),
    Rule(
        "3272",
        "La base no coincide con el valor de la línea",
        each_subtotal(f"{SUBTOTAL}/cbc:TaxableAmount", base_misses, lambda s: s.base.text),
    ),
    Rule(
        "3110",
        "El impuesto de una línea no gravada debe ser cero",
        each_subtotal(f"{SUBTOTAL}/cbc:TaxAmount", must_be_zero, _tax_text),
    ),
    Rule(
        "3111",
        "El impuesto de una línea gravada no puede ser cero",
        each_subtotal(f"{SUBTOTAL}/cbc:TaxAmount", must_not_be_zero, _tax_text),
    ),
    Rule(
        "3103",
        "El IGV de la línea no es la base por la tasa",
        each_subtotal(
            f"{SUBTOTAL}/cbc:TaxAmount",
            lambda x, s: s.affectation in WITH_RATE and amount_misses(s),
            _tax_text,
        ),
    ),
    Rule(
        "3104",
        "La tasa del ISC no puede ser cero",
        each_subtotal(
            f"{CATEGORY}/cbc:Percent",
            _is("2000", lambda s: s.has_base and not s.percent.number),
            lambda s: s.percent.text,
        ),
    ),
    Rule(
        "3108",
        "El ISC de la línea no es la base por la tasa",
        each_subtotal(
            f"{SUBTOTAL}/cbc:TaxAmount",
            _is("2000", lambda s: s.has_base and amount_misses(s)),
            _tax_text,
        ),
    ),
    Rule(
        "3109",
        "El otro tributo de la línea no es la base por la tasa",
        each_subtotal(
            f"{SUBTOTAL}/cbc:TaxAmount",
            _is("9999", lambda s: s.has_base and amount_misses(s)),
            _tax_text,
        ),
    ),
    Rule(
        "2373",
        "Falta el sistema del ISC",
        each_subtotal(
            f"{CATEGORY}/cbc:TierRange",
            _is("2000", lambda s: s.has_base and not s.tier),
            lambda s: s.tier,
        ),
    ),
    Rule(
        "2041",
        "El sistema del ISC no está en el catálogo 08",
        each_subtotal(
            f"{CATEGORY}/cbc:TierRange",
            _is(
                "2000", lambda s: s.has_base and bool(s.tier) and s.tier not in catalogs.ISC_SYSTEMS
            ),
            lambda s: s.tier,
        ),
    ),
    Rule(
        "3210",
        "El sistema del ISC solo va en el ISC",
        each_subtotal(
            f"{CATEGORY}/cbc:TierRange",
            lambda x, s: s.tribute != "2000" and s.tier is not None,
            lambda s: s.tier,
        ),
    ),
    Rule(
        "3237",
        "Falta el número de bolsas",
        each_subtotal(
            f"{SUBTOTAL}/cbc:BaseUnitMeasure",
            _is("7152", lambda s: not s.bags.exists),
            lambda s: s.bags.text,
        ),
    ),
    Rule(
        "2892",
        "El número de bolsas o su importe no tiene la forma esperada",
        each_subtotal(
            f"{SUBTOTAL}/cbc:BaseUnitMeasure",
            lambda x, s: malformed(s.bags, formats.BAGS) or malformed(s.per_bag, formats.FACTOR),
            lambda s: s.bags.text,
        ),
    ),
    Rule(
        "3236",
        "El número de bolsas no es la cantidad de la línea",
        each_subtotal(
            f"{SUBTOTAL}/cbc:BaseUnitMeasure",
            lambda x, s: s.bags.number > 0 and s.bags.number != x.quantity.number,
            lambda s: s.bags.text,
        ),
    ),
    Rule(
        "3238",
        "El importe por bolsa no puede ser cero",
        each_subtotal(
            f"{CATEGORY}/cbc:PerUnitAmount",
            _is("7152", lambda s: s.bags.number > 0 and not s.per_bag.number),
            lambda s: s.per_bag.text,
        ),
    ),
    Rule(
        "3292",
        "El impuesto de la línea no es la suma de sus tributos",
        each("cac:TaxTotal/cbc:TaxAmount", not_the_sum, lambda x: x.tax.text),
    ),
    Rule("4237", "El importe por bolsa no es el vigente", wrong_bag_rate),
    Rule(
        "4318",
        "El impuesto no es bolsas por importe",
        each_subtotal(
            f"{SUBTOTAL}/cbc:TaxAmount",
            _is(
                "7152",
                lambda s: s.bags.number > 0 and s.tax.number != s.bags.number * s.per_bag.number,
            ),
            _tax_text,
        ),
    ),
    Rule(
        "4320",
        "La unidad de las bolsas debe ser NIU",
        each_subtotal(
            f"{SUBTOTAL}/cbc:BaseUnitMeasure/@unitCode",
            lambda x, s: s.bags.exists and s.bags.unit != "NIU",
            lambda s: s.bags.unit,
        ),
    ),
)
