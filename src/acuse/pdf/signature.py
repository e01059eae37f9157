"""A PDF of ours, signed: PAdES baseline B-B as an incremental update that keeps it PDF/A-3b.

Source: ISO 32000-1, 7.5.6 and 12.8; ETSI EN 319 142-1, clause 6; ISO 19005-3, 6.3 and 6.4. What is
read is the one form that typst writes (a table of cross-references, objects outside of streams,
one revision); of any other, nothing is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from acuse.domain.jurisdiction import Credential
from acuse.pdf import cms

DEEPEST = 8  # of the tree of pages
END = re.compile(rb"startxref\n(\d{1,10})\n%%EOF\n?\Z")
TABLE = re.compile(
    rb"xref\n0 (?P<count>\d+)\n(?P<entries>(?:\d{10} \d{5} [fn](?: \n| \r|\r\n))+)"
    rb"trailer\n<</Size (?P<size>\d+)/Root (?P<root>\d+) 0 R(?P<info>/Info \d+ 0 R)?"
    rb"/ID\[(?P<id>\([^()\\]*\))\([^()\\]*\)\]>>\n"
)
ENTRY = 20  # bytes of a line of the table
FREE = "0 1\n0000000000 65535 f \n"  # some readers take a table for damaged that has no such head
PAGES = re.compile(rb"/Pages (\d+) 0 R")
FIRST_KID = re.compile(rb"/Kids\[(\d+) 0 R")
PAGE = re.compile(rb"/Type/Page(?![A-Za-z])")
# The first extension of PDF 1.7 by ETSI: where its ETSI.CAdES.detached comes from.
EXTENSION = "/Extensions<</ESIC<</BaseVersion/1.7/ExtensionLevel 1>>>>"
PRINT_AND_LOCK = 132  # the field's flags; PDF/A wants the first
DIGITS = 10  # of a length that is written before it is known


class UnknownForm(Exception):
    """The PDF is not of the form that typst writes; the message says in what."""


@dataclass(frozen=True, slots=True)
class _Revision:
    """Where everything stands in a PDF of one revision."""

    pdf: bytes
    table: re.Match[bytes]
    xref: int

    def dictionary(self, number: int) -> bytes:
        """The object, which must be a dictionary alone; raises UnknownForm."""
        if not 0 < number < int(self.table["size"]):
            raise UnknownForm(f"object {number} is not in the table")
        entry = self.table["entries"][number * ENTRY : (number + 1) * ENTRY]
        start, head = int(entry[:10]), b"%d 0 obj\n<<" % number
        end = self.pdf.find(b"\nendobj\n", start)
        if entry[11:18] != b"00000 n" or not self.pdf.startswith(head, start) or end < 0:
            raise UnknownForm(f"object {number} is not where the table says")
        found = self.pdf[start + len(head) - 2 : end]
        if not found.endswith(b">>") or b"stream\n" in found:
            raise UnknownForm(f"object {number} is no dictionary")
        return found


def signed(pdf: bytes, credential: Credential, at: datetime) -> bytes:
    """The same PDF with its signature after it: same arguments, same bytes.

    The signature is on no page; readers list it, with its moment. Raises UnknownForm.
    """
    room = 2 * (2 * len(credential.certificate) + 2048)  # digits: it, its issuer, 8192 bits, more
    before, after = _update(_read(pdf), f"{at.astimezone(UTC):%Y%m%d%H%M%S}Z", room)
    made = cms.detached(before + after, credential).hex().encode()
    if len(made) > room:
        raise UnknownForm(f"no room for a signature of {len(made)} digits")
    return b"%b<%b>%b" % (before, made.ljust(room, b"0"), after)


def _read(pdf: bytes) -> _Revision:
    end = END.search(pdf, max(0, len(pdf) - 64))
    if not pdf.startswith(b"%PDF-1.7\n") or end is None:
        raise UnknownForm("no PDF 1.7 with an end")
    xref = int(end[1])
    table = TABLE.match(pdf, xref)
    if table is None or table.end() != end.start():
        raise UnknownForm("no table of cross-references alone before the end")
    if not int(table["count"]) == int(table["size"]) == len(table["entries"]) // ENTRY:
        raise UnknownForm("a table of another length than it says")
    return _Revision(pdf, table, xref)


def _update(old: _Revision, moment: str, room: int) -> tuple[bytes, bytes]:
    """What is signed: the file up to its signature of so many digits, and what comes after."""
    root, size = int(old.table["root"]), int(old.table["size"])
    field, signature = size, size + 1
    catalog = old.dictionary(root)
    page = _first_page(old, catalog)
    form = f"/AcroForm<</Fields[{field} 0 R]/SigFlags 3>>{EXTENSION}"
    objects = {
        root: _with(catalog, form, new=(b"/AcroForm", b"/Extensions")),
        page: _with(old.dictionary(page), f"/Annots[{field} 0 R]", new=(b"/Annots",)),
        field: f"<</Type/Annot/Subtype/Widget/FT/Sig/T(Firma)/V {signature} 0 R/P {page} 0 R"
        f"/Rect[0 0 0 0]/F {PRINT_AND_LOCK}>>".encode(),
    }
    before = old.pdf.rstrip(b"\n") + b"\n"
    places = {}
    for number, content in objects.items():
        places[number] = len(before)
        before += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    places[signature] = len(before)
    before += (
        f"{signature} 0 obj\n<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached"
        f"/M(D:{moment})/Contents "
    ).encode()
    return before, _after(old, places, len(before), len(before) + room + 2)


def _after(old: _Revision, places: dict[int, int], signature: int, on: int) -> bytes:
    """The end of the signature's dictionary, which says what it covers, and of the file.

    The signature lies from `signature` to `on`; `places` are where the new objects begin.
    """
    told = f"/ByteRange[0 {signature} {on} "
    closed = "]>>\nendobj\n"
    xref = on + len(told) + DIGITS + len(closed)
    lines = "".join(f"{number} 1\n{at:010} 00000 n \n" for number, at in sorted(places.items()))
    now = sha256(old.pdf).hexdigest()[:32]
    kept = b"%b/ID[%b<%b>]" % (old.table["info"] or b"", old.table["id"], now.encode())
    rest = (
        f"{closed}xref\n{FREE}{lines}trailer\n<</Size {max(places) + 1}/Prev {old.xref}"
        f"/Root {int(old.table['root'])} 0 R{kept.decode('latin-1')}>>\n"
        f"startxref\n{xref}\n%%EOF\n"
    )
    return f"{told}{len(told) + DIGITS + len(rest):<{DIGITS}}{rest}".encode("latin-1")


def _first_page(old: _Revision, catalog: bytes) -> int:
    """The number of the first page's object; raises UnknownForm."""
    number = _one(PAGES, catalog)
    for _ in range(DEEPEST):
        found = old.dictionary(number)
        if PAGE.search(found):
            return number
        number = _one(FIRST_KID, found)
    raise UnknownForm("no page")


def _one(pattern: re.Pattern[bytes], dictionary: bytes) -> int:
    found = pattern.findall(dictionary)
    if len(found) != 1:
        raise UnknownForm(f"{len(found)} times {pattern.pattern.decode()}")
    return int(found[0])


def _with(dictionary: bytes, more: str, *, new: tuple[bytes, ...]) -> bytes:
    """The dictionary and more entries, whose names it must not have; raises UnknownForm."""
    for name in new:
        if name in dictionary:
            raise UnknownForm(f"there is {name.decode()} already")
    return dictionary[:-2] + more.encode() + b">>"
