"""The records of the servers that send: SPF, where bounces go, and the names of addresses.

Source: RFC 7208 (SPF), RFC 7489 3.1 (alignment), RFC 5321 5.1 (MX), RFC 7505 (no mail at all).
"""

from __future__ import annotations

import ipaddress

from acuse.domain import dns, spf, spf_names
from acuse.domain.alignment import aligned
from acuse.domain.dns import Book, Found, Record
from acuse.domain.sender import LONGEST, Check, Expected, Row, State, unread, untold

NOBODY = ipaddress.IPv4Address(0)
WRONG = (State.MISSING, State.DIFFERENT, State.SEVERAL)
ENDINGS = {
    None: "No dice qué hacer con los demás servidores: agrega ~all al final.",
    spf.Result.FAIL: "Los demás servidores quedan prohibidos (-all).",
    spf.Result.SOFTFAIL: "Los demás servidores quedan bajo sospecha (~all).",
    spf.Result.NEUTRAL: "No protege de los demás servidores (?all): mejor ~all.",
}


def spf_row(expected: Expected, domain: str, book: Book) -> Row:
    """Whether a domain lets the sender's servers send."""
    answer = book.read(Record.TXT, domain)
    if blank := unread(answer, Check.SPF, Record.TXT, domain, _spf_text(expected, "")):
        return blank
    found = spf.records(book, domain)
    told = _spf_text(expected, found[0] if found else "")
    shown = "\n".join(found)[:LONGEST]

    def row(state: State, advice: str) -> Row:
        return Row(Check.SPF, Record.TXT, domain, told, shown, state, advice)

    if not found:
        value = "el valor esperado" if told else "los servidores por los que envías"
        return row(State.MISSING, f"Crea en {domain} un registro TXT con {value}.")
    if len(found) > 1:
        return row(State.SEVERAL, "Deja un solo SPF: con varios, ninguno vale. Únelos en uno.")
    spf_names.foresee(book, domain, _kinds(expected))
    try:
        ending = spf.read(found[0]).ending
        lacking = _lacking(expected, domain, book)
    except spf.Unsure as unsure:
        if unsure.result is spf.Result.TEMPERROR:
            return row(State.UNKNOWN, untold(unsure.answer))
        why = f"Los servidores dan el SPF por inválido y no prueba tu correo: {unsure}."
        return row(State.DIFFERENT, f"{why} {unsure.mend}.")
    if ending is spf.Result.PASS:
        return row(State.DIFFERENT, "Cambia +all por ~all o -all: así deja enviar a cualquiera.")
    if lacking:
        return row(State.DIFFERENT, f"Agrega {lacking}: hoy no nos deja enviar en su nombre.")
    told = shown  # what is right is not to be changed
    if not (expected.spf or expected.addresses):
        return row(
            State.RIGHT, f"Que nombre a los servidores por los que envías. {ENDINGS[ending]}"
        )
    return row(State.RIGHT, ENDINGS[ending])


def return_path(expected: Expected, sent: Row, book: Book, *, strict: bool) -> tuple[Row, State]:
    """The row of the return path, and how SPF stands for DMARC (NOT_NEEDED: it does not count).

    It counts for the sender's organisation, where `strict` (aspf=s) for the very same domain
    (RFC 7489 3.1.2).
    """
    domain, told = expected.return_domain, "Un registro MX"

    def row(state: State, found: str, advice: str) -> Row:
        return Row(Check.RETURN_PATH, Record.MX, domain, told, found, state, advice)

    same = aligned(domain, expected.domain, strict=strict)
    other = not aligned(domain, expected.domain, strict=False)
    there = sent if domain == expected.domain else spf_row(expected, domain, book)
    covered = there.state if same else State.NOT_NEEDED
    answer = book.read(Record.MX, domain)
    if blank := unread(answer, Check.RETURN_PATH, Record.MX, domain, told):
        return blank, covered
    hosts = dns.values(answer)
    shown = "\n".join(hosts)[:LONGEST]
    if not any(hosts):
        advice = f"{domain} no recibe correo: los rebotes se pierden. Crea su registro MX."
        return row(State.DIFFERENT if hosts else State.MISSING, shown, advice), covered
    if expected.ours and there.state in WRONG and domain != expected.domain:
        advice = f"Recibe los rebotes, pero su SPF no está bien. {there.advice}"
        return row(State.DIFFERENT, shown, advice), covered
    return row(State.RIGHT, shown, f"Recibe los rebotes. {_counts(covered, other=other)}"), covered


