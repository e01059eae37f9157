"""The document as the DIAN holds it (GetXmlByDocumentKey). Source: colombia.md 6 and 6b."""

from __future__ import annotations

from acuse.jurisdictions.co.answers import CONTRACTS, member
from acuse.jurisdictions.co.response import Unusable, decoded
from acuse.xml import parse

EVENT = f"{CONTRACTS}EventResponse"
DONE = "100"


def held(result: parse.Element) -> bytes | str:
    """The bytes, or the service's words why there are none."""
    words = member(result, EVENT, "Message")[:500]
    if member(result, EVENT, "Code") != DONE:
        return words
    try:
        return decoded(member(result, EVENT, "XmlBytesBase64")) or words
    except Unusable:
        return words


def same(theirs: bytes, ours: bytes) -> bool:
    """Whether both are one document: the same bytes, or at least one and the same signature."""
    if theirs == ours:
        return True
    mine = _signature(ours)
    return bool(mine) and mine == _signature(theirs)


def _signature(content: bytes) -> str:
    try:
        values = parse.descendants(parse.parse(content), "SignatureValue")
    except parse.Unreadable:
        return ""
    return "".join(parse.text(values[0]).split()) if values else ""
