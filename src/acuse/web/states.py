"""The two chips of a document: the authority's and the mail's, never merged (look.md)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from acuse.domain.batch import MemberAction
from acuse.domain.conversation import Fate
from acuse.domain.kinds import DocumentKind
from acuse.domain.mailbox import MailOutcome
from acuse.domain.recipient import RecipientState, summary
from acuse.domain.traits import Traits
from acuse.domain.verdict import Outcome
from acuse.store.batches import Kept, Member
from acuse.store.journeys import Journey
from acuse.store.receptions import Declared


@dataclass(frozen=True, slots=True)
class Chip:
    """A state as colour, icon and word."""

    tone: str
    icon: str
    words: str


FISCAL = {  # {o}: agrees with the kind
    "DRAFT": Chip("quiet", "pencil", "Borrador"),
    "DISCARDED": Chip("void", "x", "Descartado"),
    "ISSUED": Chip("process", "clock", "En proceso"),
    "ACCEPTED": Chip("accepted", "circle-check", "Aceptad{o}"),
    "ACCEPTED_WITH_OBSERVATIONS": Chip("observed", "circle-check", "Aceptad{o} con observaciones"),
    "REJECTED": Chip("bad", "circle-x", "Rechazad{o}"),
    "WITHDRAWN": Chip("void", "arrow-back-up", "Retirad{o}"),
    "VOIDED": Chip("void", "x", "Anulad{o}"),
}
STUCK = Chip("todo", "alert-triangle", "Necesita atención")
GATHERED = Chip("process", "clock", "Espera su resumen")
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
    "REPLACED": Chip("quiet", "mail-off", "Hecho de nuevo"),
}


RECEPTION = {
    None: Chip("process", "clock", "En proceso"),
    Outcome.ACCEPTED: Chip("accepted", "circle-check", "Registrado"),
    Outcome.ACCEPTED_WITH_OBSERVATIONS: Chip(
        "observed", "circle-check", "Registrado con observaciones"
    ),
    Outcome.REJECTED: Chip("bad", "circle-x", "Rechazado"),
}


BATCH = RECEPTION | {
    Outcome.ACCEPTED: Chip("accepted", "circle-check", "Aceptado"),
    Outcome.ACCEPTED_WITH_OBSERVATIONS: Chip(
        "observed", "circle-check", "Aceptado con observaciones"
    ),
}


MAILED = {
    MailOutcome.RECEIVED: Chip("accepted", "circle-check", "Recibido"),
    MailOutcome.EVENT: Chip("accepted", "circle-check", "Evento guardado"),
    MailOutcome.RETURNED: Chip("accepted", "mail-check", "Anotado en su factura"),
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


FATES = {
    None: Chip("process", "clock", "En proceso"),
    Fate.SETTLED: Chip("accepted", "circle-check", "Aceptado"),
    Fate.RETURNED: Chip("quiet", "arrow-back-up", "Vuelve a esperar"),
    Fate.KNOWN: Chip("held", "help-circle", "Se pregunta por él"),
    Fate.LEFT_OUT: Chip("bad", "circle-x", "Quedó fuera"),
}
TAKEN_BACK = Chip("void", "x", "Anulado")


def batch(kept: Kept) -> Chip:
    """Where a batch stands with the authority."""
    if kept.outcome is None and kept.submission == "STUCK":
        return STUCK
    if kept.outcome is None and kept.submission == "CLOSED":
        return Chip("void", "arrow-back-up", "Retirado")
    return BATCH[kept.outcome]


def member(one: Member) -> Chip:
    """What became of a document in its batch."""
    if one.action is MemberAction.VOID and one.fate is Fate.SETTLED:
        return TAKEN_BACK
    return FATES[one.fate]


def fiscal(journey: Journey, traits: Traits) -> Chip:
    """Where the document stands with the authority, in words that agree with its kind."""
    if journey.state == "ISSUED" and journey.submission == "STUCK":
        return STUCK
    if journey.state == "ISSUED" and journey.contingency:
        return CONTINGENCY
    if journey.state == "ISSUED" and journey.submission == "GATHERED":
        return GATHERED
    chip = FISCAL[journey.state]
    return replace(chip, words=traits.agree(DocumentKind(journey.kind), chip.words))


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
