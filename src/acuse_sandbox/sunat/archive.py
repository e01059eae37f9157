"""The ZIP that comes: exactly one XML, named like the ZIP, of a bounded size."""

from __future__ import annotations

import io
import zipfile
from base64 import b64decode

from acuse_sandbox.hardened import BROKEN_ZIP
from acuse_sandbox.sunat import stem
from acuse_sandbox.sunat.fault import Fault
from acuse_sandbox.sunat.stem import Stem

LARGEST_XML = 2 * 1024 * 1024  # what gateways are believed to let through (peru.md 2)


def name(file_name: str) -> Stem:
    """What a document's ZIP is named; raises Fault 0151, or 0152 and 0153 for others' files."""
    base = _base(file_name)
    found = stem.read(base)
    if found is not None:
        return found
    if stem.SUMMARY.fullmatch(base):
        raise Fault("0152")
    raise Fault("0153" if stem.PACK.fullmatch(base) else "0151")


def summary_name(file_name: str) -> Stem:
    """What a summary's ZIP is named; raises Fault 0151, or 0153 for a lot."""
    base = _base(file_name)
    found = stem.summary(base)
    if found is not None:
        return found
    raise Fault("0153" if stem.PACK.fullmatch(base) else "0151")


def refuse_pack(file_name: str) -> None:
    """Raise what is told of every lot: this SUNAT takes none, and of a summary sent as one."""
    raise Fault("0152" if stem.SUMMARY.fullmatch(_base(file_name)) else "0153")


def _base(file_name: str) -> str:
    base, dot, extension = file_name.rpartition(".")
    if not dot or extension not in ("zip", "ZIP"):
        raise Fault("0151")
    return base


def open_one(content: str, named: Stem) -> bytes:
    """The one XML of a ZIP in base64; raises Fault 0155 to 0161."""
    if not content.strip():
        raise Fault("0155")
    try:
        packed = b64decode("".join(content.split()), validate=True)
    except ValueError as error:
        raise Fault("0156") from error
    return unpack(packed, named)


def unpack(packed: bytes, named: Stem) -> bytes:
    """The one XML of a ZIP; raises Fault 0156 to 0161."""
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            return _the_one(archive, named)
    except BROKEN_ZIP as error:
        raise Fault("0156") from error


def _the_one(archive: zipfile.ZipFile, named: Stem) -> bytes:
    entries = archive.infolist()
    if not any(not entry.filename.endswith("/") for entry in entries):
        raise Fault("0157")
    if len(entries) > 1:
        raise Fault("0158")
    (entry,) = entries
    base, _, extension = entry.filename.rpartition(".")
    if extension not in ("xml", "XML") or (stem.read(base) or stem.summary(base)) is None:
        raise Fault("0159")
    if base != named.name:
        raise Fault("0161")
    with archive.open(entry) as file:  # read no further than the bound, whatever the header says
        document = file.read(LARGEST_XML + 1)
    if not document:
        raise Fault("0160")
    if len(document) > LARGEST_XML:
        raise Fault("0156", "El archivo XML es demasiado grande")
    return document
