"""What a provider is told of a mail, and what its answer proves."""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from acuse.domain.breaker import Effect
from acuse.domain.face import Attachment
from acuse.domain.patience import Patience
from acuse.domain.recipient import SmtpOutcome, Stage, after_attempt
from acuse.domain.route import Provider
from acuse.gateways import http
from acuse.gateways.provider import Road, send
from acuse.mail import fault
from acuse.mail.compose import Letter, compose, part
from tests.support.provider_api import ANSWERS, NAMES, PATHS, ProviderApi

AT = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)
TOKEN = "abcdefghijklmnopqrstuvwxyz234567"
KEY = "una-clave-inventada"
FILES = (
    Attachment("F001-1.xml", "application/xml", "<a>ñ</a>\n".encode("latin-1") + b"\x00\xff\r\n."),
    Attachment("F001-1.pdf", "application/pdf", bytes(range(256)) * 9),
    Attachment("todo.zip", "application/zip", b"PK\x03\x04" + bytes(50)),
)
TEXT = "Hola, Ñandú.\r\n.\r\nTotal: S/ 118.00\r\n"
HTML = "<p>Hola, <b>Ñandú</b>: 5 &lt; 6</p>"


def letter(**changes: Any) -> bytes:
    values: dict[str, Any] = {
        "sender_name": 'Tejidos "Ñandú", S.A.',
        "sender": "ventas@taller.example",
        "to": "ana@cliente.example",
        "reply_to_name": "Cobros",
        "reply_to": "cobros@taller.example",
        "subject": "Factura F001-1 de Tejidos Ñandú: =?utf-8?q?=0ABcc:x?=",
        "text": TEXT,
        "html": HTML,
        "message_id": f"<{TOKEN}@taller.example>",
        "date": AT,
        "token": TOKEN,
    }
    return compose(Letter(**(values | changes)), tuple(map(part, FILES)))


def road(provider: Provider, api: str, **changes: Any) -> Road:
    values: dict[str, Any] = {"provider": provider, "key": KEY, "api": api}
    if provider is Provider.SES:
        values |= {"user": "AKIDINVENTADA", "region": "us-east-1", "configuration": "acuse"}
    if provider is Provider.MAILGUN:
        values |= {"domain": "mg.taller.example"}
    if provider is Provider.POSTMARK:
        values |= {"stream": "facturas"}
    return Road(**(values | changes))


def hand_over(api: ProviderApi, message: bytes | None = None, **changes: Any) -> SmtpOutcome:
    return send(
        message or letter(),
        recipient="ana@cliente.example",
        road=road(api.provider, api.url, **changes),
        before_dot=lambda: True,
        name=TOKEN,
    )


def state(outcome: SmtpOutcome) -> str:
    """Where it leaves the mail."""
    move = after_attempt(outcome, tries=1, uncertain_before=False, at=AT, patience=Patience())
    paused = fault.effect(outcome) is Effect.REFUSED
    return f"{move.state} {'pausa' if paused else ''}".strip()


@pytest.fixture(params=list(Provider))
def api(request: pytest.FixtureRequest) -> Iterator[ProviderApi]:
    with ProviderApi(request.param) as played:
        yield played
    http.close()


def test_a_mail_is_taken_under_the_providers_name(api: ProviderApi) -> None:
    outcome = hand_over(api)
    assert (outcome.stage, outcome.code) == (Stage.DOT, 250)
    assert state(outcome) == "SENT"
    assert len(api.taken) == 1
    assert api.taken[0].path == PATHS[api.provider]
    if api.provider is Provider.SENDGRID:  # its answer is empty: the name goes with the mail
        told = api.taken[0].json["personalizations"][0]["custom_args"]
        assert outcome.name == told["anymail_id"]
    else:
        assert outcome.name == NAMES[api.provider]


def test_the_attachments_are_the_frozen_ones_byte_for_byte(api: ProviderApi) -> None:
    hand_over(api)
    assert api.files == [(one.name, one.content) for one in FILES]


def test_a_provider_of_mime_gets_the_frozen_bytes() -> None:
    with ProviderApi(Provider.MAILGUN) as api:
        hand_over(api)
        assert api.taken[0].form["message"] == letter()
    with ProviderApi(Provider.SES) as api:
        hand_over(api)
        assert b64decode(api.taken[0].json["Content"]["Raw"]["Data"]) == letter()
    http.close()


