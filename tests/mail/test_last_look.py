"""The last look at a message before it leaves stops one that was tampered with."""

from __future__ import annotations

import pytest

from acuse.mail.compose import compose, part
from acuse.mail.headers import BadHeader
from acuse.mail.verify import Tampered, verify_headers, verify_message
from tests.mail.letters import FILES, letter

PARTS = tuple(part(file) for file in FILES)


def test_the_last_look_sees_one_header_more() -> None:
    message = compose(letter(), PARTS)
    verify_message(message)
    with pytest.raises(Tampered, match="Bcc"):
        verify_headers(message.replace(b"To: ", b"Bcc: x@y.co\r\nTo: ", 1))
    with pytest.raises(Tampered, match="headers"):
        verify_headers(message.replace(b"Reply-To: ", b"Reply-Two: ", 1))


@pytest.mark.parametrize(
    "harm", [b"\n", b"\r", b"\r\n.\r\n", b"\0", b"\xc3\xb1", b"x" * 999], ids=repr
)
def test_the_last_look_sees_a_harmed_body(harm: bytes) -> None:
    message = compose(letter(), PARTS)
    verify_message(message + b"x" * 998 + b"\r\n")
    with pytest.raises(Tampered):
        verify_message(message + harm + b"\r\n")


def test_only_the_addressee_may_be_written_beyond_ascii() -> None:
    message = compose(letter(to="josé@cliente.example"), PARTS)
    assert "\r\nTo: <josé@cliente.example>\r\n".encode() in message
    verify_message(message)
    with pytest.raises(Tampered):
        verify_message(message.replace(b"\r\nSubject: ", "\r\nSubject: ñ".encode(), 1))
    with pytest.raises(BadHeader):
        compose(letter(reply_to="josé@ejemplar.example"), PARTS)
