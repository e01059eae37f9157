"""Who sold a train ticket and how it was paid (operation 0302). Source: the sheet, 149 to 161."""

from __future__ import annotations

from collections.abc import Iterator

from acuse.domain.document import Document
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.pe import codes, content, ids
from acuse.jurisdictions.pe.wording import bad_ruc, problem, text_problems

AGENCY, MEANS = "extra.agency_ruc", "extra.payment_means"
AUTHORISATION = "extra.payment_authorisation"


def ticket_problems(document: Document) -> Iterator[Problem]:
    """What is wrong with the sale of a train ticket; the sheet gives a code to what is missing."""
    ticket, operation = content.ticket(document), content.operation_type(document)
    if operation != content.PASSENGER_TRAIN:
        if ticket is not None:
            text = f"Hay datos de un boleto de tren y la operación es {one_line_of(operation)}."
            yield problem("extra.operation_type", "PE-OWN-10", f"{text} Usa 0302 o quítalos.")
        return
    told = ticket or content.Ticket("", "", "")
    if not told.agency:
        text = "Un boleto de tren lleva el RUC del agente que lo vendió. Escríbelo."
        yield problem(AGENCY, "PE-3156", text)
    elif not ids.is_ruc(told.agency):
        yield problem(AGENCY, "PE-OWN-11", bad_ruc(told.agency))
    if not told.means:
        text = "Un boleto de tren dice con qué se pagó. Elige el medio de pago."
        yield problem(MEANS, "PE-3173", text)
    elif told.means not in dict(codes.MEANS):
        text = f"El medio de pago «{one_line_of(told.means)}» no está en la lista. Elige otro."
        yield problem(MEANS, "PE-3174", text)
    if not told.authorisation:
        text = "Un boleto de tren lleva el número de autorización del pago. Escríbelo."
        yield problem(AUTHORISATION, "PE-3175", text)
    else:
        yield from text_problems(
            AUTHORISATION, "PE-OWN-12", "La autorización", told.authorisation, least=1, most=30
        )
