"""Proofs that anymail leaves to others: Amazon's SNS signatures, and those of svix (Resend).

SNS names the certificate that it signed with. It is fetched only for a post of our own topic, from
the one place where that topic's region keeps its certificates: the post chooses a name there, and
no host. Source: the SNS and Standard Webhooks papers; mail.md 7 ("SSRF!").
"""

from __future__ import annotations

import binascii
import hmac
import re
from base64 import b64decode
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.x509 import Certificate, load_pem_x509_certificate

from acuse.domain.json_text import parse_json
from acuse.domain.provider_event import Post
from acuse.gateways.provider_call import Unanswered, carried

TOPIC = re.compile(r"arn:aws(-[a-z]+){0,3}:sns:([a-z0-9-]{5,30}):[0-9]{12}:[A-Za-z0-9_-]{1,256}")
LARGEST_CERTIFICATE = 64 * 1024
TOLERANCE = timedelta(minutes=5)  # svix signs each try anew
_CONFIRMED = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")
_SIGNED: Mapping[str, tuple[str, ...]] = {  # what SNS signs of each kind, in this order
    "Notification": ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    "SubscriptionConfirmation": _CONFIRMED,
    "UnsubscribeConfirmation": _CONFIRMED,
}
_HASHES = {"1": SHA1, "2": SHA256}


class Forged(Exception):
    """The post does not prove that it is the provider's; the message is for the log."""


def sns(post: Post, *, topic: str, at: datetime, api: str) -> None:
    """Nothing for a post that Amazon signed for our topic; raises Forged."""
    told = sns_message(post)
    named = TOPIC.fullmatch(topic)
    if named is None or told.get("TopicArn") != topic:
        raise Forged("another topic, or none is set")
    hashed = _HASHES.get(told.get("SignatureVersion", ""))
    signed = _SIGNED.get(told.get("Type", ""))
    if hashed is None or signed is None:
        raise Forged("an unknown kind of message or signature")
    place = f"https://sns.{named[2]}.{_domain(topic)}/"
    url = told.get("SigningCertURL", "")
    if not re.fullmatch(re.escape(place) + r"SimpleNotificationService-[0-9a-f]{8,64}\.pem", url):
        raise Forged("its certificate lies elsewhere")
    text = "".join(f"{name}\n{told[name]}\n" for name in signed if name in told)
    try:
        signature = b64decode(told.get("Signature", ""), validate=True)
        _key(url, api, at).verify(signature, text.encode(), PKCS1v15(), hashed())
    except (InvalidSignature, binascii.Error, UnicodeError) as trouble:
        raise Forged("its signature does not hold") from trouble


def sns_message(post: Post) -> Mapping[str, str]:
    """The message, whose fields are all texts; raises Forged."""
    told = _json(post.body)
    if not (isinstance(told, dict) and all(isinstance(one, str) for one in told.values())):
        raise Forged("no message of SNS")
    return told


def confirm(post: Post, *, api: str) -> bool:
    """Whether the topic was told that we are there; the address is ours, not the message's."""
    told = sns_message(post)
    topic = told["TopicArn"]
    named = TOPIC.fullmatch(topic)
    assert named is not None, "sns() has looked at it"
    query = {
        "Action": "ConfirmSubscription",
        "TopicArn": topic,
        "Token": told.get("Token", ""),
        "Version": "2010-03-31",
    }
    url = f"https://sns.{named[2]}.{_domain(topic)}/?{urlencode(query)}"
    try:
        return carried("GET", url, {}, b"", api).status == 200
    except Unanswered:
        return False


def svix(post: Post, *, secret: str, at: datetime) -> None:
    """Nothing for a post that was signed with the secret some minutes ago; raises Forged."""
    named = [post.headers.get(f"svix-{name}", "") for name in ("id", "timestamp", "signature")]
    name, told_at, signatures = named
    try:
        key = b64decode(secret.strip().removeprefix("whsec_"), validate=True)
        moment = datetime.fromtimestamp(int(told_at), UTC)
        given = [
            b64decode(one.removeprefix("v1,"), validate=True)
            for one in signatures.split()[:5]
            if one.startswith("v1,")
        ]
        signed = f"{name}.{told_at}.".encode() + post.body
    except (ValueError, OverflowError, OSError) as trouble:
        raise Forged("no signature that can be read") from trouble
    if not (key and name) or abs(at - moment) > TOLERANCE:
        raise Forged("no secret is set, no name is told, or it is old")
    wanted = hmac.digest(key, signed, "sha256")
    if not any(hmac.compare_digest(wanted, one) for one in given):
        raise Forged("its signature does not hold")


def _json(body: bytes) -> Any:
    try:
        return parse_json(body.decode())
    except UnicodeDecodeError as trouble:
        raise Forged("not UTF-8") from trouble


def _domain(topic: str) -> str:
    return "amazonaws.com.cn" if topic.startswith("arn:aws-cn:") else "amazonaws.com"


def _key(url: str, api: str, at: datetime) -> RSAPublicKey:
    certificate = _fetched(url, api)
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        raise Forged("its certificate is not valid now")
    key = certificate.public_key()
    if not isinstance(key, RSAPublicKey):
        raise Forged("its certificate has another kind of key")
    return key


@lru_cache(maxsize=32)
def _fetched(url: str, api: str) -> Certificate:
    """The certificate there; one that cannot be had is asked for again with the next post."""
    try:
        answer = carried("GET", url, {}, b"", api)
    except Unanswered as trouble:
        raise Forged(f"its certificate cannot be had: {trouble}") from trouble
    if answer.status != 200 or len(answer.body) > LARGEST_CERTIFICATE:
        raise Forged(f"its certificate cannot be had: {answer.status}")
    try:
        return load_pem_x509_certificate(answer.body)
    except ValueError as trouble:
        raise Forged("its certificate cannot be read") from trouble
