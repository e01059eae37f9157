"""Questions to the DNS, all at once and within a time; whatever comes back is an answer.

Names and records are strangers' text: loops, floods and nonsense are `Broken`, silence is
`NotAnswered`, and nothing is raised.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

import dns.exception
import dns.name
import dns.nameserver
import dns.rdatatype
import dns.resolver
import dns.reversename
from dns.rdtypes.ANY.MX import MX
from dns.rdtypes.ANY.PTR import PTR
from dns.rdtypes.ANY.TXT import TXT
from dns.rdtypes.IN.A import A
from dns.rdtypes.IN.AAAA import AAAA

from acuse.domain.dns import Absent, Answer, Broken, Found, NotAnswered, Question, Record

AT_ONCE = 8
HOPS = 8  # of a chain of other names
MOST = 50  # records under one name
LONGEST = 4096  # characters of a text; a key of 4096 bits has 800
FAILING = "el servidor de nombres falla"
SHORTEST = 0.05  # seconds: less is not worth asking


def ask(
    questions: Iterable[Question], *, seconds: float, resolvers: Iterable[str] = ()
) -> dict[Question, Answer]:
    """The answer to each question, in that many seconds altogether.

    `resolvers` are addresses, host:port; without them the system's are asked.
    """
    asked, until = list(questions), time.monotonic() + seconds
    try:
        resolver = _resolver(tuple(resolvers))
    except (dns.exception.DNSException, OSError, ValueError):
        return {one: NotAnswered() for one in asked}
    if not asked:
        return {}
    with ThreadPoolExecutor(min(AT_ONCE, len(asked))) as pool:
        answers = pool.map(lambda one: _ask(resolver, one, until), asked)
        return dict(zip(asked, answers, strict=True))


def _resolver(addresses: tuple[str, ...]) -> dns.resolver.Resolver:
    resolver = dns.resolver.Resolver(configure=not addresses)
    if addresses:
        resolver.nameservers = [_nameserver(one) for one in addresses]
    resolver.cache = None
    resolver.search = []
    return resolver


def _nameserver(address: str) -> dns.nameserver.Nameserver:
    """The server at host:port, [host]:port or host."""
    host, _, port = address.rpartition(":")
    if not host or (":" in host and not host.startswith("[")):
        host, port = address, "53"
    return dns.nameserver.Do53Nameserver(str(ipaddress.ip_address(host.strip("[]"))), int(port))


def _ask(resolver: dns.resolver.Resolver, question: Question, until: float) -> Answer:
    """One question; other names are followed, where the resolver did not do it."""
    try:
        name = _name(question)
    except (dns.exception.DNSException, ValueError):
        return Broken("el nombre no vale")
    try:
        seen: set[dns.name.Name] = set()
        while name not in seen and len(seen) < HOPS:
            seen.add(name)
            left = until - time.monotonic()
            if left < SHORTEST:
                return NotAnswered()
            reply = resolver.resolve(
                name, question.record.value, lifetime=left, raise_on_no_answer=False
            )
            if reply.rrset is not None:
                return _found(question, reply)
            if reply.canonical_name == name:
                return Absent()
            name = reply.canonical_name
    except dns.resolver.NXDOMAIN:
        return Absent()
    except (dns.resolver.LifetimeTimeout, OSError):
        return NotAnswered()
    except dns.resolver.NoNameservers as failed:
        return _failed(failed)
    except (dns.exception.DNSException, ValueError):
        return Broken(FAILING)
    return Broken("nombres que se remiten unos a otros")


def _name(question: Question) -> dns.name.Name:
    if question.record is Record.PTR:
        return dns.reversename.from_address(question.name)
    return dns.name.from_text(question.name)


def _found(question: Question, reply: dns.resolver.Answer) -> Answer:
    records = list(reply)
    if len(records) > MOST:
        return Broken("demasiados registros")
    values = tuple(sorted(_READ[question.record](one) for one in records))
    if any(len(value) > LONGEST for value in values):
        return Broken("un registro demasiado largo")
    return Found(values)


def _failed(failed: dns.resolver.NoNameservers) -> Answer:
    """A server that says it failed, or nonsense, is an answer; one out of reach is none."""
    for _, _, _, error, reply in failed.kwargs.get("errors", ()):
        nonsense = isinstance(error, dns.exception.DNSException)
        if reply is not None or (nonsense and not isinstance(error, dns.exception.Timeout)):
            return Broken(FAILING)
    return NotAnswered()


def _text(record: object) -> str:
    """The strings of a TXT as one; what is no text stands as a replacement character."""
    assert isinstance(record, TXT)
    joined = b"".join(record.strings).decode("utf-8", "replace")
    return "".join(one if one.isprintable() else " " for one in joined)


def _host(name: dns.name.Name) -> str:
    return name.to_text(omit_final_dot=True).lower() if name != dns.name.root else ""


def _exchange(record: object) -> str:
    assert isinstance(record, MX)
    return _host(record.exchange)


def _target(record: object) -> str:
    assert isinstance(record, PTR)
    return _host(record.target)


def _address(record: object) -> str:
    assert isinstance(record, A | AAAA)
    return str(ipaddress.ip_address(record.address))


_READ: dict[Record, Callable[[object], str]] = {
    Record.TXT: _text,
    Record.MX: _exchange,
    Record.A: _address,
    Record.AAAA: _address,
    Record.PTR: _target,
}
