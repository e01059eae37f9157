"""What became of each mail of a document, as its constancia sums it up: one true sentence each.

Only what the statement tells is told here, so whoever reads the JSON finds the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from acuse.domain.delivery import DeliveryState
from acuse.domain.kinds import DocumentKind
from acuse.domain.recipient import RecipientState
from acuse.domain.traits import Traits
from acuse.flow import wording

Told = Mapping[str, Any]
STATES = {
    "QUEUED": "En cola",
    "SENDING": "Enviándose",
    "DEFERRED": "Todavía no sale; se intenta otra vez",
    "UNCERTAIN": "Envío incierto: su servidor no confirmó",
    "SENT": "Enviado: su servidor lo recibió",
    "DELIVERED": "Entregado",
    "BOUNCED": "Rebotado",
    "FAILED": "No se pudo enviar",
    "STUCK": "Envío incierto",
    "CANCELLED": "Cancelado",
    "REPLACED": "Hecho de nuevo antes de salir",
}
PROVEN = "Dado por enviado: su servidor no lo confirmó"
LONGEST = 120  # characters of a server's words; the list below has all of them
_R = RecipientState
PLACE = re.compile(r"\{(to|tries|at|said|back|report)\}")
WAITING = (_R.QUEUED, _R.DEFERRED)


def when(told: str, traits: Traits) -> str:
    """A moment of the statement in the country's own time."""
    at = datetime.fromisoformat(told).astimezone(ZoneInfo(traits.timezone))
    return f"{at:%d/%m/%Y %H:%M:%S}"


def sentences(deliveries: list[Told], kind: DocumentKind, traits: Traits) -> tuple[str, ...]:
    """Every mail's sentence in their order, then that of a delivery that has no mail yet."""
    mails = [
        sentence(delivery, one, kind, traits) for delivery in deliveries for one in _live(delivery)
    ]
    bare = [one for one in deliveries if not _live(one)]
    told = [*mails, *_without_mail(bare, again=bool(mails))]
    return tuple(told) or ("Sin enviar por correo.",)


def _live(delivery: Told) -> list[Told]:
    """Its mails, without those that others took the place of."""
    return [one for one in delivery["recipients"] if one["state"] != _R.REPLACED]


def sentence(delivery: Told, mail: Told, kind: DocumentKind, traits: Traits) -> str:
    """Where the mail to one address stands, with its full stop."""
    state = RecipientState(mail["state"])
    if state in WAITING and delivery["state"] != DeliveryState.OPEN:
        told = f"Sin enviar a {{to}}: {wording.reason(delivery['reason'])}."
    else:
        told = SENTENCES[state](mail)
    values = _values(mail, traits)
    return PLACE.sub(lambda found: values[found[1]], traits.agree(kind, told))


def state(delivery: Told, mail: Told) -> str:
    """The same in a few words."""
    now = RecipientState(mail["state"])
    if now in WAITING and delivery["state"] != DeliveryState.OPEN:
        return "Retenido" if delivery["state"] == DeliveryState.HELD else "No se envía"
    return PROVEN if now is _R.SENT and not confirmed(mail) else STATES[now]


def _values(mail: Told, traits: Traits) -> Mapping[str, str]:
    """What stands in the places of a sentence; put there at once, for a server says anything."""
    last, back = mail["attempts"][-1] if mail["attempts"] else None, mail["returned"]
    return {
        "to": mail["address"],
        "tries": _tries(len(mail["attempts"])),
        "at": when(last["finishedAt"] or last["startedAt"], traits) if last else "",
        "said": _words(last["code"], last["text"]) if last else "",
        "back": when(back["at"], traits) if back else "",
        "report": _words(None, back["text"]) if back else "",
    }


def confirmed(mail: Told) -> bool:
    """Whether its server itself said that it took the mail, in one of the tries."""
    return any(one["result"] == _R.SENT for one in mail["attempts"])


def _sent(mail: Told) -> str:
    if confirmed(mail):
        return "Enviad{o} a {to} el {at}."
    return "Dad{o} por enviad{o} a {to}: su servidor no confirmó el último intento, del {at}."


def _bounced(mail: Told) -> str:
    left = "Enviad{o} a {to} el {at}" if confirmed(mail) else "Enviad{o} a {to}"
    return f"{left}, que l{{o}} devolvió" + (" el {back}{report}." if mail["returned"] else ".")


def _tried(begins: str) -> Callable[[Told], str]:
    """Such a beginning, with how often it was tried and what was said last."""
    tried = f"{begins}: {{tries}}, el último el {{at}}{{said}}."
    return lambda mail: tried if mail["attempts"] else f"{begins}."


SENTENCES: Mapping[RecipientState, Callable[[Told], str]] = {
    _R.QUEUED: lambda m: "Por enviar a {to}: está en cola.",
    _R.SENDING: lambda m: "Enviándose a {to}: su servidor todavía no responde.",
    _R.DEFERRED: _tried("Se sigue intentando con {to}"),
    _R.UNCERTAIN: lambda m: (
        "No se sabe si llegó a {to}: se envió el {at} y su servidor no confirmó."
    ),
    _R.SENT: _sent,
    _R.DELIVERED: lambda m: "Enviad{o} a {to} el {at}, y hay evidencia de que llegó.",
    _R.BOUNCED: _bounced,
    _R.FAILED: _tried("No se pudo enviar a {to}"),
    _R.STUCK: lambda m: (
        "No se sabe si llegó a {to}: {tries}, el último el {at}, y su servidor no confirmó."
    ),
    _R.CANCELLED: lambda m: "Sin enviar a {to}: se canceló.",
    _R.REPLACED: lambda m: "Sin enviar a {to}: se hizo de nuevo.",
}


def _without_mail(bare: list[Told], *, again: bool) -> Iterator[str]:
    """Of deliveries without mail: what still comes; what does not, where nothing else is told."""
    for one in bare:
        if one["state"] == DeliveryState.OPEN:
            yield "Otro envío se está preparando." if again else "El envío se está preparando."
        elif one["state"] == DeliveryState.HELD and again:
            yield f"Otro envío espera: {wording.reason(one['reason'])}."
    if not again and not any(one["state"] == DeliveryState.OPEN for one in bare):
        yield from (f"Sin enviar por correo: {wording.reason(one['reason'])}." for one in bare[:1])


def _tries(many: int) -> str:
    return "1 intento" if many == 1 else f"{many} intentos"


def _words(code: int | None, text: str) -> str:
    """What a server said, in brackets; nothing where it said nothing."""
    said = " ".join(f"{code or ''} {text}".split())
    if len(said) > LONGEST:
        said = f"{said[:LONGEST].rstrip()}…"
    return f" ({said})" if said else ""
