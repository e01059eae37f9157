"""What can be done about a failure, and about all of its cause: words, and the verb behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from acuse.domain.failure import HELD, READDRESSED, RELEASABLE, RESOLVABLE, RETRIABLE, UNHELD, Cause
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
    done: str  # of several; `done_one` of one
    done_one: str
    verb: Callable[..., mending.Done]


RELEASE = Action(
    "release",
    "Liberar",
    "Liberar todos",
    "Vuelven a la cola y salen en unos segundos. Antes se comprueba otra vez que no les falte "
    "nada.",
    "liberados",
    "liberado",
    mending.release_all,
)
DISMISS = Action(
    "dismiss",
    "No enviar",
    "No enviar ninguno",
    "Se cierran sin correo. Queda en la Actividad de cada documento quién lo decidió; podrás "
    "enviarlos a mano.",
    "cerrados sin correo",
    "cerrado sin correo",
    mending.dismiss_all,
)
RETRY = Action(
    "retry",
    "Reintentar",
    "Reintentar todos",
    "Lo que falló sale otra vez a la misma dirección; lo que esperaba su turno se intenta ya. A "
    "una dirección retenida no se le escribe.",
    "en camino otra vez",
    "en camino otra vez",
    mending.retry_all,
)
ASK = Action(
    "retry",
    "Reintentar",
    "Reintentar todos",
    "Primero se pregunta a la autoridad qué sabe de cada documento; nada se envía dos veces.",
    "en marcha otra vez",
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
    "marcado como resuelto",
    mending.resolve_all,
)
AGAIN = Action(  # of one row: it is a person's word about one address
    "again",
    "Volver a intentar con esta dirección",
    "",
    "",
    "en camino otra vez",
    "en camino otra vez",
    mending.try_addresses,
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


def of_row(cause: Cause, *, suppressed: bool) -> tuple[Action, ...]:
    """The same of one row: to an address that mail is held to, nothing goes without a word more."""
    if not suppressed or cause not in UNHELD:
        return of(cause)
    return (AGAIN, *(one for one in of(cause) if one is not RETRY))


def find(cause: Cause, key: str, *, row: bool = False) -> Action | None:
    """The action of that name on all of the cause, or on a row; None where there is none such."""
    known = (*of(cause), *of_row(cause, suppressed=True)) if row else of(cause)
    return next((one for one in known if one.key == key), None)
