"""Sentences about the roads by which the company's mail leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from acuse.domain.activity import EventKind
from acuse.domain.route import PROVIDERS, Provider, RouteKind
from acuse.domain.traits import Traits
from acuse.mail.remarks import shown

Facts = Mapping[str, Any]


def _saved(facts: Facts, traits: Traits) -> str:
    match RouteKind(facts["kind"]):
        case RouteKind.SMTP:
            how = f"por el servidor {facts['host']}"
        case RouteKind.PROVIDER:
            how = f"por {PROVIDERS[Provider(facts['provider'])].name}"
        case RouteKind.DOMAIN:
            how = "con tu propio dominio"
    return f"Remitente guardado: los correos salen {how}, desde {facts['sender']}."


def _paused(facts: Facts, traits: Traits) -> str:
    until = datetime.fromisoformat(facts["until"]).astimezone(ZoneInfo(traits.timezone))
    said = f": {shown(facts['text'])}" if facts.get("text") else ""
    return (
        f"El servidor de salida no acepta nuestros correos{said}. Los documentos esperan; "
        f"próximo intento: {until:%H:%M}."
    )


PHRASES: dict[EventKind, Callable[[Facts, Traits], str]] = {
    EventKind.ROUTE_SAVED: _saved,
    EventKind.ROUTE_CLEARED: lambda f, t: (
        "Remitente quitado: los correos salen con el de la instalación."
    ),
    EventKind.ROUTE_PAUSED: _paused,
    EventKind.ROUTE_WORKS: lambda f, t: "El servidor de salida vuelve a aceptar nuestros correos.",
    EventKind.HOOK_DRAWN: lambda f, t: (
        f"Nueva dirección para los avisos de {PROVIDERS[Provider(f['provider'])].name}; "
        "la anterior ya no sirve."
    ),
    EventKind.ROUTE_RESUMED: lambda f, t: "Se pidió probar ahora el servidor de salida.",
}
