"""Certificates that issuers registered, or took back, and who signs for whom.

An issuer that registered none may use any that carries its RUC. Source: peru.md 4.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from cryptography import x509

from acuse_sandbox.hardened import Element
from acuse_sandbox.sunat import options
from acuse_sandbox.sunat.rulebook.rule import Finding, Spot
from acuse_sandbox.sunat.signature import DS

SPOT = Spot("KeyInfo/X509Data/X509Certificate")


@dataclass(frozen=True, slots=True)
class Entry:
    """One certificate, by its serial number."""

    removed_on: date | None = None
    is_revoked: bool = False


@dataclass(frozen=True, slots=True)
class Certificates:
    """An issuer's certificates, and the providers whose own may sign for it."""

    entries: Mapping[str, Entry]
    signers: frozenset[str] = frozenset()


ANY = Certificates({})


def of(settings: Mapping[str, str], ruc: str) -> Certificates:
    """What is registered for an issuer."""
    found = {
        entry["serial"]: Entry(
            date.fromisoformat(entry["removed_on"]) if "removed_on" in entry else None,
            bool(entry.get("revoked", False)),
        )
        for entry in options.entries(settings, "certificate")
        if entry["ruc"] == ruc
    }
    return Certificates(found, frozenset(providers(settings, ruc)))


def providers(settings: Mapping[str, str], ruc: str) -> Iterator[str]:
    """The PSE that may send and sign for an issuer."""
    for entry in options.entries(settings, "provider"):
        if entry["ruc"] == ruc:
            yield entry["provider"]


def examine(known: Certificates, root: Element, issued: date | None) -> Iterator[Finding]:
    """2325, 2326 and 2328, as far as an issuer registered certificates."""
    serial = _serial(root)
    if not known.entries or serial is None:
        return
    entry = known.entries.get(serial)
    if entry is None:
        yield Finding("2325", "El certificado no es el comunicado por el emisor", SPOT)
        return
    if entry.removed_on is not None and issued is not None and entry.removed_on < issued:
        yield Finding("2326", "El certificado está de baja", SPOT)
    if entry.is_revoked:
        yield Finding("2328", "El certificado está revocado", SPOT)


def _serial(root: Element) -> str | None:
    text = root.findtext(f".//{{{DS}}}X509Certificate") or ""
    try:
        der = b64decode("".join(text.split()), validate=True)
        return str(x509.load_der_x509_certificate(der).serial_number)
    except ValueError:
        return None
