"""The one normaliser at the border: what may enter the program as text.

Source: reliability.md F89. What passes here is data for every sink (XML, HTML, PDF, mail header,
file name): none of them meets a control character.
"""

from __future__ import annotations

import re
import unicodedata

from acuse.domain.problem import Problem

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
LINE_ENDS = "\n\r\x0b\x0c\x85\u2028\u2029"

_CONTROL = re.compile(rf"[\x00-\x08\x0e-\x1b\x1c-\x1f\x7f-\x84\x86-\x9f{BIDI}]")
_ILLEGAL = re.compile("[\ud800-\udfff\ufffe\uffff]")  # XML 1.0 §2.2, less the controls
_LINE_END = re.compile(f"\r\n|[{LINE_ENDS}]")
_ENDS = ZERO_WIDTH + " "
_MARKS_IN_A_ROW = 30  # UAX #15, stream-safe text: more is a flood, and slow to normalise
_RAW_ROOM = 4  # composing may shorten a text; what is longer than this is not worth trying


def clean(value: str, *, field: str, longest: int, lines: bool = False) -> str | Problem:
    """The text in normal form (NFC), or why it cannot be one.

    Controls and directional marks go, white space becomes single spaces, zero-width characters
    go at the ends (inside they join emoji). `lines` keeps line breaks, two in a row at most.
    A text that is far too long is refused before any work.
    """
    if len(value) > longest * _RAW_ROOM + 64:
        return _too_long(field, len(value), longest)
    illegal = _ILLEGAL.search(value)
    if illegal:
        return Problem(
            field,
            "XX-TXT-2",
            f"El texto tiene un carácter que no se puede escribir en XML "
            f"(U+{ord(illegal[0]):04X}, posición {illegal.start() + 1}). Bórralo y vuelve a "
            "escribirlo.",
            rule="XML 1.0 §2.2",
        )
    stripped = _CONTROL.sub("", value)
    if not stripped.isascii():
        if _flooded(stripped):
            return Problem(
                field,
                "XX-TXT-3",
                f"El texto lleva más de {_MARKS_IN_A_ROW} acentos o marcas sobre una misma letra. "
                "Escríbelo de nuevo sin ellas.",
                rule="UAX #15 §13",
            )
        stripped = unicodedata.normalize("NFC", stripped)
    text = _with_lines(stripped) if lines else _one_line(stripped)
    return text if len(text) <= longest else _too_long(field, len(text), longest)


def bare(text: str) -> str:
    """The text as it is compared: small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def one_line_of(value: str, most: int = 40) -> str:
    """The beginning of a text, safe to quote in a Problem, with … where it was cut."""
    printable = "".join(sign if sign.isprintable() else "\ufffd" for sign in value[: most + 1])
    return printable if len(value) <= most else printable[:most] + "…"


def _one_line(text: str) -> str:
    return " ".join(text.split()).strip(_ENDS)


def _with_lines(text: str) -> str:
    kept: list[str] = []
    for line in map(_one_line, _LINE_END.split(text)):
        if line or (kept and kept[-1]):
            kept.append(line)
    if kept and not kept[-1]:
        kept.pop()
    return "\n".join(kept)


def _flooded(text: str) -> bool:
    run = 0
    for sign in text:
        run = run + 1 if unicodedata.combining(sign) else 0
        if run > _MARKS_IN_A_ROW:
            return True
    return False


def _too_long(field: str, length: int, longest: int) -> Problem:
    return Problem(
        field,
        "XX-TXT-1",
        f"El texto tiene {length} caracteres y aquí caben {longest}. Acórtalo.",
        rule="reliability.md F89",
    )


def capitalised(text: str) -> str:
    """The sentence with its first letter large: an authority's name may begin it ("la DIAN")."""
    return text[:1].upper() + text[1:]
