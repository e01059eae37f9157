"""SPF is read as receivers read it (RFC 7208)."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain import spf
from acuse.domain.dns import Broken, NotAnswered
from tests.domain.dns_told import Told, book

HOME = "empresa.example"
MANY = {f"TXT n{n}.example": f"v=spf1 include:n{n + 1}.example -all" for n in range(12)}
DNS: dict[str, Told] = {
    "TXT _spf.acuse.example": "v=spf1 ip4:192.0.2.0/28 ip6:2001:db8::/48 ?all",
    "TXT lejos.example": "v=spf1 include:_spf.acuse.example -all",
    "A empresa.example": ("192.0.2.200",),
    "AAAA empresa.example": ("2001:db8:1::1",),
    "MX empresa.example": ("mx1.empresa.example", "mx2.empresa.example"),
    "A mx2.empresa.example": ("192.0.2.201",),
    "TXT dos.example": ("v=spf1 -all", "v=spf1 ~all"),
    "TXT vuelta.example": "v=spf1 include:vuelta.example -all",
    "TXT da.example": "v=spf1 redirect=vuelve.example",
    "TXT vuelve.example": "v=spf1 redirect=da.example",
    "TXT lejano.example": "v=spf1 a:nada1.example a:nada2.example ?all",
    "MX diez.example": tuple(f"mx{n}.diez.example" for n in range(10)),
    "MX once.example": tuple(f"mx{n}.once.example" for n in range(11)),
    **{f"A mx{n}.{one}.example": ("192.0.2.9",) for n in range(11) for one in ("diez", "once")},
    **MANY,
}


def check(record: str, address: str = "192.0.2.1") -> str:
    """A receiver's result, or the fault that ends it."""
    there = book(DNS | {f"TXT {HOME}": record})
    try:
        return spf.Evaluation(there).check(ipaddress.ip_address(address), HOME).value
    except spf.Unsure as unsure:
        return unsure.result.value


@pytest.mark.parametrize(
    ("record", "address", "result"),
    [
        ("v=spf1", "192.0.2.1", "neutral"),
        ("v=spf1 -all", "192.0.2.1", "fail"),
        ("V=SPF1 ~ALL", "192.0.2.1", "softfail"),
        ("v=spf1 +all", "192.0.2.1", "pass"),
        ("v=spf1 ip4:192.0.2.1 -all", "192.0.2.1", "pass"),
        ("v=spf1 ip4:192.0.2.1 -all", "192.0.2.2", "fail"),
        ("v=spf1 -ip4:192.0.2.1 +all", "192.0.2.1", "fail"),
        ("v=spf1 ip4:192.0.2.0/24 -all", "2001:db8::1", "fail"),
        ("v=spf1 ip6:2001:db8::/32 -all", "2001:db8::1", "pass"),
        ("v=spf1 include:_spf.acuse.example -all", "192.0.2.15", "pass"),
        ("v=spf1 include:_spf.acuse.example -all", "192.0.2.16", "fail"),
        ("v=spf1 ?include:_spf.acuse.example -all", "192.0.2.1", "neutral"),
        ("v=spf1 include:lejos.example -all", "192.0.2.1", "pass"),
        ("v=spf1 redirect=_spf.acuse.example", "192.0.2.1", "pass"),
        ("v=spf1 redirect=_spf.acuse.example -all", "192.0.2.1", "fail"),
        ("v=spf1 a -all", "192.0.2.200", "pass"),
        ("v=spf1 a/24 -all", "192.0.2.1", "pass"),
        ("v=spf1 a:empresa.example//64 -all", "2001:db8:1::9", "pass"),
        ("v=spf1 a/24//64 -all", "2001:db8:1:1::9", "fail"),
        ("v=spf1 mx -all", "192.0.2.201", "pass"),
        ("v=spf1 mx:empresa.example -all", "192.0.2.202", "fail"),
        ("v=spf1 exp=x.example foo=%{i} ip4:192.0.2.1 -all", "192.0.2.1", "pass"),
        ("v=spf1 exists:%{i}.x.example include:%{d}.x.example ptr -all", "192.0.2.1", "fail"),
        ("v=spf1 include:nada.example -all", "192.0.2.1", "permerror"),
        ("v=spf1 include:dos.example -all", "192.0.2.1", "permerror"),
        ("v=spf1 include:vuelta.example -all", "192.0.2.1", "permerror"),
        ("v=spf1 redirect=da.example", "192.0.2.1", "permerror"),
        ("v=spf1 include:n0.example -all", "192.0.2.1", "permerror"),
        ("v=spf1 include:n3.example -all", "192.0.2.1", "permerror"),
        ("v=spf1 ip4:999.0.0.1 -all", "192.0.2.1", "permerror"),
        ("v=spf1 ip4 -all", "192.0.2.1", "permerror"),
        ("v=spf1 all:x -all", "192.0.2.1", "permerror"),
        ("v=spf1 ipv4:192.0.2.1 -all", "192.0.2.1", "permerror"),
        ("v=spf1 " + "a " * 11 + "-all", "192.0.2.1", "permerror"),
        ("v=spf1 " + "ip4:192.0.2.9 " * 201, "192.0.2.1", "permerror"),
    ],
)
def test_what_a_receiver_concludes(record: str, address: str, result: str) -> None:
    assert check(record, address) == result


