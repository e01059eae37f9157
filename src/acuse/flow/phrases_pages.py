"""Sentences about public pages: who has the link is known, who opened it is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from acuse.domain.activity import EventKind
from acuse.domain.traits import Traits

Facts = Mapping[str, Any]


def _made(facts: Facts, traits: Traits) -> str:
    if facts.get("instead"):
        return f"Enlace nuevo a la página pública para {facts['to']}; el anterior ya no abre."
    return f"Enlace a la página pública creado para {facts['to']}."


PHRASES: dict[EventKind, Callable[[Facts, Traits], str]] = {
    EventKind.MAIL_OPENED: lambda f, t: (
        f"Alguien abrió probablemente el correo enviado a {f['to']}: su imagen se cargó."
    ),
    EventKind.PAGE_VISITED: lambda f, t: (
        f"Alguien abrió la página pública con el enlace de {f['to']}."
    ),
    EventKind.PAGE_DOWNLOADED: lambda f, t: (
        f"Alguien descargó {f['file']} con el enlace de {f['to']}."
    ),
    EventKind.PAGE_MADE: _made,
    EventKind.PAGE_REVOKED: lambda f, t: (
        f"Enlace de {f['to']} revocado: su página pública ya no abre."
    ),
}