def test_each_try_says_the_same(api: ProviderApi) -> None:
    def told() -> list[tuple[str, Any]]:
        if api.provider is Provider.MAILGUN:
            return sorted(api.taken[-1].form.items())
        whole = api.taken[-1].json
        if api.provider is Provider.SENDGRID:
            del whole["personalizations"][0]["custom_args"]["anymail_id"]  # the try's own
        return sorted(whole.items())

    hand_over(api)
    first = told()
    hand_over(api)
    assert told() == first


def test_ses_is_told_whom_for_and_what_for() -> None:
    with ProviderApi(Provider.SES) as api:
        hand_over(api)
        (taken,) = api.taken
        assert taken.json["Destination"] == {"ToAddresses": ["ana@cliente.example"]}
        assert taken.json["EmailTags"] == [{"Name": "acuse", "Value": TOKEN}]
        assert taken.json["ConfigurationSetName"] == "acuse"
        assert "Credential=AKIDINVENTADA/" in taken.headers["authorization"]
        assert "/us-east-1/ses/aws4_request" in taken.headers["authorization"]
        assert KEY not in str(taken)
    http.close()


def test_mailgun_is_told_whom_for_and_what_for() -> None:
    with ProviderApi(Provider.MAILGUN) as api:
        hand_over(api)
        (taken,) = api.taken
        form = taken.form
        del form["message"]
        assert form == {
            "to": b"ana@cliente.example",
            "v:acuse": TOKEN.encode(),
            "o:tracking-opens": b"no",
            "o:tracking-clicks": b"no",
        }
        assert (
            taken.headers["authorization"] == "Basic " + b64encode(f"api:{KEY}".encode()).decode()
        )
    http.close()


@pytest.mark.parametrize(
    ("provider", "header", "value"),
    [
        (Provider.BREVO, "api-key", KEY),
        (Provider.POSTMARK, "x-postmark-server-token", KEY),
        (Provider.SENDGRID, "authorization", f"Bearer {KEY}"),
        (Provider.RESEND, "authorization", f"Bearer {KEY}"),
        (Provider.RESEND, "idempotency-key", TOKEN),
    ],
)
def test_the_others_are_told_the_message_in_fields(
    provider: Provider, header: str, value: str
) -> None:
    with ProviderApi(provider) as api:
        hand_over(api)
        (taken,) = api.taken
    http.close()
    assert taken.headers[header] == value
    text = json.dumps(taken.json, ensure_ascii=False)
    for told in (
        "ana@cliente.example",
        "ventas@taller.example",
        "cobros@taller.example",
        "Factura F001-1 de Tejidos Ñandú: =?utf-8?q?=0ABcc:x?=",
        json.dumps(TEXT, ensure_ascii=False)[1:-1],
        json.dumps(HTML, ensure_ascii=False)[1:-1],
        f"<{TOKEN}@taller.example>",
        "auto-generated",
        TOKEN,
    ):
        assert told in text
    assert "Bcc" not in text.replace("=0ABcc", "")


def test_what_a_provider_counts_by_itself_is_turned_off() -> None:
    told = {}
    for provider in (Provider.POSTMARK, Provider.SENDGRID):
        with ProviderApi(provider) as api:
            hand_over(api)
            told[provider] = api.taken[0].json
    http.close()
    postmark = told[Provider.POSTMARK]
    assert (postmark["TrackOpens"], postmark["TrackLinks"]) == (False, "None")
    assert postmark["MessageStream"] == "facturas"
    assert {"Name": "X-PM-KeepID", "Value": "true"} in postmark["Headers"]
    tracking = told[Provider.SENDGRID]["tracking_settings"]
    assert tracking == {
        "click_tracking": {"enable": False},
        "open_tracking": {"enable": False},
    }


def test_nobody_else_pays_for_the_providers() -> None:
    program = (
        "import sys, acuse.gateways.provider as p; "
        "bad = [m for m in ('anymail', 'boto3', 'botocore', 'requests') if m in sys.modules]; "
        "sys.exit(str(bad) if bad else 0)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_every_provider_is_played() -> None:
    assert set(ANSWERS) == set(PATHS) == set(Provider)
