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


def _opened(facts: Facts, traits: Traits) -> str:
    what = "la copia de archivo enviada" if facts.get("archive") else "el correo enviado"
    return f"Alguien abrió probablemente {what} a {facts['to']}: su imagen se cargó."


def _with_link(facts: Facts) -> str:
    of = "la copia de archivo enviada a " if facts.get("archive") else ""
    return f"con el enlace de {of}{facts['to']}."


TELL_OF_COPY = frozenset(  # in words of their own that it is the company's copy
    {EventKind.MAIL_OPENED, EventKind.PAGE_VISITED, EventKind.PAGE_DOWNLOADED}
)

PHRASES: dict[EventKind, Callable[[Facts, Traits], str]] = {
    EventKind.MAIL_OPENED: _opened,
    EventKind.PAGE_VISITED: lambda f, t: f"Alguien abrió la página pública {_with_link(f)}",
    EventKind.PAGE_DOWNLOADED: lambda f, t: f"Alguien descargó {f['file']} {_with_link(f)}",
    EventKind.PAGE_MADE: _made,
    EventKind.PAGE_REVOKED: lambda f, t: (
        f"Enlace de {f['to']} revocado: su página pública ya no abre."
    ),
}