def _counts(covered: State, *, other: bool) -> str:
    """What SPF is worth for DMARC, as the return path stands to the sender's domain."""
    if covered is State.NOT_NEEDED:
        why = "Es de otro dominio" if other else "Tu DMARC pide el mismo dominio (aspf=s)"
        return f"{why}: para DMARC vale la firma DKIM, no el SPF."
    return "Su SPF vale para DMARC." if covered is State.RIGHT else "Falta su SPF para DMARC."


def named(expected: Expected, book: Book) -> tuple[Row, ...]:
    """A row for each address that sends: its name must lead back to it."""
    if expected.addresses:
        return tuple(_ptr(address, book) for address in expected.addresses)
    told = "Lo cuida quien administra tu servidor de correo."
    if expected.ours:
        told = "Para revisarlo, quien administra Acuse dice por qué direcciones IP sale el correo."
    return (Row(Check.PTR, Record.PTR, "", "", "", State.NOT_NEEDED, told),)


def _ptr(address: str, book: Book) -> Row:
    host = ipaddress.ip_address(address).reverse_pointer
    told = f"Un nombre que lleve a {address}"
    answer = book.read(Record.PTR, address)
    if blank := unread(answer, Check.PTR, Record.PTR, host, told):
        return blank
    names = dns.values(answer)
    record = Record.AAAA if ":" in address else Record.A
    back = [book.read(record, name) for name in names[:5]]
    shown = "\n".join(names)[:LONGEST]

    def row(state: State, advice: str) -> Row:
        return Row(Check.PTR, Record.PTR, host, told, shown, state, advice)

    if not names:
        return row(State.MISSING, f"Pide al dueño de la red que dé un nombre a {address}.")
    if any(isinstance(one, Found) and _holds(one, address) for one in back):
        return row(State.RIGHT, "La dirección y su nombre se corresponden.")
    if unknown := next(filter(None, map(untold, back)), ""):
        return row(State.UNKNOWN, unknown)
    return row(State.DIFFERENT, f"Ese nombre no lleva a {address}: crea su registro {record}.")


def _holds(found: Found, address: str) -> bool:
    return str(ipaddress.ip_address(address)) in found.values


def _kinds(expected: Expected) -> list[Record]:
    """In which records receivers look for the sending addresses; in A where none is known."""
    six = {":" in one for one in expected.addresses or (str(NOBODY),)}
    return [kind for kind, there in ((Record.A, False in six), (Record.AAAA, True in six)) if there]


def _lacking(expected: Expected, domain: str, book: Book) -> str:
    """The mechanisms that the record lacks, as they are to be written; raises spf.Unsure."""
    listed = [one for one in expected.spf if not spf.Evaluation(book).lists(one, domain)]
    if not expected.addresses:
        for one in expected.spf or ("",):  # as far as a receiver gets who does not know us
            spf.Evaluation(book, ours=one).check(NOBODY, domain)
        return " ".join(listed)
    addresses = [ipaddress.ip_address(one) for one in expected.addresses]
    passed = {one: spf.Evaluation(book).check(one, domain) for one in addresses}
    if all(result is spf.Result.PASS for result in passed.values()):
        return ""
    return " ".join(listed) or " ".join(
        f"ip{one.version}:{one}" for one in addresses if passed[one] is not spf.Result.PASS
    )


def _spf_text(expected: Expected, found: str) -> str:
    """The record as it should be: what is there, with our servers before its ending."""
    ours = expected.spf or tuple(
        f"ip{ipaddress.ip_address(one).version}:{one}" for one in expected.addresses
    )
    if not ours:
        return found
    words = found.split() or [spf.VERSION]
    have = {word.lower().lstrip("+") for word in words}
    rest = [word for word in words[1:] if not _is_all(word)]
    told = [spf.VERSION, *(one for one in ours if one.lower() not in have), *rest]
    if not any(word.lower().startswith("redirect=") for word in rest):
        kept = [word for word in words[1:] if _is_all(word) and word.startswith(("-", "~", "?"))]
        told.append(kept[0] if kept else "~all")
    return " ".join(told)[:LONGEST]


def _is_all(word: str) -> bool:
    return word.lower().lstrip("+-~?") == "all"
