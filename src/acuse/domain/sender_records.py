"""The records of DKIM and DMARC, read as receivers read them.

Source: RFC 6376 3.6.1 (the key), RFC 7489 3.1 (alignment), 6.3 (the policy) and 6.6.3 (where it is
looked for).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from acuse.domain import dns
from acuse.domain.alignment import aligned, organisational
from acuse.domain.dns import Answer, Book, Record
from acuse.domain.sender import (
    LONGEST,
    Check,
    Expected,
    Row,
    State,
    dkim_host,
    dkim_text,
    unread,
    untold,
)

POLICIES = ("none", "quarantine", "reject")
WANTED = "v=DMARC1; p=none"
PARENTS = 8  # a name has more labels than anybody uses
WEAK = (State.MISSING, State.DIFFERENT, State.SEVERAL, State.NOT_NEEDED)


@dataclass(frozen=True, slots=True)
class Published:
    """The DMARC that receivers go by for a domain: where it stands, and what does."""

    domain: str
    answer: Answer
    found: tuple[str, ...]

    def is_strict(self, tag: str) -> bool:
        """Whether aspf or adkim ask for the very same domain; else relaxed (RFC 7489 6.3)."""
        told = tags(self.found[0]) if len(self.found) == 1 else {}
        return told.get(tag, "").lower() == "s"


def tags(text: str) -> dict[str, str]:
    """The tags of a record; of one that stands twice the first, names in lower case."""
    told: dict[str, str] = {}
    for pair in text.split(";"):
        name, parted, value = pair.partition("=")
        if parted:
            told.setdefault(name.strip().lower(), value.strip())
    return told


def dkim(expected: Expected, book: Book) -> Row:
    """Whether the key that signs stands in the DNS."""
    if not expected.selector:
        return _no_key(expected)
    host = dkim_host(expected.selector, expected.domain)
    told = dkim_text(expected.public)
    answer = book.read(Record.TXT, host)
    if blank := unread(answer, Check.DKIM, Record.TXT, host, told):
        return blank
    values = dns.values(answer)
    found = tuple(one for one in values if "p" in tags(one))
    shown = "\n".join(found or values)[:LONGEST]

    def row_of(state: State, advice: str) -> Row:
        return Row(Check.DKIM, Record.TXT, host, told, shown, state, advice)

    if not values:
        return row_of(State.MISSING, f"Crea en {host} un registro TXT con el valor esperado.")
    if len(found) > 1:
        return row_of(State.SEVERAL, "Deja un solo registro en ese nombre.")
    if not found or (fault := _key_fault(tags(found[0]), expected.public)):
        wrong = fault if found else "no es una llave DKIM"
        return row_of(State.DIFFERENT, f"Cambia el registro por el valor esperado: {wrong}.")
    if "y" in tags(found[0]).get("t", "").split(":"):
        return row_of(State.RIGHT, "Vale, pero está marcado como prueba: quita t=y.")
    return row_of(State.RIGHT, "Los correos salen firmados con esta llave.")


def published(domain: str, book: Book) -> Published:
    """What stands at the domain, else at the nearest name above.

    Nothing is looked for above the organisation's domain (RFC 7489 6.6.3).
    """
    top = organisational(domain)
    for _ in range(PARENTS):
        answer = book.read(Record.TXT, f"_dmarc.{domain}")
        found = tuple(one for one in dns.values(answer) if _is_policy(one))
        if found or domain.count(".") <= top.count(".") or untold(answer):
            break
        domain = domain.partition(".")[2]
    return Published(domain, answer, found)


def dmarc(expected: Expected, there: Published, *, signed: State, covered: State) -> Row:
    """Whether receivers know what to do with what is not proved, and what is ours is.

    `signed` is how DKIM stands, `covered` SPF where it counts for this domain. A key of ours is of
    the sender's very domain: it counts also where adkim=s (RFC 7489 3.1.1).
    """
    own, host = f"_dmarc.{expected.domain}", f"_dmarc.{there.domain}"
    if blank := unread(there.answer, Check.DMARC, Record.TXT, host, WANTED):
        return blank
    found, inherited = there.found, there.domain != expected.domain
    shown = "\n".join(found)[:LONGEST]

    def row_of(state: State, advice: str, told: str = WANTED) -> Row:
        return Row(Check.DMARC, Record.TXT, host if found else own, told, shown, state, advice)

    if not found:
        return row_of(State.MISSING, f"Crea en {own} un registro TXT con el valor esperado.")
    if len(found) > 1:
        return row_of(State.SEVERAL, "Deja un solo DMARC: con varios, ninguno vale.")
    policy = _policy(tags(found[0]), inherited=inherited)
    if policy not in POLICIES:
        return row_of(State.DIFFERENT, "Corrige p=: solo vale none, quarantine o reject.")
    if policy != "none" and expected.ours and signed in WEAK and covered in WEAK:
        done = "rechazan" if policy == "reject" else "mandan a correo no deseado"
        advice = f"Con p={policy} los servidores {done} tu correo: primero pon bien DKIM"
        names = expected.return_domain, expected.domain
        strict = there.is_strict("aspf") and not aligned(*names, strict=True)
        loosen = strict and aligned(*names, strict=False)
        advice += f", o quita aspf=s de {host}." if loosen else "."
        return row_of(State.STRICT, advice, shown)
    where = f"Vale el de {there.domain}. " if inherited else ""
    exact = "" if expected.selector or not there.is_strict("adkim") else f" {EXACT}"
    return row_of(State.RIGHT, where + TOLD[policy] + exact.format(expected.domain), shown)


EXACT = "Con adkim=s solo vale una firma DKIM de {} mismo: pide a quien firma que use ese dominio."
TOLD = {
    "none": "Solo observa (p=none); cuando todo esté bien puedes pasar a quarantine.",
    "quarantine": "Lo que no se prueba va a correo no deseado (p=quarantine).",
    "reject": "Lo que no se prueba se rechaza (p=reject).",
}


def _no_key(expected: Expected) -> Row:
    if expected.proves:
        advice = "Crea la llave: sin ella no enviamos con tu dominio."
        return Row(Check.DKIM, Record.TXT, "", "", "", State.MISSING, advice)
    advice = "Aquí no se firma: debe firmar tu servidor o proveedor. Si no firma, crea una llave."
    return Row(Check.DKIM, Record.TXT, "", "", "", State.NOT_NEEDED, advice)


def _key_fault(told: Mapping[str, str], public: str) -> str:
    """Why no signature of ours is believed by that record; "" where it is."""
    key = "".join(told["p"].split())
    if not key:
        return "esa llave está revocada"
    if key != public:
        return "es otra llave, o está cortada"
    if told.get("v", "DKIM1") != "DKIM1":
        return "v= no dice DKIM1"
    if told.get("k", "rsa").lower() != "rsa":
        return "k= no dice rsa"
    hashes = [one.strip() for one in told.get("h", "sha256").lower().split(":")]
    if "sha256" not in hashes:
        return "h= no admite sha256"
    services = [one.strip() for one in told.get("s", "*").lower().split(":")]
    return "" if {"*", "email"} & set(services) else "s= no admite el correo"


def _is_policy(text: str) -> bool:
    first = text.partition(";")[0].replace(" ", "").replace("\t", "")
    return first == "v=DMARC1"


def _policy(told: Mapping[str, str], *, inherited: bool) -> str:
    policy = told.get("p", "").lower()
    return told.get("sp", policy).lower() if inherited else policy
