"""The ZIP that comes: one XML for the synchronous operations, up to fifty for the others.

Source: colombia.md 6 (answers 89, file names) and 6b (50 documents).
"""

from __future__ import annotations

import io
import re
import zipfile
from base64 import b64decode
from dataclasses import dataclass

from acuse_sandbox.dian.refusal import Refusal
from acuse_sandbox.hardened import BROKEN_ZIP

LARGEST_XML = 10 * 1024 * 1024
LARGEST_ALL = 50 * 1024 * 1024
MOST = 50
# Kind, NIT of ten digits, provider, year, consecutive in hexadecimal: of fixed length. A shorter
# name is taken, gets a ticket and is then never found.
NAME = re.compile(r"[a-z]{2,3}[0-9]{10}[0-9a-zA-Z]{3}[0-9]{2}[0-9a-fA-F]{8}")
NAME_OF_ZIP = re.compile(r"z[0-9]{10}[0-9a-zA-Z]{3}[0-9]{2}[0-9a-fA-F]{8}")


@dataclass(frozen=True, slots=True)
class File:
    """One XML of an archive, its name without extension."""

    name: str
    content: bytes

    @property
    def is_well_named(self) -> bool:
        """True if the name has the form that the annex gives."""
        return NAME.fullmatch(self.name) is not None


def open_one(content: str) -> File:
    """The one XML of a ZIP in base64; raises Refusal."""
    files = open_all(content)
    if len(files) > 1:
        raise Refusal("El método síncrono solo puede recibir un documento.")
    return files[0]


def open_all(content: str) -> list[File]:
    """Every XML of a ZIP in base64; raises Refusal where there is none, or where it is broken."""
    try:
        packed = b64decode("".join(content.split()), validate=True)
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            files = _files(archive)
    except BROKEN_ZIP as error:
        raise Refusal("Archivo ZIP vacío o dañado: no se puede leer.") from error
    if not files:
        raise Refusal("El archivo ZIP no contiene documentos XML.")
    return files


def _files(archive: zipfile.ZipFile) -> list[File]:
    entries = [entry for entry in archive.infolist() if entry.filename.lower().endswith(".xml")]
    if len(entries) > MOST:
        raise Refusal(f"El archivo ZIP contiene más de {MOST} documentos.")
    files, left = [], LARGEST_ALL
    for entry in entries:
        with archive.open(entry) as file:  # no further than the bound, whatever the header says
            content = file.read(min(LARGEST_XML, left) + 1)
        left -= len(content)
        if len(content) > LARGEST_XML or left < 0:
            raise Refusal("El archivo ZIP es demasiado grande.")
        files.append(File(entry.filename.rpartition("/")[2][:-4], content))
    return files
