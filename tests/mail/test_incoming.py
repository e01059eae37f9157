"""A message that came: what is read of it, and that no bytes make the reader fail or linger."""

from __future__ import annotations

import email.policy
import sysconfig
import time
from base64 import b64encode
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.mail import incoming, mime
from acuse.mail.incoming import Enclosed

ZIP = b"PK\x03\x04" + bytes(range(256)) * 3


def message(*files: tuple[str, str, bytes], **headers: str) -> EmailMessage:
    """A supplier's mail with these files: name, type, bytes."""
    made = EmailMessage(policy=email.policy.SMTP)
    made["From"] = "Cafés Ejemplares <facturas@cafesco.example>"
    made["To"] = "recepcion@compradora.example"
    made["Subject"] = "999888777;Cafés Ejemplares;FE1;01;Cafés"
    made["Message-ID"] = "<uno@cafesco.example>"
    made["Date"] = "Thu, 26 Nov 2026 09:00:00 -0500"
    for name, value in headers.items():
        del made[name.replace("_", "-")]
        made[name.replace("_", "-")] = value
    made.set_content("Adjuntamos tu factura.")
    for name, kind, content in files:
        main, _, sub = kind.partition("/")
        made.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return made


def files(raw: bytes) -> list[tuple[str, bytes]]:
    return [(one.name, one.content) for one in incoming.read(raw).files]


def test_a_message_is_read_with_its_files() -> None:
    told = incoming.read(message(("z1.zip", "application/zip", ZIP)).as_bytes())
    assert told == incoming.Incoming(
        message_id="<uno@cafesco.example>",
        sender="facturas@cafesco.example",
        sender_name="Cafés Ejemplares",
        subject="999888777;Cafés Ejemplares;FE1;01;Cafés",
        sent_at=datetime(2026, 11, 26, 14, tzinfo=UTC),
        files=(Enclosed("z1.zip", "application/zip", ZIP),),
    )


def test_the_words_to_a_person_are_no_file() -> None:
    made = message()
    made.add_alternative("<p>Adjuntamos</p>", subtype="html")
    assert incoming.read(made.as_bytes()).files == ()


def test_the_type_that_the_mail_claims_is_kept_as_it_is() -> None:
    raw = message(("z.zip", "application/octet-stream", ZIP)).as_bytes()
    assert incoming.read(raw).files == (Enclosed("z.zip", "application/octet-stream", ZIP),)


def test_files_of_a_mail_inside_the_mail_are_found() -> None:
    outer = message()
    outer.add_attachment(message(("z.zip", "application/zip", ZIP)))
    assert files(outer.as_bytes()) == [("z.zip", ZIP)]
    again = message()
    again.add_attachment(outer)
    assert files(again.as_bytes()) == [("z.zip", ZIP)]


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="z.zip"', "z.zip"),
        ("attachment; filename=z.zip", "z.zip"),
        ("attachment; filename*=UTF-8''factura%20%C3%91.zip", "factura Ñ.zip"),
        ("attachment; filename*0*=UTF-8''factura; filename*1*=%20larga.zip", "factura larga.zip"),
        ('attachment; filename="=?utf-8?q?factura_=C3=91.zip?="', "factura Ñ.zip"),
        ('attachment; filename="=?utf-8?b?w5EuemlwCkJjYzogeEB5?="', "Ñ.zip Bcc: x@y"),
        ('attachment; filename="../../etc/pass.zip"', "pass.zip"),
        ('attachment; filename="C:\\\\datos\\\\x.zip"', "x.zip"),
        ('attachment; filename="\u202epiz.exe"'.encode().decode("latin-1"), "piz.exe"),
        ('attachment; filename="=?nadie-lo-conoce?q?z.zip?="', "z.zip"),
        ("attachment; filename*=nadie''%C3%91.zip", "Ã.zip"),
        ("attachment; filename*0*=UTF-8'", "UTF-8'"),
        ("attachment; filename*x*=1", ""),
        ('attachment; filename="' + "a" * 400 + '.zip"', "a" * 138 + "….zip"),
    ],
)
def test_a_files_name_is_read_however_it_is_written(disposition: str, name: str) -> None:
    raw = (
        f"Content-Type: application/zip\r\nContent-Disposition: {disposition}\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{b64encode(ZIP).decode()}\r\n"
    )
    (told,) = incoming.read(raw.encode("latin-1", "surrogateescape")).files
    assert (told.name, told.content) == (name, ZIP)


