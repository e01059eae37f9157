"""What mail providers post of a mail, in the shapes of their papers, and how each proves itself.

The data are invented; a test chooses the kind of news, the address, and how the mail is named.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64encode
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID

from acuse.domain.route import Provider
from tests.support.cases_provider_posts import (
    BOUNCED,
    BREVO,
    COMPLAINED,
    DELAYED,
    DELIVERED,
    DROPPED,
    FULL_BOX,
    KINDS,
    MAILGUN,
    OPENED,
    POSTMARK,
    RESEND,
    SENDGRID,
    TAKEN,
    Mail,
    ses,
)

__all__ = [
    "BOUNCED",
    "CERTIFICATE",
    "CERTIFICATE_URL",
    "COMPLAINED",
    "DELAYED",
    "DELIVERED",
    "DROPPED",
    "FULL_BOX",
    "KINDS",
    "OPENED",
    "TAKEN",
    "TOPIC",
    "Mail",
    "Posted",
    "Poster",
    "event",
    "mailgun_signature",
    "sns",
    "sns_certificate",
]

P = Provider
TOPIC = "arn:aws:sns:us-east-1:123456789012:acuse-correo"
CERTIFICATE = "/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem"
CERTIFICATE_URL = f"https://sns.us-east-1.amazonaws.com{CERTIFICATE}"
KEY = b64encode(b"una clave inventada de 32 bytes!").decode()
_count = count(1)


@dataclass(frozen=True, slots=True)
class Posted:
    """A post: its body and headers, as they come."""

    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


def event(provider: Provider, kind: str, mail: Mail) -> dict[str, Any]:
    """The event alone, as it stands in a post."""
    return deepcopy(_event(provider, kind, mail))


def _event(provider: Provider, kind: str, mail: Mail) -> dict[str, Any]:
    number = next(_count)
    if provider is P.SES:
        return ses(kind, mail)
    if provider is P.POSTMARK:
        record, about = POSTMARK[kind]
        times = {"DeliveredAt" if kind == DELIVERED else "BouncedAt": "2026-11-26T15:00:00Z"}
        ids = {"ID": number} if record in ("Bounce", "SpamComplaint") else {}
        named = {"Metadata": {"acuse": mail.token} if mail.token else {}}
        address = {"Recipient" if record in ("Delivery", "Open") else "Email": mail.to}
        told = {"RecordType": record, "MessageID": mail.name, "ServerID": 23}
        return told | about | times | ids | named | address | {"Number": number}
    if provider is P.SENDGRID:
        word, about = SENDGRID[kind]
        told = {
            "email": mail.to,
            "event": word,
            "timestamp": 1_795_705_200,
            "sg_event_id": f"evento-{number}",
            "sg_message_id": "14c5.filter0001.16648",
            "smtp-id": "<14c5@ismtpd.example>",
            "category": ["facturas"] if number % 2 else "facturas",
            "anymail_id": mail.name,
        }
        return told | about | ({"acuse": mail.token} if mail.token else {})
    if provider is P.BREVO:
        word, why = BREVO[kind]
        told = {
            "event": word,
            "email": mail.to,
            "id": number,
            "message-id": mail.name,
            "ts_epoch": 1_795_705_200_000 + number,
        }
        named = {"X-Mailin-custom": json.dumps({"acuse": mail.token})} if mail.token else {}
        return told | named | ({"reason": why} if why else {})
    if provider is P.MAILGUN:
        word, about = MAILGUN[kind]
        return {
            "event": word,
            "id": f"id-{number}",
            "timestamp": 1_795_705_200.5,
            "recipient": mail.to,
            "message": {"headers": {"message-id": mail.name.strip("<>"), "to": mail.to}},
            "user-variables": {"acuse": mail.token} if mail.token else {},
            "tags": [],
            **about,
        }
    word, about = RESEND[kind]
    headers = [{"name": "X-Metadata", "value": json.dumps({"acuse": mail.token})}]
    data = {"email_id": mail.name, "to": [mail.to], "created_at": "2026-11-26T14:59:00.000Z"}
    given = {"headers": headers} if mail.token else {}
    return {"type": word, "created_at": "2026-11-26T15:00:00Z", "data": data | given | about}


class Poster:
    """A provider that posts; `secret` is what the installation is told of it."""

    def __init__(self, provider: Provider, password: str = "") -> None:
        self.provider = provider
        self.secret = {
            P.MAILGUN: "clave-de-firma",
            P.SENDGRID: _ec_public(),
            P.RESEND: f"whsec_{KEY}",
            P.SES: TOPIC,
        }.get(provider, password)

    def post(self, *events: dict[str, Any], at: datetime) -> Posted:
        """The events in a post that proves itself; only SendGrid posts several."""
        return self.raw(self.body(*events, at=at), at=at)

    def body(self, *events: dict[str, Any], at: datetime) -> bytes:
        """What is posted, before it is proven; SES and Mailgun prove it within."""
        if self.provider is P.SENDGRID:
            return json.dumps(events).encode()
        (one,) = events
        if self.provider is P.MAILGUN:
            return json.dumps({"signature": mailgun_signature(at), "event-data": one}).encode()
        if self.provider is P.SES:
            return json.dumps(sns(Message=json.dumps(one))).encode()
        return json.dumps(one).encode()

    def raw(self, body: bytes, *, at: datetime, name: str = "") -> Posted:
        """Any bytes in a post that proves itself as far as headers do."""
        headers = {"content-type": "application/json"}
        stamp = str(int(at.timestamp()))
        match self.provider:
            case P.POSTMARK | P.BREVO:
                word = b64encode(f"acuse:{self.secret}".encode()).decode()
                headers["authorization"] = f"Basic {word}"
            case P.SENDGRID:
                signed = _ec().sign(stamp.encode() + body, ec.ECDSA(hashes.SHA256()))
                given = "x-twilio-email-event-webhook"
                headers[f"{given}-signature"] = b64encode(signed).decode()
                headers[f"{given}-timestamp"] = stamp
            case P.RESEND:
                name = name or f"msg_{next(_count)}"
                signed = hmac.digest(
                    b"una clave inventada de 32 bytes!",
                    f"{name}.{stamp}.".encode() + body,
                    "sha256",
                )
                headers |= {
                    "svix-id": name,
                    "svix-timestamp": stamp,
                    "svix-signature": f"v1,{b64encode(signed).decode()}",
                }
            case P.SES:
                headers["content-type"] = "text/plain; charset=UTF-8"
        return Posted(body, headers)


def mailgun_signature(at: datetime, token: str = "") -> dict[str, str]:
    stamp, token = str(int(at.timestamp())), token or f"{next(_count):050d}"
    signed = hmac.new(b"clave-de-firma", f"{stamp}{token}".encode(), hashlib.sha256)
    return {"timestamp": stamp, "token": token, "signature": signed.hexdigest()}


def sns(key: rsa.RSAPrivateKey | None = None, **changes: str) -> dict[str, str]:
    """A message of SNS, signed; a change of what is signed is signed, too."""
    told = {
        "Type": "Notification",
        "MessageId": f"00000000-0000-4000-8000-{next(_count):012d}",
        "TopicArn": TOPIC,
        "Message": "{}",
        "Timestamp": "2026-11-26T15:00:00.000Z",
        "SignatureVersion": "2",
        "SigningCertURL": CERTIFICATE_URL,
    } | changes
    names = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
    if told["Type"] != "Notification":
        names = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"]
    text = "".join(f"{name}\n{told[name]}\n" for name in names if name in told)
    hashed = hashes.SHA256() if told["SignatureVersion"] == "2" else hashes.SHA1()
    signed = (key or _rsa()).sign(text.encode(), padding.PKCS1v15(), hashed)
    return told | {"Signature": b64encode(signed).decode()}


@cache
def sns_certificate() -> bytes:
    """The certificate of the key that signs, as Amazon would show it."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(_rsa().public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=900))
        .not_valid_after(now + timedelta(days=900))
        .sign(_rsa(), hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM)


@cache
def _rsa() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@cache
def _ec() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@cache
def _ec_public() -> str:
    der = serialization.PublicFormat.SubjectPublicKeyInfo
    public = _ec().public_key().public_bytes(serialization.Encoding.DER, der)
    return b64encode(public).decode()
