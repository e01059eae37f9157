"""What Hacienda's answers mean, as tables. Source: costa-rica.md 5, 5.1, 5.2 and 9.1.

What no row names is no answer: the document may have arrived, so the next call asks.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from acuse.domain.verdict import Outcome


class Meaning(StrEnum):
    """What the status of an answer says."""

    RECEIVED = "received"  # taken, to be judged later
    ANSWER = "answer"  # the body says more
    CONTENT = "content"  # nothing was judged; unless it says "already received"
    KNOWN = "known"  # given before: ask
    IDENTITY = "identity"  # token or password: refused before anything was read
    FORBIDDEN = "forbidden"  # not this issuer's user, or no such path: the gateway says the same
    ADDRESS = "address"  # our configuration
    FILE = "file"  # our fault
    SLOW = "slow"  # too many calls
    UNKNOWN = "unknown"  # it does not hold the document
    NOTHING = "nothing"  # ill, or not Hacienda


Rows = tuple[tuple[int, int, Meaning], ...]

SENT: Rows = (  # first, last status of POST /recepcion, meaning
    (201, 202, Meaning.RECEIVED),
    (400, 400, Meaning.CONTENT),
    (401, 401, Meaning.IDENTITY),
    (403, 403, Meaning.FORBIDDEN),
    (404, 405, Meaning.ADDRESS),
    (409, 409, Meaning.KNOWN),
    (413, 413, Meaning.FILE),
    (415, 415, Meaning.FILE),
    (429, 429, Meaning.SLOW),
)
ASKED: Rows = (  # of GET /recepcion/{clave}
    (200, 200, Meaning.ANSWER),
    (401, 401, Meaning.IDENTITY),
    (404, 404, Meaning.UNKNOWN),
    (429, 429, Meaning.SLOW),
)
LOGGED_IN: Rows = (  # of the identity provider: refused and not reachable are told apart
    (200, 200, Meaning.ANSWER),
    (400, 401, Meaning.IDENTITY),
    (403, 403, Meaning.FORBIDDEN),
    (429, 429, Meaning.SLOW),
)


def meaning(rows: Rows, status: int) -> Meaning:
    """What the first row that holds the status says."""
    return next((told for first, last, told in rows if first <= status <= last), Meaning.NOTHING)


class State(StrEnum):
    """The ind-estado of an answer."""

    RECEIVED = "recibido"
    PROCESSING = "procesando"
    ACCEPTED = "aceptado"
    REJECTED = "rechazado"
    ERROR = "error"  # Hacienda's own failure, no verdict


PENDING = frozenset({State.RECEIVED, State.PROCESSING})
VERDICTS = {  # ind-estado and Mensaje, which must agree; remarks make the first an observation
    (State.ACCEPTED, "1"): Outcome.ACCEPTED,
    (State.REJECTED, "3"): Outcome.REJECTED,
}

# When to ask: so long after the sending and after each question, then by the document's age.
FIRST_ASKS = tuple(timedelta(seconds=s) for s in (5, 10, 30, 60, 120, 300))
LATER_ASKS = (  # while the document is younger than, every
    (timedelta(hours=3), timedelta(minutes=10)),
    (timedelta(days=1), timedelta(hours=1)),
)
LAST_ASKS = timedelta(days=1)

NEWS_TRAVELS = timedelta(minutes=10)  # a 404 so soon after the 202 means nothing
LOST_AFTER = timedelta(days=1)  # of 404 after a 202, or of "error": a person must decide
GIVE_UP = timedelta(days=8)  # of anything but a verdict
UNUSABLE_ANSWERS = 5  # verdicts that cannot be used before a person looks …
UNUSABLE_FOR = timedelta(hours=1)  # … and not sooner than this

OUR_WORDS = {  # what the user reads; Hacienda's own text stands beside it
    "-1": "El XML no cumple el esquema: es una falla del sistema. Avisa a soporte.",
    "-16": "Se envió fuera de plazo; vale igual.",
    "-37": "La provincia, el cantón o el distrito no son los registrados en Hacienda. Corrígelos "
    "en Empresa.",
    "-53": "La hora no coincide con la oficial; vale igual. Revisa el reloj del servidor.",
    "-99": "El consecutivo ya se usó en otro sistema. Usa otra sucursal o terminal.",
    "-111": "Un total no coincide con las líneas. Revisa que cada servicio tenga unidad de "
    "servicio.",
    "-405": "La fecha de la clave no es la de emisión: es una falla del sistema. Avisa a soporte.",
}
