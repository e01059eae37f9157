"""ZIP files in memory: the same bytes every time, and read with suspicion."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

MOMENT = (1980, 1, 1, 0, 0, 0)  # a ZIP must carry a time; a document's own is inside it


class BadArchive(Exception):
    """The bytes are not a ZIP with exactly the entry that was expected."""


def pack(name: str, content: bytes) -> bytes:
    """A ZIP with one entry; same arguments, same bytes."""
    entry = zipfile.ZipInfo(name, MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(entry, content, compresslevel=6)
    return buffer.getvalue()


def unpack_one(
    content: bytes, wanted: Callable[[str], bool], *, largest: int = 10 * 1024 * 1024
) -> tuple[str, bytes]:
    """Name and bytes of the one entry whose name is wanted; raises BadArchive.

    More than one such entry is none (Python would read the last, others the first). What is read
    is counted, never what the archive claims (reliability.md E20).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = [entry for entry in archive.infolist() if wanted(entry.filename)]
            if len(found) != 1:
                raise BadArchive(f"{len(found)} entries of the expected name")
            if found[0].compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                # Python unpacks the other methods without a bound, whatever is asked of it.
                raise BadArchive(f"compression method {found[0].compress_type}")
            with archive.open(found[0]) as stream:
                read = stream.read(largest + 1)
    except BadArchive:
        raise
    except Exception as error:  # zipfile raises a dozen kinds for hostile bytes, zlib.error too
        raise BadArchive(f"{type(error).__name__}: {error}"[:200]) from error
    if len(read) > largest:
        raise BadArchive(f"more than {largest} bytes inside")
    return found[0].filename, read
