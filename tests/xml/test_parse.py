"""The one parser takes plain documents and refuses everything that bites."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from acuse.xml import parse

DOCTYPES = {
    "entity": '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>',
    "external entity": '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a>&e;</a>',
    "external subset": '<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd"><a/>',
    "parameter entity": "<!DOCTYPE a [<!ENTITY % p \"<!ENTITY e 'x'>\"> %p;]><a/>",
    "laughs": "<!DOCTYPE a ["
    + '<!ENTITY e0 "ja">'
    + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    + "]><a>&e9;</a>",
    "bare": "<!DOCTYPE a><a/>",
}


@pytest.mark.parametrize("name", DOCTYPES)
def test_a_doctype_is_refused(name: str) -> None:
    with pytest.raises(parse.Unreadable):
        parse.parse(DOCTYPES[name].encode())


def test_a_comment_does_not_split_a_value() -> None:
    root = parse.parse(b"<a><id>900123<!-- x -->456<?p q?>7</id></a>")
    assert parse.child_text(root, "id") == "9001234567"


def test_more_than_the_limit_is_refused_before_it_is_read() -> None:
    content = b"<a>" + b"x" * 100 + b"</a>"
    assert parse.text(parse.parse(content, largest=len(content))) == "x" * 100
    with pytest.raises(parse.Unreadable):
        parse.parse(content, largest=len(content) - 1)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" ",
        b"<html>",
        b"<a>&e;</a>",
        b"<a" + b" b='" + b"x" * 11_000_000 + b"'/>",
        b"<a>" * 5000 + b"</a>" * 5000,
        b'<?xml version="1.0" encoding="utf-99"?><a/>',
        "<a>\u00e9</a>".encode("latin-1"),
    ],
    ids=["empty", "blank", "open", "unknown entity", "huge", "deep", "encoding", "not UTF-8"],
)
def test_what_is_no_document_is_refused(content: bytes) -> None:
    with pytest.raises(parse.Unreadable):
        parse.parse(content)


def test_the_declared_encoding_is_believed() -> None:
    content = '<?xml version="1.0" encoding="ISO-8859-1"?><a>\u00f1</a>'.encode("latin-1")
    assert parse.text(parse.parse(content)) == "\u00f1"


def test_names_are_found_whatever_their_namespace() -> None:
    root = parse.parse(b'<a xmlns:p="urn:p"><p:b> uno </p:b><c><b>dos</b></c></a>')
    assert parse.child_text(root, "b") == "uno"
    assert [parse.text(e) for e in parse.descendants(root, "b")] == ["uno", "dos"]
    assert parse.child(root, "d") is None
    assert parse.child_text(root, "d") == ""


@given(st.binary(max_size=300))
@example(b"\xff\xfe<\x00a\x00/\x00>\x00")
@example(b'<?xml version="1.0" encoding="utf-7"?><a/>')
@example(b"<\x00")
def test_any_bytes_are_a_document_or_unreadable(content: bytes) -> None:
    try:
        root = parse.parse(content)
    except parse.Unreadable:
        return
    assert parse.name(root)