def test_ten_look_ups_are_allowed() -> None:
    assert check("v=spf1 " + "a:empresa.example " * 10 + "-all") == "fail"


@pytest.mark.parametrize(
    ("record", "address", "result"),
    [
        ("a:nada1.example mx:nada2.example -all", "192.0.2.1", "fail"),
        ("a:nada1.example mx:nada2.example exists:nada3.example -all", "192.0.2.1", "permerror"),
        ("a:nada.example a:nada.example a:nada.example -all", "192.0.2.1", "permerror"),
        ("include:lejano.example a:nada3.example -all", "192.0.2.1", "permerror"),
        ("a:nada1.example a:nada2.example redirect=lejano.example", "192.0.2.1", "permerror"),
        # What matched before ends the evaluation.
        ("ip4:192.0.2.1 a:nada1.example a:nada2.example a:nada3.example", "192.0.2.1", "pass"),
        # A name without an address of that family is void for it alone.
        ("a:mx2.empresa.example a:nada1.example a:nada2.example -all", "192.0.2.1", "fail"),
        ("a:mx2.empresa.example a:nada1.example a:nada2.example -all", "2001:db8::1", "permerror"),
        ("exists:mx2.empresa.example -all", "2001:db8::1", "pass"),
        # One term is void once, however many hosts of its mx have no address.
        ("mx:diez.example a:nada1.example -all", "2001:db8::1", "fail"),
    ],
)
def test_two_look_ups_may_be_void(record: str, address: str, result: str) -> None:
    assert check(f"v=spf1 {record}", address) == result


@pytest.mark.parametrize(
    ("record", "result"),
    [
        ("mx:diez.example -all", "fail"),
        ("mx:once.example -all", "permerror"),
        ("ip4:192.0.2.1 mx:once.example -all", "pass"),
    ],
)
def test_an_mx_may_have_ten_hosts(record: str, result: str) -> None:
    assert check(f"v=spf1 {record}") == result


@pytest.mark.parametrize(
    ("record", "result"),
    [
        ("redirect=_spf.acuse.example exp=x.example", "pass"),
        ("redirect=_spf.acuse.example redirect=_spf.acuse.example", "permerror"),
        ("ip4:192.0.2.1 Redirect=a.example redirect=b.example -all", "permerror"),
        ("ip4:192.0.2.1 exp=x.example EXP=y.example -all", "permerror"),
        ("ip4:192.0.2.1 redirect=", "permerror"),
        ("ip4:192.0.2.1 foo=1 foo=2 -all", "pass"),
    ],
)
def test_a_modifier_stands_once(record: str, result: str) -> None:
    assert check(f"v=spf1 {record}") == result


@pytest.mark.parametrize("answer", [NotAnswered(), Broken("falla")])
def test_who_does_not_answer_says_nothing_of_us(answer: Told) -> None:
    there = book(DNS | {f"TXT {HOME}": "v=spf1 include:x.example -all", "TXT x.example": answer})
    with pytest.raises(spf.Unsure) as unsure:
        spf.Evaluation(there).check(ipaddress.ip_address("192.0.2.1"), HOME)
    assert unsure.value.result is spf.Result.TEMPERROR


@pytest.mark.parametrize(
    ("record", "listed"),
    [
        ("v=spf1 include:_spf.acuse.example -all", True),
        ("v=spf1 Include:_SPF.acuse.example -all", True),
        ("v=spf1 include:lejos.example -all", True),
        ("v=spf1 redirect=lejos.example", True),
        ("v=spf1 -include:_spf.acuse.example -all", False),
        ("v=spf1 ?include:lejos.example -all", False),
        ("v=spf1 -all include:_spf.acuse.example", False),
        ("v=spf1 ip4:192.0.2.1 -all", False),
    ],
)
def test_whether_our_servers_are_named(record: str, listed: bool) -> None:
    there = book(DNS | {f"TXT {HOME}": record})
    assert spf.Evaluation(there).lists("include:_spf.acuse.example", HOME) is listed


WORDS = st.sampled_from(
    "all -all +all ~all a mx ptr ip4:1.2.3.4/33 ip6:::/0 a/0//0 include:empresa.example "
    "redirect=empresa.example include: exists:%{i} a:// mx/99 = : / ip4:: -".split()
)


@given(st.lists(WORDS | st.text(max_size=20), max_size=20), st.sampled_from(["192.0.2.1", "::1"]))
def test_no_text_breaks_the_reader(words: list[str], address: str) -> None:
    assert check(" ".join(["v=spf1", *words]), address) in set(spf.Result)
