"""One address, cleaned and judged. Source: mail.md 1 (rows A1–A26), RFC 5321 §4.5.3.1."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from acuse.domain import email_words as words
from acuse.domain.email_domain import better_domain, completed, mixed, passes_for_another, shown
from acuse.domain.text import BIDI, ZERO_WIDTH

LONGEST_LOCAL, LONGEST_DOMAIN, LONGEST_LABEL, LONGEST = 64, 253, 63, 254

_SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_HIDDEN = re.compile(rf"[\x00-\x1f\x7f-\x9f{BIDI}{ZERO_WIDTH}]")
_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_WIDE_DOTS = str.maketrans({"．": ".", "。": ".", "｡": "."})
_AT_WORDS = re.compile(r"\s*(?:[(\[{]\s*(?:at|arroba|@)\s*[)\]}]|\barroba\b)\s*", re.IGNORECASE)
_DOT_WORDS = re.compile(r"\s*(?:[(\[{]\s*(?:dot|punto)\s*[)\]}]|\bpunto\b)\s*", re.IGNORECASE)
_NAMED = re.compile(r"[^<>]*<([^<>]*)>")
_INNER = re.compile(r"[^\s@<>\"(),;:]+@[^\s@<>\"(),;:]+\.[^\s@<>\"(),;:]+")


@dataclass(frozen=True, slots=True)
class Fine:
    """A usable address; `warning` is a Spanish remark where it is kept but doubtful."""

    address: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Likely not what was meant: a person confirms.

    `meant` is what it probably should be ("" for "the customer has no e-mail"); `kept` is the
    address that it is if the person insists, "" where it is none.
    """

    meant: str
    question: str
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """No address, and why."""

    reason: str


Judged = Fine | Doubtful | Refused


def judge(text: str, *, rehearsal: bool = False, imported: bool = False) -> Judged:
    """What one piece of a field is, after the harmless dirt is taken off."""
    cleaned = cleaned_of(text)
    if isinstance(cleaned, Refused):
        return cleaned
    if _HIDDEN.search(cleaned):
        return Refused("tiene caracteres invisibles en medio; escríbelo de nuevo a mano")
    judged = _address(cleaned, rehearsal)
    if isinstance(judged, Refused):
        judged = (imported and _dotted(cleaned, rehearsal)) or _guess(cleaned, judged, rehearsal)
    return _beside_its_name(text, judged)


def cleaned_of(text: str) -> str | Refused:
    """The piece without name, brackets, "mailto:", quotes and punctuation around it."""
    ends = BIDI + ZERO_WIDTH + " \t\r\n"
    cleaned = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip(ends)
    named = _NAMED.fullmatch(cleaned)
    if named:
        cleaned = named[1].strip(ends)
        if "," in cleaned or ":" in cleaned.removeprefix("mailto:"):
            return Refused("usa una forma antigua con ruta; deja solo la dirección")
    if cleaned[:7].lower() == "mailto:":
        cleaned = cleaned[7:].partition("?")[0]
    for quote in ("'", '"'):
        if len(cleaned) > 1 and cleaned[0] == cleaned[-1] == quote:
            cleaned = cleaned[1:-1]
    return cleaned.rstrip(".,;:/)" + ends).strip(ends)


def _beside_its_name(text: str, judged: Judged) -> Judged:
    """The same, or the question which is meant: its name is another address (mail.md 2.3)."""
    name, bracket, _ = text.partition("<")
    if not bracket or "@" not in name or not isinstance(judged, Fine):
        return judged
    address = judged.address
    others = [one for one in _INNER.findall(name) if one.casefold() != address.casefold()]
    if not others:
        return judged
    question = f"«{others[0]}» está escrito como nombre. ¿Quisiste escribir solo {address}?"
    return Doubtful(address, question, address)


def _dotted(text: str, rehearsal: bool) -> Judged | None:
    """An address with a point too many before the @: a few old servers gave such (row A9)."""
    local, _, domain = text.rpartition("@")
    single = re.sub(r"\.+", ".", local).strip(".")
    judged = _address(f"{single}@{domain}", rehearsal) if single != local else None
    if not isinstance(judged, Fine):
        return None
    address = f"{local}@{judged.address.rpartition('@')[2]}"
    fits = len(local.encode(errors="replace")) <= LONGEST_LOCAL and len(address.encode()) <= LONGEST
    return Fine(address, "tiene un punto de más antes de la arroba") if fits else None


def _address(text: str, rehearsal: bool) -> Judged:
    local, at, domain = text.rpartition("@")
    if not at:
        return Refused("no tiene arroba (@)")
    refusal = _local_refusal(local)
    if refusal:
        return Refused(refusal)
    wire = wire_domain(domain)
    if isinstance(wire, Refused):
        return wire
    refusal = _domain_refusal(wire, rehearsal)
    if refusal:
        return Refused(refusal)
    address = f"{local}@{wire}"
    if len(address.encode()) > LONGEST:
        return Refused(f"es más largo de lo que admite el correo ({LONGEST} caracteres)")
    if _only_for_rehearsal(wire):
        return Fine(address)
    return _doubt(local, domain, wire, address) or Fine(address, _warning(local, wire))


