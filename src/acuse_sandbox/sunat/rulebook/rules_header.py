"""Checks of the header: versions, identity, dates, kind, currency, legends, references."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from acuse_sandbox.sunat.rulebook import catalogs, formats
from acuse_sandbox.sunat.rulebook.invoice import Amount
from acuse_sandbox.sunat.rulebook.rule import Case, Rule, Spot, missing, not_among
from acuse_sandbox.sunat.rulebook.table import catalogue

LONGEST_WAIT = timedelta(days=3)  # RS 000003-2023: counted from the day after issue
FARTHEST_AHEAD = timedelta(days=2)
OTHER_CURRENCY = frozenset({"Detraccion", "Percepcion"})  # their amounts are in soles (3208, 2788)


def _parts(case: Case) -> tuple[str, str]:
    series, _, number = (case.invoice.id or "").partition("-")
    return series, number


def wrong_series(case: Case) -> Iterable[Spot]:
    """1035: the series differs from the file's."""
    series, _ = _parts(case)
    return (Spot("cbc:ID", series),) if series != case.stem.series else ()


def wrong_number(case: Case) -> Iterable[Spot]:
    """1036: the number differs from the file's."""
    _, number = _parts(case)
    return (Spot("cbc:ID", number),) if number != case.stem.number else ()


def wrong_identifier(case: Case) -> Iterable[Spot]:
    """1001: not a factura's series, or a number of more than eight digits."""
    found = case.invoice.id or ""
    return () if formats.SERIES_NUMBER.fullmatch(found) else (Spot("cbc:ID", found),)


def no_date(case: Case) -> Iterable[Spot]:
    """1009: an issue date that is none."""
    issued = case.invoice.issued
    bad = bool(issued) and case.invoice.issue_date is None
    return (Spot("cbc:IssueDate", issued or ""),) if bad else ()


def too_late(case: Case) -> Iterable[Spot]:
    """2108: received more than the term after the issue date."""
    issued = case.invoice.issue_date
    late = issued is not None and case.today - issued > LONGEST_WAIT
    return (Spot("cbc:IssueDate", str(issued)),) if late else ()


def too_early(case: Case) -> Iterable[Spot]:
    """2329: dated more than two days ahead."""
    issued = case.invoice.issue_date
    ahead = issued is not None and issued - case.today > FARTHEST_AHEAD
    return (Spot("cbc:IssueDate", str(issued)),) if ahead else ()


def wrong_kind(case: Case) -> Iterable[Spot]:
    """1003: the kind differs from the file's."""
    found = case.invoice.type_code
    return (Spot("cbc:InvoiceTypeCode", found),) if found and found != case.stem.kind else ()


def other_currency(case: Case) -> Iterable[Spot]:
    """2071: an amount in another currency than the document's."""
    for node, amount in _amounts(case):
        if amount.unit and case.invoice.currency and amount.unit != case.invoice.currency:
            yield Spot(f"{node}/@currencyID", amount.unit)


def _amounts(case: Case) -> Iterable[tuple[str, Amount]]:
    invoice = case.invoice
    yield from ((f"cac:LegalMonetaryTotal/cbc:{k}", a) for k, a in invoice.totals.items())
    yield "cac:TaxTotal/cbc:TaxAmount", invoice.tax
    for line in invoice.lines:
        yield "cac:InvoiceLine/cbc:LineExtensionAmount", line.value
        yield "cac:InvoiceLine/cac:Price/cbc:PriceAmount", line.price
        yield "cac:InvoiceLine/cac:TaxTotal/cbc:TaxAmount", line.tax
        yield from (
            ("cac:AlternativeConditionPrice/cbc:PriceAmount", p.amount) for p in line.prices
        )
    subtotals = [*invoice.subtotals, *(s for line in invoice.lines for s in line.subtotals)]
    for subtotal in subtotals:
        yield "cac:TaxSubtotal/cbc:TaxableAmount", subtotal.base
        yield "cac:TaxSubtotal/cbc:TaxAmount", subtotal.tax
        yield "cac:TaxCategory/cbc:PerUnitAmount", subtotal.per_bag
    charges = [c for c in invoice.charges if c.reason not in catalogs.PERCEPTIONS]
    for charge in [*charges, *(c for line in invoice.lines for c in line.charges)]:
        yield "cac:AllowanceCharge/cbc:Amount", charge.amount
        yield "cac:AllowanceCharge/cbc:BaseAmount", charge.base
    for terms in invoice.terms:
        if terms.id not in OTHER_CURRENCY:
            yield "cac:PaymentTerms/cbc:Amount", terms.amount


