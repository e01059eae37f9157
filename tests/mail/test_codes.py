"""What a server's words mean; the texts follow the forms of real servers, the people are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.mail.codes import EXPLANATIONS, Meaning, explained, meaning


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        (550, "5.1.1 <a@b.example>: Recipient address rejected: User unknown", Meaning.ADDRESS),
        (550, "550-5.1.1 The email account that you tried to reach", Meaning.ADDRESS),
        (550, "5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found", Meaning.ADDRESS),
        (556, "5.1.10 Recipient address has null MX", Meaning.DOMAIN),
        (550, "No such user here", Meaning.ADDRESS),
        (500, "5.1.1 no such user", Meaning.ADDRESS),
        (550, "5.1.2 Host unknown", Meaning.DOMAIN),
        (452, "4.2.2 The recipient's inbox is out of storage space", Meaning.FULL),
        (552, "5.2.2 Mailbox full", Meaning.FULL),
        (554, "mailbox is full", Meaning.FULL),
        (550, "5.2.1 The email account is disabled", Meaning.DISABLED),
        (552, "5.3.4 Message size exceeds fixed limit", Meaning.SIZE),
        (552, "message too large", Meaning.SIZE),
        (554, "5.7.1 Service unavailable; client host blocked using list.example", Meaning.SENDER),
        (550, "5.7.26 This mail is unauthenticated", Meaning.SENDER),
        (554, "5.7.1 <a@b.example>: Relay access denied", Meaning.SENDER),
        (550, "5.1.8 Sender address rejected: Domain not found", Meaning.SENDER),
        (535, "Authentication failed", Meaning.SENDER),
        (554, "5.6.0 virus found", Meaning.CONTENT),
        (450, "4.2.0 <a@b.example>: Recipient address rejected: Greylisted", Meaning.GREYLISTED),
        (451, "4.7.1 Please try again later", Meaning.GREYLISTED),
        (450, "", Meaning.GREYLISTED),
        (421, "4.7.0 Too many connections", Meaning.SENDER),
        (451, "4.3.0 Temporary system problem", Meaning.BUSY),
        (421, "closing", Meaning.BUSY),
        (450, "4.1.1 unverified address: user unknown", Meaning.BUSY),
        (550, "5.5.0 Requested action not taken: mailbox unavailable", Meaning.ADDRESS),
        (550, "El buzón del usuario no existe", Meaning.ADDRESS),
        (550, "El dominio no existe", Meaning.DOMAIN),
        (552, "5.2.2 Cuota de correo excedida", Meaning.FULL),
        (550, "Cuenta suspendida", Meaning.DISABLED),
        (554, "5.7.1 Bloqueado: su IP está en una lista negra", Meaning.SENDER),
        (552, "Mensaje demasiado grande", Meaning.SIZE),
        (550, "5.7.1 <a@blocked.example>: go away, spamhaus.example", Meaning.SENDER),
        (550, "ask postmaster@spam.example", Meaning.REFUSED),
        (554, "greylisted for good", Meaning.GREYLISTED),
        (552, "Requested mail action aborted: exceeded storage allocation", Meaning.FULL),
        (552, "the mail is too big", Meaning.SIZE),
        (550, "5.7.1 <mx.taller.example>: Helo command rejected: Host not found", Meaning.SENDER),
        (450, "4.7.1 <mx.taller.example>: Helo command rejected: Host not found", Meaning.SENDER),
        (550, "5.4.1 Recipient address rejected: Access denied. AS(2018)", Meaning.ADDRESS),
        (550, "Unrouteable address", Meaning.DOMAIN),
        (554, "5.7.1 rejected because it contains a virus", Meaning.CONTENT),
        (452, "4.5.3 Error: too many recipients", Meaning.BUSY),
        (550, "", Meaning.REFUSED),
        (550, "refused for 10.5.1.1 and 5.1.1.9", Meaning.REFUSED),
        (550, "4.2.2 another class than the reply's", Meaning.REFUSED),
        (0, "", Meaning.NO_ANSWER),
        (250, "5.1.1", Meaning.NO_ANSWER),
    ],
)
def test_an_answer_has_the_meaning(code: int, text: str, expected: Meaning) -> None:
    assert meaning(code, text) is expected


def test_every_meaning_has_a_sentence_that_ends() -> None:
    assert set(EXPLANATIONS) == set(Meaning)
    assert all(one.endswith(".") and one[0].islower() for one in EXPLANATIONS.values())


def test_our_own_fault_is_not_put_on_the_customer() -> None:
    assert "No es culpa de tu cliente" in explained(550, "5.7.1 blocked")
    assert "No es culpa de tu cliente" not in explained(550, "5.1.1 user unknown")


@given(code=st.integers(400, 499), text=st.text(max_size=80))
def test_no_answer_of_later_ever_blames_the_address(code: int, text: str) -> None:
    for said in (text, f"4.1.1 user unknown {text}", f"5.1.1 no such user {text}"):
        assert meaning(code, said) not in (Meaning.ADDRESS, Meaning.DOMAIN, Meaning.DISABLED)


@given(code=st.integers(), text=st.text())
def test_any_answer_has_a_sentence(code: int, text: str) -> None:
    assert explained(code, text)
