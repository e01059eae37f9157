"""The panel's rows: what is expected of the DNS, what it says, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.dns import Absent, Answer, Book, Broken, Found, NotAnswered, Question, Record
from acuse.domain.sender import OFFLINE, Check, Expected, Row, State
from acuse.domain.sender_dns import judge
from tests.domain.dns_told import Told, World, book

PUBLIC = "MIIBIjANBgkq"
OWN = Expected(
    domain="empresa.example",
    return_domain="b.acuse.example",
    selector="acuse1",
    public=PUBLIC,
    spf=("include:_spf.acuse.example",),
    addresses=("192.0.2.1", "2001:db8::1"),
    proves=True,
)
KEY = "TXT acuse1._domainkey.empresa.example"
GOOD: dict[str, Told] = {
    "TXT empresa.example": ("v=spf1 include:_spf.acuse.example -all", "otra cosa"),
    "TXT _spf.acuse.example": "v=spf1 ip4:192.0.2.1 ip6:2001:db8::1 -all",
    KEY: f"v=DKIM1; k=rsa; p={PUBLIC}",
    "TXT _dmarc.empresa.example": "v=DMARC1; p=reject; rua=mailto:x@empresa.example",
    "MX b.acuse.example": ("mx.acuse.example",),
    "TXT b.acuse.example": "v=spf1 include:_spf.acuse.example -all",
    "PTR 192.0.2.1": ("mx.acuse.example",),
    "PTR 2001:db8::1": ("mx.acuse.example",),
    "A mx.acuse.example": ("192.0.2.1",),
    "AAAA mx.acuse.example": ("2001:db8::1",),
}


def rows(told: Mapping[str, Told], expected: Expected = OWN) -> list[Row]:
    return list(judge(expected, book(told)))


def row(check: Check, told: Mapping[str, Told], expected: Expected = OWN) -> Row:
    return next(one for one in rows(told, expected) if one.check is check)


def test_all_is_right() -> None:
    assert [(one.check, one.state) for one in rows(GOOD)] == [
        (Check.SPF, State.RIGHT),
        (Check.DKIM, State.RIGHT),
        (Check.DMARC, State.RIGHT),
        (Check.RETURN_PATH, State.RIGHT),
        (Check.PTR, State.RIGHT),
        (Check.PTR, State.RIGHT),
    ]


def test_nothing_is_there() -> None:
    assert {one.state for one in rows({})} == {State.MISSING}
    assert row(Check.SPF, {}).expected == "v=spf1 include:_spf.acuse.example ~all"
    assert row(Check.DKIM, {}).host == "acuse1._domainkey.empresa.example"
    assert row(Check.DKIM, {}).expected == f"v=DKIM1; k=rsa; p={PUBLIC}"
    assert row(Check.DMARC, {}).host == "_dmarc.empresa.example"


def test_offline_nothing_is_judged() -> None:
    silent = judge(OWN, Book({}))
    assert {(one.state, one.advice) for one in silent} == {(State.UNKNOWN, OFFLINE)}
    assert all(one.expected for one in silent)


def test_the_book_learns_what_to_ask_next() -> None:
    world = World(GOOD)
    answers: dict[Question, Answer] = {}
    for _ in range(6):
        there = Book(answers)
        found = judge(OWN, there)
        if not there.missing:
            break
        answers |= {one: world[one] for one in there.missing}
    assert list(found) == rows(GOOD)


@pytest.mark.parametrize(
    ("change", "state", "words"),
    [
        ({"TXT empresa.example": ("v=spf1 -all", "v=spf1 ~all")}, State.SEVERAL, "un solo SPF"),
        ({"TXT empresa.example": "v=spf1 +all"}, State.DIFFERENT, "cualquiera"),
        ({"TXT empresa.example": "v=spf1 mx -all"}, State.DIFFERENT, "Agrega include:_spf.acuse"),
        ({"TXT empresa.example": "v=spf1 ipv4:1.2.3.4"}, State.DIFFERENT, "no se entiende"),
        ({"TXT empresa.example": NotAnswered()}, State.UNKNOWN, "Sin DNS"),
        ({"TXT empresa.example": Broken("falla")}, State.UNKNOWN, "falla"),
        ({"TXT _spf.acuse.example": Broken("falla")}, State.UNKNOWN, "falla"),
        ({"TXT _spf.acuse.example": Absent()}, State.DIFFERENT, "no tiene SPF"),
        ({"TXT _spf.acuse.example": "v=spf1 ip4:192.0.2.1 -all"}, State.DIFFERENT, "ip6:2001:db8"),
        (
            {"TXT empresa.example": "v=spf1 ip4:192.0.2.1 ip6:2001:db8::/32 ~all"},
            State.RIGHT,
            "sospecha",
        ),
        ({"TXT empresa.example": "v=spf1 include:_spf.acuse.example"}, State.RIGHT, "agrega ~all"),
        ({"TXT empresa.example": "v=spf1 include:_spf.acuse.example ?all"}, State.RIGHT, "?all"),
    ],
)
def test_spf(change: dict[str, Told], state: State, words: str) -> None:
    found = row(Check.SPF, GOOD | change)
    assert found.state is state
    assert words in found.advice


def test_the_spf_to_copy_keeps_what_is_there() -> None:
    there = {"TXT empresa.example": "v=spf1 mx include:otra.example -all"}
    wanted = "v=spf1 include:_spf.acuse.example mx include:otra.example -all"
    assert row(Check.SPF, GOOD | there).expected == wanted
    there = {"TXT empresa.example": "v=spf1 redirect=otra.example"}
    wanted = "v=spf1 include:_spf.acuse.example redirect=otra.example"
    assert row(Check.SPF, GOOD | there).expected == wanted
    there = {"TXT empresa.example": "v=spf1 +all"}
    assert row(Check.SPF, GOOD | there).expected == "v=spf1 include:_spf.acuse.example ~all"


@pytest.mark.parametrize(
    ("found", "state", "words"),
    [
        (Absent(), State.MISSING, "Crea en acuse1._domainkey.empresa.example"),
        ("hola", State.DIFFERENT, "no es una llave"),
        ("v=DKIM1; p=", State.DIFFERENT, "revocada"),
        (f"v=DKIM1; p={PUBLIC[:-1]}", State.DIFFERENT, "cortada"),
        (f"v=DKIM1; k=ed25519; p={PUBLIC}", State.DIFFERENT, "k="),
        (f"v=DKIM1; h=sha1; p={PUBLIC}", State.DIFFERENT, "h="),
        (f"v=DKIM1; s=tlsrpt; p={PUBLIC}", State.DIFFERENT, "s="),
        (f"v=DKIM2; p={PUBLIC}", State.DIFFERENT, "v="),
        ((f"p={PUBLIC}", "v=DKIM1; p=otra"), State.SEVERAL, "un solo registro"),
        (f"p={PUBLIC[:4]} {PUBLIC[4:]}", State.RIGHT, "firmados"),
        (f"v=DKIM1; t=y; p={PUBLIC}", State.RIGHT, "t=y"),
        ((f"v=DKIM1; p={PUBLIC}", "otra cosa"), State.RIGHT, "firmados"),
        (NotAnswered(), State.UNKNOWN, "Sin DNS"),
    ],
)
def test_dkim(found: Told, state: State, words: str) -> None:
    judged = row(Check.DKIM, GOOD | {KEY: found})
    assert judged.state is state
    assert words in judged.advice


def test_without_a_key_only_who_must_prove_itself_lacks_it() -> None:
    none = replace(OWN, selector="", public="")
    assert row(Check.DKIM, GOOD, none).state is State.MISSING
    assert row(Check.DKIM, GOOD, replace(none, proves=False)).state is State.NOT_NEEDED


@pytest.mark.parametrize(
    ("change", "state", "words"),
    [
        ({"TXT _dmarc.empresa.example": "v=DMARC1; p=none"}, State.RIGHT, "Solo observa"),
        ({"TXT _dmarc.empresa.example": "v=DMARC1; p=all"}, State.DIFFERENT, "Corrige p="),
        ({"TXT _dmarc.empresa.example": "v=DMARC1"}, State.DIFFERENT, "Corrige p="),
        ({"TXT _dmarc.empresa.example": "DMARC1"}, State.MISSING, "Crea en _dmarc.empresa"),
        ({"TXT _dmarc.empresa.example": ("v=DMARC1;p=none",) * 2}, State.SEVERAL, "un solo"),
        ({KEY: Absent()}, State.STRICT, "rechazan tu correo"),
        ({KEY: NotAnswered()}, State.RIGHT, "reject"),
        ({"TXT _dmarc.empresa.example": NotAnswered()}, State.UNKNOWN, "Sin DNS"),
    ],
)
def test_dmarc(change: dict[str, Told], state: State, words: str) -> None:
    judged = row(Check.DMARC, GOOD | change)
    assert judged.state is state
    assert words in judged.advice


def test_dmarc_is_inherited() -> None:
    below = replace(OWN, domain="correo.empresa.example")
    told = GOOD | {"TXT _dmarc.empresa.example": "v=DMARC1; p=reject; sp=none"}
    judged = row(Check.DMARC, told, below)
    assert (judged.state, judged.host) == (State.RIGHT, "_dmarc.empresa.example")
    assert judged.advice.startswith("Vale el de empresa.example. Solo observa")


@pytest.mark.parametrize(
    ("change", "state", "words"),
    [
        ({}, State.RIGHT, "otro dominio"),
        ({"MX b.acuse.example": Absent()}, State.MISSING, "los rebotes se pierden"),
        ({"MX b.acuse.example": ("",)}, State.DIFFERENT, "no recibe correo"),
        ({"MX b.acuse.example": NotAnswered()}, State.UNKNOWN, "Sin DNS"),
        ({"TXT b.acuse.example": Absent()}, State.DIFFERENT, "su SPF no está bien"),
    ],
)
def test_the_return_path(change: dict[str, Told], state: State, words: str) -> None:
    judged = row(Check.RETURN_PATH, GOOD | change)
    assert judged.state is state
    assert words in judged.advice


def test_a_return_path_in_the_family_lets_spf_count() -> None:
    own = replace(OWN, return_domain="rebotes.empresa.example")
    told = GOOD | {
        "MX rebotes.empresa.example": ("mx.acuse.example",),
        "TXT rebotes.empresa.example": "v=spf1 include:_spf.acuse.example -all",
        KEY: Absent(),
    }
    assert "SPF vale" in row(Check.RETURN_PATH, told, own).advice
    assert row(Check.DMARC, told, own).state is State.RIGHT  # by SPF, without DKIM
    stranger = replace(OWN, return_domain="laempresa.example")
    assert (
        "otro dominio"
        in row(
            Check.RETURN_PATH,
            told
            | {
                "MX laempresa.example": ("mx.acuse.example",),
                "TXT laempresa.example": "v=spf1 include:_spf.acuse.example -all",
            },
            stranger,
        ).advice
    )


@pytest.mark.parametrize(
    ("change", "state", "words"),
    [
        ({"PTR 192.0.2.1": Absent()}, State.MISSING, "dueño de la red"),
        ({"A mx.acuse.example": ("192.0.2.9",)}, State.DIFFERENT, "no lleva a 192.0.2.1"),
        ({"A mx.acuse.example": NotAnswered()}, State.UNKNOWN, "Sin DNS"),
    ],
)
def test_the_name_of_the_address(change: dict[str, Told], state: State, words: str) -> None:
    judged = row(Check.PTR, GOOD | change)
    assert judged.state is state
    assert words in judged.advice


def test_others_servers_are_not_judged_by_ours() -> None:
    others = replace(OWN, ours=False, spf=(), addresses=(), return_domain="empresa.example")
    told = GOOD | {"TXT empresa.example": "v=spf1 mx -all", "MX empresa.example": ("mx.x.example",)}
    states = {one.check: one.state for one in rows(told, others)}
    assert states[Check.SPF] is State.RIGHT
    assert states[Check.PTR] is State.NOT_NEEDED
    assert rows(told, others)[0].expected == "v=spf1 mx -all"


TEXTS = st.text(max_size=40) | st.sampled_from(
    ["v=spf1", "v=spf1 a mx -all", "v=DMARC1; p=reject", "v=DMARC1;", "p=", "v=DKIM1; p= ; p=x"]
)
ANSWERS = st.one_of(
    st.builds(Found, st.lists(TEXTS, max_size=3).map(tuple)),
    st.just(Absent()),
    st.just(NotAnswered()),
    st.builds(Broken, st.text(max_size=20)),
)


class Anything(Mapping[Question, Answer]):
    """Any answers, each question always the same."""

    def __init__(self, draw: st.DataObject) -> None:
        self._draw, self._kept = draw, dict[Question, Answer]()

    def __getitem__(self, question: Question) -> Answer:
        return self._kept.setdefault(question, self._draw.draw(ANSWERS))

    def __iter__(self) -> object:  # type: ignore[override]
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


@given(st.data())
def test_whatever_the_dns_says_there_is_a_row_for_each(data: st.DataObject) -> None:
    found = judge(OWN, Book(Anything(data)))
    assert [one.check for one in found] == [one for one in Check if one is not Check.NEXT_DKIM] + [
        Check.PTR
    ]
    assert all(one.advice for one in found)


def test_a_question_is_the_same_however_it_is_written() -> None:
    there = Book({Question(Record.TXT, "empresa.example"): Absent()})
    assert there.read(Record.TXT, "Empresa.example.") == Absent()
    assert not there.missing
