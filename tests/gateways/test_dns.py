"""What the DNS says, whatever it says, is an answer in time."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from dns.resolver import NoResolverConfiguration, Resolver

from acuse.domain.dns import Absent, Answer, Broken, Found, NotAnswered, Question, Record
from acuse.gateways import dns
from tests.support.dns_server import DnsServer, text

KEY = "v=DKIM1; k=rsa; p=" + "A" * 400


@pytest.fixture
def server() -> Iterator[DnsServer]:
    zone = {
        ("empresa.example", "TXT"): (text("v=spf1 -all"), text("otra cosa")),
        ("empresa.example", "MX"): ("10 MX1.Empresa.Example.", "20 mx2.empresa.example."),
        ("s1._domainkey.empresa.example", "TXT"): (text(KEY),),
        ("mx.empresa.example", "A"): ("192.0.2.7",),
        ("mx.empresa.example", "AAAA"): ("2001:0db8:0::7",),
        ("7.2.0.192.in-addr.arpa", "PTR"): ("mx.empresa.example.",),
        ("nada.example", "MX"): ("0 .",),
        ("otro.example", "CNAME"): ("empresa.example.",),
        ("a.example", "CNAME"): ("b.example.",),
        ("b.example", "CNAME"): ("a.example.",),
        ("si.example", "CNAME"): ("si.example.",),
        ("muchos.example", "TXT"): tuple(text(f"{n}") for n in range(60)),
        ("largo.example", "TXT"): (text("x" * 5000),),
        ("raro.example", "TXT"): ('"a\\000b\\255\\010c"',),
    }
    with DnsServer(zone) as made:
        yield made


def ask(server: DnsServer, record: Record, name: str, seconds: float = 10.0) -> Answer:
    question = Question(record, name)
    return dns.ask([question], seconds=seconds, resolvers=[server.address])[question]


@pytest.mark.parametrize(
    ("record", "name", "answer"),
    [
        (Record.TXT, "empresa.example", Found(("otra cosa", "v=spf1 -all"))),
        (Record.MX, "empresa.example", Found(("mx1.empresa.example", "mx2.empresa.example"))),
        (Record.MX, "nada.example", Found(("",))),
        (Record.TXT, "s1._domainkey.empresa.example", Found((KEY,))),
        (Record.A, "mx.empresa.example", Found(("192.0.2.7",))),
        (Record.AAAA, "mx.empresa.example", Found(("2001:db8::7",))),
        (Record.PTR, "192.0.2.7", Found(("mx.empresa.example",))),
        (Record.PTR, "192.0.2.8", Absent()),
        (Record.MX, "mx.empresa.example", Absent()),
        (Record.TXT, "no.example", Absent()),
        (Record.TXT, "otro.example", Found(("otra cosa", "v=spf1 -all"))),
        (Record.TXT, "a.example", Broken("nombres que se remiten unos a otros")),
        (Record.TXT, "si.example", Broken(dns.FAILING)),
        (Record.TXT, "muchos.example", Broken("demasiados registros")),
        (Record.TXT, "largo.example", Broken("un registro demasiado largo")),
        (Record.TXT, "raro.example", Found(("a b� c",))),
        (Record.TXT, "x" * 64 + ".example", Broken("el nombre no vale")),
        (Record.TXT, "a..example", Broken("el nombre no vale")),
        (Record.PTR, "no es una dirección", Broken("el nombre no vale")),
    ],
    ids=str,
)
def test_what_stands_there(server: DnsServer, record: Record, name: str, answer: Answer) -> None:
    assert ask(server, record, name) == answer


@pytest.mark.parametrize(
    ("fault", "answer"),
    [
        ("SERVFAIL", Broken(dns.FAILING)),
        ("NONSENSE", NotAnswered()),
        ("OTHER", NotAnswered()),
        ("TRUNCATED", Found(("otra cosa", "v=spf1 -all"))),
        ("SILENT", NotAnswered()),
    ],
)
def test_servers_that_fail(server: DnsServer, fault: str, answer: Answer) -> None:
    server.faults["empresa.example"] = fault
    seconds = 0.5 if answer == NotAnswered() else 10.0
    assert ask(server, Record.TXT, "empresa.example", seconds) == answer


def test_all_are_asked_at_once_and_end_in_time(server: DnsServer) -> None:
    names = [f"n{number}.example" for number in range(40)]
    server.faults = dict.fromkeys(names[1:], "SILENT")
    questions = [Question(Record.TXT, name) for name in names]
    began = time.monotonic()
    answers = dns.ask(questions, seconds=0.6, resolvers=[server.address])
    assert time.monotonic() - began < 10  # one after the other they take 23
    assert answers[questions[0]] == Absent()
    assert {answers[one] for one in questions[1:]} == {NotAnswered()}


def test_without_a_resolver_nothing_can_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(self: object, path: str) -> None:
        raise NoResolverConfiguration

    monkeypatch.setattr(Resolver, "read_resolv_conf", none)
    question = Question(Record.TXT, "empresa.example")
    nothing = {question: NotAnswered()}
    assert dns.ask([question], seconds=1) == nothing
    assert dns.ask([question], seconds=1, resolvers=["no es una dirección"]) == nothing
    assert dns.ask([], seconds=1) == {}