def encoded(body: bytes, encoding: str) -> bytes:
    head = f"Content-Type: application/zip; name=z.zip\nContent-Transfer-Encoding: {encoding}\n\n"
    (told,) = incoming.read(head.encode() + body).files
    return told.content


def test_damaged_base64_gives_what_can_be_read() -> None:
    whole = b64encode(ZIP)
    assert encoded(whole, "BASE64 ") == ZIP
    assert encoded(b"\r\n ".join(whole[i : i + 7] for i in range(0, len(whole), 7)), "base64") == (
        ZIP
    )
    assert encoded(whole + b"\n-- \nFirma de un antivirus", "base64").startswith(ZIP[:-3])
    assert encoded(whole[:41], "base64") == ZIP[:30]
    assert encoded(b"!!!", "base64") == b""
    assert encoded(whole, "inventada") == whole


def test_quoted_printable_is_read_with_its_faults() -> None:
    assert encoded(b"a=3D=\r\nb=ZZ=", "quoted-printable") == b"a=b=ZZ"


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: raw.replace(b"\r\n", b"\n"),
        lambda raw: raw.replace(b"\r\n", b"\r"),
        lambda raw: raw[: raw.rindex(b"\r\n--")],  # the last boundary is missing
        lambda raw: b"\r\n" + raw.replace(b"MIME-Version: 1.0\r\n", b""),
    ],
)
def test_a_file_is_found_though_the_message_is_damaged(damage: object) -> None:
    raw = message(("z.zip", "application/zip", ZIP)).as_bytes()
    found = files(damage(raw)[2:] if damage(raw).startswith(b"\r\n") else damage(raw))  # type: ignore[operator]
    assert found == [("z.zip", ZIP)]


def test_what_it_does_not_say_is_empty() -> None:
    told = incoming.read(b"")
    assert told == incoming.Incoming("", "", "", "", None, ())
    assert incoming.read(b"Subject: =?utf-8?q?a=0D=0ABcc:_b?=\n\n").subject == "a Bcc: b"
    assert incoming.read(b"Date: ayer\n\n").sent_at is None
    assert incoming.read(b"Date: Thu, 26 Nov 9999 09:00:00 -2359\n\n").sent_at is None
    assert incoming.read(b"From: \xff\xfe <x@y.example>\n\n").sender == "x@y.example"


def test_a_message_of_too_many_parts_or_too_deep_is_not_whole() -> None:
    many = message(*(("a.txt", "application/x", b"x") for _ in range(300)))
    told = incoming.read(many.as_bytes())
    assert (len(told.files), told.whole) == (mime.Limits().parts - 2, False)
    deep = b"Content-Type: application/zip\n\nPK"
    for _ in range(400):
        deep = b"Content-Type: message/rfc822\n\n" + deep
    assert incoming.read(deep).files == ()
    assert not incoming.read(deep).whole


def nested(depth: int) -> bytes:
    opened = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth)
    )
    return opened.encode() + b"Content-Type: application/zip\n\nPK"


