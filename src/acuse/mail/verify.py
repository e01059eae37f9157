"""The last look at a message before it is kept: read again as bytes, it is what was planned.

Independent of how it was written: no text of a user may have become a header, a line of its own,
or the end of the message (reliability.md S-12).
"""

from __future__ import annotations

import re

HEADERS = (
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "X-Acuse-Delivery",
    "MIME-Version",
    "Content-Type",
)
SIGNATURE = "DKIM-Signature"  # stands first, where we sign
# Where an address may go beyond ASCII (RFC 6532), if a server offers it.
WIDE = frozenset({"To", "Cc"})
LONGEST_LINE = 998  # RFC 5322 2.1.1, without its end
_FIELD = re.compile(rb"([!-9;-~]+): ")


def planned(copies: bool) -> tuple[str, ...]:
    """The headers of a message in their order; with Cc where copies are shown."""
    return (*HEADERS[:2], "Cc", *HEADERS[2:]) if copies else HEADERS


class Tampered(Exception):
    """The message is not what was planned; it must not leave."""


def verify_headers(message: bytes, wanted: tuple[str, ...] = HEADERS) -> None:
    """Nothing, if the headers are exactly the planned ones in their order; raises Tampered."""
    head, parted, _ = message.partition(b"\r\n\r\n")
    if not parted:
        raise Tampered("the headers do not end")
    _lines_are_whole(head)
    names: list[str] = []
    for line in head.split(b"\r\n"):
        field = _FIELD.match(line)
        if field:
            names.append(field[1].decode("ascii"))
        elif not (names and line.startswith((b" ", b"\t"))):
            raise Tampered(f"no header: {line[:60]!r}")
        elif not line.strip():
            raise Tampered("a folded line without text")
        if names[-1] not in WIDE:
            _is_for_all(line)
    if tuple(names) != wanted:
        raise Tampered(f"headers {names}")


def verify_head(message: bytes) -> None:
    """Nothing, if the headers are those of a message of ours, signed or not; raises Tampered."""
    head = message.partition(b"\r\n\r\n")[0]
    signed = (SIGNATURE,) if head.startswith(SIGNATURE.encode()) else ()
    verify_headers(message, (*signed, *planned(b"\r\nCc: " in head)))


def verify_message(message: bytes) -> None:
    """Nothing, if headers and body can be handed to a mail server; raises Tampered."""
    verify_head(message)
    verify_lines(message.partition(b"\r\n\r\n")[2])


def verify_lines(content: bytes) -> None:
    """Nothing, if every line is short, ASCII, ended by CR LF, and begins with no dot."""
    if not content.endswith(b"\r\n"):
        raise Tampered("the last line does not end")
    if content.startswith(b".") or b"\n." in content:
        raise Tampered("a line that begins with a dot")
    _lines_are_whole(content)
    _is_for_all(content)


def _lines_are_whole(content: bytes) -> None:
    ends = content.count(b"\r\n")
    if content.count(b"\r") != ends or content.count(b"\n") != ends:
        raise Tampered("a bare CR or LF")
    if b"\0" in content:
        raise Tampered("a byte that no server takes")
    if max(map(len, content.split(b"\r\n"))) > LONGEST_LINE:
        raise Tampered("a line that is too long")


def _is_for_all(content: bytes) -> None:
    if not content.isascii():
        raise Tampered("a byte that not every server takes")
