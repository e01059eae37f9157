"""Tokens of SUNAT's APIs, and addresses with a part to fill in. Source: peru.md 5.1, 5.6."""

from __future__ import annotations

import re

from acuse.domain.jurisdiction import Credential
from acuse.domain.submission import Call, CallPurpose, Form

# A token is fetched for the whole company and kept under these names.
GRE_TOKEN = "gre_token"  # noqa: S105 - a note's name
REGISTER_TOKEN = "register_token"  # noqa: S105 - a note's name
GRE_REFUSED = "gre_refused"  # the mark of the token that was refused last
REGISTER_REFUSED = "register_refused"
TOKEN_OF = {  # operation that logs in: the note it fills, the note on a refused one
    "gre_token": (GRE_TOKEN, GRE_REFUSED),
    "register_token": (REGISTER_TOKEN, REGISTER_REFUSED),
}


def log_in(
    url: str, fields: dict[str, str], secrets: tuple[str, ...], facts: dict[str, str]
) -> Call:
    """A form sent for a token."""
    return Call(
        purpose=CallPurpose.LOGIN,
        method="POST",
        url=url,
        headers={"accept": "application/json"},
        body=Form(fields),
        secret_parts=secrets,
        facts=facts,
    )


def secret(credential: Credential, name: str) -> str:
    """The credential, "" where the company took it away meanwhile: SUNAT then says so."""
    try:
        return credential.secret(name).strip()
    except KeyError:
        return ""


def filled(url: str, **parts: str) -> str:
    """The address with its parts, each one segment whatever its characters."""
    for name, value in parts.items():
        safe = re.sub(r"[^A-Za-z0-9._~-]", _percent, value)
        url = url.replace("{" + name + "}", safe)
    return url


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())
