"""The envelope of a mail as commands: what it is asked to report, and under which name.

Where the server offers it, failures and delays come back under our token and with our headers
(RFC 3461); all of it follows from token and address, so it is the same in every try.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from acuse.domain.recipient import Stage

LONGEST_ADDRESS = 500  # RFC 3461 4.2
_NOT_XTEXT = re.compile(r"[^!-~]|[+=]")  # RFC 3461 4
_NOT_WIDE_XTEXT = re.compile(r"[^!-~]|[+=\\]")  # RFC 6533 3


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who sends to whom; `name` is told back in every report, "" asks for none.

    `delivered` asks for word of success, too: only where the server keeps it to itself.
    """

    sender: str
    recipient: str
    name: str = ""
    delivered: bool = False

    @property
    def is_ascii(self) -> bool:
        """Whether any server takes it."""
        return (self.sender + self.recipient).isascii()


def commands(
    envelope: Envelope, size: int, extensions: Mapping[str, str]
) -> tuple[tuple[Stage, bytes], ...]:
    """MAIL, RCPT and DATA with the parameters that this server knows."""
    reports = bool(envelope.name) and "DSN" in extensions
    mail, rcpt = f"MAIL FROM:<{envelope.sender}>", f"RCPT TO:<{envelope.recipient}>"
    if "SIZE" in extensions:
        mail += f" SIZE={size}"
    if not envelope.is_ascii:
        mail += " SMTPUTF8"
    if reports:
        mail += f" RET=HDRS ENVID={_xtext(envelope.name)}"
        told = "SUCCESS,FAILURE,DELAY" if envelope.delivered else "FAILURE,DELAY"
        rcpt += f" NOTIFY={told}"
        original = original_recipient(envelope.recipient)
        if len(original) <= LONGEST_ADDRESS:
            rcpt += f" ORCPT={original}"
    return (
        (Stage.MAIL, f"{mail}\r\n".encode()),
        (Stage.RCPT, f"{rcpt}\r\n".encode()),
        (Stage.DATA, b"DATA\r\n"),
    )


def original_recipient(address: str) -> str:
    """The address with its type, as ORCPT has it; beyond ASCII as RFC 6533 writes it."""
    if address.isascii():
        return f"rfc822;{_xtext(address)}"
    return "utf-8;" + _NOT_WIDE_XTEXT.sub(lambda sign: f"\\x{{{ord(sign[0]):X}}}", address)


def _xtext(text: str) -> str:
    return _NOT_XTEXT.sub(lambda sign: f"+{ord(sign[0]):02X}", text)
