"""The two chips of a document: the authority's and the mail's, never merged (look.md)."""

from __future__ import annotations

from dataclasses import dataclass

from acuse.domain.mailbox import MailOutcome
from acuse.domain.recipient import RecipientState, summary
from acuse.domain.verdict import Outcome
from acuse.store.journeys import Journey
from acuse.store.receptions import Declared


@dataclass(frozen=True, slots=True)
class Chip:
    """A state as colour, icon and word."""

    tone: str
    icon: str
    words: str


FISCAL = {
    "DRAFT": Chip("quiet", "pencil", "Borrador"),
    "ISSUED": Chip("process", "clock", "En proceso"),
    "ACCEPTED": Chip("accepted", "circle-check", "Aceptada"),
    "ACCEPTED_WITH_OBSERVATIONS": Chip("observed", "circle-check", "Aceptada con observaciones"),
    "REJECTED": Chip("bad", "circle-x", "Rechazada"),
    "WITHDRAWN": Chip("void", "arrow-back-up", "Retirada"),
    "VOIDED": Chip("void", "x", "Anulada"),
}
STUCK = Chip("todo", "alert-triangle", "Necesita atención")
CONTINGENCY = Chip("contingency", "clock", "En contingencia")

DELIVERY = {
    "OPEN": Chip("process", "mail-fast", "En cola"),
    "HELD": Chip("held", "mail-pause", "Retenido"),
    "SKIPPED": Chip("quiet", "mail-off", "No se envía"),
    "QUEUED": Chip("process", "mail-fast", "En cola"),
    "SENDING": Chip("process", "mail-fast", "En cola"),
    "DEFERRED": Chip("held", "clock", "Diferido"),
    "UNCERTAIN": Chip("held", "help-circle", "Envío incierto"),
    "SENT": Chip("accepted", "mail", "Enviado"),
    "DELIVERED": Chip("accepted", "mail-check", "Entregado"),
    "BOUNCED": Chip("bad", "mail-x", "Rebotado"),
    "FAILED": Chip("bad", "mail-x", "No se pudo enviar"),
    "STUCK": Chip("todo", "alert-triangle", "Necesita tu decisión"),
    "CANCELLED": Chip("quiet", "mail-off", "Cancelado"),
}


RECEPTION = {
    None: Chip("process", "clock", "En proceso"),
    Outcome.ACCEPTED: Chip("accepted", "circle-check", "Registrado"),
    Outcome.ACCEPTED_WITH_OBSERVATIONS: Chip(
        "observed", "circle-check", "Registrado con observaciones"
    ),
    Outcome.REJECTED: Chip("bad", "circle-x", "Rechazado"),
}


MAILED = {
    MailOutcome.RECEIVED: Chip("accepted", "circle-check", "Recibido"),
    MailOutcome.EVENT: Chip("accepted", "circle-check", "Evento guardado"),
    MailOutcome.KNOWN: Chip("quiet", "circle-check", "Ya lo tenías"),
    MailOutcome.REFUSED: Chip("todo", "alert-triangle", "No se guardó"),
    MailOutcome.NOTHING: Chip("quiet", "mail", "Nada que guardar"),
    MailOutcome.FAILED: Chip("bad", "mail-x", "No se pudo leer"),
}


def mailed(outcome: MailOutcome) -> Chip:
    """What became of a message that came."""
    return MAILED[outcome]


def reception(declared: Declared) -> Chip:
    """Where a declaration of ours stands with the authority."""
    if declared.outcome is None and declared.submission == "STUCK":
        return STUCK
    return RECEPTION[declared.outcome]


def fiscal(journey: Journey) -> Chip:
    """Where the document stands with the authority."""
    if journey.state == "ISSUED" and journey.submission == "STUCK":
        return STUCK
    if journey.state == "ISSUED" and journey.contingency:
        return CONTINGENCY
    return FISCAL[journey.state]


def delivery(journey: Journey) -> Chip | None:
    """Where its mail stands: the worst of the latest delivery's addresses; None before any."""
    if not journey.hops:
        return None
    latest = max(hop.delivery_id for hop in journey.hops)
    hops = [hop for hop in journey.hops if hop.delivery_id == latest]
    if hops[0].to is None:
        return DELIVERY[hops[0].state]
    worst = summary(RecipientState(hop.state) for hop in hops)
    assert worst is not None
    return DELIVERY[worst.value]
