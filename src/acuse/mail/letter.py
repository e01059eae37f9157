"""The words of the letter, in text and in HTML: the company's own in the house's frame."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from acuse.mail import frame
from acuse.mail.packing import PACKED_END
from acuse.mail.placeholders import LINK, PHONE, TOTAL, Piece, fill, fill_line

WHAT_FOR = (  # begin and end of the name, what the customer does with the file
    ("", ".pdf", "para leer e imprimir"),
    ("", "-respuesta.xml", "la respuesta de {authority}, que prueba la aceptación"),
    ("", PACKED_END, "los documentos legales comprimidos: guárdalos"),
    ("r-", ".zip", "la constancia de {authority} (CDR)"),
    ("r-", ".xml", "la constancia de {authority} (CDR)"),
    ("", ".zip", "el documento legal con su PDF: guárdalo"),
    ("", ".xml", "el documento legal: guárdalo"),
)
BEHIND_THE_LINK = "no cabe en un correo: descárgalo con el enlace"
FIRM = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What the letter tells; amounts and dates are formatted already.

    `linked` are files that the message does not carry and that wait behind `link`; `pixel` is the
    address of an image that nobody sees, whose loading tells that the mail was opened.
    """

    company_name: str
    company_tax_id: str
    company_email: str
    company_phone: str
    customer_name: str
    kind_name: str
    number: str
    issued_on: str
    fiscal_id: str
    total: str  # "" of what has no price
    authority: str
    accepted_by: str
    accepted_on: str
    due_on: str
    files: tuple[tuple[str, str], ...]  # name, content type
    watermark: str
    linked: tuple[str, ...] = ()
    link: str = ""
    pixel: str = ""


def values(facts: LetterFacts) -> dict[str, str]:
    """What each variable stands for in this letter; an amount stays with its sign."""
    return {
        "cliente.nombre": facts.customer_name.strip() or "cliente",
        "documento.tipo": facts.kind_name,
        "documento.numero": facts.number,
        "documento.fecha": facts.issued_on,
        TOTAL: _firm(facts.total),
        "documento.identificador": facts.fiscal_id,
        "documento.veredicto": f"{facts.accepted_by} el {facts.accepted_on}",
        "empresa.nombre": facts.company_name,
        "empresa.identificacion": facts.company_tax_id,
        "empresa.correo": facts.company_email,
        PHONE: facts.company_phone,
        "autoridad.nombre": facts.authority,
        LINK.path: facts.link,
    }


def subject_line(facts: LetterFacts, template: str) -> str:
    """The subject with its values, one line; raises Blocked for a variable that has none."""
    return fill_line(template, values(facts), field="subject").replace(FIRM, " ")


def letter_texts(facts: LetterFacts, body: str) -> tuple[str, str]:
    """The plain text and the HTML of the letter; raises Blocked as `fill` does."""
    paragraphs = fill(body, values(facts), field="body")
    return _plain(facts, paragraphs), _html(facts, paragraphs)


def what_for(name: str, authority: str) -> str:
    """What a file of the packet is good for; "" for a kind that we do not know."""
    lower = name.lower()
    told = (
        words for begin, end, words in WHAT_FOR if lower.startswith(begin) and lower.endswith(end)
    )
    return next(told, "").format(authority=authority)


def _firm(text: str) -> str:
    return text.replace(" ", FIRM)


def _files(facts: LetterFacts) -> list[tuple[str, str]]:
    """The name of each file and what it is good for, those behind the link last."""
    attached = [(name, what_for(name, facts.authority)) for name, _ in facts.files]
    return [*attached, *((name, BEHIND_THE_LINK) for name in facts.linked)]


def _heading(facts: LetterFacts) -> str:
    return "Archivos" if facts.linked else "Adjuntos"


def _plain(facts: LetterFacts, paragraphs: tuple[tuple[tuple[Piece, ...], ...], ...]) -> str:
    lines = []
    if facts.watermark:
        lines = [f"*** {facts.watermark}: documento de prueba ***", ""]
    for paragraph in paragraphs:
        lines += ["".join(piece.text for piece in line) for line in paragraph]
        lines.append("")
    if facts.due_on:
        lines += [f"Vence el {facts.due_on}.", ""]
    if facts.link:
        lines += [f"Ver documento: {facts.link}", ""]
    lines.append(f"{_heading(facts)}:")
    lines += [f"- {name}: {words}" if words else f"- {name}" for name, words in _files(facts)]
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


def _html(facts: LetterFacts, paragraphs: tuple[tuple[tuple[Piece, ...], ...], ...]) -> str:
    due = f"Vence el <strong>{escape(facts.due_on)}</strong>." if facts.due_on else ""
    return frame.whole(
        "letter.html",
        banner=frame.piece("banner.html", words=facts.watermark) if facts.watermark else "",
        company=escape(facts.company_name),
        tax_id=escape(facts.company_tax_id),
        email=escape(facts.company_email),
        kind=escape(facts.kind_name),
        number=escape(facts.number),
        total=escape(_firm(facts.total)),
        words="".join(map(_paragraph, paragraphs)),
        due=due,
        button=frame.piece("button.html", link=facts.link) if facts.link else "",
        attached=_heading(facts),
        files="".join(
            frame.piece("file.html", name=name, what_for=words) for name, words in _files(facts)
        ),
        pixel=frame.piece("pixel.html", address=facts.pixel) if facts.pixel else "",
    )


def _paragraph(lines: tuple[tuple[Piece, ...], ...]) -> str:
    return frame.paragraph("<br>".join("".join(map(_piece, line)) for line in lines))


def _piece(piece: Piece) -> str:
    return frame.piece("link.html", link=piece.text) if piece.link else escape(piece.text)
