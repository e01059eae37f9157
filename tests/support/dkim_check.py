"""DKIM verified a second time, sharing no code with the signer (RFC 6376 3.4, 3.7, 6.1)."""

from __future__ import annotations

import re
from base64 import b64decode
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key


def tags(text: str) -> dict[str, str]:
    """The tags of a signature or a record, without any white space."""
    pairs = (one.partition("=") for one in "".join(text.split()).split(";") if one)
    return {name: value for name, _, value in pairs}


def holds(message: bytes, records: dict[str, str]) -> bool:
    """Whether the first signature of a message holds by the record that its name leads to."""
    head, _, body = message.partition(b"\r\n\r\n")
    fields = re.split(rb"\r\n(?![ \t])", head)
    own = next(one for one in fields if one.lower().startswith(b"dkim-signature:"))
    told = tags(own.partition(b":")[2].decode())
    assert (told["v"], told["a"], told["c"]) == ("1", "rsa-sha256", "relaxed/relaxed")
    assert "x" not in told
    assert "l" not in told
    if b64decode(told["bh"]) != sha256(_body(body)).digest():
        return False
    left = [one for one in fields if one is not own]
    signed = b""
    for name in told["h"].lower().split(":"):
        found = [one for one in left if one.lower().startswith(name.encode() + b":")]
        if found:
            signed += _field(found[-1]) + b"\r\n"
            left.remove(found[-1])
    signed += _field(re.sub(rb"([;\s]b=)[^;]*", rb"\1", own))
    key = load_der_public_key(b64decode(tags(records[f"{told['s']}._domainkey.{told['d']}"])["p"]))
    assert isinstance(key, rsa.RSAPublicKey)
    try:
        key.verify(b64decode(told["b"]), signed, padding.PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return True


def _body(body: bytes) -> bytes:
    lines = [re.sub(rb"[ \t]+", b" ", line).rstrip(b" ") for line in body.split(b"\r\n")]
    while lines and not lines[-1]:
        lines.pop()
    return b"".join(line + b"\r\n" for line in lines)


def _field(field: bytes) -> bytes:
    name, _, value = field.partition(b":")
    flat = re.sub(rb"[ \t]+", b" ", value.replace(b"\r\n", b"")).strip(b" \t")
    return name.lower().strip() + b":" + flat
