"""The words of the letter, in text and in HTML; values go in escaped, templates have no logic."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import resources
from string import Template

WHAT_FOR = (  # end of the name, what the customer does with the file
    (".pdf", "para leer e imprimir"),
    ("-respuesta.xml", "la respuesta de {authority}, que prueba la aceptación"),
    (".zip", "la constancia de {authority} (CDR)"),
    (".xml", "el documento legal: guárdalo"),
)
FIRM = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What the letter tells; amounts and dates are formatted already."""

    company_name: str
    company_tax_id: str
    company_email: str
    customer_name: str
    kind_name: str
    number: str
    total: str  # "" of what has no price
    authority: str
    accepted_by: str
    accepted_on: str
    due_on: str
    files: tuple[tuple[str, str], ...]  # name, content type
    watermark: str
    article: str = "la"  # of the kind's name
    link: str = ""  # of this recipient's public page, "" without one


def letter_texts(facts: LetterFacts) -> tuple[str, str]:
    """The plain text and the HTML of the letter."""
    return _plain(facts), _html(facts)


def sentence(facts: LetterFacts) -> str:
    """The one sentence that matters; an amount stays with its sign at the end of a line."""
    amount = f" por {_firm(facts.total)}" if facts.total else ""
    return (
        f"{facts.company_name} te envió {facts.article} {facts.kind_name.lower()} "
        f"{facts.number}{amount}; {facts.accepted_by} el {facts.accepted_on}."
    )


def what_for(name: str, authority: str) -> str:
    """What a file of the packet is good for; "" for a kind that we do not know."""
    words = next((words for end, words in WHAT_FOR if name.lower().endswith(end)), "")
    return words.format(authority=authority)


def _firm(text: str) -> str:
    return text.replace(" ", FIRM)


def _plain(facts: LetterFacts) -> str:
    lines = [f"Hola, {facts.customer_name}:", "", sentence(facts)]
    if facts.watermark:
        lines = [f"*** {facts.watermark}: documento de prueba ***", "", *lines]
    if facts.due_on:
        lines += ["", f"Vence el {facts.due_on}."]
    if facts.link:
        lines += ["", f"Ver documento: {facts.link}"]
    lines += ["", "Adjuntos:"]
    for name, _ in facts.files:
        words = what_for(name, facts.authority)
        lines.append(f"- {name}: {words}" if words else f"- {name}")
    lines += [
        "",
        f"¿Preguntas? Responde a este correo: le llega a {facts.company_name}"
        f" ({facts.company_email}).",
        "",
        "--",
        f"{facts.company_name} · {facts.company_tax_id}",
        "Correo automático: se envía una sola vez, cuando la autoridad acepta el documento.",
        "",
    ]
    return "\n".join(lines)


def _html(facts: LetterFacts) -> str:
    rows = "".join(
        _template("file.html").substitute(
            name=escape(name), what_for=escape(what_for(name, facts.authority))
        )
        for name, _ in facts.files
    )
    banner = ""
    if facts.watermark:
        banner = _template("banner.html").substitute(words=escape(facts.watermark))
    button = ""
    if facts.link:
        button = _template("button.html").substitute(link=escape(facts.link))
    due = f"Vence el <strong>{escape(facts.due_on)}</strong>." if facts.due_on else ""
    return _template("letter.html").substitute(
        banner=banner,
        company=escape(facts.company_name),
        tax_id=escape(facts.company_tax_id),
        email=escape(facts.company_email),
        customer=escape(facts.customer_name),
        kind=escape(facts.kind_name),
        number=escape(facts.number),
        total=escape(_firm(facts.total)),
        sentence=escape(sentence(facts)),
        due=due,
        button=button,
        files=rows,
    )


@cache
def _template(name: str) -> Template:
    folder = resources.files(__package__).joinpath("templates")
    return Template(folder.joinpath(name).read_text(encoding="utf-8"))
