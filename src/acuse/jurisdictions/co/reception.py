"""Why an event may not be declared, before it is signed. Source: colombia.md 9.

The DIAN rejects the same things under the same codes; the tables are in rules_reception.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from acuse.domain.party import Company
from acuse.domain.problem import Problem
from acuse.domain.received import Reception, ReceptionKind, Signatory
from acuse.jurisdictions.co.holidays import business_day_after
from acuse.jurisdictions.co.ids import BOGOTA
from acuse.jurisdictions.co.rules_reception import (
    BUSINESS_DAYS,
    BY_KIND,
    CLAIMS,
    EXCLUDES,
    NEEDS,
    TERMS,
)

RULE = "colombia.md 9"
INVOICE = "01"  # the only type that an event may name
_K = ReceptionKind


def reception_problems(reception: Reception, company: Company, at: datetime) -> tuple[Problem, ...]:
    """All that stands against the event: wrong party, order, term, and what it lacks."""
    return (
        *_of_the_document(reception, company),
        *_of_the_order(reception),
        *_of_the_moment(reception, at),
        *_of_the_term(reception, at.astimezone(BOGOTA).date()),
        *_of_the_content(reception),
    )


def _of_the_document(reception: Reception, company: Company) -> Iterator[Problem]:
    told = reception.document
    rule = BY_KIND[reception.kind]
    if told.kind_code != INVOICE:
        text = (
            f"{told.kind_name} {told.number} no admite eventos: solo la factura electrónica de "
            "venta (tipo 01) los tiene. No hace falta registrar nada."
        )
        yield _problem("document", "OWN-70", text)
    ours, role = (told.issuer, "emisor") if rule.by_issuer else (told.receiver, "comprador")
    if not ours.names(company.tax_id):
        text = (
            f"El {role} de {told.number} es el NIT {ours.number} y no tu empresa "
            f"({company.tax_id.number}): no puedes registrar {rule.short}."
        )
        yield _problem("document", "AAF01", text)


def _of_the_order(reception: Reception) -> Iterator[Problem]:
    done = {past.kind for past in reception.before}
    rule = BY_KIND[reception.kind]
    number = reception.document.number
    if reception.kind in done:
        text = f"{_sentence(rule.short)} de {number} ya está registrado. No hace falta repetirlo."
        yield _problem("kind", "LGC01", text)
    for kind, excluded, code in EXCLUDES:
        if kind is reception.kind and excluded in done:
            text = (
                f"No se puede registrar {rule.short} de {number}: ya está registrado "
                f"{BY_KIND[excluded].short}."
            )
            yield _problem("kind", code, text)
    for kind, needed, code in NEEDS:
        if kind is reception.kind and needed not in done:
            ours = f"de {rule.short}".replace("de el ", "del ")
            text = f"Antes {ours} de {number} registra {BY_KIND[needed].short}."
            yield _problem("kind", code, text)


def _of_the_moment(reception: Reception, at: datetime) -> Iterator[Problem]:
    """Nothing is signed before what it follows."""
    issued_on = reception.document.issued_on
    if at.astimezone(BOGOTA).date() < issued_on:
        text = (
            f"La factura es del {issued_on:%d/%m/%Y}, después de hoy. Revisa el reloj del servidor "
            "o espera a ese día."
        )
        yield _problem("kind", "DC24q", text)
    if any(past.at > at for past in reception.before):
        text = "Ya hay un evento con fecha posterior a esta. Revisa el reloj del servidor."
        yield _problem("kind", "DC24r", text)


def _of_the_term(reception: Reception, today: date) -> Iterator[Problem]:
    rule = BY_KIND[reception.kind]
    last = _last_day(reception)
    if last is None:
        return
    if reception.kind in TERMS and today > last:
        text = (
            f"El plazo para {rule.short} venció el {last:%d/%m/%Y} (tres días hábiles desde el "
            "recibo). La factura quedó aceptada tácitamente; habla con tu proveedor."
        )
        yield _problem("kind", TERMS[reception.kind], text)
    if reception.kind is _K.ACCEPTED_BY_LAPSE and today <= last:
        text = (
            f"El comprador puede aceptar o reclamar hasta el {last:%d/%m/%Y}. La aceptación tácita "
            "se registra desde el día siguiente."
        )
        yield _problem("kind", "LGC14", text)


def _last_day(reception: Reception) -> date | None:
    """The last day to accept or claim; None while the goods were not declared received."""
    received = [past.at for past in reception.before if past.kind is _K.GOODS_RECEIVED]
    if not received:
        return None
    return business_day_after(min(received).astimezone(BOGOTA).date(), BUSINESS_DAYS)


def _of_the_content(reception: Reception) -> Iterator[Problem]:
    rule = BY_KIND[reception.kind]
    number = reception.number
    if not (1 <= len(number) <= 20 and number.isascii() and number.isalnum()):
        text = f"El número del evento «{number[:40]}» debe tener de 1 a 20 letras y cifras."
        yield _problem("number", "OWN-71", text)
    if rule.person and not _complete(reception.person):
        text = f"Falta quién recibe: {rule.short} lleva su identificación, nombres y apellidos."
        yield _problem("person", "OWN-72", text)
    if reception.kind is _K.CLAIMED and reception.reason_code not in CLAIMS:
        listed = ", ".join(f"{code} {text.lower()}" for code, text in CLAIMS.items())
        yield _problem("reason_code", "OWN-73", f"Elige el motivo del reclamo: {listed}.")


def _complete(person: Signatory | None) -> bool:
    return person is not None and all(
        text.strip() for text in (person.tax_id.number, person.first_name, person.family_name)
    )


def _problem(field: str, code: str, text: str) -> Problem:
    return Problem(field, f"CO-{code}", text, RULE)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
