"""What the DNS must say of a sender, and what it says: a row for each record, with what to do.

Source: product.md 5.10.
"""

from __future__ import annotations

from dataclasses import replace

from acuse.domain import sender_records, sender_servers
from acuse.domain.dns import Book
from acuse.domain.sender import Check, Expected, Row, State


def judge(expected: Expected, book: Book) -> tuple[Row, ...]:
    """A row for each record; to be asked again while the book misses answers."""
    sent = sender_servers.spf_row(expected, expected.domain, book)
    signed = sender_records.dkim(expected, book)
    told = sender_records.published(expected.domain, book)
    strict = told.is_strict("aspf")
    returned, covered = sender_servers.return_path(expected, sent, book, strict=strict)
    policy = sender_records.dmarc(expected, told, signed=signed.state, covered=covered)
    return (sent, signed, policy, returned, *sender_servers.named(expected, book))


def judge_following(expected: Expected, book: Book) -> Row:
    """The row of a key that is to follow the one in force."""
    row = sender_records.dkim(expected, book)
    return replace(row, check=Check.NEXT_DKIM, advice=f"{row.advice} {WAITS}")


def followed(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows once the key that waited was seen: its row takes the place of the other's."""
    seen = next((one for one in rows if one.check is Check.NEXT_DKIM), None)
    if seen is None or seen.state is not State.RIGHT:
        return rows
    now = replace(seen, check=Check.DKIM, advice=seen.advice.removesuffix(f" {WAITS}"))
    return tuple(now if one.check is Check.DKIM else one for one in rows if one is not seen)


WAITS = "Con esta llave firmamos desde que se vea; deja la anterior hasta entonces."
