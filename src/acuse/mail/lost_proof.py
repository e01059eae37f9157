"""What a company's people are told by mail when the DNS no longer proves their own domain."""

from __future__ import annotations

from dataclasses import dataclass

from acuse.mail import notice_frame
from acuse.mail.notice_frame import Frame

BUTTON = "Ver qué debe decir el DNS"
WHY = "Correo automático de Acuse: uno cada vez que {lost}."


@dataclass(frozen=True, slots=True)
class LostProof:
    """The domain, which of its records are not right, and who mails go out as meanwhile.

    Nobody else, where they leave by the company's own server: then `instead` is empty.
    """

    frame: Frame
    domain: str
    lacking: tuple[str, ...]
    instead: str


def subject(facts: LostProof) -> str:
    """The subject: what happened, and to whom."""
    name = facts.frame.company_name
    lost = "prueba" if facts.instead else "muestra la llave de"
    return notice_frame.marked(facts.frame, f"El DNS ya no {lost} {facts.domain}, de {name}")


def texts(facts: LostProof) -> tuple[str, str]:
    """The plain text and the HTML: what happened, what it means, what to do."""
    told = (_happened(facts), _means(facts), _do(facts))
    lines = "\n\n".join(told).split("\n")
    inner = "".join(map(notice_frame.paragraph, told))
    lost = "tu dominio deja de estar probado" if facts.instead else "tu llave falta en el DNS"
    why = WHY.format(lost=lost)
    return (
        notice_frame.plain(facts.frame, lines, button=BUTTON, why=why),
        notice_frame.html(facts.frame, inner, button=BUTTON, why=why),
    )


def _happened(facts: LostProof) -> str:
    if len(facts.lacking) == 1:
        wrong = f"el registro {facts.lacking[0]} ya no está o no dice lo que debe"
    else:
        wrong = f"los registros {' y '.join(facts.lacking)} ya no están o no dicen lo que deben"
    then = "no se prueba que el dominio es tuyo" if facts.instead else "tu firma no se comprueba"
    return f"Revisamos el DNS de {facts.domain}: {wrong}. Así {then}."


def _means(facts: LostProof) -> str:
    if not facts.instead:
        return (
            "Tus correos siguen saliendo por tu servidor, con una firma que nadie puede comprobar: "
            "los servidores de tus clientes pueden rechazarlos o tomarlos por correo no deseado."
        )
    return (
        f"Tus correos nuevos salen, pero como {facts.instead}, el remitente de la instalación. Los "
        "que ya estaban hechos conservan tu dirección, y los servidores de tus clientes pueden "
        "rechazarlos o tomarlos por correo no deseado."
    )


def _do(facts: LostProof) -> str:
    then = "tus correos vuelven a salir con tu dominio y este" if facts.instead else "este"
    return (
        f"Corrígelo donde administras {facts.domain}: en Configuración > Correo > Dominio está lo "
        "que debe decir el DNS, para copiar. Después pulsa «Volver a comprobar»: si todo está "
        f"bien, {then} aviso termina."
    )
