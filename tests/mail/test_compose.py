"""Whatever a user wrote, the message has our headers, one recipient, and the files as they are."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.face import Attachment
from acuse.mail import headers
from acuse.mail.compose import compose, part
from acuse.mail.headers import BadHeader
from acuse.mail.verify import HEADERS, verify_message
from tests.mail.letters import FILES, TOKEN, XML, letter

PARTS = tuple(part(file) for file in FILES)
HOSTILE = (
    "=?utf-8?q?=0ABcc:_x@y.co?=",
    "=?utf-8?b?Cg==?=",
    "=?iso-8859-1?q?=0D=0A?=",
    "=?utf-8?q?broken",
    '"dian@dian.gov.co" <x@evil.example>',
    'Ltda. "El Ñato" & Cía; S.A.S.',
    "termina en barra \\",
    "nombre (comentario) <a@b.example>, otro: grupo;",
    "Re: Fwd: x",
    "a;b;c;01;d",
    "   ",
    "dos  espacios",
    " al principio",
    "Ñandú 😀 李",
    "שלום",
    "e\u0301" * 200,
    "x" * 998,
    "x" * 999,
    "palabra " * 200,
    "?= =?",
    "under_score = igual",
    ".",
)
FORBIDDEN = ("a\r\nBcc: x@y.co", "a\nb", "a\rb", "a\x00b", "a\x0bb", "a\x0cb", "a\x85b", "a\u2028b")


def legacy(message: bytes) -> Message:
    return message_from_bytes(message, policy=policy.compat32)


def modern(message: bytes) -> EmailMessage:
    parsed = message_from_bytes(message, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def decoded(value: str) -> str:
    """As RFC 2047 has it: unfolded, encoded words put together."""
    return str(make_header(decode_header(re.sub(r"\r\n(?=[ \t])", "", value))))


def files(message: bytes) -> list[tuple[str | None, bytes]]:
    found = []
    for one in legacy(message).walk():
        if one.get_content_disposition() == "attachment":
            content = one.get_payload(decode=True)
            assert isinstance(content, bytes)
            found.append((one.get_filename(), content))
    return found


def assert_as_planned(message: bytes, subject: str, sender_name: str) -> None:
    verify_message(message)
    for parsed in (legacy(message), modern(message)):
        assert tuple(parsed.keys()) == HEADERS
    old = legacy(message)
    assert decoded(old["Subject"]) == subject
    name, address = parseaddr(re.sub(r"\r\n(?=[ \t])", "", old["From"]))
    assert (decoded(name), address) == (sender_name, "avisos@acuse.example")
    assert modern(message)["To"].addresses[0].addr_spec == "pagos@cliente.example"
    assert len(modern(message)["To"].addresses) == 1
    assert files(message) == [(file.name, file.content) for file in FILES]


def test_a_letter_reads_as_it_was_meant() -> None:
    message = compose(letter(), PARTS)
    parsed = modern(message)
    assert parsed["From"] == "Comercial Ejemplar <avisos@acuse.example>"
    assert parsed["Reply-To"] == "Comercial Ejemplar <facturas@ejemplar.example>"
    assert parsed["Subject"] == "Factura F001-123 de Comercial Ejemplar"
    assert parsed["Message-ID"] == f"<{TOKEN}@acuse.example>"
    assert parsed["Auto-Submitted"] == "auto-generated"
    assert parsed["X-Acuse-Delivery"] == TOKEN
    assert parsed["Date"].datetime == letter().date
    assert [one.get_content_type() for one in parsed.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/xml",
        "application/zip",
        "application/pdf",
    ]
    body = parsed.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == letter().text
    assert_as_planned(message, letter().subject, letter().sender_name)


def test_the_form_of_the_bytes_is_fixed() -> None:
    message = compose(letter(subject="Factura de Compañía", sender_name='A "B"'), PARTS[:1])
    assert message.split(b"\r\n\r\n")[0].decode() == (
        'From: "A \\"B\\""\r\n <avisos@acuse.example>\r\n'
        "To: <pagos@cliente.example>\r\n"
        "Reply-To: Comercial Ejemplar\r\n <facturas@ejemplar.example>\r\n"
        "Subject: =?utf-8?q?Factura_de_Compa=C3=B1=C3=ADa?=\r\n"
        "Date: Wed, 25 Nov 2026 15:30:00 +0000\r\n"
        f"Message-ID: <{TOKEN}@acuse.example>\r\n"
        "Auto-Submitted: auto-generated\r\n"
        f"X-Acuse-Delivery: {TOKEN}\r\n"
        "MIME-Version: 1.0\r\n"
        f'Content-Type: multipart/mixed;\r\n boundary="=_acuse_{TOKEN}"'
    )
    assert message == compose(letter(subject="Factura de Compañía", sender_name='A "B"'), PARTS[:1])


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_a_text(text: str) -> None:
    made = letter(subject=text, sender_name=text, reply_to_name=text)
    message = compose(made, PARTS)
    assert_as_planned(message, text, text if text.strip() else "")
    # RFC 2047 2: a longer word is none, and some readers show it as it is.
    head = message.partition(b"\r\n\r\n")[0]
    words = re.findall(rb"=\?utf-8\?[qb]\?[^?]*\?=", head)
    assert all(len(word) <= 75 for word in words)
    assert all(len(line) <= 76 for line in head.split(b"\r\n") if b"=?utf-8?" in line)


@pytest.mark.parametrize("field", ["subject", "sender_name", "reply_to_name"])
@pytest.mark.parametrize("text", FORBIDDEN)
def test_a_control_in_a_header_is_refused(field: str, text: str) -> None:
    with pytest.raises(BadHeader):
        compose(letter(**{field: text}), PARTS)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("to", "a@b.example\r\nBcc: x@y.co"),
        ("to", "a@b.example, c@d.example"),
        ("to", "a@b.example> <c@d.example"),
        ("to", "=?utf-8?q?=0ABcc?=@y.co"),
        ("to", "@ruta:a@b.example"),
        ("to", '"a b"@c.example'),
        ("to", ""),
        ("sender", "sin arroba"),
        ("reply_to", "ñ@b.example"),
        ("message_id", "<a b@c.example>"),
        ("message_id", "<a@c.example>\r\nX: y"),
        ("token", 'a"; b'),
        ("token", ""),
    ],
)
def test_what_is_not_an_address_or_a_name_of_ours_is_refused(field: str, text: str) -> None:
    with pytest.raises(BadHeader):
        compose(letter(**{field: text}), PARTS)


anything = st.text(alphabet=st.characters(codec="utf-8"), max_size=200)
tempting = st.lists(
    st.sampled_from(["=?utf-8?q?", "?=", "=0A", "\r\n", "Bcc: x@y.co", '"', "<", ">", "\\", " "])
    | st.text(max_size=6),
    max_size=12,
).map("".join)
texts = anything | tempting


@given(sender_name=texts, reply_to_name=texts, subject=texts, text=texts, html=texts)
def test_for_all_texts_the_message_has_the_planned_headers_or_is_refused(
    sender_name: str, reply_to_name: str, subject: str, text: str, html: str
) -> None:
    made = letter(
        sender_name=sender_name,
        reply_to_name=reply_to_name,
        subject=subject,
        text=text,
        html=html,
    )
    try:
        message = compose(made, PARTS)
    except BadHeader:
        assert any(
            re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", one)
            for one in (sender_name, reply_to_name, subject)
        )
        return
    assert_as_planned(message, subject, sender_name if sender_name.strip() else "")


@given(
    to=texts,
    sender=texts,
    reply_to=texts,
    message_id=texts,
    token=texts,
)
def test_for_all_addresses_and_names_the_message_is_as_planned_or_refused(
    to: str, sender: str, reply_to: str, message_id: str, token: str
) -> None:
    good = letter()
    for changes in (
        {"to": to},
        {"to": f"{to}@b.example"},
        {"sender": sender},
        {"reply_to": reply_to},
        {"message_id": message_id},
        {"token": token},
    ):
        try:
            message = compose(replace(good, **changes), PARTS)  # type: ignore[arg-type]
        except BadHeader:
            continue
        verify_message(message)
        assert len(modern(message)["To"].addresses) == 1
        assert files(message) == [(file.name, file.content) for file in FILES]


@given(name=texts, content=st.binary(max_size=400))
def test_for_all_names_and_contents_an_attachment_arrives_as_it_is(
    name: str, content: bytes
) -> None:
    message = compose(letter(), (part(Attachment(name, "application/pdf", content)),))
    verify_message(message)
    ((arrived, same),) = files(message)
    assert same == content
    assert arrived == headers.file_name(name)
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", arrived)
    assert len(arrived) <= 110


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("20999888772-01-F001-123.xml", "20999888772-01-F001-123.xml"),
        ("Compañía nº 1.pdf", "Compania_no_1.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\x.pdf", "x.pdf"),
        ('"; filename=x.exe', "filename_x.exe"),
        ("\u202efdp.exe", "fdp.exe"),
        ("CON.pdf", "archivo-CON.pdf"),
        ("recon.aux.xml", "recon.aux.xml"),  # reserved names stand alone before the first dot
        ("--help", "help"),
        ("x.pdf. ", "x.pdf"),
        ("", "archivo"),
        ("日本", "archivo"),
        ("a" * 300 + ".pdf", "a" * 96 + ".pdf"),
    ],
)
def test_a_file_name_is_of_the_safe_alphabet(name: str, safe: str) -> None:
    assert headers.file_name(name) == safe


@pytest.mark.parametrize("kind", ['text/plain; name="x"', "a/b\r\nX: y", "", "application"])
def test_a_content_type_that_says_more_is_refused(kind: str) -> None:
    with pytest.raises(BadHeader):
        part(Attachment("x.pdf", kind, b""))


@pytest.mark.parametrize("end", [b"\n.\n", b"\r.\r", b"\r\n.\r", b"\n.\r\n", b"\r\n.\r\n"])
def test_nothing_inside_can_end_the_message_for_any_server(end: bytes) -> None:
    second = end + b"MAIL FROM:<x@evil.example>\r\nRCPT TO:<y@z.example>\r\nDATA\r\n"
    text = second.decode()
    smuggled = Attachment("x.xml", "application/xml", second)
    message = compose(letter(text=text, html=text), (part(smuggled),))
    assert end not in message
    assert b"MAIL FROM" not in message
    assert files(message) == [("x.xml", second)]


def test_an_attachment_that_looks_like_our_boundary_stays_inside() -> None:
    inside = f"\r\n--=_acuse_{TOKEN}--\r\n".encode()
    message = compose(letter(), (part(Attachment("x.xml", "application/xml", inside)),))
    assert files(message) == [("x.xml", inside)]


def test_a_part_serves_every_message_of_the_packet() -> None:
    once = part(FILES[0])
    for to in ("a@b.example", "c@d.example"):
        assert files(compose(letter(to=to), (once,))) == [(FILES[0].name, XML)]
