"""Checks of how and when it is paid: forma de pago, detracción, percepción, advances."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from acuse_sandbox.sunat.rulebook import catalogs, formats
from acuse_sandbox.sunat.rulebook.invoice import Reference, Terms
from acuse_sandbox.sunat.rulebook.rule import Case, Check, Rule, Spot
from acuse_sandbox.sunat.rulebook.rules_lines import malformed
from acuse_sandbox.sunat.rulebook.table import catalogue

TERMS = "cac:PaymentTerms"
MEANS = f"{TERMS}/cbc:PaymentMeansID"
AMOUNT = f"{TERMS}/cbc:Amount"
PREPAID = "cac:PrepaidPayment"
DOCUMENT = "cac:AdditionalDocumentReference"
WORD = re.compile(r"Contado|Credito|Cuota[0-9]{3}")
INSTALMENT = re.compile(r"Cuota[0-9]{3}")
ADVANCE_NUMBER = {
    "02": re.compile(r"(F[A-Z0-9]{3}|E001|[0-9]{1,4})-[0-9]{1,8}"),
    "03": re.compile(r"(B[A-Z0-9]{3}|EB01|[0-9]{1,4})-[0-9]{1,8}"),
}


def _word(terms: Terms) -> str:
    return terms.means[0] if terms.means else ""


def _forms(case: Case) -> list[Terms]:
    return [t for t in case.invoice.terms if t.id == "FormaPago"]


def _credits(case: Case) -> list[Terms]:
    return [t for t in _forms(case) if _word(t) == "Credito"]


def _instalments(case: Case) -> list[Terms]:
    return [t for t in _forms(case) if INSTALMENT.fullmatch(_word(t))]


def _has_ruc(case: Case) -> bool:
    return case.invoice.customer.scheme == "6"


def each_terms(
    node: str,
    of: Callable[[Case], list[Terms]],
    wrong: Callable[[Case, Terms], bool],
    value: Callable[[Terms], str | None] = _word,
) -> Check:
    """A check that fails at every block of payment terms where something is wrong."""
    return lambda case: [Spot(node, value(t) or "") for t in of(case) if wrong(case, t)]


def repeated_form(case: Case) -> Iterable[Spot]:
    """3248: the same form of payment twice."""
    counted = Counter(_word(t) for t in _forms(case))
    return [Spot(MEANS, word) for word, n in counted.items() if n > 1]


def cash_and_credit(case: Case) -> Iterable[Spot]:
    """3247: cash and credit together."""
    words = {_word(t) for t in _forms(case)}
    return (Spot(MEANS, "Contado"),) if {"Contado", "Credito"} <= words else ()


def no_instalment(case: Case) -> Iterable[Spot]:
    """3249: credit to a RUC without instalments."""
    bare = _credits(case) and _has_ruc(case) and not _instalments(case)
    return (Spot(MEANS, "Credito"),) if bare else ()


def orphan_instalment(case: Case) -> Iterable[Spot]:
    """3252: instalments without credit."""
    return [Spot(MEANS, _word(t)) for t in _instalments(case)] if not _credits(case) else ()


def instalments_miss(case: Case) -> Iterable[Spot]:
    """3319: the instalments do not sum to the net pending, to the cent."""
    total = sum((t.amount.number for t in _instalments(case)), formats.ZERO)
    for credit in _credits(case):
        if _has_ruc(case) and credit.amount.exists and credit.amount.number != total:
            yield Spot(AMOUNT, credit.amount.text or "")


def _bad_payment(terms: Terms) -> bool:
    return malformed(terms.amount, formats.AMOUNT)


def _more_than_payable(case: Case, terms: Terms) -> bool:
    return terms.amount.number > case.invoice.total("PayableAmount")


def _due_too_soon(case: Case, terms: Terms) -> bool:
    due, issued = formats.day(terms.due), case.invoice.issue_date
    return due is not None and issued is not None and due <= issued


def _deposits(case: Case) -> list[Terms]:
    return [t for t in case.invoice.terms if t.id == "Detraccion"]


def _perceptions(case: Case) -> list[Terms]:
    return [t for t in case.invoice.terms if t.id == "Percepcion"]


def no_deposit_terms(case: Case) -> Iterable[Spot]:
    """3127: an operation with detracción without its block, or a block without its good."""
    if case.invoice.operation in catalogs.DEPOSITS and not _deposits(case):
        yield Spot(f"{TERMS}/cbc:ID")
    yield from (Spot(MEANS) for t in _deposits(case) if not _word(t))


def no_deposit_account(case: Case) -> Iterable[Spot]:
    """3034: an operation with detracción without the account of the deposit."""
    node = "cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID"
    accounts = [account for id_, _, account in case.invoice.deposit if id_ == "Detraccion"]
    if case.invoice.operation in catalogs.DEPOSITS and not accounts:
        yield Spot("cac:PaymentMeans/cbc:ID")
    yield from (Spot(node) for account in accounts if not account)


def unknown_payment_means(case: Case) -> Iterable[Spot]:
    """3174: a way of paying outside catalogue 59."""
    for _, code, _ in case.invoice.deposit:
        if code is not None and code not in catalogue("59"):
            yield Spot("cac:PaymentMeans/cbc:PaymentMeansCode", code)


def no_perception_terms(case: Case) -> Iterable[Spot]:
    """3309: a cash sale with percepción without its block."""
    cash = case.kind == "03" or any(_word(t) == "Contado" for t in _forms(case))
    bare = case.invoice.operation == "2001" and cash and not _perceptions(case)
    return (Spot(f"{TERMS}/cbc:ID"),) if bare else ()


def _advances(case: Case) -> list[Reference]:
    return [d for d in case.invoice.documents if d.type_code in ADVANCE_NUMBER]


def each_document(
    node: str, wrong: Callable[[Case, Reference], bool], value: Callable[[Reference], str | None]
) -> Check:
    """A check that fails at every related document where something is wrong."""
    return lambda case: [
        Spot(f"{DOCUMENT}/{node}", value(d) or "") for d in case.invoice.documents if wrong(case, d)
    ]


def unnamed_advance(case: Case) -> Iterable[Spot]:
    """3211: an advance without its mark."""
    return [
        Spot(f"{PREPAID}/cbc:ID") for id_, paid in case.invoice.advances if paid.exists and not id_
    ]


def repeated_advance(case: Case) -> Iterable[Spot]:
    """3212: two advances of one mark."""
    counted = Counter(id_ for id_, _ in case.invoice.advances if id_)
    return [Spot(f"{PREPAID}/cbc:ID", id_) for id_, n in counted.items() if n > 1]


def advance_without_document(case: Case) -> Iterable[Spot]:
    """3213: an advance whose document is not named."""
    named = {d.status for d in _advances(case)}
    return [
        Spot(f"{PREPAID}/cbc:ID", id_)
        for id_, _ in case.invoice.advances
        if id_ and id_ not in named
    ]


def document_twice(case: Case) -> Iterable[Spot]:
    """3215: two documents for one advance."""
    counted = Counter(d.status for d in _advances(case) if d.status)
    node = f"{DOCUMENT}/cbc:DocumentStatusCode"
    return [Spot(node, status) for status, n in counted.items() if n > 1]


def _without_advance(case: Case, document: Reference) -> bool:
    paid = {id_ for id_, _ in case.invoice.advances}
    return (
        document.type_code in ADVANCE_NUMBER
        and bool(document.status)
        and document.status not in paid
    )


def _odd_number(case: Case, document: Reference) -> bool:
    form = ADVANCE_NUMBER.get(document.type_code or "")
    asked = form is not None and document.issuer_scheme is not None
    return asked and form is not None and not form.fullmatch(document.id or "")


def nothing_paid(case: Case) -> Iterable[Spot]:
    """2503: an advance of nothing."""
    bad = (p for _, p in case.invoice.advances if p.exists and p.number <= 0)
    return [Spot(f"{PREPAID}/cbc:PaidAmount", p.text or "") for p in bad]


def advance_without_total(case: Case) -> Iterable[Spot]:
    """3220: advances without their total."""
    bare = case.invoice.total("PrepaidAmount") <= 0
    return [
        Spot(f"{PREPAID}/cbc:PaidAmount", p.text or "")
        for _, p in case.invoice.advances
        if p.number > 0 and bare
    ]


def prepaid_misses(case: Case) -> Iterable[Spot]:
    """2509: the total of advances is not their sum."""
    total = case.invoice.total("PrepaidAmount")
    paid = sum((p.number for _, p in case.invoice.advances), formats.ZERO)
    wrong = total > 0 and total != paid
    return (Spot("cac:LegalMonetaryTotal/cbc:PrepaidAmount", str(total)),) if wrong else ()


def prepaid_without_discount(case: Case) -> Iterable[Spot]:
    """3287: a total of advances without the discount that takes them off the base."""
    bare = case.invoice.total("PrepaidAmount") > 0 and case.invoice.sum_of("04", "05", "06") <= 0
    return (Spot("cac:LegalMonetaryTotal/cbc:PrepaidAmount"),) if bare else ()


FORMS = (
    Rule(
        "3244", "Falta la forma de pago", lambda c: () if _forms(c) else (Spot(f"{TERMS}/cbc:ID"),)
    ),
    Rule(
        "3245",
        "Falta el valor de la forma de pago",
        each_terms(MEANS, _forms, lambda c, t: not t.means),
    ),
    Rule(
        "3461",
        "Un bloque de pago lleva una sola forma",
        each_terms(MEANS, lambda c: list(c.invoice.terms), lambda c, t: len(t.means) > 1),
    ),
    Rule(
        "3246",
        "La forma de pago no es Contado, Credito ni Cuota",
        each_terms(MEANS, _forms, lambda c, t: bool(t.means) and not WORD.fullmatch(_word(t))),
    ),
    Rule("3247", "Contado y Credito no van juntos", cash_and_credit),
    Rule("3248", "La forma de pago se repite", repeated_form),
    Rule("3249", "El crédito pide al menos una cuota", no_instalment),
    Rule("3252", "Hay cuotas sin crédito", orphan_instalment),
    Rule(
        "3251",
        "Falta el monto pendiente del crédito",
        each_terms(AMOUNT, _credits, lambda c, t: _has_ruc(c) and not t.amount.exists),
    ),
    Rule(
        "3250",
        "El monto pendiente no tiene la forma esperada",
        each_terms(AMOUNT, _credits, lambda c, t: _bad_payment(t), lambda t: t.amount.text),
    ),
    Rule(
        "3265",
        "El monto pendiente supera el importe total",
        each_terms(AMOUNT, _credits, _more_than_payable, lambda t: t.amount.text),
    ),
    Rule(
        "3254",
        "Falta el monto de la cuota",
        each_terms(AMOUNT, _instalments, lambda c, t: _has_ruc(c) and not t.amount.exists),
    ),
    Rule(
        "3253",
        "El monto de la cuota no tiene la forma esperada",
        each_terms(AMOUNT, _instalments, lambda c, t: _bad_payment(t), lambda t: t.amount.text),
    ),
    Rule(
        "3266",
        "La cuota supera el importe total",
        each_terms(AMOUNT, _instalments, _more_than_payable, lambda t: t.amount.text),
    ),
    Rule(
        "3256",
        "Falta la fecha de la cuota",
        each_terms(
            f"{TERMS}/cbc:PaymentDueDate", _instalments, lambda c, t: _has_ruc(c) and t.due is None
        ),
    ),
    Rule(
        "3255",
        "La fecha de la cuota no tiene la forma esperada",
        each_terms(
            f"{TERMS}/cbc:PaymentDueDate",
            _instalments,
            lambda c, t: t.due is not None and formats.day(t.due) is None,
            lambda t: t.due,
        ),
    ),
    Rule(
        "3267",
        "La cuota debe vencer después de la emisión",
        each_terms(f"{TERMS}/cbc:PaymentDueDate", _instalments, _due_too_soon, lambda t: t.due),
    ),
    Rule("3319", "Las cuotas no suman el monto pendiente", instalments_miss),
)

DEPOSIT = (
    Rule("3127", "Falta el bloque de la detracción", no_deposit_terms),
    Rule(
        "3128",
        "La detracción no va en esta operación",
        each_terms(
            f"{TERMS}/cbc:ID", _deposits, lambda c, t: c.invoice.operation not in catalogs.DEPOSITS
        ),
    ),
    Rule(
        "3033",
        "El bien o servicio no está en el catálogo 54",
        each_terms(
            MEANS, _deposits, lambda c, t: bool(_word(t)) and _word(t) not in catalogue("54")
        ),
    ),
    Rule(
        "3129",
        "El bien o servicio no corresponde a la operación",
        each_terms(
            MEANS,
            _deposits,
            lambda c, t: (
                bool(_word(t))
                and _word(t) != catalogs.DEPOSIT_CODES.get(c.invoice.operation or "", _word(t))
            ),
        ),
    ),
    Rule("3034", "Falta la cuenta de la detracción", no_deposit_account),
    Rule("3174", "El medio de pago no está en el catálogo 59", unknown_payment_means),
    Rule(
        "3035",
        "Falta el monto de la detracción",
        each_terms(AMOUNT, _deposits, lambda c, t: not t.amount.exists),
    ),
    Rule(
        "3037",
        "El monto de la detracción no tiene la forma esperada",
        each_terms(
            AMOUNT,
            _deposits,
            lambda c, t: t.amount.exists and (_bad_payment(t) or not t.amount.number),
            lambda t: t.amount.text,
        ),
    ),
    Rule(
        "3208",
        "La detracción va en soles",
        each_terms(
            f"{AMOUNT}/@currencyID",
            _deposits,
            lambda c, t: t.amount.exists and t.amount.unit != "PEN",
            lambda t: t.amount.unit,
        ),
    ),
    Rule("3309", "Falta el bloque de la percepción", no_perception_terms),
    Rule(
        "3308",
        "La percepción pide la operación 2001",
        each_terms(f"{TERMS}/cbc:ID", _perceptions, lambda c, t: c.invoice.operation != "2001"),
    ),
    Rule(
        "3330",
        "La percepción solo va en ventas al contado",
        each_terms(
            f"{TERMS}/cbc:ID",
            _perceptions,
            lambda c, t: c.invoice.operation == "2001" and bool(_credits(c)),
        ),
    ),
    Rule(
        "3310",
        "Falta el monto con percepción",
        each_terms(AMOUNT, _perceptions, lambda c, t: not t.amount.exists),
    ),
    Rule(
        "3311",
        "El monto con percepción no tiene la forma esperada",
        each_terms(
            AMOUNT,
            _perceptions,
            lambda c, t: t.amount.exists and (_bad_payment(t) or not t.amount.number),
            lambda t: t.amount.text,
        ),
    ),
    Rule(
        "2788",
        "El monto con percepción va en soles",
        each_terms(
            f"{AMOUNT}/@currencyID",
            _perceptions,
            lambda c, t: t.amount.exists and t.amount.unit != "PEN",
            lambda t: t.amount.unit,
        ),
    ),
)

ADVANCES = (
    Rule("3211", "Falta el identificador del anticipo", unnamed_advance),
    Rule("3212", "El identificador del anticipo se repite", repeated_advance),
    Rule("3213", "El anticipo no tiene su comprobante", advance_without_document),
    Rule(
        "3214",
        "El comprobante no tiene su anticipo",
        each_document("cbc:DocumentStatusCode", _without_advance, lambda d: d.status),
    ),
    Rule("3215", "Dos comprobantes comparten un anticipo", document_twice),
    Rule(
        "3216",
        "El comprobante del anticipo no dice a cuál pertenece",
        each_document(
            "cbc:DocumentStatusCode",
            lambda c, d: d.type_code in ADVANCE_NUMBER and d.status is None,
            lambda d: d.id,
        ),
    ),
    Rule(
        "2521",
        "La numeración del anticipo no tiene la forma esperada",
        each_document("cbc:ID", _odd_number, lambda d: d.id),
    ),
    Rule(
        "2505",
        "El anticipo debe ser una factura o una boleta",
        each_document(
            "cbc:DocumentTypeCode",
            lambda c, d: bool(d.status) and d.type_code not in ADVANCE_NUMBER,
            lambda d: d.type_code,
        ),
    ),
    Rule(
        "3217",
        "Falta el emisor del anticipo",
        each_document(
            "cac:IssuerParty", lambda c, d: bool(d.status) and not d.issuer, lambda d: d.issuer
        ),
    ),
    Rule(
        "2520",
        "El emisor del anticipo debe tener RUC",
        each_document(
            "cac:IssuerParty/cac:PartyIdentification/cbc:ID/@schemeID",
            lambda c, d: d.issuer is not None and d.issuer_scheme != "6",
            lambda d: d.issuer_scheme,
        ),
    ),
    Rule("2503", "El anticipo debe ser mayor que cero", nothing_paid),
    Rule("3220", "Falta el total de anticipos", advance_without_total),
    Rule("2509", "El total de anticipos no es su suma", prepaid_misses),
    Rule("3287", "El total de anticipos pide su descuento", prepaid_without_discount),
)

RULES = FORMS + DEPOSIT + ADVANCES
