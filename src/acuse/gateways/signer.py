"""The way to the signer: keys stay there, signatures come back."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.x509.oid import NameOID

from acuse.domain.jurisdiction import Credential
from acuse.domain.party import CertificateFacts
from acuse.domain.problem import Blocked, Problem
from acuse.gateways import wire

TIMEOUT = 30.0

PROBLEMS = {
    "password": "La contraseña no abre el archivo. Escríbela de nuevo (respeta mayúsculas); si es "
    "la correcta, el archivo está dañado: descárgalo otra vez.",
    "damaged": "El archivo no es un certificado .p12/.pfx o está dañado. Descárgalo otra vez.",
    "no_key": "El archivo no trae la llave privada. Expórtalo de nuevo con ella.",
    "not_rsa": "La llave no es RSA: la autoridad no la acepta. Pide un certificado RSA.",
    "weak": "La llave tiene menos de 2048 bits. Pide un certificado nuevo.",
    "mismatch": "La llave del archivo no corresponde a su certificado. Expórtalo de nuevo.",
    "too_large": "El archivo pesa más de 200 KB: no parece un certificado. Revisa cuál elegiste.",
    "too_costly": "El archivo tarda demasiado en abrirse: no parece un certificado normal.",
    "wrong_key": "La llave guardada no abre en este servidor. Sube el certificado otra vez.",
    "not_understood": "El firmador es de otra versión. Reinicia `acuse signer`.",
}
NAMING = (
    NameOID.SERIAL_NUMBER,
    NameOID.ORGANIZATIONAL_UNIT_NAME,
    NameOID.ORGANIZATION_IDENTIFIER,
    NameOID.COMMON_NAME,
)


class SignerUnavailable(Exception):
    """The signer does not answer: nothing can be signed until `acuse signer` runs."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An opened certificate: its facts, its DER, and its key wrapped for the signer alone."""

    facts: CertificateFacts
    certificate: bytes
    wrapped_key: bytes = field(repr=False)


class SignerClient:
    """Asks the signer over kept connections, as many as threads ask at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: list[socket.socket] = []

    def sign(self, company: int, name: str, wrapped_key: bytes, data: bytes) -> bytes:
        """The signature; raises SignerUnavailable, or Blocked for a key that does not open."""
        head = {"do": "sign", "company": company, "name": name}
        _, parts = self._ask(wire.pack(head, wrapped_key, data))
        return parts[0]

    def open_pkcs12(self, content: bytes, password: str, company: int) -> Opened:
        """The certificate of a .p12; raises Blocked with what is wrong with the file."""
        head = {"do": "open", "company": company}
        _, (certificate, wrapped) = self._ask(wire.pack(head, content, password.encode()))
        return Opened(facts(certificate), certificate, wrapped)

    def close(self) -> None:
        """End the connections that nobody uses."""
        while (kept := self._kept()) is not None:
            kept.close()

    def _ask(self, message: bytes) -> tuple[dict[str, Any], list[bytes]]:
        reply = None
        while reply is None and (kept := self._kept()) is not None:
            # The signer may have been started anew since: its old connections are no use.
            with suppress(ConnectionError, wire.Broken):
                reply = self._exchange(kept, message)
        try:
            reply = reply or self._exchange(self._connected(), message)
        except (OSError, wire.Broken) as error:
            raise _unavailable(error) from error
        if reply is None:
            raise _unavailable("it ended the connection")
        if "problem" in reply[0]:
            problem = str(reply[0]["problem"])
            raise Blocked([Problem("certificate", f"XX-CRT-{problem}", PROBLEMS[problem])])
        return reply

    def _exchange(
        self, connection: socket.socket, message: bytes
    ) -> tuple[dict[str, Any], list[bytes]] | None:
        """The reply; the connection is kept only if it brought a whole one."""
        reply = None
        try:
            connection.sendall(message)
            reply = wire.read(connection.recv)
        finally:
            if reply is None:
                connection.close()
            else:
                self._idle.append(connection)
        return reply

    def _kept(self) -> socket.socket | None:
        try:
            return self._idle.pop()
        except IndexError:
            return None

    def _connected(self) -> socket.socket:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(TIMEOUT)
        try:
            connection.connect(str(self._path))
        except OSError:
            connection.close()
            raise
        return connection


def _unavailable(reason: object) -> SignerUnavailable:
    return SignerUnavailable(f"`acuse signer` does not answer ({reason}): start it, then try again")


@dataclass(frozen=True, slots=True)
class SignerCredential:
    """A company's credential whose key is in the signer; what a call does not need is not read."""

    _client: SignerClient = field(repr=False)
    _company: int
    _stored: Callable[[], tuple[bytes, bytes]] = field(repr=False)
    _secret: Callable[[str], str] = field(repr=False)

    @property
    def certificate(self) -> bytes:
        """The certificate, DER."""
        return self._stored()[0]

    def sign(self, data: bytes) -> bytes:
        """The signature, made by the signer."""
        certificate, wrapped_key = self._stored()
        name = f"certificate:{sha256(certificate).hexdigest()}"
        return self._client.sign(self._company, name, wrapped_key, data)

    def secret(self, name: str) -> str:
        """A stored credential; raises KeyError."""
        return self._secret(name)


def credential(
    client: SignerClient,
    company: int,
    stored: Callable[[], tuple[bytes, bytes]],
    secret: Callable[[str], str],
) -> Credential:
    """The credential of a company: `stored` gives its certificate, DER, and wrapped key, `secret`
    opens one of its secrets; each is called when it is needed."""
    return SignerCredential(client, company, stored, secret)


def facts(der: bytes) -> CertificateFacts:
    """What the certificate says of its holder and its time."""
    certificate = x509.load_der_x509_certificate(der)
    return CertificateFacts(
        subject=certificate.subject.rfc4514_string()[:500],
        holder_ids=holder_ids(certificate.subject),
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
        sha256=sha256(der).hexdigest(),
    )


def holder_ids(subject: x509.Name) -> tuple[str, ...]:
    """The tax ids that a subject names, without marks: "CPJ-3-101-999888" gives 3101999888.

    Costa Rica writes persons with a leading zero ("CPF-01-9999-0888"): both forms are given.
    """
    found: list[str] = []
    for oid in NAMING:
        for attribute in subject.get_attributes_for_oid(oid):
            value = str(attribute.value).upper()
            joined = re.sub(r"(?<=[0-9A-Z])-(?=[0-9])", "", value)
            for digits in re.findall(r"(?<!\d)\d{8,12}(?!\d)", joined):
                found += [digits, digits.lstrip("0")]
    return tuple(dict.fromkeys(found))
