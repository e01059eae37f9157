"""A detached CMS signature, CAdES baseline B-B, in DER: what a PDF's signature holds.

Source: RFC 5652 (CMS), RFC 5035 (signing-certificate-v2), ETSI EN 319 122-1, clause 6. Only what
these ask of one signer with an RSA key is written: no library for ASN.1 is carried for it (ADR 9).
"""

from __future__ import annotations

from hashlib import sha256

from acuse.domain.jurisdiction import Credential

INTEGER, OCTETS, NULL, OID, SEQUENCE, SET, CONTEXT_0 = 0x02, 0x04, 0x05, 0x06, 0x30, 0x31, 0xA0
DATA = bytes.fromhex("2a864886f70d010701")  # 1.2.840.113549.1.7.1
SIGNED_DATA = bytes.fromhex("2a864886f70d010702")  # 1.2.840.113549.1.7.2
CONTENT_TYPE = bytes.fromhex("2a864886f70d010903")  # 1.2.840.113549.1.9.3
MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")  # 1.2.840.113549.1.9.4
SIGNING_CERTIFICATE_V2 = bytes.fromhex("2a864886f70d010910022f")  # 1.2.840.113549.1.9.16.2.47
SHA_256 = bytes.fromhex("608648016503040201")  # 2.16.840.1.101.3.4.2.1
RSA = bytes.fromhex("2a864886f70d010101")  # 1.2.840.113549.1.1.1: PKCS #1 v1.5


def detached(content: bytes, credential: Credential) -> bytes:
    """The signature of the content, with the certificate and without the content.

    It tells no moment: in a PDF that is the signature dictionary's (EN 319 142-1, clause 6.3).
    """
    certificate = credential.certificate
    attributes = sorted(  # DER: a SET's members in the order of their bytes
        (
            _attribute(CONTENT_TYPE, _der(OID, DATA)),
            _attribute(MESSAGE_DIGEST, _der(OCTETS, sha256(content).digest())),
            _attribute(SIGNING_CERTIFICATE_V2, _identified(certificate)),
        )
    )
    hashed = _der(SEQUENCE, _der(OID, SHA_256))
    signer = _der(
        SEQUENCE,
        _der(INTEGER, b"\x01"),
        issuer_and_serial(certificate),
        hashed,
        _der(CONTEXT_0, *attributes),
        _der(SEQUENCE, _der(OID, RSA), _der(NULL)),
        _der(OCTETS, credential.sign(_der(SET, *attributes))),  # as a SET: RFC 5652, 5.4
    )
    signed = _der(
        SEQUENCE,
        _der(INTEGER, b"\x01"),
        _der(SET, hashed),
        _der(SEQUENCE, _der(OID, DATA)),
        _der(CONTEXT_0, certificate),
        _der(SET, signer),
    )
    return _der(SEQUENCE, _der(OID, SIGNED_DATA), _der(CONTEXT_0, signed))


def issuer_and_serial(certificate: bytes) -> bytes:
    """The certificate's name in a CMS, its parts byte for byte as they stand in the certificate."""
    parts = _parts(_parts(certificate)[0])
    if parts[0][0] == CONTEXT_0:  # the version, which the first version leaves out
        parts = parts[1:]
    serial, _, issuer = parts[:3]
    return _der(SEQUENCE, issuer, serial)


def _identified(certificate: bytes) -> bytes:
    """SigningCertificateV2: the certificate's hash; SHA-256 is the default, so it is not named."""
    one = _der(SEQUENCE, _der(OCTETS, sha256(certificate).digest()))
    return _der(SEQUENCE, _der(SEQUENCE, one))


def _attribute(kind: bytes, value: bytes) -> bytes:
    return _der(SEQUENCE, _der(OID, kind), _der(SET, value))


def _der(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def _parts(der: bytes) -> list[bytes]:
    """The elements inside the element, each with its own tag and length."""
    start, end = _bounds(der, 0)
    assert end == len(der), "bytes after the element"
    found = []
    while start < end:
        _, stop = _bounds(der, start)
        found.append(der[start:stop])
        start = stop
    assert start == end, "an element longer than what it is in"
    return found


def _bounds(der: bytes, at: int) -> tuple[int, int]:
    """Where the content of the element that begins there begins and ends."""
    size, start = der[at + 1], at + 2
    if size >= 0x80:
        more = size & 0x7F
        size, start = int.from_bytes(der[start : start + more], "big"), start + more
    return start, start + size
