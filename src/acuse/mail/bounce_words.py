"""Why a mail did not arrive, in words for people: what it means, whose matter it is, what to do."""

from __future__ import annotations

from acuse.domain.bounce import BounceReason
from acuse.domain.suppression import HeldFor

_B = BounceReason
_OURS = "No es culpa de tu cliente: avisa a quien administra el correo."

EXPLANATIONS = {
    _B.USER_UNKNOWN: "la dirección no existe, según su servidor. Revisa el correo con tu cliente.",
    _B.HOST_UNKNOWN: "el dominio del correo no existe. Revisa lo que va después de la @.",
    _B.HAS_MOVED: "la persona ya no recibe en esa dirección. Pide la nueva a tu cliente.",
    _B.NOT_ACCEPTED: "ese dominio no recibe correo. Pide otra dirección a tu cliente.",
    _B.MAILBOX_FULL: "su buzón está lleno. Pide a tu cliente que libere espacio y reenvíalo.",
    _B.SUSPENDED: "su buzón está cerrado por ahora. Pide otro correo a tu cliente.",
    _B.FILTERED: "una regla del destinatario lo rechazó. Pide a tu cliente que autorice al "
    "remitente.",
    _B.AUTH_FAILURE: f"su servidor no pudo comprobar al remitente (SPF, DKIM o DMARC). {_OURS}",
    _B.BAD_REPUTATION: f"su servidor desconfía del nuestro. {_OURS}",
    _B.BLOCKED: f"nuestro servidor está en una lista de bloqueo. {_OURS}",
    _B.REQUIRE_PTR: f"a nuestro servidor le falta su nombre en el DNS inverso. {_OURS}",
    _B.SPAM_DETECTED: f"su servidor lo tomó por correo no deseado. {_OURS}",
    _B.POLICY_VIOLATION: f"las reglas de su servidor no lo admiten. {_OURS}",
    _B.NO_RELAYING: f"un servidor no quiso llevarlo. {_OURS}",
    _B.SECURITY_ERROR: f"su servidor lo rechazó por seguridad. {_OURS}",
    _B.FAILED_STARTTLS: f"no se pudo cifrar la conexión con su servidor. {_OURS}",
    _B.TOO_MANY_CONNECTIONS: f"abrimos demasiadas conexiones con su servidor. {_OURS}",
    _B.SPEEDING: f"enviamos demasiado en poco tiempo a su servidor. {_OURS}",
    _B.REJECTED: f"su servidor no acepta a nuestro remitente. {_OURS}",
    _B.SUPPRESSED: "nuestro proveedor de correo ya no escribe a esa dirección, por lo que pasó "
    "antes. Pide otra a tu cliente, o que quien administra el correo la libere en el proveedor.",
    _B.SYNTAX_ERROR: f"los servidores de correo no se entendieron. {_OURS}",
    _B.NOT_COMPLIANT: f"su servidor dice que el mensaje no cumple una norma de correo. {_OURS}",
    _B.TOO_BIG: "pesa más de lo que su servidor admite. Entrégalo por otro medio o con un enlace.",
    _B.CONTENT_ERROR: "su servidor no admite el contenido o los adjuntos. Entrégalo por otro "
    "medio.",
    _B.VIRUS_DETECTED: "su servidor creyó ver un virus en los adjuntos. Pide que autoricen al "
    "remitente.",
    _B.EXPIRED: "su servidor no lo recibió en varios días. Puedes reenviarlo.",
    _B.NETWORK_ERROR: "no se pudo llegar a su servidor. Puedes reenviarlo más tarde.",
    _B.SYSTEM_ERROR: "su servidor tuvo una falla. Puedes reenviarlo más tarde.",
    _B.SYSTEM_FULL: "su servidor está sin espacio. Puedes reenviarlo más tarde.",
    _B.MAILER_ERROR: "falló un programa detrás de su buzón. Puedes reenviarlo más tarde.",
    _B.UNDEFINED: "su servidor no dijo un motivo conocido. Revisa el correo con tu cliente.",
}
HOLDS = {
    HeldFor.NOBODY_THERE: "no llega a nadie",
    HeldFor.FAILS_AGAIN: "rebotó tres veces en dos semanas",
    HeldFor.COMPLAINED: "el destinatario lo marcó como correo no deseado",
}


def explained(reason: str) -> str:
    """One sentence about a failure, to follow a colon."""
    return EXPLANATIONS[BounceReason(reason)]


def held_for(reason: str) -> str:
    """Why mail to an address is held; no capital, no full stop."""
    return HOLDS[HeldFor(reason)]
