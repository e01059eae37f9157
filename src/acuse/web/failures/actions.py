"""What can be done about a failure, and about all of its cause: words, and the verb behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from acuse.domain.failure import HELD, READDRESSED, RELEASABLE, RESOLVABLE, RETRIABLE, Cause
from acuse.flow import mending

NEED_ADDRESS = frozenset({Cause.NO_EMAIL, Cause.ADDRESS_SUPPRESSED})  # of the contact
ADDRESSED = NEED_ADDRESS | READDRESSED


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: on a row, on all, and what was done."""

    key: str
    one: str
    all: str
    means: str  # what will happen, on the page that asks for a second word
    done: str
    verb: Callable[..., int]


RELEASE = Action(
    "release",
    "Liberar",
    "Liberar todos",
    "Vuelven a la cola y salen en unos segundos. Antes se comprueba otra vez que no les falte "
    "nada.",
    "liberados",
    mending.release_all,
)
DISMISS = Action(
    "dismiss",
    "No enviar",
    "No enviar ninguno",
    "Se cierran sin correo. Queda en la Actividad de cada documento quién lo decidió; podrás "
    "enviarlos a mano.",
    "cerrados sin correo",
    mending.dismiss_all,
)
RETRY = Action(
    "retry",
    "Reintentar",
    "Reintentar todos",
    "Lo que falló sale otra vez a la misma dirección; lo que esperaba su turno se intenta ya.",
    "en camino otra vez",
    mending.retry_all,
)
ASK = Action(
    "retry",
    "Reintentar",
    "Reintentar todos",
    "Primero se pregunta a la autoridad qué sabe de cada documento; nada se envía dos veces.",
    "en marcha otra vez",
    mending.retry_all,
)
RESOLVE = Action(
    "resolve",
    "Resuelto",
    "Marcar todos resueltos",
    "Salen de esta lista y no se intenta más. No se envía nada; queda en la Actividad de cada "
    "documento.",
    "marcados como resueltos",
    mending.resolve_all,
)


def of(cause: Cause) -> tuple[Action, ...]:
    """What can be done about that cause, the most useful first."""
    found = []
    if cause in RELEASABLE:
        found.append(RELEASE)
    if cause in RETRIABLE:
        found.append(ASK if cause is Cause.AUTHORITY else RETRY)
    if cause in HELD:
        found.append(DISMISS)
    if cause in RESOLVABLE:
        found.append(RESOLVE)
    return tuple(found)


def find(cause: Cause, key: str) -> Action | None:
    """The action of that name, None where the cause has none such."""
    return next((one for one in of(cause) if one.key == key), None)