SLOW = [
    nested(3000),
    b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n" * 500_000,
    b"Content-Type: multipart/mixed; boundary=b\n\n" + b"\n" * 5_000_000,
    b"X: " + b"a" * 1_000_000 + b"\nSubject: hola\n\n",
    b"a: b\n" * 300_000,
    b"Subject: " + b"=?utf-8?q?a?= " * 80_000 + b"\n\n",
    b'Content-Type: a/b; name="' + b";" * 900_000 + b"\n\n",
    b"From: " + b"<" * 300_000 + b"\n\n",
    b"From: " + b"(" * 300_000 + b"\n\n",
    b"Content-Type: application/zip\nContent-Transfer-Encoding: base64\n\n" + b"=" * 5_000_000,
    b"Date: " + b"1 " * 300_000 + b"\n\n",
    b"\r" * 3_000_000,
]


@pytest.mark.parametrize("raw", SLOW, ids=range(len(SLOW)))
def test_no_message_takes_long(raw: bytes) -> None:
    began = time.process_time()
    incoming.read(raw)
    assert time.process_time() - began < 2.0


def test_the_interpreters_own_corpus_is_read() -> None:
    folder = Path(sysconfig.get_paths()["stdlib"]) / "test" / "test_email" / "data"
    samples = [path.read_bytes() for path in sorted(folder.glob("*")) if path.is_file()]
    if not samples:
        pytest.skip("this Python came without its tests")
    for raw in samples:
        half = len(raw) // 2
        for one in (raw, raw[:half], raw[half:], raw.replace(b"\n", b"\r"), raw * 3):
            incoming.read(one)


@given(st.binary(max_size=400))
def test_no_bytes_make_it_raise(raw: bytes) -> None:
    incoming.read(raw)


PIECES = st.sampled_from(
    [
        b"Content-Type: multipart/mixed; boundary=b",
        b"Content-Type: message/rfc822",
        b"Content-Type: application/zip; name*0*=x'y\"",
        b"Content-Disposition: attachment; filename*=",
        b"Content-Transfer-Encoding: base64",
        b"Content-Transfer-Encoding: quoted-printable",
        b"Subject: =?utf-8?b?x?=",
        b"From: =?x",
        b"--b",
        b"--b--",
        b"",
        b"",
        b" \xff\x00",
        b"=\xc3",
    ]
)


@given(st.lists(st.one_of(PIECES, st.binary(max_size=9)), max_size=30), st.sampled_from([0, 1, 2]))
def test_no_mixture_of_pieces_makes_it_raise(pieces: list[bytes], end: int) -> None:
    told = incoming.read((b"\r\n", b"\n", b"\r")[end].join(pieces))
    for one in told.files:
        assert "\n" not in one.name
        assert "/" not in one.name


@given(st.integers(min_value=0), st.binary(min_size=1, max_size=5))
def test_a_damaged_message_is_still_one(place: int, noise: bytes) -> None:
    raw = message(("z.zip", "application/zip", ZIP)).as_bytes()
    start = place % len(raw)
    incoming.read(raw[:start] + noise + raw[start + len(noise) :])


@pytest.mark.parametrize(
    ("name", "type_", "content", "maybe"),
    [
        ("factura.xml", "application/octet-stream", b"", True),
        ("FACTURA.ZIP", "image/png", b"", True),
        ("factura.pdf", "application/xml", b"<?xml", False),  # its end says otherwise
        ("hoja.xlsx", "application/zip", b"PK\x03\x04\x14", False),  # an archive of its own
        ("xml", "text/plain", b"hola", False),  # a name, no end
        ("pdf", "application/xml", b"", True),
        ("factura.v2", "text/xml", b"", True),
        ("", "application/x-zip", b"", True),
        ("adjunto", "application/octet-stream", b"\r\n <?xml version", True),
        ("adjunto", "application/octet-stream", b"PK\x03\x04\x0a", True),
        ("adjunto", "image/svg+xml", b"<?xml version", False),
        ("adjunto", "application/octet-stream", b"%PDF-1.7", False),
    ],
)
def test_a_file_may_be_a_document_by_its_end_else_its_type_else_its_look(
    name: str, type_: str, content: bytes, maybe: bool
) -> None:
    assert Enclosed(name, type_, content).maybe_xml is maybe
