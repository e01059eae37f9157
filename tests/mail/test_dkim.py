"""A signed message proves its domain, to two readers that share no code with each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

import dkim as reader
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acuse.domain.sender import dkim_host, dkim_text
from acuse.gateways import dkim_keys
from acuse.mail import dkim
from acuse.mail.addressed import Heads
from acuse.mail.compose import compose, part
from acuse.mail.headers import BadHeader
from acuse.mail.verify import Tampered, verify_message
from tests.mail.letters import FILES, letter
from tests.support import dkim_check
from tests.support.makers import AT

PARTS = tuple(part(file) for file in FILES)


@cache
def drawn() -> dkim_keys.Drawn:
    return dkim_keys.draw()


def key(**changes: Any) -> dkim.Key:
    return replace(dkim.Key("acuse.example", "acuse1", drawn().pem), **changes)


def records() -> dict[str, str]:
    return {dkim_host("acuse1", "acuse.example"): dkim_text(drawn().public)}


def believed(message: bytes) -> bool:
    """By both readers, who must be of one mind."""
    told = records()

    def answer(name: bytes, timeout: int = 0) -> bytes:
        return told[name.decode().rstrip(".")].encode()

    first = bool(reader.verify(message, dnsfunc=answer, minkey=2048))
    assert first == dkim_check.holds(message, told)
    return first


def test_the_copies_that_are_shown_are_signed_too() -> None:
    shown = Heads(("ana@cliente.example",), ("copia@cliente.example",))
    signed = dkim.sign(compose(letter(heads=shown), PARTS), key(), at=AT)
    assert believed(signed)
    verify_message(signed)
    assert not believed(signed.replace(b"copia@", b"otra@", 1))


def test_a_signed_message_is_believed_and_otherwise_the_same() -> None:
    plain = compose(letter(), PARTS)
    signed = dkim.sign(plain, key(), at=AT)
    assert believed(signed)
    verify_message(signed)
    assert signed.startswith(b"DKIM-Signature: ")
    assert signed.endswith(plain)
    assert signed.count(b"\r\nFrom: ") == 1


def test_same_moment_same_bytes() -> None:
    plain = compose(letter(), PARTS)
    assert dkim.sign(plain, key(), at=AT) == dkim.sign(plain, key(), at=AT)
    later = dkim.sign(plain, key(), at=AT + timedelta(seconds=1))
    assert later != dkim.sign(plain, key(), at=AT)
    assert f"t={int(AT.timestamp())};".encode() in dkim.sign(plain, key(), at=AT)


@pytest.mark.parametrize(
    ("planned", "harm"),
    [
        (b"Subject: Factura", b"Subject: Otra"),
        (b"pagos@cliente", b"otro@cliente"),
        (b"Auto-Submitted: auto-generated", b"Auto-Submitted: no"),
        (b"From: Comercial", b"From: <x@y.example>\r\nFrom: Comercial"),
        (b"\r\nTo: ", b"\r\nCc: <x@y.example>\r\nTo: "),
        (b"JVBERi0", b"JVBERi1"),
        (b"Reply-To: Comercial", b"Reply-To: Otro"),
    ],
    ids=lambda told: told.decode(errors="replace")[:20],
)
def test_whoever_changes_it_is_found_out(planned: bytes, harm: bytes) -> None:
    pdf = replace(FILES[2], content=b"%PDF-1.7 " + FILES[2].content)
    signed = dkim.sign(compose(letter(), (part(pdf),)), key(), at=AT)
    assert signed.count(planned) == 1
    assert not believed(signed.replace(planned, harm))


def test_another_s_key_is_not_believed() -> None:
    other = dkim_keys.draw()
    assert not believed(dkim.sign(compose(letter(), ()), key(pem=other.pem), at=AT))


def test_a_message_that_is_not_ours_is_not_signed() -> None:
    with pytest.raises(Tampered):
        dkim.sign(b"Bcc: x@y.example\r\n" + compose(letter(), ()), key(), at=AT)


@settings(max_examples=30)
@given(st.text(max_size=200), st.text(max_size=80), st.text(max_size=400))
def test_whatever_users_wrote_is_signed(subject: str, name: str, text: str) -> None:
    try:
        plain = compose(letter(subject=subject, sender_name=name, text=text), PARTS[:1])
    except BadHeader:
        return
    signed = dkim.sign(plain, key(), at=AT)
    assert believed(signed)
    verify_message(signed)


def test_an_address_beyond_ascii_is_signed_too() -> None:
    assert believed(dkim.sign(compose(letter(to="josé@cliente.example"), ()), key(), at=AT))


def test_no_key_is_shown_by_accident() -> None:
    assert "PRIVATE" not in repr(key()) + repr(drawn())
