"""What is wrong with the terms and the payment of a sale. Source: costa-rica.md 3.1, 3.3, 9.2."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from acuse.domain.document import Document
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import ZERO
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.cr import content, forms, ids, lists
from acuse.jurisdictions.cr.forms import problem
from acuse.jurisdictions.cr.kinds import FORMS, NOTES
from acuse.jurisdictions.cr.totals import Sums

MOST_CREDIT_DAYS = 99_999
MOST_MEANS = 4
PAYMENTS = frozenset(lists.PAYMENT_OF.values())
NOT_NATIONALISED = "12"


def conditions(kind: DocumentKind) -> dict[str, str]:
    """The sale conditions that a kind of document may have, with their words."""
    known = lists.CONDITIONS
    if kind is DocumentKind.PAYMENT:
        return {code: known[code] for code in sorted(PAYMENTS)}
    if kind in NOTES:
        return known
    left_out = PAYMENTS if kind is DocumentKind.INVOICE else PAYMENTS | {NOT_NATIONALISED}
    return {code: words for code, words in known.items() if code not in left_out}


def term_problems(document: Document, at: datetime) -> Iterator[Problem]:
    """What is wrong with the condition of sale and its term."""
    condition = content.sale_condition(document)
    known = conditions(document.kind)
    if condition in lists.CONDITIONS and condition not in known:
        text = f"La condición {condition} ({lists.CONDITIONS[condition]}) no va en este documento."
        yield problem("extra.sale_condition", "CR-CV-3", f"{text} Usa una de: {', '.join(known)}.")
    else:
        yield from forms.listed(
            "extra.sale_condition", "CR-XSD", "La condición de venta", condition, known
        )
    yield from forms.texted(
        "extra.sale_condition_text",
        "El texto de la condición de venta",
        condition,
        content.told(document.extra, "sale_condition_text"),
        5,
        100,
    )
    if condition in lists.ON_CREDIT:
        days = content.credit_days(document, document.date or ids.day(at))
        if days is None or not 0 < days <= MOST_CREDIT_DAYS:
            text = "A crédito hace falta un vencimiento posterior a la emisión. Escríbelo."
            yield problem("dueDate", "CR-CV-1", text)


def means_problems(document: Document, counted: Sums) -> Iterator[Problem]:
    """What is wrong with the means of payment, and with what is given back of a card's IVA."""
    first, *further = counted.means
    if not first[0].code:
        known = ", ".join(lists.MEANS)
        text = f"El medio de pago «{one_line_of(document.payment.method, 20)}» no existe."
        yield problem("paymentMethod", "CR-XSD", f"{text} Usa uno de: {known}.")
    if first[0].text:
        yield from forms.sized(
            "extra.payment_other", "El otro medio de pago", first[0].text, 3, 100
        )
    field = "extra.other_payment_means"
    for one, amount in further:
        if one.code not in lists.MEANS_WORDS or not amount:
            text = f"«{one_line_of(one.text or one.code, 40)}» no es un medio de pago con su monto."
            yield problem(field, "CR-TOT-20", f"{text} Escribe, por ejemplo, 02=5000; 06=2500.50.")
        else:
            yield from forms.texted(field, "El texto del medio de pago", one.code, one.text, 3, 100)
    if len(counted.means) > MOST_MEANS:
        text = f"Hay {len(counted.means)} medios de pago y caben {MOST_MEANS}. Júntalos."
        yield problem(field, "CR-XSD", text)
    if first[1] < ZERO:
        text = f"Los otros medios de pago suman más que el total ({counted.total}). Corrígelos."
        yield problem(field, "CR-TOT-20", text)
    yield from _returned(document, counted)


def _returned(document: Document, counted: Sums) -> Iterator[Problem]:
    field, returned = "extra.vat_returned", content.returned(document)
    if not returned:
        return
    yield from forms.figure(field, "El IVA devuelto", returned, 5)
    if not FORMS[document.kind].returned:
        yield problem(field, "CR-TOT-18", "Este documento no lleva IVA devuelto. Bórralo.")
    if counted.returned > counted.tax:
        text = f"El IVA devuelto ({returned}) es más que el impuesto ({counted.tax}). Corrígelo."
        yield problem(field, "CR-TOT-18", text)
    if all(one.code != lists.CARD for one, _ in counted.means):
        text = "El IVA se devuelve solo de servicios de salud pagados con tarjeta. Bórralo."
        yield problem(field, "CR-TOT-18", text)
