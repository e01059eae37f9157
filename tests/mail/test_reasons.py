"""Why a mail failed: words, enhanced codes, reply codes; texts follow the forms of real servers."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.bounce import BounceReason as B
from acuse.domain.bounce import Response, response_to
from acuse.mail.reasons import reason


@pytest.mark.parametrize(
    ("status", "code", "said", "expected"),
    [
        ("5.1.1", 550, "550 5.1.1 <a@b.example>: Recipient address rejected: User unknown",
         B.USER_UNKNOWN),
        ("5.1.1", 0, "", B.USER_UNKNOWN),
        ("", 550, "550 No such user here", B.USER_UNKNOWN),
        ("5.1.0", 550, "550 5.1.0 Address rejected", B.UNDEFINED),
        ("5.1.2", 0, "Host unknown", B.HOST_UNKNOWN),
        ("5.4.4", 0, "Name service error for name=x.example type=MX: Host not found",
         B.HOST_UNKNOWN),
        ("5.4.4", 0, "unable to route", B.NETWORK_ERROR),
        ("4.4.3", 0, "Host or domain name not found, try again", B.NETWORK_ERROR),
        ("", 0, "Unrouteable address", B.HOST_UNKNOWN),
        ("5.1.6", 551, "User has moved, try his new address", B.HAS_MOVED),
        ("5.1.10", 556, "Recipient address has null MX", B.NOT_ACCEPTED),
        ("5.2.2", 552, "Mailbox full", B.MAILBOX_FULL),
        ("4.2.2", 452, "The recipient's inbox is out of storage space", B.MAILBOX_FULL),
        ("", 552, "", B.MAILBOX_FULL),
        ("5.2.1", 550, "The email account that you tried to reach is disabled", B.SUSPENDED),
        ("5.1.1", 550, "La cuenta está suspendida por el administrador", B.SUSPENDED),
        ("5.2.0", 550, "", B.FILTERED),
        ("5.7.1", 550, "SPF check failed", B.AUTH_FAILURE),
        ("5.7.515", 550, "Access denied, sending domain does not meet the level", B.AUTH_FAILURE),
        ("5.7.1", 550, "poor reputation of your network", B.BAD_REPUTATION),
        ("5.7.1", 554, "Service unavailable; Client host [192.0.2.9] blocked using list.example",
         B.BLOCKED),
        ("5.7.25", 550, "The sending IP has no PTR", B.REQUIRE_PTR),
        ("5.7.1", 550, "El mensaje parece correo no deseado", B.SPAM_DETECTED),
        ("5.7.1", 550, "", B.POLICY_VIOLATION),
        ("5.7.1", 554, "Relay access denied", B.NO_RELAYING),
        ("5.7.1", 554, "Recipient address rejected: Access denied", B.POLICY_VIOLATION),
        ("5.4.1", 550, "Recipient address rejected: Access denied. AS(201806281)", B.USER_UNKNOWN),
        ("5.0.0", 0, "mailbox is full: retry timeout exceeded", B.MAILBOX_FULL),
        ("5.4.1", 550, "550 5.4.1 Recipient address rejected: Access denied", B.USER_UNKNOWN),
        ("5.7.0", 530, "Must issue a STARTTLS command first", B.FAILED_STARTTLS),
        ("4.7.0", 421, "Too many connections from your host", B.TOO_MANY_CONNECTIONS),
        ("4.7.28", 421, "unusual rate of unsolicited mail", B.SPEEDING),
        ("5.1.8", 550, "Sender address rejected: Domain not found", B.REJECTED),
        ("5.1.1", 550, "Recipient is on the account's suppression list", B.SUPPRESSED),
        ("5.5.2", 500, "", B.SYNTAX_ERROR),
        ("5.6.0", 550, "message is malformed, see RFC 5322", B.CONTENT_ERROR),
        ("", 550, "bare LF received", B.NOT_COMPLIANT),
        ("5.3.4", 552, "Message size exceeds fixed limit", B.TOO_BIG),
        ("", 554, "El mensaje es demasiado grande", B.TOO_BIG),
        ("5.6.0", 554, "virus found", B.VIRUS_DETECTED),
        ("4.4.7", 0, "delivery time expired", B.EXPIRED),
        ("4.4.1", 0, "connection timed out", B.NETWORK_ERROR),
        ("5.4.6", 554, "mail loop detected", B.SYSTEM_ERROR),
        ("4.3.1", 452, "Insufficient system storage", B.SYSTEM_FULL),
        ("5.3.0", 0, "Command died with status 1", B.SYSTEM_ERROR),
        ("", 0, "local delivery agent: Command died", B.MAILER_ERROR),
        ("", 450, "Greylisted, come back", B.EXPIRED),
        ("", 550, "", B.UNDEFINED),
        ("", 0, "", B.UNDEFINED),
    ],
)  # fmt: skip
def test_a_servers_answer_has_a_reason(status: str, code: int, said: str, expected: B) -> None:
    assert reason(status=status, code=code, said=said) is expected


@pytest.mark.parametrize(
    "said",
    [
        "550 5.1.1 <blocked@spam.example>: user unknown",
        "550 5.1.1 mx.antispam-reputation.example says: user unknown",
        "550 5.1.1 User unknown, see https://lists.example/blacklist/dnsbl",
    ],
)
def test_names_of_hosts_and_addresses_say_nothing(said: str) -> None:
    assert reason(status="5.1.1", code=550, said=said) is B.USER_UNKNOWN


@pytest.mark.parametrize(
    "said",
    [
        "550 5.1.1 user unknown; your IP 192.0.2.9 is on our block list",
        "550 5.1.1 Recipient address rejected: SPF failure",
        "550 5.1.1 mailbox does not exist or spam refused",
        "550 5.1.1 user unknown: relay access denied",
    ],
)
def test_what_is_said_of_us_is_never_the_customers_fault(said: str) -> None:
    assert response_to(reason(status="5.1.1", code=550, said=said)) is Response.ALARM


@given(
    st.sampled_from(("", "4.1.1", "4.0.0", "4.7.1")),
    st.integers(400, 499),
    st.sampled_from(("user unknown", "no such domain", "has moved", "null MX", "x")),
)
def test_an_answer_of_later_never_holds_an_address(status: str, code: int, said: str) -> None:
    assert response_to(reason(status=status, code=code, said=said)) is not Response.HOLD


@given(st.text(max_size=50), st.integers(), st.text(max_size=400))
def test_any_text_has_a_reason(status: str, code: int, said: str) -> None:
    assert reason(status=status, code=code, said=said) in B


@pytest.mark.parametrize(
    "piece", ["<", "a@", "user ", "mailbox ", "host a ", "a.", "(", "connection ", "\u0301", "  "]
)
def test_no_text_takes_long(piece: str) -> None:
    began = time.process_time()
    reason(said=piece * 200_000)
    assert time.process_time() - began < 1
