"""What happens to mail on its way: damages of mail.md 9.3, and a seeded mutator."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

MEGABYTES = 5 * 1024 * 1024
PIECES = (
    *(b"", b"\r", b"\n", b"\r\n\r\n", b"\0", b"\xff\xfe", b"=?utf-8?b?", b"--=_corte--\r\n"),
    *(b"Action: delivered\r\n", b"Content-Type: message/rfc822\r\n\r\n", b"--=_corte\r\n"),
    *(b"(" * 300, b'"' * 99, b"<" * 500, b";" * 500, b" " * 2000),
)


def cr_only(raw: bytes) -> bytes:
    return raw.replace(b"\r\n", b"\r")


def lf_only(raw: bytes) -> bytes:
    return raw.replace(b"\r\n", b"\n")


def wrong_boundary(raw: bytes) -> bytes:
    return raw.replace(b'boundary="=_corte"', b'boundary="otra"')


def no_boundary(raw: bytes) -> bytes:
    return raw.replace(b' boundary="=_corte"', b" bo")


def no_content_type(raw: bytes) -> bytes:
    return re.sub(rb"Content-Type: [^\r]*\r\n(?:[ \t][^\r]*\r\n)*", b"", raw, count=1)


def unknown_charset(raw: bytes) -> bytes:
    return raw.replace(b"charset=utf-8", b"charset=klingon-1")


def utf7(raw: bytes) -> bytes:
    return raw.replace(b"charset=utf-8", b"charset=utf-7")


def broken_base64(raw: bytes) -> bytes:
    return raw.replace(
        b"Content-Type: message/delivery-status\r\n",
        b"Content-Type: message/delivery-status\r\nContent-Transfer-Encoding: base64\r\n",
    )


def five_megabytes(raw: bytes) -> bytes:
    return raw + b"relleno de una linea\r\n" * (MEGABYTES // 22)


def many_parts(raw: bytes) -> bytes:
    return raw.replace(b"--=_corte\r\n", b"--=_corte\r\n\r\nx\r\n" * 300 + b"--=_corte\r\n", 1)


def deep(raw: bytes) -> bytes:
    nest = b'Content-Type: multipart/mixed; boundary="n%d"\r\n\r\n--n%d\r\n'
    return b"Subject: x\r\n" + b"".join(nest % (n, n) for n in range(300)) + raw


def long_header(raw: bytes) -> bytes:
    return b"X-Largo: " + b"a " * 500_000 + b"\r\n" + raw


def headers_twice(raw: bytes) -> bytes:
    head, _, body = raw.partition(b"\r\n\r\n")
    return head + b"\r\n" + head + b"\r\n\r\n" + body


def fields_twice(raw: bytes) -> bytes:
    return raw.replace(b"Action: ", b"Action: expanded\r\nAction: ").replace(
        b"Status: ", b"Status: 2.0.0\r\nStatus: "
    )


def _cut(tenths: int) -> Callable[[bytes], bytes]:
    return lambda raw: raw[: len(raw) * tenths // 10]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    one.__name__: one
    for one in (
        *(cr_only, lf_only, wrong_boundary, no_boundary, no_content_type, unknown_charset, utf7),
        *(
            deep,
            broken_base64,
            five_megabytes,
            many_parts,
            long_header,
            headers_twice,
            fields_twice,
        ),
    )
} | {f"cut at {tenths}0 %": _cut(tenths) for tenths in range(10)}


def mutants(raw: bytes, *, seed: int, count: int) -> Iterator[bytes]:
    """So many damaged copies, the same ones for the same seed."""
    draw = random.Random(seed)
    for _ in range(count):
        made = bytearray(raw)
        for _ in range(draw.randint(1, 6)):
            at = draw.randrange(len(made) + 1)
            match draw.randrange(4):
                case 0:
                    made[at : at + draw.randint(1, 200)] = b""
                case 1:
                    made[at:at] = draw.choice(PIECES)
                case 2:
                    made[at : at + 1] = bytes([draw.randrange(256)])
                case _:
                    from_ = draw.randrange(len(made) + 1)
                    made[at:at] = made[from_ : from_ + draw.randint(1, 300)]
            made = made or bytearray(b"x")
        yield bytes(made)
