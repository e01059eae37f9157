"""What a company's people are told by mail of its failures: the day's, or one that spreads."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from acuse.mail import notice_frame
from acuse.mail.notice_frame import Frame

WHY = "Correo automático de Acuse: uno al día mientras haya algo por resolver."


@dataclass(frozen=True, slots=True)
class Group:
    """The failures of one cause."""

    title: str
    many: int
    sentence: str


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """What the mail tells; `alarm` is "" of a day's digest."""

    frame: Frame
    alarm: str
    groups: tuple[Group, ...]


def subject(facts: DigestFacts) -> str:
    """The subject: how many, and of whom."""
    many = sum(group.many for group in facts.groups)
    told = f"{facts.alarm}: " if facts.alarm else ""
    words = "1 documento por resolver" if many == 1 else f"{many} documentos por resolver"
    return notice_frame.marked(facts.frame, f"{told}{words} en {facts.frame.company_name}")


def texts(facts: DigestFacts) -> tuple[str, str]:
    """The plain text and the HTML."""
    return _plain(facts), _html(facts)


def _opening(facts: DigestFacts) -> str:
    name = facts.frame.company_name
    if facts.alarm:
        return (
            f"{facts.alarm}: pasa en muchos documentos de {name} a la vez, así que "
            "te avisamos sin esperar al resumen del día."
        )
    return f"Esto espera en la bandeja de fallos de {name}:"


def _plain(facts: DigestFacts) -> str:
    lines = [_opening(facts), ""]
    for group in facts.groups:
        lines += [f"- {group.title}: {group.many}", f"  {group.sentence}"]
    return notice_frame.plain(facts.frame, lines, button="Ábrela y resuélvelos juntos", why=WHY)


def _html(facts: DigestFacts) -> str:
    rows = "".join(
        '<tr><td style="padding:8px 12px 8px 0;vertical-align:top;font-weight:bold;'
        f'text-align:right">{group.many}</td><td style="padding:8px 0"><strong>'
        f'{escape(group.title)}</strong><br><span style="color:#5b6675">'
        f"{escape(group.sentence)}</span></td></tr>"
        for group in facts.groups
    )
    inner = f'{notice_frame.paragraph(_opening(facts))}<table role="presentation">{rows}</table>'
    return notice_frame.html(facts.frame, inner, button="Abrir la bandeja de fallos", why=WHY)
