"""ZIP files in memory: the same bytes every time, and read with suspicion."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable

MOMENT = (1980, 1, 1, 0, 0, 0)  # a ZIP must carry a time; a document's own is inside it


class BadArchive(Exception):
    """The bytes are not a ZIP with exactly the entry that was expected."""


def pack(name: str, content: bytes) -> bytes:
    """A ZIP with one entry; same arguments, same bytes."""
    return pack_all(((name, content),))


def pack_all(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP with these entries (name, content) in this order; same arguments, same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries:
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
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
            return found[0].filename, _read(archive, found[0], largest)
    except BadArchive:
        raise
    except Exception as error:  # zipfile raises a dozen kinds for hostile bytes, zlib.error too
        raise BadArchive(f"{type(error).__name__}: {error}"[:200]) from error


def unpack_all(content: bytes, *, most: int, largest: int) -> tuple[tuple[str, bytes], ...]:
    """Name and bytes of every file, folders apart; raises BadArchive.

    At most so many entries, and so many bytes in all of them together.
    """
    found: list[tuple[str, bytes]] = []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > most:
                raise BadArchive(f"{len(entries)} entries, more than {most}")
            for entry in entries:
                read = _read(archive, entry, largest)
                largest -= len(read)
                found.append((entry.filename, read))
    except BadArchive:
        raise
    except Exception as error:  # as above
        raise BadArchive(f"{type(error).__name__}: {error}"[:200]) from error
    return tuple(found)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, largest: int) -> bytes:
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # Python unpacks the other methods without a bound, whatever is asked of it.
        raise BadArchive(f"compression method {entry.compress_type}")
    with archive.open(entry) as stream:
        read = stream.read(largest + 1)
    if len(read) > largest:
        raise BadArchive(f"more than {largest} bytes inside")
    return read
