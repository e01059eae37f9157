"""What a message shows of all whom the document goes to, in its bytes."""

from __future__ import annotations

from email import policy
from email.parser import BytesParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.delivery import Send
from acuse.mail.addressed import Heads, heads
from acuse.mail.compose import compose, part
from acuse.mail.headers import BadHeader
from acuse.mail.verify import Tampered, planned, verify_headers
from tests.mail.letters import FILES, letter

PARTS = tuple(map(part, FILES))
TO = ("pagos@cliente.example", "luis@cliente.example")
COPY = ("copia@cliente.example",)
BLIND = ("socio@otro.example", "auditor@otro.example")
SEND = Send((*TO, *COPY, *BLIND), copies=COPY, blind=BLIND)


def message(own: str, send: Send = SEND) -> bytes:
    return compose(letter(to=own, heads=heads(own, send)), PARTS)


def shown(raw: bytes, name: str) -> list[str]:
    value = BytesParser(policy=policy.default).parsebytes(raw)[name]
    return [one.addr_spec for one in value.addresses] if value else []


@pytest.mark.parametrize("own", SEND.emails)
def test_all_see_the_main_ones_and_the_copies_and_nobody_the_blind(own: str) -> None:
    raw = message(own)
    verify_headers(raw, planned(copies=True))
    assert shown(raw, "To") == list(TO)
    assert shown(raw, "Cc") == list(COPY)
    head = raw.partition(b"\r\n\r\n")[0]
    for hidden in BLIND:
        assert hidden.encode() not in raw
    assert b"bcc" not in head.lower()


def test_without_copies_there_is_no_such_header() -> None:
    raw = message(TO[0], Send(TO))
    assert shown(raw, "To") == list(TO)
    verify_headers(raw)
    with pytest.raises(Tampered):
        verify_headers(raw, planned(copies=True))


def test_sent_to_the_blind_alone_each_sees_itself() -> None:
    send = Send(BLIND, blind=BLIND)
    for own in BLIND:
        raw = message(own, send)
        assert (shown(raw, "To"), shown(raw, "Cc")) == ([own], [])
    assert heads(COPY[0], Send(COPY, copies=COPY)) == Heads(COPY)


def test_an_address_beyond_ascii_asks_no_other_server_for_anything() -> None:
    wide = "josé@cliente.example"
    send = Send((wide, TO[0]))
    assert heads(TO[0], send) == Heads((TO[0],))
    assert message(TO[0], send).isascii()
    assert f"To: <{wide}>,\r\n <{TO[0]}>\r\n".encode() in message(wide, send)


@pytest.mark.parametrize("bad", ["a@x.example\r\nBcc: b@x.example", "a@x.example, b@x.example", ""])
@pytest.mark.parametrize("place", ["to", "copies"])
def test_no_address_becomes_another_header(bad: str, place: str) -> None:
    told = Heads((bad,)) if place == "to" else Heads((TO[0],), (bad,))
    with pytest.raises(BadHeader):
        compose(letter(heads=told), PARTS)


NAMES = st.sampled_from([f"{name}@x.example" for name in "abcde"])


@given(st.lists(NAMES, unique=True, min_size=1), st.sets(NAMES), st.sets(NAMES), st.data())
def test_the_blind_are_never_in_anothers_message(
    emails: list[str], copies: set[str], blind: set[str], data: st.DataObject
) -> None:
    hidden = [one for one in emails if one in blind]
    send = Send(
        tuple(emails),
        copies=tuple(one for one in emails if one in copies - blind),
        blind=tuple(hidden),
    )
    own = data.draw(st.sampled_from(emails))
    found = heads(own, send)
    assert found.to
    assert not {*found.to, *found.copies} & ({*hidden} - {own})
    assert len({*found.to, *found.copies}) == len(found.to) + len(found.copies)
