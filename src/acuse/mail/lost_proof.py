"""What a company's people are told by mail when the DNS no longer proves their sender."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from acuse.domain.alarm import Trouble
from acuse.mail import notice_frame
from acuse.mail.notice_frame import Frame

BUTTON = "Ver qué debe decir el DNS"
WHY = "Correo automático de Acuse: uno cada vez que {lost}."


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said apart of a trouble; `means` may name the sender used `instead`."""

    no_more: str  # what the DNS does no more with the domain
    so: str
    means: str
    end: str
    lost: str


WORDINGS: Mapping[Trouble, Wording] = {
    Trouble.SENDER_LOST: Wording(
        no_more="prueba",
        so="no se prueba que el dominio es tuyo",
        means="Tus correos nuevos salen, pero como {instead}, el remitente de la instalación. Los "
        "que ya estaban hechos conservan tu dirección, y los servidores de tus clientes pueden "
        "rechazarlos o tomarlos por correo no deseado.",
        end="tus correos vuelven a salir con tu dominio y este aviso termina",
        lost="tu dominio deja de estar probado",
    ),
    Trouble.KEY_LOST: Wording(
        no_more="muestra la llave de",
        so="tu firma no se comprueba",
        means="Tus correos siguen saliendo por tu servidor, con una firma que nadie puede "
        "comprobar: los servidores de tus clientes pueden rechazarlos o tomarlos por correo no "
        "deseado.",
        end="este aviso termina",
        lost="tu llave falta en el DNS",
    ),
}


@dataclass(frozen=True, slots=True)
class LostProof:
    """What was lost, of which domain, its records that are not right, and the installation's
    sender, which a domain that is not proved goes out as."""

    frame: Frame
    trouble: Trouble
    domain: str
    lacking: tuple[str, ...]
    instead: str

    @property
    def wording(self) -> Wording:
        """What is said apart of that trouble."""
        return WORDINGS[self.trouble]


def subject(facts: LostProof) -> str:
    """The subject: what happened, and to whom."""
    name, no_more = facts.frame.company_name, facts.wording.no_more
    return notice_frame.marked(facts.frame, f"El DNS ya no {no_more} {facts.domain}, de {name}")


def texts(facts: LostProof) -> tuple[str, str]:
    """The plain text and the HTML: what happened, what it means, what to do."""
    told = (_happened(facts), facts.wording.means.format(instead=facts.instead), _do(facts))
    lines = "\n\n".join(told).split("\n")
    inner = "".join(map(notice_frame.paragraph, told))
    why = WHY.format(lost=facts.wording.lost)
    return (
        notice_frame.plain(facts.frame, lines, button=BUTTON, why=why),
        notice_frame.html(facts.frame, inner, button=BUTTON, why=why),
    )


def _happened(facts: LostProof) -> str:
    if len(facts.lacking) == 1:
        wrong = f"el registro {facts.lacking[0]} ya no está o no dice lo que debe"
    else:
        wrong = f"los registros {' y '.join(facts.lacking)} ya no están o no dicen lo que deben"
    return f"Revisamos el DNS de {facts.domain}: {wrong}. Así {facts.wording.so}."


def _do(facts: LostProof) -> str:
    return (
        f"Corrígelo donde administras {facts.domain}: en Configuración > Correo > Dominio está lo "
        "que debe decir el DNS, para copiar. Después pulsa «Volver a comprobar»: si todo está "
        f"bien, {facts.wording.end}."
    )
