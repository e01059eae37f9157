"""What the DNS must say of a sender, and what it says: a row for each record, with what to do.

Source: product.md 5.10.
"""

from __future__ import annotations

from dataclasses import replace

from acuse.domain import sender_records, sender_servers
from acuse.domain.dns import Book
from acuse.domain.sender import Check, Expected, Row


def judge(expected: Expected, book: Book) -> tuple[Row, ...]:
    """A row for each record; to be asked again while the book misses answers."""
    sent = sender_servers.spf_row(expected, expected.domain, book)
    signed = sender_records.dkim(expected, book)
    returned, covered = sender_servers.return_path(expected, sent, book)
    policy = sender_records.dmarc(expected, book, signed=signed.state, covered=covered)
    return (sent, signed, policy, returned, *sender_servers.named(expected, book))


def judge_following(expected: Expected, book: Book) -> Row:
    """The row of a key that is to follow the one in force."""
    row = sender_records.dkim(expected, book)
    return replace(row, check=Check.NEXT_DKIM, advice=f"{row.advice} {WAITS}")


WAITS = "Con esta llave firmamos desde que se vea; deja la anterior hasta entonces."
