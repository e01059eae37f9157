"""A spreadsheet that somebody hands us: its rows, or a refusal; never a crash, never a bomb."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acuse.gateways import spreadsheet
from acuse.gateways.spreadsheet import Unreadable, rows

SHEET = "xl/worksheets/sheet1.xml"
ROWS = [["Código", "Impuesto"], ["0111100000100", 0.13], [None, None], ["x", "Exento"]]


def workbook(*lines: list[object], sheets: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for name in sheets:
        book.create_sheet(name)
    last = book.worksheets[-1]
    for line in lines:
        last.append(line)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def rewritten(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The workbook with its parts changed."""
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            new.writestr(part.filename, change(part.filename, old.read(part)))
    return kept.getvalue()


STRINGS = "xl/sharedStrings.xml"
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def with_shared_strings() -> bytes:
    """A workbook as office programs write it: its texts stand once, in a part of their own."""

    def change(name: str, content: bytes) -> bytes:
        if name == SHEET:
            return re.sub(b'<c r="A1".*?</c>', b'<c r="A1" t="s"><v>0</v></c>', content)
        told = b'<Override PartName="/%s" ContentType="%s"/></Types>' % (STRINGS.encode(), TYPE)
        return content.replace(b"</Types>", told)

    strings = b'<?xml version="1.0"?><sst xmlns="%s"><si><t>C\xc3\xb3digo</t></si></sst>' % MAIN
    kept = io.BytesIO(rewritten(workbook(*ROWS), change))
    with zipfile.ZipFile(kept, "a") as archive:
        archive.writestr(STRINGS, strings)
    return kept.getvalue()


def in_sheet(old: bytes, new: bytes) -> bytes:
    def change(name: str, content: bytes) -> bytes:
        return content.replace(old, new) if name == SHEET else content

    return rewritten(workbook(*ROWS), change)


def refused(content: bytes) -> str:
    with pytest.raises(Unreadable) as why:
        list(rows(content))
    return str(why.value)


def told(content: bytes) -> list[list[object]]:
    return [[cell for cell in cells if cell != ""] for _, cells in rows(content)]


def test_a_workbook_says_what_is_a_number() -> None:
    assert told(workbook(*ROWS)) == [
        ["Código", "Impuesto"],
        ["0111100000100", Decimal("0.13")],
        [],
        ["x", "Exento"],
    ]


def test_texts_may_stand_in_a_part_of_their_own() -> None:
    assert b't="s"' in zipfile.ZipFile(io.BytesIO(with_shared_strings())).read(SHEET)
    assert told(with_shared_strings()) == told(workbook(*ROWS))


def test_the_first_sheet_that_has_anything_is_read() -> None:
    assert told(workbook(["uno"], sheets=("dos", "tres"))) == [["uno"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_however_a_spreadsheet_saved_it(encoding: str, delimiter: str) -> None:
    lines = (("Código", "Descripción"), ('"a\nb"', "Año"), ("", "ñ"))
    content = "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)
    assert list(rows(content)) == [
        (1, ["Código", "Descripción"]),
        (2, ["a\nb", "Año"]),
        (4, ["", "ñ"]),
    ]


def test_a_sheet_that_lies_about_its_size_is_read_to_its_end() -> None:
    assert told(in_sheet(b'ref="A1:B4"', b'ref="A1:A1"')) == told(workbook(*ROWS))


def test_a_row_far_below_is_refused_before_its_gap_is_walked() -> None:
    assert "más de" in refused(in_sheet(b'<row r="4"', b'<row r="99999999999"'))


def test_too_many_lines_too_many_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 3)
    assert "más de 3 líneas" in refused(b"a\n" * 4)
    assert len(list(rows(b"a\n" * 3))) == 3
    monkeypatch.setattr(spreadsheet, "LARGEST", 3)
    assert "pesa más" in refused(b"aaaa")


def test_a_bomb_is_refused_unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "UNPACKED", 5_000_000)
    bomb = rewritten(workbook(*ROWS), lambda _, content: content + b" " * 1_000_000)
    assert len(bomb) < 100_000
    assert "tamaño" in refused(bomb)


def test_a_part_that_lies_about_its_size_is_cut_and_refused() -> None:
    content = bytearray(rewritten(workbook(*ROWS), lambda _, part: part))
    place = content.rindex(SHEET.encode()) - 46  # its entry in the archive's own list
    assert content[place : place + 4] == b"PK\x01\x02"
    content[place + 24 : place + 28] = (50).to_bytes(4, "little")
    assert "dañado" in refused(bytes(content))


def test_an_archive_that_unpacks_by_other_means_is_refused() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr(SHEET, b"x")
    assert "comprimido" in refused(kept.getvalue())


def with_entities(name: str, place: bytes) -> bytes:
    """A workbook one part of which declares a thousand million laughs, and has one at a place."""
    laughs = b"".join(
        b'<!ENTITY l%d "%s">' % (n, b"ja" if n == 0 else b"&l%d;" % (n - 1) * 10) for n in range(10)
    )

    def change(part: str, content: bytes) -> bytes:
        if part != name:
            return content
        assert place in content
        head, mark, rest = content.rpartition(b"?>")
        rest = rest.replace(place, place + b"&l9;", 1)
        return head + mark + b"<!DOCTYPE x [" + laughs + b"]>" + rest

    return rewritten(with_shared_strings(), change)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        (SHEET, b"<v>"),
        (STRINGS, b"<t>"),
        ("xl/workbook.xml", b' name="'),
        ("[Content_Types].xml", b'PartName="'),
    ],
)
def test_entities_do_not_unfold(name: str, place: bytes) -> None:
    assert "dañado" in refused(with_entities(name, place))


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 99, b"%PDF-1.7\n\0\0", b"\xd0\xcf\x11\xe0\0"]
)
def test_what_is_no_table_is_refused(content: bytes) -> None:
    assert refused(content)


@settings(max_examples=150)
@given(st.binary(max_size=400), st.booleans(), st.integers(0, 4000))
def test_any_bytes_are_rows_or_refused(noise: bytes, packed: bool, place: int) -> None:
    whole = bytearray(WORKBOOK)
    whole[place : place + len(noise)] = noise
    for content in (noise, bytes(whole) if packed else b"PK\x03\x04" + noise):
        with contextlib.suppress(Unreadable):
            for _, cells in rows(content):
                assert all(isinstance(cell, str | Decimal) for cell in cells)


WORKBOOK = workbook(*ROWS)
