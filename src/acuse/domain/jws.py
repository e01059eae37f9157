"""A detached signature in JSON's own form: RFC 7515 (JWS, appendix F) over RFC 8785 (JCS)."""

from __future__ import annotations

import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256

from acuse.domain.jurisdiction import Credential

Value = str | int | bool | None | Sequence["Value"] | Mapping[str, "Value"]


def canonical(value: Value) -> bytes:
    """The one way to write the value (RFC 8785): no white space, names in order, UTF-8.

    Raises ValueError for a number that is not whole and for a name that is not ASCII: what these
    become is where writers of JSON differ, and nothing that we sign needs them.
    """
    _refuse_doubtful(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def detached(payload: bytes, credential: Credential) -> str:
    """The signature by RS256, with the certificate in its header: `header..signature`.

    Whoever checks it puts the payload, in base64url, between the two points.
    """
    der = credential.certificate
    header = {
        "alg": "RS256",
        "cty": "application/json",
        "x5c": [b64encode(der).decode()],
        "x5t#S256": _encoded(sha256(der).digest()),
    }
    head = _encoded(json.dumps(header, separators=(",", ":")).encode())
    signature = credential.sign(f"{head}.{_encoded(payload)}".encode())
    return f"{head}..{_encoded(signature)}"


def _encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _refuse_doubtful(value: Value) -> None:
    if isinstance(value, float):
        raise ValueError(f"{value} is no whole number")
    if isinstance(value, Mapping):
        for name, one in value.items():
            if not name.isascii():
                raise ValueError(f"{name!r} is no ASCII name")
            _refuse_doubtful(one)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for one in value:
            _refuse_doubtful(one)
