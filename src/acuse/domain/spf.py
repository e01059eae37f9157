"""SPF read as a receiver reads it: which servers may send for a domain.

Source: RFC 7208 (4.5 one record, 4.6.4 ten look-ups of which two void, 5 mechanisms, 6 modifiers).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from acuse.domain.dns import Absent, Answer, Book, Found, NotAnswered, Record

LOOKUPS = 10
HOSTS = 10  # of one mx (RFC 7208 4.6.4)
VOIDS = 2  # look-ups that find nothing (RFC 7208 4.6.4)
TERMS = 200  # more stands in no record that anybody means
VERSION = "v=spf1"
_TERM = re.compile(
    r"(?P<sign>[-+~?]?)(?P<name>all|include|a|mx|ptr|ip4|ip6|exists)"
    r"(?::(?P<value>[^/\s]+))?(?P<length>(?:/\d{1,3})?(?://\d{1,3})?)",
    re.IGNORECASE,
)
_MODIFIER = re.compile(r"([A-Za-z][A-Za-z0-9._-]*)=(\S*)")
MACRO = "%"  # what it stands for differs from mail to mail: such a term is passed over
ONCE = ("redirect", "exp")  # RFC 7208 6
ASKING = ("include", "a", "mx", "ptr", "exists")

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Result(StrEnum):
    """What a receiver concludes of one server (RFC 7208 2.6)."""

    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    SOFTFAIL = "softfail"
    NEUTRAL = "neutral"
    NONE = "none"
    TEMPERROR = "temperror"
    PERMERROR = "permerror"


SIGNS = {
    "": Result.PASS,
    "+": Result.PASS,
    "-": Result.FAIL,
    "~": Result.SOFTFAIL,
    "?": Result.NEUTRAL,
}


class Unsure(Exception):
    """The evaluation ends here, with that result: told why, and what mends it.

    Of a temperror (RFC 7208 2.6.6) there is the answer by which nothing can be said.
    """

    def __init__(
        self,
        result: Result,
        why: str = "",
        mend: str = "Corrígelo",
        *,
        answer: Answer | None = None,
    ) -> None:
        super().__init__(why)
        self.result, self.mend, self.answer = result, mend, answer or NotAnswered()


@dataclass(frozen=True, slots=True)
class Term:
    """A mechanism: its sign, name and value, and the lengths of its networks."""

    sign: Result
    name: str
    value: str
    length: str

    @property
    def text(self) -> str:
        """As it is compared: lower case, without its sign."""
        return f"{self.name}{':' if self.value else ''}{self.value}{self.length}"


@dataclass(frozen=True, slots=True)
class Policy:
    """A record, read."""

    terms: tuple[Term, ...]
    redirect: str

    @property
    def ending(self) -> Result | None:
        """What it says of all others; None where it says nothing."""
        return next((term.sign for term in self.terms if term.name == "all"), None)


def records(book: Book, domain: str) -> tuple[str, ...]:
    """The SPF records of a domain. Raises Unsure where nothing can be said."""
    return tuple(one for one in _values(book, Record.TXT, domain) if _is_spf(one))


def read(text: str) -> Policy:
    """The record's terms; raises Unsure (PERMERROR) for what no receiver reads."""
    terms, modifiers = [], dict[str, str]()
    told = text.split()[1:]
    if len(told) > TERMS:
        raise Unsure(Result.PERMERROR, "tiene demasiados términos")
    for one in told:
        if modifier := _MODIFIER.fullmatch(one):
            name, value = modifier[1].lower(), modifier[2].lower()
            if name in ONCE and name in modifiers:
                raise Unsure(Result.PERMERROR, f"{name}= está dos veces", "Deja uno solo")
            if name in ONCE and not value:
                raise Unsure(Result.PERMERROR, f"no se entiende «{one[:60]}»")
            modifiers[name] = value
            continue
        found = _TERM.fullmatch(one)
        if found is None:
            raise Unsure(Result.PERMERROR, f"no se entiende «{one[:60]}»")
        value = (found["value"] or "").lower()
        term = Term(SIGNS[found["sign"]], found["name"].lower(), value, found["length"])
        _is_whole(term, one)
        terms.append(term)
    return Policy(tuple(terms), modifiers.get("redirect", ""))


