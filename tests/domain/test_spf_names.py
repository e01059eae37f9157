"""Every name that an SPF leads on to is asked as soon as it can be told (RFC 7208 4.6.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from acuse.domain import spf
from acuse.domain.dns import Answer, Book, Question, Record, Unasked
from acuse.domain.sender import UNFINISHED, Check, Expected, Row, State
from acuse.domain.sender_dns import judge
from tests.domain.dns_told import Told, World

SENDER = Expected(
    domain="empresa.example",
    return_domain="empresa.example",
    spf=("include:acuse.example",),
    addresses=("192.0.2.1", "2001:db8::1"),
)
HOSTS = tuple(f"mx{n}.empresa.example" for n in range(5))
WIDE: dict[str, Told] = {
    "TXT empresa.example": "v=spf1 a mx include:g.example include:acuse.example ~all",
    "A empresa.example": ("192.0.2.200",),
    "AAAA empresa.example": ("2001:db8:9::1",),
    "MX empresa.example": HOSTS,
    **{f"A {host}": ("192.0.2.201",) for host in HOSTS},
    **{f"AAAA {host}": ("2001:db8:9::2",) for host in HOSTS},
    "TXT g.example": "v=spf1 include:g1.example include:g2.example include:g3.example ~all",
    **{f"TXT g{n}.example": f"v=spf1 ip4:198.51.100.{n} ~all" for n in (1, 2, 3)},
    "TXT acuse.example": "v=spf1 ip4:192.0.2.1 ip6:2001:db8::1 -all",
}
DEEP: dict[str, Told] = {  # as far as ten look-ups lead: nine includes, and an mx at their end
    "TXT empresa.example": "v=spf1 include:n1.example -all",
    **{f"TXT n{n}.example": f"v=spf1 include:n{n + 1}.example -all" for n in range(1, 9)},
    "TXT n9.example": "v=spf1 mx -all",
    "MX n9.example": ("mx.n9.example",),
    "A mx.n9.example": ("192.0.2.1",),
    "AAAA mx.n9.example": ("2001:db8::1",),
}


def asked(told: Mapping[str, Told], sender: Expected = SENDER) -> tuple[Row, int, set[Question]]:
    """The SPF's row once nothing is missing, after how many rounds, and all that was asked."""
    world, answers, rounds = World(told), dict[Question, Answer](), 0
    while True:
        book = Book(answers)
        row = next(one for one in judge(sender, book) if one.check is Check.SPF)
        if not book.missing:
            return row, rounds, set(answers)
        answers |= {one: world[one] for one in book.missing}
        rounds += 1


def test_what_stands_side_by_side_is_asked_at_once() -> None:
    row, rounds, _ = asked(WIDE)
    assert (row.state, rounds) == (State.RIGHT, 3)  # the record, what it names, what these name


def test_a_chain_takes_a_round_for_each_of_its_names() -> None:
    row, rounds, _ = asked(DEEP, replace(SENDER, spf=()))
    assert row.state is State.RIGHT
    assert rounds <= spf.LOOKUPS + 2 == 12


def test_no_more_is_asked_than_a_receiver_may_ask() -> None:
    names = " ".join(f"mx:m{n}.example" for n in range(50))
    hosts = {f"MX m{n}.example": (f"mx.m{n}.example",) for n in range(50)}
    row, _, questions = asked({"TXT empresa.example": f"v=spf1 {names} -all", **hosts})
    assert row.state is State.DIFFERENT
    of_mx = {one.name for one in questions if one.record is Record.MX}
    assert len(of_mx - {"empresa.example"}) == spf.LOOKUPS


def test_what_we_did_not_come_to_ask_is_not_laid_to_the_dns() -> None:
    record = Question(Record.TXT, "empresa.example")
    known = {record: World(WIDE)[record]}
    rows = judge(SENDER, Book(known, rest=Unasked()))
    unknown = [one for one in rows if one.state is State.UNKNOWN]
    assert {one.advice for one in unknown} == {UNFINISHED}
    assert Check.SPF in {one.check for one in unknown}