def unknown_legend(case: Case) -> Iterable[Spot]:
    """3027: a legend's code that is not in catalogue 52."""
    for code, _ in case.invoice.notes:
        if code is not None and code not in catalogs.LEGENDS:
            yield Spot("cbc:Note/@languageLocaleID", code)


def repeated_legend(case: Case) -> Iterable[Spot]:
    """3014: the same legend twice."""
    counted = Counter(code for code, _ in case.invoice.notes if code is not None)
    return [Spot("cbc:Note/@languageLocaleID", code) for code, n in counted.items() if n > 1]


def bad_legend_text(case: Case) -> Iterable[Spot]:
    """3006: a note that is not one line of 1 to 200 characters."""
    for _, text in case.invoice.notes:
        if not formats.is_line(text, 1, 200):
            yield Spot("cbc:Note", text)


def _rice(case: Case) -> bool:
    return any(
        s.affectation == "17" and s.has_base for x in case.invoice.lines for s in x.subtotals
    )


def no_rice_legend(case: Case) -> Iterable[Spot]:
    """4264: rice without its legend."""
    bare = _rice(case) and not case.invoice.has_legend("2007")
    return (Spot("cbc:Note/@languageLocaleID"),) if bare else ()


def no_deposit_legend(case: Case) -> Iterable[Spot]:
    """4265: detracción without its legend."""
    invoice = case.invoice
    bare = invoice.operation in catalogs.DEPOSITS and not invoice.has_legend("2006")
    return (Spot("cbc:Note/@languageLocaleID"),) if bare else ()


def no_itinerant_legend(case: Case) -> Iterable[Spot]:
    """4266: a place of delivery without the legend of itinerant sellers."""
    bare = "Line" in case.invoice.delivery and not case.invoice.has_legend("2005")
    return (Spot("cbc:Note/@languageLocaleID"),) if bare else ()


def bad_order(case: Case) -> Iterable[Spot]:
    """4233: a purchase order that is not one line of 1 to 20 characters."""
    found = case.invoice.order
    bad = found is not None and not formats.is_line(found, 1, 20)
    return (Spot("cac:OrderReference/cbc:ID", found or ""),) if bad else ()


def repeated_despatch(case: Case) -> Iterable[Spot]:
    """2364: the same guía twice."""
    counted = Counter((d.type_code, d.id) for d in case.invoice.despatches)
    node = "cac:DespatchDocumentReference/cbc:ID"
    return [Spot(node, id_ or "") for (_, id_), n in counted.items() if n > 1]


def wrong_despatch_kind(case: Case) -> Iterable[Spot]:
    """4005: a related guía that is neither 09 nor 31."""
    for found in case.invoice.despatches:
        if found.id and found.type_code not in ("09", "31"):
            node = "cac:DespatchDocumentReference/cbc:DocumentTypeCode"
            yield Spot(node, found.type_code or "")


def repeated_document(case: Case) -> Iterable[Spot]:
    """2365: the same other document twice."""
    counted = Counter((d.type_code, d.id) for d in case.invoice.documents)
    node = "cac:AdditionalDocumentReference/cbc:ID"
    return [Spot(node, id_ or "") for (_, id_), n in counted.items() if n > 1]


