"""Which events may follow which, by whom and until when. Source: colombia.md 9 and 10."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from acuse_sandbox.dian import identity, reading, signature
from acuse_sandbox.dian.business_days import business_days_after
from acuse_sandbox.dian.reading import Document
from acuse_sandbox.dian.receipt import BOGOTA
from acuse_sandbox.dian.register import Event, Record, Register
from acuse_sandbox.dian.rulebook import Finding

ACKNOWLEDGED, CLAIMED, RECEIVED, ACCEPTED, LAPSED = "030", "031", "032", "033", "034"
CODES = frozenset({ACKNOWLEDGED, CLAIMED, RECEIVED, ACCEPTED, LAPSED})
INVOICE = "01"  # the only type that takes events
TERM = 3  # business days after the goods were received

# event, what must (True) or must not (False) stand before it, rule, our words
ORDER: tuple[tuple[str, str, bool, str, str], ...] = (
    (CLAIMED, ACCEPTED, False, "LGC02", "No hay reclamo después de la aceptación"),
    (CLAIMED, LAPSED, False, "LGC02", "No hay reclamo después de la aceptación"),
    (CLAIMED, ACKNOWLEDGED, True, "LGC03", "El reclamo requiere el acuse y el recibo del bien"),
    (CLAIMED, RECEIVED, True, "LGC03", "El reclamo requiere el acuse y el recibo del bien"),
    (LAPSED, ACCEPTED, False, "LGC05", "Ya hay aceptación expresa: no cabe la tácita"),
    (LAPSED, CLAIMED, False, "LGC05", "Ya hay reclamo: no cabe la aceptación tácita"),
    (RECEIVED, ACKNOWLEDGED, True, "LGC09", "El recibo del bien requiere el acuse"),
    (ACCEPTED, RECEIVED, True, "LGC12", "La aceptación requiere el recibo del bien"),
    (ACCEPTED, ACKNOWLEDGED, True, "LGC13", "La aceptación requiere el acuse"),
)
LATE = {ACCEPTED: "DC24c", CLAIMED: "DC24z"}


@dataclass(frozen=True, slots=True)
class Declared:
    """What an event says."""

    document: Document
    code: str
    description: str
    concept: str  # of a claim
    of_number: str
    of_uuid: str
    signed_at: datetime | None


def read(document: Document) -> Declared:
    """The event in an ApplicationResponse."""
    root, of = document.root, "cac:DocumentResponse/cac:DocumentReference"
    response = "cac:DocumentResponse/cac:Response"
    return Declared(
        document=document,
        code=reading.text(root, f"{response}/cbc:ResponseCode"),
        description=reading.text(root, f"{response}/cbc:Description"),
        concept=reading.attribute(root, f"{response}/cbc:ResponseCode", "name"),
        of_number=reading.text(root, f"{of}/cbc:ID"),
        of_uuid=reading.text(root, f"{of}/cbc:UUID").lower(),
        signed_at=signature.signing_time(root),
    )


def examine(event: Declared, register: Register, *, at: datetime) -> Iterator[Finding]:
    """Everything that stands against an event, but for its own form."""
    if register.has_event_number(event.document.issuer_nit, event.document.number):
        yield _no("AAD05b", "El número del evento ya fue utilizado")
    if event.code not in CODES:
        yield _no("AAD11", "El tipo de evento no existe")
        return
    about = register.find(event.of_uuid)
    if about is None or not about.verdict.is_accepted or about.document.kind_code != INVOICE:
        yield _no("AAH07", "El UUID referenciado no es de una factura conocida")
        return
    if about.document.number != event.of_number:
        yield _no("AAH06", "El número referenciado no es el de ese UUID")
    past = register.events(event.of_uuid)
    yield from _parties(event, about.document)
    yield from _order(event.code, past)
    yield from _time(event, about, past, at)


def _parties(event: Declared, about: Document) -> Iterator[Finding]:
    """The buyer tells the issuer; of the tacit acceptance the issuer tells the DIAN."""
    sender, receiver = event.document.issuer_nit, event.document.receiver_nit
    wanted, told = about.receiver_nit, about.issuer_nit
    if event.code == LAPSED:
        wanted, told = about.issuer_nit, identity.DIAN
    if sender != wanted:
        if sender in (about.issuer_nit, about.receiver_nit):
            yield _no("LGC64", "Este remitente no puede enviar este evento")
        yield _no("AAF01", "El remitente no es la parte de la factura que corresponde")
    if receiver != told:
        yield _no("AAG01", "El destinatario no es el que corresponde")


def _order(code: str, past: list[Event]) -> Iterator[Finding]:
    done = {one.code for one in past}
    if code in done:
        yield _no("LGC01", "El evento ya está registrado")
    for whose, other, must, rule, text in ORDER:
        if whose == code and (other in done) is not must:
            yield _no(rule, text)


def _time(event: Declared, about: Record, past: list[Event], at: datetime) -> Iterator[Finding]:
    issued = signature.signing_time(about.document.root)
    if event.signed_at is not None:
        if issued is not None and event.signed_at < issued:
            yield _no("DC24q", "El evento fue firmado antes que la factura")
        if any(event.signed_at < one.at for one in past):
            yield _no("DC24r", "El evento fue firmado antes que el evento que le precede")
    received = [one.at for one in past if one.code == RECEIVED]
    if not received:
        if event.code == LAPSED:
            yield _no("LGC14", "La aceptación tácita requiere el recibo del bien")
        return
    first, last = (one.astimezone(BOGOTA).date() for one in (received[0], at))
    over = business_days_after(first, last) > TERM
    if over and event.code in LATE:
        yield _no(LATE[event.code], "Pasaron más de tres días hábiles desde el recibo del bien")
    if event.code == LAPSED and not over:
        yield _no("LGC14", "Aún no pasan tres días hábiles desde el recibo del bien")


def _no(code: str, text: str) -> Finding:
    return Finding(code, "R", f"{text}.")
