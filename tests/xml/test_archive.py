"""A ZIP is the same every time, and only one clean entry is ever read from another's."""

from __future__ import annotations

import io
import time
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.xml.archive import BadArchive, pack, pack_all, unpack_all, unpack_one

WANTED: Callable[[str], bool] = "R-1.xml".__eq__


def made(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile's own about a name given twice
        with zipfile.ZipFile(buffer, "w", method) as archive:
            for name, content in entries:
                archive.writestr(name, content)
    return buffer.getvalue()


def test_the_same_content_is_packed_in_the_same_bytes() -> None:
    assert pack("a.xml", b"<a/>") == pack("a.xml", b"<a/>")
    with zipfile.ZipFile(io.BytesIO(pack("a.xml", b"<a/>"))) as archive:
        assert archive.namelist() == ["a.xml"]
        assert archive.read("a.xml") == b"<a/>"


@given(st.binary(max_size=2000))
def test_what_is_packed_is_unpacked(content: bytes) -> None:
    assert unpack_one(pack("R-1.xml", content), WANTED) == ("R-1.xml", content)


@pytest.mark.parametrize(
    "entries",
    [
        (("dummy/", b""), ("R-1.xml", b"<a/>")),
        (("R-1.xml", b"<a/>"), ("dummy/", b"")),
        (("otro.xml", b"<b/>"), ("R-1.xml", b"<a/>")),
    ],
)
def test_other_entries_do_not_matter(entries: tuple[tuple[str, bytes], ...]) -> None:
    assert unpack_one(made(*entries), WANTED)[1] == b"<a/>"


def test_a_name_given_twice_is_refused() -> None:
    with pytest.raises(BadArchive, match="2 entries"):
        unpack_one(made(("R-1.xml", b"<a/>"), ("R-1.xml", b"<b/>")), WANTED)


def test_a_name_that_is_missing_is_refused() -> None:
    with pytest.raises(BadArchive, match="0 entries"):
        unpack_one(made(("../R-1.xml", b"<a/>")), WANTED)


def test_a_bomb_is_refused_while_it_is_read() -> None:
    content = b"0" * 5_000_000
    assert unpack_one(made(("R-1.xml", content)), WANTED, largest=5_000_000)[1] == content
    with pytest.raises(BadArchive, match="more than"):
        unpack_one(made(("R-1.xml", content)), WANTED, largest=4_999_999)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_method_that_python_unpacks_without_bound_is_refused(method: int) -> None:
    bomb = made(("R-1.xml", b"0" * 20_000_000), method=method)
    started = time.process_time()
    with pytest.raises(BadArchive, match="compression"):
        unpack_one(bomb, WANTED, largest=1000)
    assert time.process_time() - started < 1


def test_a_spoiled_archive_is_refused() -> None:
    good = pack("R-1.xml", b"<a>texto que se comprime</a>" * 20)
    for at in range(0, len(good), 7):
        spoiled = good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :]
        try:
            _, content = unpack_one(spoiled, WANTED)
        except BadArchive:
            continue
        assert content == b"<a>texto que se comprime</a>" * 20


@given(st.binary(max_size=200))
def test_any_bytes_are_an_archive_or_a_bad_one(content: bytes) -> None:
    with pytest.raises(BadArchive):
        unpack_one(content, WANTED)


def test_the_papers_archives_hold_one_answer_each(authority_dir: Path) -> None:
    samples = sorted((authority_dir / "pe/samples/cdr").glob("*.zip"))
    names = [unpack_one(p.read_bytes(), lambda n: n.startswith("R-"))[0] for p in samples]
    assert len(names) > 3
    assert all(name.endswith(".xml") for name in names)


def test_several_entries_come_back_in_their_order() -> None:
    entries = (("b.xml", b"<b/>"), ("a.pdf", b"%PDF"))
    assert pack_all(entries) == pack_all(iter(entries))
    assert unpack_all(pack_all(entries), most=2, largest=100) == entries
    assert unpack_all(made(("folder/", b""), *entries), most=2, largest=100) == entries


def test_too_many_or_too_large_entries_are_refused() -> None:
    entries = [(f"{n}.xml", b"0" * 100) for n in range(3)]
    assert len(unpack_all(made(*entries), most=3, largest=300)) == 3
    with pytest.raises(BadArchive, match="3 entries"):
        unpack_all(made(*entries), most=2, largest=300)
    with pytest.raises(BadArchive, match="bytes inside"):
        unpack_all(made(*entries), most=3, largest=299)
    with pytest.raises(BadArchive, match="compression method"):
        unpack_all(made(*entries, method=zipfile.ZIP_BZIP2), most=3, largest=300)


@given(st.binary(max_size=200))
def test_no_bytes_are_an_archive_by_chance(content: bytes) -> None:
    with pytest.raises(BadArchive):
        unpack_all(b"x" + content, most=3, largest=100)
