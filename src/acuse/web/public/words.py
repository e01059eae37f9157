"""The words of public pages in both languages, and which of them a reader gets.

What is a proper name (of an authority, of a kind of document, of a field in the authority's own
form) stays as it is, marked as Spanish; of a country's other words the English stands in its
traits.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from django.http import HttpRequest

from acuse.domain.traits import Traits


class Language(StrEnum):
    """What a page is read in; the first is everybody's who asks for neither."""

    ES = "es"
    EN = "en"


PARAMETER = "lang"  # in the page's address: there is no cookie that could remember a choice
LONGEST = 500  # of a header
NAMES = {Language.ES: "Español", Language.EN: "English"}
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
FACTS = {"authority", "first", "accepted", "voided", "day", "where"}  # that texts are filled with
WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("Documento electrónico", "Electronic document"),
    "language": ("Idioma", "Language"),
    "trial": ("documento de prueba", "test document"),
    "accepted_by": ("{accepted} el {day}.", "{first} accepted it on {day}."),
    "voided": ("{voided}", "No longer valid: its issuer voided it."),
    "to": ("Para", "To"),
    "issued": ("Emisión", "Issued"),
    "due": ("Vence", "Due"),
    "download": ("Descargar", "Download"),
    "pdf": ("para leer e imprimir", "to read and print"),
    "xml": ("XML firmado", "Signed XML"),
    "xml_for": ("el documento legal: guárdalo", "the legal document: keep it"),
    "answer": ("Respuesta de {authority}", "Answer of {authority}"),
    "answer_for": ("prueba la aceptación", "proves the acceptance"),
    "all": ("Todo en un ZIP", "All in one ZIP"),
    "all_for": ("los archivos juntos", "the files together"),
    "verify": ("Verificar en {authority}", "Verify with {authority}"),
    "open": ("Abrirlo en {authority}", "Open it at {authority}"),
    "or_look": (", o búscalo {where}, con:", ", or look it up {where}, with:"),
    "look": ("Búscalo {where}, con:", "Look it up {where}, with:"),
    "copy": ("Copiar", "Copy"),
    "copied": ("Copiado", "Copied"),
    "question": ("Tengo una pregunta", "I have a question"),
    "small": (
        "Quien tiene este enlace ve este documento y ningún otro. A quien lo emitió le contamos "
        "cuántas veces se abrió y qué se descargó, sin cookies.",
        "Whoever has this link sees this document and no other. We tell its issuer how often it "
        "was opened and what was downloaded, without cookies.",
    ),
    "absent": ("Este enlace no abre ningún documento", "This link opens no document"),
    "absent_why": (
        "Puede estar incompleto o vencido, o quien te lo envió lo retiró. Ábrelo de nuevo desde el "
        "correo; si no abre, responde a ese correo y pide otro.",
        "It may be incomplete or too old, or whoever sent it to you took it back. Open it again "
        "from the mail; if that does not help, answer that mail and ask for another.",
    ),
    "later": ("No pudimos preparar este archivo", "We could not prepare this file"),
    "later_why": (
        "La falla es nuestra. Inténtalo en unos minutos; los demás archivos siguen ahí.",
        "The fault is ours. Try again in a few minutes; the other files are still there.",
    ),
    "back": ("Volver al documento", "Back to the document"),
    "many": ("Demasiadas visitas seguidas", "Too many visits in a row"),
    "many_why": (
        "Desde tu conexión llegaron muchas en un minuto. Espera uno y vuelve a abrir el enlace.",
        "Many came from your connection within a minute. Wait one and open the link again.",
    ),
}
STATES = {  # of a document, in English; the Spanish ones are the chips' own words
    "ISSUED": "In process",
    "ACCEPTED": "Accepted",
    "ACCEPTED_WITH_OBSERVATIONS": "Accepted with remarks",
    "VOIDED": "Voided",
}


class _Facts(dict[str, str]):
    """What texts are filled with; a page that has no document leaves them blank."""

    def __missing__(self, name: str) -> str:
        return ""


def of(language: Language, facts: Mapping[str, str] | None = None) -> dict[str, str]:
    """Every text in that language, filled with the facts."""
    place, filled = list(Language).index(language), _Facts(facts or {})
    return {name: told[place].format_map(filled) for name, told in WORDS.items()}


def chosen(request: HttpRequest) -> Language:
    """What the address says, else the first that the browser accepts (RFC 9110 12.5.4)."""
    asked = request.GET.get(PARAMETER, "")
    if asked in set(Language):
        return Language(asked)
    wanted = []
    for place, part in enumerate(request.headers.get("Accept-Language", "")[:LONGEST].split(",")):
        tag, _, rest = part.strip().partition(";")
        told = tag.partition("-")[0].lower()
        weight = _weight(rest)
        if told in set(Language) and weight > 0:
            wanted.append((-weight, place, Language(told)))
    return min(wanted)[2] if wanted else Language.ES


def other(language: Language) -> Language:
    """The one that the page's switch leads to."""
    return Language.EN if language is Language.ES else Language.ES


def country(traits: Traits, language: Language, text: str) -> tuple[str, Language]:
    """A word of the country in that language, or as it is where it has no other, and in which."""
    if language is Language.ES:
        return text, language
    english = dict(traits.words.english)
    return (english[text], language) if text in english else (text, Language.ES)


def day(told: date | None, language: Language) -> str:
    """The day as its readers write it, never to be taken for another; "" for none."""
    if told is None:
        return ""
    if language is Language.EN:
        return f"{told.day} {MONTHS[told.month - 1]} {told.year}"
    return f"{told:%d/%m/%Y}"


def _weight(rest: str) -> float:
    name, _, told = rest.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(float(told), 1.0)
    except ValueError:
        return 0.0
