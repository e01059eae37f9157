"""Sentences about what came back of a mail, and about the addresses that it came from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from acuse.domain.activity import EventKind
from acuse.domain.traits import Traits
from acuse.mail import bounce_words

Facts = Mapping[str, Any]


def sent_by_proof(facts: Facts) -> str:
    """That a mail left although its server never said so."""
    return f"Enviado a {facts['to']}: lo prueba una noticia que volvió. No hay segunda copia."


def _bounced(facts: Facts, traits: Traits) -> str:
    why = bounce_words.explained(facts.get("reason") or "UNDEFINED")
    said = " ".join(part for part in (facts.get("status"), facts.get("text")) if part)
    return f"Rebotó de {facts['to']}: {why}" + (f" ({said})" if said else "")


def _delayed(facts: Facts, traits: Traits) -> str:
    return (
        f"Demorado a {facts['to']}: su servidor todavía no lo recibe y lo siguen intentando. "
        "No tienes que hacer nada."
    )


def _relayed(facts: Facts, traits: Traits) -> str:
    return f"Pasado a otro servidor de {facts['to']}, que no avisará si llega."


def _complained(facts: Facts, traits: Traits) -> str:
    return (
        f"{facts['to']} lo marcó como correo no deseado. No le enviaremos más correos automáticos "
        "hasta que lo decidas: habla con tu cliente."
    )


def _auto_replied(facts: Facts, traits: Traits) -> str:
    about = f" («{facts['subject']}»)" if facts.get("subject") else ""
    return f"{facts['to']} tiene una respuesta automática{about}."


def _challenged(facts: Facts, traits: Traits) -> str:
    return (
        f"El correo de {facts['to']} pide confirmar que el remitente es una persona. "
        "Pide a tu cliente que autorice al remitente."
    )


def _replied(facts: Facts, traits: Traits) -> str:
    sender = facts.get("sender") or facts["to"]
    about = f": «{facts['subject']}»" if facts.get("subject") else ""
    return f"{sender} respondió a este correo{about}."


def _not_forwarded(facts: Facts, traits: Traits) -> str:
    sender, to = facts.get("sender") or facts["to"], facts.get("forwarded_to") or "tu empresa"
    why = f": {facts['text'].rstrip('.')}" if facts.get("text") else ""
    return (
        f"La respuesta de {sender} no se pudo reenviar a {to}{why}. "
        "Está en la Bandeja de fallos: descárgala y contéstala."
    )


def _suppressed(facts: Facts, traits: Traits) -> str:
    why = bounce_words.held_for(facts["reason"])
    return f"Desde ahora no enviamos a {facts['address']}: {why}. Corrige el correo del contacto."


PHRASES: dict[EventKind, Callable[[Facts, Traits], str]] = {
    EventKind.RECIPIENT_BOUNCED: _bounced,
    EventKind.RECIPIENT_DELAYED: _delayed,
    EventKind.RECIPIENT_RELAYED: _relayed,
    EventKind.RECIPIENT_READ: lambda f, t: f"Leído por {f['to']}, según su programa de correo.",
    EventKind.RECIPIENT_COMPLAINED: _complained,
    EventKind.RECIPIENT_AUTO_REPLIED: _auto_replied,
    EventKind.RECIPIENT_CHALLENGED: _challenged,
    EventKind.RECIPIENT_REPLIED: _replied,
    EventKind.RECIPIENT_FORWARDED: lambda f, t: (
        f"Respuesta de {f.get('sender') or f['to']} reenviada a {f['forwarded_to']}."
    ),
    EventKind.RECIPIENT_NOT_FORWARDED: _not_forwarded,
    EventKind.ADDRESS_SUPPRESSED: _suppressed,
    EventKind.ADDRESS_RELEASED: lambda f, t: f"Se vuelve a intentar con {f['address']}.",
}