def _local_refusal(local: str) -> str:
    if not local:
        return "le falta lo que va antes de la arroba"
    if len(local.encode(errors="replace")) > LONGEST_LOCAL:
        return f"tiene más de {LONGEST_LOCAL} caracteres antes de la arroba"
    if local[0] == "." or local[-1] == "." or ".." in local:
        return "tiene un punto de más antes de la arroba"
    if "=?" in local:  # a header would read it as an encoded word
        return "tiene signos que no van antes de la arroba"
    plain = "".join(sign for sign in local if not _letter_beyond_ascii(sign))
    if plain and not _ATOM.fullmatch(plain):
        return "tiene signos que no van antes de la arroba"
    if local.lower() in words.LOOPS:
        return "es la dirección con la que los servidores avisan de errores"
    return ""


def _letter_beyond_ascii(sign: str) -> bool:
    return not sign.isascii() and unicodedata.category(sign)[0] in "LMN"


def wire_domain(domain: str) -> str | Refused:
    """The domain in lower case as it goes over the wire (A-labels), or why it is none."""
    plain = domain.translate(_WIDE_DOTS).lower()
    if len(plain) > LONGEST_DOMAIN:
        return Refused(f"su dominio tiene más de {LONGEST_DOMAIN} caracteres")
    if plain.startswith("[") or re.fullmatch(r"[\d.]+", plain):
        return Refused("lleva una dirección de red en vez de un dominio")
    labels = []
    for label in plain.split("."):
        try:
            wire = label if label.isascii() else label.encode("idna").decode("ascii")
        except UnicodeError:
            return Refused("su dominio tiene signos que no existen en internet")
        if not _LABEL.fullmatch(wire):
            return Refused("su dominio está mal escrito")
        if len(wire) > LONGEST_LABEL:
            return Refused(f"una parte de su dominio tiene más de {LONGEST_LABEL} caracteres")
        labels.append(wire)
    whole = ".".join(labels)
    return whole if len(whole) <= LONGEST_DOMAIN else Refused("su dominio es demasiado largo")


def _domain_refusal(wire: str, rehearsal: bool) -> str:
    last = wire.rpartition(".")[2]
    if rehearsal and _only_for_rehearsal(wire):
        return ""
    if last in words.RESERVED or wire in words.RESERVED_DOMAINS:
        return "su dominio es de ejemplo o interno: no recibe correo"
    if "." not in wire:
        return "a su dominio le falta el final (.com, .pe, .cr…)"
    if last.isdigit():
        return "su dominio termina en un número"
    return ""


def _only_for_rehearsal(wire: str) -> bool:
    return wire.endswith(".example") or wire in words.RESERVED_DOMAINS


def _warning(local: str, wire: str) -> str:
    if not local.isascii():
        return "lleva letras con tilde antes de la arroba; muchos servidores no la aceptan"
    if local.lower() in words.ROLES:
        return "parece una dirección automática que nadie lee"
    if wire in words.DISPOSABLE:
        return "es de un correo desechable"
    return ""


def _doubt(local: str, written: str, wire: str, address: str) -> Doubtful | None:
    """What makes a person confirm a well-formed address."""
    narrow = unicodedata.normalize("NFKC", local)
    if narrow != local and narrow.isascii():
        return Doubtful(f"{narrow}@{wire}", f"¿Quisiste escribir {narrow}@{wire}?")
    if _placeholder(local.lower(), wire):
        return Doubtful("", f"{address} parece de relleno. ¿El cliente no tiene correo?", address)
    if local[0] == "/" and local.strip("/"):
        meant = f"{local.lstrip('/')}@{wire}"
        return Doubtful(meant, f"¿Quisiste escribir {meant}, sin la barra?", address)
    better = better_domain(wire)
    meant = f"{local}@{better}" if better else ""
    question = f"¿Quisiste escribir {meant}?" if better else "¿Es correcto?"
    if passes_for_another(written.lower()) or passes_for_another(shown(wire)):
        question = f"El dominio de {address} lleva letras que parecen otras. {question}"
        return Doubtful(meant, question, address)
    if mixed(local):
        return Doubtful(meant, f"{address} mezcla letras de dos alfabetos. {question}", address)
    return Doubtful(meant, question, address) if better else None


def _placeholder(local: str, wire: str) -> bool:
    echo = wire.partition(".")[0] == local and local in words.PLACEHOLDER_ECHOES
    return echo or local in words.PLACEHOLDER_LOCALS or f"{local}@{wire}" in words.PLACEHOLDERS


def _guess(text: str, refused: Refused, rehearsal: bool) -> Judged:
    """A question, where a usual slip explains why the text is no address."""
    spoken = _DOT_WORDS.sub(".", _AT_WORDS.sub("@", text))
    local, _, domain = text.rpartition("@")
    candidates: tuple[str, ...] = (
        *(_INNER.findall(text) if text.count("@") == 1 else ()),
        re.sub(r"@+", "@", re.sub(r"\s+", "", spoken)),
        f"{local}@{better_domain(domain.lower())}",
        f"{local}@{completed(domain.lower())}",
        text.replace("arroba", "@", 1) if "@" not in text else "",
        text.replace(",", "."),
    )
    if '"' in text or "(" in text.replace("(at)", "").replace("(arroba)", ""):
        candidates = ()
    for candidate in candidates:
        if candidate != text and isinstance(_address(candidate, rehearsal), Fine):
            return Doubtful(candidate, f"¿Quisiste escribir {candidate}?")
    return refused
