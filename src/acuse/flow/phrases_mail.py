"""Sentences about the packet, its mails and who reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from acuse.domain.activity import EventKind
from acuse.domain.handover import HandedOver, Way
from acuse.domain.traits import Traits
from acuse.flow import causes, phrases_news, wording
from acuse.mail.codes import explained
from acuse.mail.remarks import shown

Facts = Mapping[str, Any]


def next_try(facts: Facts, traits: Traits, key: str = "retry_at") -> str:
    """When it is tried again, as the end of a sentence."""
    told = facts.get(key)
    if not told:
        return ""
    at = datetime.fromisoformat(told).astimezone(ZoneInfo(traits.timezone))
    return f" Próximo intento: {at:%H:%M:%S}."


def _lacking(facts: Facts) -> str:
    told = " ".join(facts.get("lacking", []))
    return f" {told}" if told else ""


def _held(facts: Facts, traits: Traits) -> str:
    why = wording.reason(facts.get("why") or facts["reason"])
    if facts.get("archive"):
        return f"La copia de archivo no sale todavía: {why}.{_lacking(facts)}"
    return f"No lo enviamos todavía: {why}.{_lacking(facts)}"


def _opened(facts: Facts, traits: Traits) -> str:
    to = ", ".join(facts.get("emails", []))
    if facts.get("archive"):
        return f"Se enviará copia de archivo a {to}."
    by_hand = " a mano" if facts.get("manual") else ""
    return f"Se enviará{by_hand} a {to}."


def _packet(facts: Facts, traits: Traits) -> str:
    names = ", ".join(file["name"] for file in facts.get("files", []))
    withheld = ", ".join(facts.get("withheld", []))
    without = f" Sin {withheld}: su correo está retenido." if withheld else ""
    armed = "Paquete de la copia de archivo" if facts.get("archive") else "Paquete armado"
    return f"{armed}: {names}.{_made_lighter(facts)}{without}"


def _made_lighter(facts: Facts) -> str:
    """What was done to a packet that was too heavy for a mail."""
    told = {
        "ZIPPED": "comprimimos sus XML",
        "LEFT_OUT": f"fue sin {', '.join(facts.get('left_out', []))}, que la norma no exige",
        "LINKED": f"{', '.join(facts.get('linked', []))} va con enlace",
    }
    steps = "; ".join(told[step] for step in facts.get("steps", []))
    return f" Pesaba más de lo que admite un correo: {steps}." if steps else ""


def _sent(facts: Facts, traits: Traits) -> str:
    if facts.get("proven"):
        return phrases_news.sent_by_proof(facts)
    copy = " Puede ser una segunda copia, con el mismo Message-ID." if facts.get("copy") else ""
    if facts.get("archive"):
        return f"Copia de archivo enviada a {facts['to']}.{copy}"
    return f"Enviado a {facts['to']}: su servidor lo recibió ({facts.get('text', '')}).{copy}"


def _deferred(facts: Facts, traits: Traits) -> str:
    why = explained(int(facts.get("code") or 0), str(facts.get("text", "")))
    return f"Todavía no sale a {facts['to']}: {why}{next_try(facts, traits)}"


def _failed(facts: Facts, traits: Traits) -> str:
    why = explained(int(facts.get("code") or 0), str(facts.get("text", "")))
    code = f"{facts['code']} " if facts.get("code") else ""
    said = f"{code}{shown(str(facts.get('text', '')))}".strip()
    return f"No se pudo enviar a {facts['to']}: {why}" + (f" ({said})" if said else "")


def _cancelled(facts: Facts, traits: Traits) -> str:
    why = f": {wording.reason(facts['reason'])}" if facts.get("reason") else ""
    return f"Envío a {facts['to']} cancelado{why}."


def _dismissed(facts: Facts, traits: Traits) -> str:
    told = f"Cerrado sin correo: {wording.reason(facts['reason'])}"
    if "way" in facts:
        day = date.fromisoformat(facts["day"])
        told += (
            f" ({wording.handed(HandedOver(Way(facts['way']), day, facts['to'], facts['how']))})"
        )
    elif facts.get("how"):
        told += f" ({facts['how']})"
    return f"{told}."


TELL_OF_COPY = frozenset(  # in words of their own that it is the company's copy
    {
        EventKind.DELIVERY_OPENED,
        EventKind.DELIVERY_HELD,
        EventKind.PACKET_READY,
        EventKind.RECIPIENT_SENT,
    }
)

PHRASES: dict[EventKind, Callable[[Facts, Traits], str]] = {
    EventKind.DELIVERY_OPENED: _opened,
    EventKind.DELIVERY_HELD: _held,
    EventKind.DELIVERY_SKIPPED: lambda f, t: f"No se envía: {wording.reason(f['reason'])}.",
    EventKind.DELIVERY_RELEASED: lambda f, t: "Liberado: ya tiene lo que le faltaba.",
    EventKind.DELIVERY_DISMISSED: _dismissed,
    EventKind.PACKET_READY: _packet,
    EventKind.RECIPIENT_SENDING: lambda f, t: f"Enviando a {f['to']}.",
    EventKind.RECIPIENT_SENT: _sent,
    EventKind.RECIPIENT_DEFERRED: _deferred,
    EventKind.RECIPIENT_FAILED: _failed,
    EventKind.RECIPIENT_UNCERTAIN: lambda f, t: (
        f"Envío incierto a {f['to']}: el servidor no confirmó. Esperamos noticias."
    ),
    EventKind.RECIPIENT_RESENT: lambda f, t: (
        f"Sin noticias de {f['to']}: se envía una vez más, el mismo mensaje."
    ),
    EventKind.RECIPIENT_STUCK: lambda f, t: (
        f"Sin noticias de {f['to']}: el proveedor haría de un reenvío otro correo. Decide si se "
        "reenvía."
        if f.get("provider")
        else f"Envío incierto a {f['to']} por segunda vez: decide si se reenvía."
    ),
    EventKind.RECIPIENT_CANCELLED: _cancelled,
    EventKind.RECIPIENT_DELIVERED: lambda f, t: f"Entregado a {f['to']}.",
    EventKind.RECIPIENT_RETRIED: lambda f, t: (
        f"Otro intento pedido {'de reenviar la' if f.get('answer') else 'a'} {f['to']}."
    ),
    EventKind.FAILURE_RESOLVED: lambda f, t: f"Marcado como resuelto: {f['to']}.",
    EventKind.ALARM_RAISED: lambda f, t: (
        f"Aviso: {causes.title(f['cause'], t).lower()} en {f['documents']} documentos en una hora."
    ),
    EventKind.ALARM_ENDED: lambda f, t: (
        f"Terminó: {causes.title(f['cause'], t).lower()}. Una hora sin casos nuevos."
    ),
}
