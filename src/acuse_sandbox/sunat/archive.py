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
    """What the ZIP's name says; raises Fault 0151, or 0152 and 0153 for other methods' files."""
    base, dot, extension = file_name.rpartition(".")
    if not dot or extension not in ("zip", "ZIP"):
        raise Fault("0151")
    found = stem.read(base)
    if found is not None:
        return found
    if stem.SUMMARY.fullmatch(base):
        raise Fault("0152")
    raise Fault("0153" if stem.PACK.fullmatch(base) else "0151")


def open_one(content: str, named: Stem) -> bytes:
    """The one XML of a ZIP in base64; raises Fault 0155 to 0161."""
    if not content.strip():
        raise Fault("0155")
    try:
        packed = b64decode("".join(content.split()), validate=True)
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            return _the_one(archive, named)
    except BROKEN_ZIP as error:
        raise Fault("0156") from error


def _the_one(archive: zipfile.ZipFile, named: Stem) -> bytes:
    entries = archive.infolist()
    if not any(not entry.is_dir() for entry in entries):
        raise Fault("0157")
    if len(entries) > 1:
        raise Fault("0158")
    (entry,) = entries
    base, _, extension = entry.filename.rpartition(".")
    if extension not in ("xml", "XML") or stem.read(base) is None:
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
