"""The events of others about a document, as the DIAN gives them back. Source: colombia.md 6, 9.

They come as the ApplicationResponses that were signed by who declared them (alone, listed, in an
archive), or as one of the DIAN's own with a DocumentResponse for each; UNCONFIRMED which, so each
form is read. They change nothing in a document's state: their signatures are not asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from acuse.domain.question import BuyerEvent
from acuse.jurisdictions.co.response import ROOT, Unusable
from acuse.jurisdictions.co.rules_reception import EVENTS
from acuse.jurisdictions.co.rules_verdicts import DIAN_NIT
from acuse.xml import parse
from acuse.xml.archive import BadArchive, unpack_all

LARGEST = 20 * 1024 * 1024
MOST = 100
LONGEST_TEXT = 2000


def read(content: bytes) -> tuple[BuyerEvent, ...]:
    """The events in an ApplicationResponse or an archive of them; raises Unusable."""
    if not content.startswith(b"PK"):
        return _of_one(content)
    try:
        entries = unpack_all(content, most=MOST, largest=LARGEST)
    except BadArchive as error:
        raise Unusable(f"an archive of events: {error}"[:300]) from error
    return tuple(event for _, inside in entries for event in _of_one(inside))


def in_order(events: Iterable[BuyerEvent]) -> tuple[BuyerEvent, ...]:
    """Each event once, oldest first; those without a moment keep their place at the end."""
    known = {(one.key, one.code): one for one in events}
    last = datetime.max.replace(tzinfo=UTC) - timedelta(days=1)
    return tuple(sorted(known.values(), key=lambda one: one.at or last))


def of(root: parse.Element, content: bytes) -> tuple[BuyerEvent, ...]:
    """The events that an ApplicationResponse declares; `content` are the bytes it came in."""
    responses = [one for one in root if parse.name(one) == "DocumentResponse"][:MOST]
    found = (_event(root, one, content) for one in responses)
    return tuple(one for one in found if one is not None)


def _of_one(content: bytes) -> tuple[BuyerEvent, ...]:
    try:
        root = parse.parse(content)
    except parse.Unreadable as error:
        raise Unusable(f"unreadable events: {error}"[:300]) from error
    if root.tag != ROOT:
        raise Unusable(f"{parse.name(root)} instead of events")
    return of(root, content)


def _event(root: parse.Element, told: parse.Element, content: bytes) -> BuyerEvent | None:
    """One event; None for a DocumentResponse that is none, such as the verdict itself."""
    response = parse.child(told, "Response")
    code = "" if response is None else parse.child_text(response, "ResponseCode")
    if response is None or code not in EVENTS:
        return None
    reference = parse.child(told, "DocumentReference")
    listed = "" if reference is None else parse.child_text(reference, "UUID")
    number, name = sender(root)
    relayed = number == DIAN_NIT  # then id, sender and moment of the whole are the DIAN's
    reason = parse.child(response, "ResponseCode")
    return BuyerEvent(
        code=code,
        text=parse.child_text(response, "Description")[:LONGEST_TEXT] or EVENTS[code].text,
        key=listed if relayed else parse.child_text(root, "UUID"),
        at=_moment(response, "Effective") or (None if relayed else _moment(root, "Issue")),
        by="" if relayed else name,
        reason="" if reason is None else " ".join((reason.get("name") or "").split())[:200],
        raw=content,
    )


def sender(root: parse.Element) -> tuple[str, str]:
    """Number and name of who signed the whole."""
    party = parse.child(root, "SenderParty")
    if party is None:
        return "", ""
    numbers = parse.descendants(party, "CompanyID")
    names = parse.descendants(party, "RegistrationName")
    return (
        parse.text(numbers[0]) if numbers else "",
        parse.text(names[0])[:450] if names else "",
    )


def _moment(element: parse.Element, which: str) -> datetime | None:
    """The date and time with its offset; without one the hour is Bogotá's."""
    day = parse.child_text(element, f"{which}Date")
    hour = parse.child_text(element, f"{which}Time") or "00:00:00"
    for text in (f"{day}T{hour}", f"{day}T{hour}-05:00"):
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            continue
        if found.tzinfo is not None:
            return found
    return None
