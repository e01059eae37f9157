"""What the DNS must say of a sender, and what it says: a row for each record, with what to do.

Source: product.md 5.10.
"""

from __future__ import annotations

from acuse.domain import sender_records, sender_servers
from acuse.domain.dns import Book
from acuse.domain.sender import Expected, Row


def judge(expected: Expected, book: Book) -> tuple[Row, ...]:
    """A row for each record; to be asked again while the book misses answers."""
    sent = sender_servers.spf_row(expected, expected.domain, book)
    signed = sender_records.dkim(expected, book)
    returned, covered = sender_servers.return_path(expected, sent, book)
    policy = sender_records.dmarc(expected, book, signed=signed.state, covered=covered)
    return (sent, signed, policy, returned, *sender_servers.named(expected, book))
