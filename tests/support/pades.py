"""A PDF's signature as somebody else checks it: by openssl, and by hand with `cryptography`."""

from __future__ import annotations

import re
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import load_der_pkcs7_certificates

RANGE = re.compile(rb"/ByteRange\[0 (\d+) (\d+) (\d+) *\]")
HOLE = re.compile(rb"<[0-9a-f]+>")


def parts(pdf: bytes) -> tuple[bytes, bytes]:
    """What the only signature covers, which must be all but itself, and its CMS."""
    ranges = RANGE.findall(pdf)
    assert len(ranges) == 1
    before, on, rest = map(int, ranges[0])
    assert on + rest == len(pdf)
    hole = pdf[before:on]
    assert HOLE.fullmatch(hole)
    held = bytes.fromhex(hole[1:-1].decode())
    assert held[:2] == b"\x30\x82"
    size = 4 + int.from_bytes(held[2:4], "big")
    assert not any(held[size:])
    return pdf[:before] + pdf[on:], held[:size]


def signer_of(pdf: bytes) -> x509.Certificate:
    """The certificate whose key signed all of the file.

    Raises AssertionError where that does not hold, ValueError where it cannot be read.
    """
    content, cms = parts(pdf)
    (certificate,) = load_der_pkcs7_certificates(cms)
    _by_openssl(content, cms, certificate)
    _by_hand(content, cms, certificate)
    return certificate


def _by_openssl(content: bytes, cms: bytes, certificate: x509.Certificate) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("no openssl on this machine (scripts/ensure_tools.sh says why)")
    with TemporaryDirectory() as folder:
        for name, held in (
            ("content", content),
            ("cms", cms),
            ("trusted", certificate.public_bytes(Encoding.PEM)),
        ):
            (Path(folder) / name).write_bytes(held)
        asked = "-verify -cades -binary -inform DER -in cms -content content -out told"
        trusting = "-CAfile trusted -partial_chain -no_check_time -purpose any"
        ended = subprocess.run(
            ["openssl", "cms", *asked.split(), *trusting.split()],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        assert (Path(folder) / "told").read_bytes() == content


def _by_hand(content: bytes, cms: bytes, certificate: x509.Certificate) -> None:
    """The attributes lie together before the signature, which comes last: RFC 5652, 5.3."""
    key = certificate.public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    content_type = bytes.fromhex("301806092a864886f70d010903310b06092a864886f70d010701")
    start = cms.index(content_type)
    assert cms[start - 3 : start - 1] == b"\xa0\x81"
    attributes = cms[start : start + cms[start - 1]]
    assert sha256(content).digest() in attributes
    assert sha256(certificate.public_bytes(Encoding.DER)).digest() in attributes
    signed = bytes((0x31, 0x81, len(attributes))) + attributes
    key.verify(cms[-key.key_size // 8 :], signed, padding.PKCS1v15(), SHA256())
