"""What a company's people are told by mail of its failures: the day's, or one that spreads."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Group:
    """The failures of one cause."""

    title: str
    many: int
    sentence: str


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """What the mail tells; `alarm` is "" of a day's digest."""

    company_name: str
    company_tax_id: str
    alarm: str
    groups: tuple[Group, ...]
    url: str
    watermark: str


def subject(facts: DigestFacts) -> str:
    """The subject: how many, and of whom."""
    many = sum(group.many for group in facts.groups)
    told = f"{facts.alarm}: " if facts.alarm else ""
    marked = f"[{facts.watermark}] " if facts.watermark else ""
    words = "1 documento por resolver" if many == 1 else f"{many} documentos por resolver"
    return f"{marked}{told}{words} en {facts.company_name}"


def texts(facts: DigestFacts) -> tuple[str, str]:
    """The plain text and the HTML."""
    return _plain(facts), _html(facts)


def _opening(facts: DigestFacts) -> str:
    if facts.alarm:
        return (
            f"{facts.alarm}: pasa en muchos documentos de {facts.company_name} a la vez, así que "
            "te avisamos sin esperar al resumen del día."
        )
    return f"Esto espera en la bandeja de fallos de {facts.company_name}:"


def _plain(facts: DigestFacts) -> str:
    lines = [f"*** {facts.watermark} ***", ""] if facts.watermark else []
    lines += [_opening(facts), ""]
    for group in facts.groups:
        lines += [f"- {group.title}: {group.many}", f"  {group.sentence}"]
    lines += [
        "",
        f"Ábrela y resuélvelos juntos: {facts.url}",
        "",
        "--",
        f"{facts.company_name} · {facts.company_tax_id}",
        "Correo automático de Acuse: uno al día mientras haya algo por resolver.",
        "",
    ]
    return "\n".join(lines)


PAGE = (
    '<!doctype html><html lang="es"><body style="margin:0;background:#f7f8fa;color:#1b2430;'
    'font-family:Inter,Segoe UI,Helvetica,Arial,sans-serif;font-size:15px;line-height:1.5">'
    '<table role="presentation" width="100%"><tr><td align="center" style="padding:24px 12px">'
    '<table role="presentation" width="600" style="max-width:600px;width:100%;background:#ffffff;'
    'border:1px solid #e3e7ec;border-radius:6px"><tr><td style="padding:24px">'
)
BUTTON = (
    '<p style="margin:20px 0 0"><a href="{url}" style="display:inline-block;background:#0b5d66;'
    'color:#ffffff;text-decoration:none;padding:10px 18px;border-radius:6px">'
    "Abrir la bandeja de fallos</a></p>"
)
FOOT = (
    '<p style="margin:20px 0 0;color:#5b6675;font-size:12px">{who}<br>Correo automático de Acuse: '
    "uno al día mientras haya algo por resolver.</p></td></tr></table></td></tr></table>"
    "</body></html>"
)


def _html(facts: DigestFacts) -> str:
    marked = ""
    if facts.watermark:
        words = escape(facts.watermark)
        marked = f'<p style="color:#b42318;font-weight:bold;margin:0 0 12px">{words}</p>'
    rows = "".join(
        '<tr><td style="padding:8px 12px 8px 0;vertical-align:top;font-weight:bold;'
        f'text-align:right">{group.many}</td><td style="padding:8px 0"><strong>'
        f'{escape(group.title)}</strong><br><span style="color:#5b6675">'
        f"{escape(group.sentence)}</span></td></tr>"
        for group in facts.groups
    )
    who = escape(f"{facts.company_name} · {facts.company_tax_id}")
    return (
        f'{PAGE}{marked}<p style="margin:0 0 12px">{escape(_opening(facts))}</p>'
        f'<table role="presentation">{rows}</table>'
        f"{BUTTON.format(url=escape(facts.url))}{FOOT.format(who=who)}"
    )
