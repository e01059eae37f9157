"""A packet within what a mail server takes: compressed, less what may go, or linked; else not.

Source: reliability.md F72. Nothing that the law puts in the packet is ever left out silently.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from acuse.domain.face import Attachment
from acuse.domain.mail_weight import LETTER, encoded
from acuse.domain.traits import Packing
from acuse.xml.archive import pack_all

PART_HEAD = 512  # headers of one part, with a name as long as names get
PACKED_END = "-xml.zip"  # of the archive that holds the packet's XML
_XML, _PDF = "application/xml", "application/pdf"


class Step(StrEnum):
    """What was done to a packet that was too heavy."""

    ZIPPED = "ZIPPED"  # its XML travels in one archive
    LEFT_OUT = "LEFT_OUT"  # without what the law does not ask for
    LINKED = "LINKED"  # some of it waits behind the letter's link


@dataclass(frozen=True, slots=True)
class Fitted:
    """The files that the message carries, those behind its link, and what was done."""

    files: tuple[Attachment, ...]
    linked: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


def fit(
    packet: tuple[Attachment, ...], *, largest: int, packing: Packing, link: str
) -> Fitted | None:
    """The first form of the packet that fits into a message of that many bytes; None for none."""
    for fitted in _forms(packet, packing, link):
        if weight(fitted.files) <= largest:
            return fitted
    return None


def weight(files: tuple[Attachment, ...]) -> int:
    """Bytes of the message that carries them, base64 and the letter counted; never too few."""
    return LETTER + sum(PART_HEAD + encoded(len(file.content)) for file in files)


def _forms(packet: tuple[Attachment, ...], packing: Packing, link: str) -> Iterator[Fitted]:
    """Each lighter than the one before, as long as there is anything to be done."""
    yield Fitted(packet)
    files = packet
    done: tuple[Step, ...] = ()
    if packing.zips and len(files) > 1:
        files, done = _zipped(packet), (Step.ZIPPED,)
        yield Fitted(files, steps=done)
    needed = tuple(file for file in files if not file.optional)
    if len(needed) < len(files):
        gone = tuple(file.name for file in files if file.optional)
        yield Fitted(needed, left_out=gone, steps=(*done, Step.LEFT_OUT))
    if packing.links and link:
        data = tuple(file for file in files if file.content_type != _PDF)
        for kept in (data, ()):
            waiting = tuple(file.name for file in files if file not in kept)
            yield Fitted(kept, linked=waiting, steps=(*done, Step.LINKED))


def _zipped(packet: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
    """The packet with its XML files in one archive, where they stood first."""
    data = tuple(file for file in packet if file.content_type == _XML)
    if not data:
        return packet
    name = data[0].name.removesuffix(".xml") + PACKED_END
    archive = pack_all((file.name, file.content) for file in data)
    packed = Attachment(name, "application/zip", archive)
    return (packed, *(file for file in packet if file.content_type != _XML))
