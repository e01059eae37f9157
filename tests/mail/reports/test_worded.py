"""A failure whose fields say nothing has its reason from the words above them."""

from __future__ import annotations

import pytest

from acuse.domain.bounce import BounceReason
from acuse.mail.reports.read import read


def exim(said: str, *, address: str = "ana@cliente.example", status: str = "5.0.0") -> bytes:
    """A report as Exim 4.96 writes it of its own failures; a further member failed as well."""
    return (
        f"""X-Failed-Recipients: ana@cliente.example
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mx.cliente.example>
Content-Type: multipart/report; report-type=delivery-status; boundary=b
MIME-Version: 1.0
Subject: Mail delivery failed: returning message to sender

--b
Content-type: text/plain; charset=us-ascii

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {address}
    {said}

--b
Content-type: message/delivery-status

Reporting-MTA: dns; mx.cliente.example

Action: failed
Final-Recipient: rfc822;ana@cliente.example
Status: {status}

--b--
"""
    ).replace("\n", "\r\n").encode()  # fmt: skip


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("Unrouteable address", BounceReason.HOST_UNKNOWN),
        ("mailbox is full: retry timeout exceeded", BounceReason.MAILBOX_FULL),
        ("Unknown user", BounceReason.USER_UNKNOWN),
    ],
)
def test_the_words_give_the_reason(said: str, reason: BounceReason) -> None:
    (result,) = read(exim(said)).results
    assert (result.reason, result.said, result.status) == (reason, said, "5.0.0")


def test_the_words_about_another_address_give_none() -> None:
    (result,) = read(exim("Unknown user", address="otra@cliente.example")).results
    assert (result.reason, result.said) == (BounceReason.UNDEFINED, "")


def test_what_the_fields_say_is_not_overruled() -> None:
    (result,) = read(exim("Unknown user", status="5.2.2")).results
    assert result.reason is BounceReason.MAILBOX_FULL


def test_beside_an_address_without_a_reason_the_fields_of_another_still_count() -> None:
    raw = exim("Unknown user").replace(
        b"\r\n    Unknown user\r\n",
        b"\r\n    Unknown user\r\n  luis@cliente.example\r\n    Unknown user\r\n",
    )
    group = b"Action: failed\r\nFinal-Recipient: rfc822;luis@cliente.example\r\nStatus: 5.2.2\r\n"
    raw = raw.replace(b"Status: 5.0.0\r\n", b"Status: 5.0.0\r\n\r\n" + group)
    assert [(one.address, one.reason) for one in read(raw).results] == [
        ("ana@cliente.example", BounceReason.USER_UNKNOWN),
        ("luis@cliente.example", BounceReason.MAILBOX_FULL),
    ]
