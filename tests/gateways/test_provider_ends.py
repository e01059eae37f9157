"""What a provider's answer proves of a mail, and what its silence does not."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler

import pytest

from acuse.domain.recipient import Stage
from acuse.domain.route import Provider
from acuse.gateways import provider_call
from acuse.gateways.provider import send
from tests.gateways.loopback import unused_port
from tests.gateways.test_provider import KEY, hand_over, letter, road, state
from tests.gateways.test_provider import api as api
from tests.support.provider_api import ProviderApi


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (401, "DEFERRED pausa"),
        (403, "DEFERRED pausa"),
        (429, "DEFERRED"),
        (404, "DEFERRED pausa"),
        (302, "DEFERRED pausa"),
        (408, "DEFERRED"),
        (413, "FAILED"),
        (500, "UNCERTAIN"),
        (502, "UNCERTAIN"),
        (503, "UNCERTAIN"),
        (504, "UNCERTAIN"),
    ],
)
def test_a_number_decides_where_it_can(api: ProviderApi, status: int, expected: str) -> None:
    api.refuse(status, {"message": "no"})
    api.headers["Location"] = "http://169.254.169.254/latest/meta-data"
    outcome = hand_over(api)
    assert state(outcome) == expected
    assert len(api.taken) == 1  # nothing is tried twice, and no redirect is followed
    assert f"HTTP {status}" in outcome.text
    assert KEY not in outcome.text


def test_the_key_refused_is_our_fault_and_no_addressees(api: ProviderApi) -> None:
    api.refuse(401, {"message": "Key not found", "code": "unauthorized"})
    outcome = hand_over(api)
    assert (outcome.stage, outcome.code) == (Stage.AUTH, 535)
    assert "Key not found" in outcome.text


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[1]", b"null", b'"x"', b"{}", b"\xff", b"[" * 9999]
)
def test_an_answer_that_says_nothing_is_no_proof(api: ProviderApi, body: bytes) -> None:
    api.body = body
    outcome = hand_over(api)
    sendgrid = api.provider is Provider.SENDGRID  # its number alone says that it took the mail
    assert state(outcome) == ("SENT" if sendgrid else "UNCERTAIN")


def _no_more(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True
    with suppress(OSError):
        handler.connection.shutdown(socket.SHUT_RDWR)


def test_a_request_that_left_without_an_answer_is_uncertain(api: ProviderApi) -> None:
    api.instead = _no_more
    assert state(hand_over(api)) == "UNCERTAIN"
    assert len(api.taken) == 1


def test_a_provider_that_is_silent_is_waited_for_no_longer_than_told(
    api: ProviderApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider_call, "READ_SECONDS", 0.2)
    monkeypatch.setattr(provider_call, "CONNECT_SECONDS", 1.0)
    over = threading.Event()
    api.instead = lambda handler: (over.wait(10), _no_more(handler))[1]
    assert state(hand_over(api)) == "UNCERTAIN"
    over.set()


def test_where_nobody_listens_nothing_left(api: ProviderApi) -> None:
    outcome = send(
        letter(),
        recipient="ana@cliente.example",
        road=road(api.provider, f"http://127.0.0.1:{unused_port()}"),
        before_dot=lambda: True,
    )
    assert (outcome.stage, outcome.code) == (Stage.CONNECT, 0)
    assert state(outcome) == "DEFERRED"


def test_a_certificate_that_is_not_theirs_gets_nothing(api: ProviderApi) -> None:
    https = api.url.replace("http:", "https:")  # it speaks no TLS at all
    outcome = send(
        letter(),
        recipient="ana@cliente.example",
        road=road(api.provider, https),
        before_dot=lambda: True,
    )
    assert state(outcome) == "DEFERRED"
    assert api.taken == []


def test_a_mail_given_away_meanwhile_does_not_leave(api: ProviderApi) -> None:
    outcome = send(
        letter(),
        recipient="ana@cliente.example",
        road=road(api.provider, api.url),
        before_dot=lambda: False,
    )
    assert outcome.stage is Stage.BODY
    assert api.taken == []


def test_a_pretended_provider_stands_on_this_machine_only() -> None:
    for other in ("http://10.0.0.1:80", "http://api.example"):
        with pytest.raises(ValueError):
            send(
                letter(),
                recipient="ana@cliente.example",
                road=road(Provider.POSTMARK, other),
                before_dot=lambda: True,
            )


@pytest.mark.parametrize(
    ("provider", "changes"),
    [
        (Provider.SES, {"region": "x.evil.example/"}),
        (Provider.SES, {"region": ""}),
        (Provider.MAILGUN, {"domain": ""}),
        (Provider.MAILGUN, {"domain": "../../x"}),
        (Provider.MAILGUN, {"region": "evil.example"}),
        (Provider.SENDGRID, {"region": "MX"}),
    ],
)
def test_a_setting_that_is_none_leads_nowhere(provider: Provider, changes: dict[str, str]) -> None:
    with ProviderApi(provider) as api:
        outcome = hand_over(api, **changes)
        assert api.taken == []
    assert state(outcome) == "DEFERRED pausa"