class Evaluation:
    """One domain's SPF against servers of ours; each question costs from one purse of ten.

    `ours` is a mechanism that stands for a server of which no address is known: it matches.
    """

    def __init__(self, book: Book, *, ours: str = "") -> None:
        self._book, self._ours = book, ours
        self._left = LOOKUPS
        self._void: list[str] = []

    def check(self, address: Address, domain: str) -> Result:
        """What a receiver concludes of mail from that address. Raises Unsure."""
        for term, named in self._terms(domain):
            if self._ours and term.text == self._ours:
                return term.sign
            if term.name == "include":
                if self.check(address, named) is Result.PASS:
                    return term.sign
            elif term.name == "all" or self._names(term, address, named):
                return term.sign
        return Result.NEUTRAL

    def lists(self, wanted: str, domain: str) -> bool:
        """Whether the mechanism stands in the record, or in one that it includes. Raises Unsure.

        Everything is followed, so that a record of too many look-ups is found out.
        """
        listed = False
        for term, named in self._terms(domain):
            if term.name == "all":
                return listed
            inside = term.name == "include" and self.lists(wanted, named)
            listed |= term.sign is Result.PASS and (inside or term.text == wanted)
        return listed

    def _terms(self, domain: str) -> Iterator[tuple[Term, str]]:
        """The terms in their order, each with the domain that it speaks of; redirect last."""
        found = records(self._book, domain)
        if len(found) != 1:
            said = "tiene varios SPF" if found else "no tiene SPF"
            raise Unsure(Result.PERMERROR, f"{domain[:100]} {said}")
        policy = read(found[0])
        for term in policy.terms:
            if term.name in ASKING:
                self._spend()
            if not (term.name == "include" and MACRO in term.value):
                yield term, term.value or domain
        if policy.redirect and policy.ending is None and MACRO not in policy.redirect:
            self._spend()
            yield from self._terms(policy.redirect)

    def _spend(self) -> None:
        self._left -= 1
        if self._left < 0:
            mend = "Quita los include, a o mx que no uses"
            raise Unsure(Result.PERMERROR, f"pide más de {LOOKUPS} consultas", mend)

    def _find_nothing(self, term: Term, address: Address, domain: str) -> None:
        """A void look-up: such terms are counted, two are let pass (RFC 7208 4.6.4)."""
        self._void.append(f"{term.name}:{domain[:60]}")
        if len(self._void) > VOIDS:
            named = ", ".join(self._void)
            why = f"más de {VOIDS} de sus nombres no existen o no tienen dirección"
            mend = "Quítalos, o ponlos después de los servidores por los que envías"
            raise Unsure(Result.PERMERROR, f"{why} IPv{address.version} ({named})", mend)

    def _names(self, term: Term, address: Address, domain: str) -> bool:
        if term.name in ("ip4", "ip6"):
            return address in _network(f"{term.value}{term.length}")
        if term.name not in ("a", "mx", "exists") or MACRO in domain:
            return False  # ptr is for nobody's servers that we could tell
        hosts = self._hosts(domain) if term.name == "mx" else (domain,)
        record, length = _told(term.length, address)
        if term.name == "exists":  # any address, of whatever family asks (RFC 7208 5.7)
            record, length = Record.A, None
        void = not hosts
        for host in hosts:
            values = _values(self._book, record, host)
            void |= not values
            if any(length is None or address in _network(f"{one}/{length}") for one in values):
                return True
        if void:
            self._find_nothing(term, address, domain)
        return False

    def _hosts(self, domain: str) -> tuple[str, ...]:
        hosts = _values(self._book, Record.MX, domain)
        if len(hosts) > HOSTS:
            why = f"{domain[:100]} tiene más de {HOSTS} servidores de correo"
            mend = "Cambia ese mx por ip4: o ip6: con las direcciones que envían"
            raise Unsure(Result.PERMERROR, why, mend)
        return hosts


def _told(length: str, address: Address) -> tuple[Record, int | None]:
    """Where an address of that family stands, and how many of its bits count."""
    four, _, six = length.partition("//")
    if address.version == 4:
        return Record.A, min(int(four.strip("/") or 32), 32)
    return Record.AAAA, min(int(six or 128), 128)


def _values(book: Book, record: Record, name: str) -> tuple[str, ...]:
    match book.read(record, name):
        case Found(values):
            return values
        case Absent():
            return ()
        case answer:
            raise Unsure(Result.TEMPERROR, answer=answer)


def _network(text: str) -> Network:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise Unsure(Result.PERMERROR, f"no se entiende «{text[:60]}»") from None


def _is_whole(term: Term, text: str) -> None:
    needs = term.name in ("include", "exists", "ip4", "ip6")
    if needs and not term.value or term.name == "all" and (term.value or term.length):
        raise Unsure(Result.PERMERROR, f"no se entiende «{text[:60]}»")
    if term.name in ("ip4", "ip6"):
        _network(f"{term.value}{term.length}")


def _is_spf(text: str) -> bool:
    return text.lower() == VERSION or text.lower().startswith(f"{VERSION} ")
