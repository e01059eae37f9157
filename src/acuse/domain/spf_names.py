"""The names that an SPF leads on to, all that can be told of it at once.

Source: RFC 7208 (4.6.4 ten look-ups, 5 mechanisms, 6.1 redirect).
"""

from __future__ import annotations

from collections.abc import Iterable

from acuse.domain import dns
from acuse.domain.dns import Book, Record
from acuse.domain.spf import ASKING, HOSTS, LOOKUPS, MACRO, Policy, Term, Unsure, read, records


def foresee(book: Book, domain: str, kinds: Iterable[Record]) -> None:
    """Let the book miss whatever an evaluation of that domain reads, not one name at a time.

    `kinds` are those of the addresses that matter (A, AAAA). Terms are taken in their order and
    from a purse of ten, as an evaluation does (RFC 7208 4.6.4): what none reaches is not asked,
    and no look takes more rounds than a chain of ten names and the hosts of an MX at its end.
    """
    _follow(book, domain, tuple(kinds), LOOKUPS)


def _follow(book: Book, domain: str, kinds: tuple[Record, ...], left: int) -> int:
    """What is left of the purse after that domain's terms; below zero it is overdrawn."""
    policy = _policy(book, domain)
    if policy is None:
        return left
    for term in policy.terms:
        if term.name == "all":
            return left
        if term.name in ASKING:
            left -= 1
            if left < 0:
                return left
            left = _ask(book, term, term.value or domain, kinds, left)
    if policy.redirect and MACRO not in policy.redirect and left > 0:
        return _follow(book, policy.redirect, kinds, left - 1)
    return left


def _ask(book: Book, term: Term, named: str, kinds: tuple[Record, ...], left: int) -> int:
    if MACRO in named:
        return left
    if term.name == "include":
        return _follow(book, named, kinds, left)
    if term.name == "exists":
        book.read(Record.A, named)
    hosts: tuple[str, ...] = (named,) if term.name == "a" else ()
    if term.name == "mx":
        hosts = dns.values(book.read(Record.MX, named))
    for host in hosts if len(hosts) <= HOSTS else ():
        for kind in kinds:
            book.read(kind, host)
    return left


def _policy(book: Book, domain: str) -> Policy | None:
    """The domain's one record; None where there is nothing to follow."""
    try:
        found = records(book, domain)
        return read(found[0]) if len(found) == 1 else None
    except Unsure:
        return None
