"""A signed value is written in one way, and anybody with the certificate can check it."""

from __future__ import annotations

import json
from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from acuse.domain import jws
from tests.support import makers


def decoded(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))


def certificate_of(signature: str) -> x509.Certificate:
    """Check the form; the certificate that the header brings."""
    head, payload, _ = signature.split(".")
    assert payload == ""
    header = json.loads(decoded(head))
    assert header["alg"] == "RS256"
    (chain,) = header["x5c"]
    certificate = x509.load_der_x509_certificate(b64decode(chain))
    assert decoded(header["x5t#S256"]) == certificate.fingerprint(hashes.SHA256())
    return certificate


def check(value: Any, signature: str) -> None:
    """Raise InvalidSignature unless the certificate inside signed the value: written anew here."""
    head, _, signed = signature.split(".")
    key = certificate_of(signature).public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    payload = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    middle = urlsafe_b64encode(payload.encode()).rstrip(b"=").decode()
    data = f"{head}.{middle}".encode()
    key.verify(decoded(signed), data, padding.PKCS1v15(), hashes.SHA256())


def test_the_canonical_form_is_that_of_the_rfc() -> None:
    value = {
        "literals": [None, True, False],
        "numbers": [0, -1, 123456789],
        "string": '\u20ac$\u000f\nA\'B"\\\\"/',
        "A": {"b": "ñ", "a": []},
    }
    assert jws.canonical(value).decode() == (
        '{"A":{"a":[],"b":"ñ"},"literals":[null,true,false],"numbers":[0,-1,123456789],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


@pytest.mark.parametrize("value", [1.5, {"a": [0.0]}, {"ñ": "a"}])
def test_what_others_may_write_otherwise_is_not_signed(value: Any) -> None:
    with pytest.raises(ValueError, match="no whole number|no ASCII name"):
        jws.canonical(value)


def test_a_change_of_one_letter_breaks_the_signature() -> None:
    value = {"to": "compras@inventada.example", "n": [1, {"b": True}]}
    signature = jws.detached(jws.canonical(value), makers.credential())
    check(value, signature)
    with pytest.raises(InvalidSignature):
        check(value | {"to": "ventas@inventada.example"}, signature)
    again = jws.detached(jws.canonical(value), makers.credential())
    assert again == signature