def wrong_document_kind(case: Case) -> Iterable[Spot]:
    """4009: a related document outside catalogue 12."""
    for found in case.invoice.documents:
        known = found.type_code in {"02", "03", "04", "05", "06", "07", "08", "09", "99"}
        if found.id and not known:
            node = "cac:AdditionalDocumentReference/cbc:DocumentTypeCode"
            yield Spot(node, found.type_code or "")


IDENTITY = (
    Rule("1010", "Falta la fecha de emisión", missing("cbc:IssueDate", lambda c: c.invoice.issued)),
    Rule("1009", "La fecha de emisión no tiene la forma AAAA-MM-DD", no_date),
    Rule("1035", "La serie no es la del nombre del archivo", wrong_series),
    Rule("1036", "El número no es el del nombre del archivo", wrong_number),
    Rule("1001", "La numeración no tiene la forma serie-número", wrong_identifier),
    Rule(
        "1004",
        "Falta el tipo de documento",
        missing("cbc:InvoiceTypeCode", lambda c: c.invoice.type_code),
    ),
    Rule("1003", "El tipo de documento no es el del nombre del archivo", wrong_kind),
)

RULES = (
    Rule(
        "2075", "Falta la versión de UBL", missing("cbc:UBLVersionID", lambda c: c.invoice.version)
    ),
    Rule(
        "2074",
        "La versión de UBL debe ser 2.1",
        not_among("cbc:UBLVersionID", lambda c: c.invoice.version, ("2.1",)),
    ),
    Rule(
        "2073",
        "Falta la versión de la estructura",
        missing("cbc:CustomizationID", lambda c: c.invoice.customization),
    ),
    Rule(
        "2072",
        "La versión de la estructura debe ser 2.0",
        not_among("cbc:CustomizationID", lambda c: c.invoice.customization, ("2.0",)),
    ),
    Rule("2108", "Presentado fuera del plazo desde la emisión", too_late),
    Rule("2329", "La fecha de emisión está demasiado adelantada", too_early),
    Rule(
        "2070", "Falta la moneda", missing("cbc:DocumentCurrencyCode", lambda c: c.invoice.currency)
    ),
    Rule(
        "3088",
        "La moneda no está en el catálogo 02",
        not_among("cbc:DocumentCurrencyCode", lambda c: c.invoice.currency, catalogue("02")),
    ),
    Rule("2071", "Hay importes en otra moneda que la del comprobante", other_currency),
    Rule(
        "3205",
        "Falta el tipo de operación",
        missing("cbc:InvoiceTypeCode/@listID", lambda c: c.invoice.operation),
    ),
    Rule(
        "3206",
        "El tipo de operación no vale para este comprobante",
        not_among(
            "cbc:InvoiceTypeCode/@listID", lambda c: c.invoice.operation, catalogs.OPERATIONS
        ),
    ),
    Rule("3027", "El código de leyenda no está en el catálogo 52", unknown_legend),
    Rule("3014", "La misma leyenda aparece dos veces", repeated_legend),
    Rule("3006", "La leyenda debe tener de 1 a 200 caracteres en una línea", bad_legend_text),
    Rule("2364", "La misma guía aparece dos veces", repeated_despatch),
    Rule("2365", "El mismo documento relacionado aparece dos veces", repeated_document),
    Rule("4233", "La orden de compra no tiene la forma esperada", bad_order),
    Rule("4005", "La guía relacionada debe ser de tipo 09 o 31", wrong_despatch_kind),
    Rule("4009", "El tipo de documento relacionado no está en el catálogo 12", wrong_document_kind),
    Rule("4264", "Falta la leyenda 2007 de la operación con IVAP", no_rice_legend),
    Rule("4265", "Falta la leyenda 2006 de la operación con detracción", no_deposit_legend),
    Rule("4266", "Falta la leyenda 2005 del lugar de entrega", no_itinerant_legend),
)
