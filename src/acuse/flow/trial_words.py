"""A trial's end in words: what happened, what it means, what to do."""

from __future__ import annotations

from dataclasses import dataclass

from acuse.domain.recipient import SmtpOutcome, Stage
from acuse.domain.text import capitalised
from acuse.mail.codes import explained


@dataclass(frozen=True, slots=True)
class Told:
    """Three sentences; `text` are the server's or the system's own words."""

    happened: str
    means: str
    todo: str
    text: str


NO_WAY = (
    "No se pudo conectar con el servidor.",
    "El nombre o el puerto no son los suyos, está apagado, o un cortafuegos no deja salir.",
    "Revisa el servidor y el puerto con tu proveedor. Muchas redes cierran el 25: usa 587 o 465.",
)
NO_TLS = (
    "El servidor no dio una conexión cifrada de fiar.",
    "No la ofrece, o su certificado no es de ese nombre. Sin ella no decimos la contraseña.",
    "Revisa el nombre del servidor y la seguridad: 465 suele ser TLS y 587, STARTTLS.",
)
NO_LOG_IN = (
    "El servidor no aceptó el usuario o la contraseña.",
    "La conexión está bien; lo que falla es la entrada.",
    "Corrígelos y prueba otra vez. Muchos proveedores piden una contraseña de aplicación.",
)
NO_SENDER = (
    "El servidor no acepta al remitente.",
    "Te dejó entrar, pero no enviar con esa dirección.",
    "Usa una dirección que ese usuario pueda usar, o autorízala en tu proveedor.",
)
NO_TALK = (
    "El servidor contestó, pero no quiso seguir.",
    "Puede no atender a esta máquina, o pedir que se espere.",
    "Espera unos minutos y prueba otra vez; si sigue, pregunta a tu proveedor.",
)
NO_ADDRESS = (
    "El servidor no aceptó tu dirección.",
    "El camino funciona hasta ahí: lo que no acepta es a quién va.",
    "Revisa el correo de tu cuenta, y si ese servidor puede enviar fuera de su dominio.",
)
NOT_TAKEN = (
    "El servidor no aceptó el mensaje.",
    "Lo leyó y lo devolvió; quizá por su peso, sus adjuntos o la reputación del remitente.",
    "Mira lo que dijo y consúltalo con tu proveedor.",
)
LOST = (
    "El servidor no confirmó el mensaje.",
    "Puede haberlo aceptado: no contestó a tiempo.",
    "Mira si te llegó. Si se repite, pregunta a tu proveedor.",
)
SENT = (
    "Correo enviado.",
    "El servidor lo aceptó. Que llegue a la bandeja depende ya de tu proveedor.",
    "Ábrelo en tu buzón; si no está, mira en no deseados.",
)
SAID = {
    Stage.CONNECT: NO_WAY,
    Stage.GREETING: NO_TALK,
    Stage.EHLO: NO_TALK,
    Stage.STARTTLS: NO_TLS,
    Stage.AUTH: NO_LOG_IN,
    Stage.MAIL: NO_SENDER,
    Stage.RCPT: NO_ADDRESS,
    Stage.DATA: NOT_TAKEN,
    Stage.BODY: NOT_TAKEN,
    Stage.DOT: NOT_TAKEN,
}
OPEN_ROAD = 538


def told(outcome: SmtpOutcome) -> Told:
    """What the trial's end means for who sent it."""
    kind = outcome.code // 100
    if outcome.stage is Stage.DOT and kind == 2:
        return Told(*SENT, outcome.text)
    if outcome.stage is Stage.DOT and kind not in (4, 5):
        return Told(*LOST, outcome.text)
    happened, means, todo = SAID[outcome.stage]
    if outcome.stage is Stage.AUTH and outcome.code == OPEN_ROAD:
        happened, means, todo = NO_TLS
    if outcome.stage in (Stage.RCPT, Stage.DATA, Stage.DOT) and kind in (4, 5):
        means = capitalised(explained(outcome.code, outcome.text))
    code = f"{outcome.code} " if outcome.code else ""
    return Told(happened, means, todo, f"{code}{outcome.text}")
