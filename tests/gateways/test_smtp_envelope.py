"""What a mail's envelope asks for, and that it asks the same in every try."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from acuse.domain.recipient import SmtpOutcome
from acuse.gateways import smtp
from acuse.gateways.smtp import Route
from acuse.gateways.smtp_envelope import original_recipient
from tests.gateways.smtp_server import GOOD, ScriptedSmtp

NAME = "abcdefghij234567abcdefghij234567"


@pytest.fixture(autouse=True)
def no_connection_stays() -> Iterator[None]:
    yield
    smtp.close_all()


def sent(route: Route, *, name: str = NAME, to: str = "ana@cliente.example") -> SmtpOutcome:
    return smtp.send(
        smtp.prepare(b"hola\r\n"),
        sender=f"bounce+{name}@b.acuse.example",
        recipient=to,
        route=route,
        before_dot=lambda: True,
        name=name,
    )


def envelope(server: ScriptedSmtp) -> list[str]:
    return [line for line in server.said if line.startswith(("MAIL", "RCPT"))]


def test_reports_are_asked_for_where_the_server_gives_them() -> None:
    with ScriptedSmtp(extensions=("DSN", "SIZE 1000000")) as server:
        assert sent(server.route()).code == 250
    assert envelope(server) == [
        f"MAIL FROM:<bounce+{NAME}@b.acuse.example> SIZE=6 RET=HDRS ENVID={NAME}",
        "RCPT TO:<ana@cliente.example> NOTIFY=FAILURE,DELAY ORCPT=rfc822;ana@cliente.example",
    ]


def test_nothing_is_asked_of_a_server_that_knows_nothing_of_it() -> None:
    with ScriptedSmtp(extensions=()) as server:
        assert sent(server.route()).code == 250
    assert envelope(server) == [
        f"MAIL FROM:<bounce+{NAME}@b.acuse.example>",
        "RCPT TO:<ana@cliente.example>",
    ]


def test_success_is_asked_for_only_by_wish() -> None:
    with ScriptedSmtp(extensions=("DSN",)) as server:
        sent(replace(server.route(), delivered=True))
    assert "NOTIFY=SUCCESS,FAILURE,DELAY" in envelope(server)[1]


def test_a_retry_says_the_same() -> None:
    script = {"RCPT": [b"450 4.7.1 wait\r\n", GOOD["RCPT"]]}
    with ScriptedSmtp(script, extensions=("DSN",)) as server:  # type: ignore[arg-type]
        assert [sent(server.route()).code for _ in range(2)] == [450, 250]
    first, second = envelope(server)[:2], envelope(server)[2:]
    assert first == second


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("ana+facturas=x@cliente.example", "rfc822;ana+2Bfacturas+3Dx@cliente.example"),
        ("josé@cliente.example", "utf-8;jos\\x{E9}@cliente.example"),
        ("a+ñ@cliente.example", "utf-8;a\\x{2B}\\x{F1}@cliente.example"),
    ],
)
def test_an_address_is_written_so_that_it_comes_back(address: str, written: str) -> None:
    assert original_recipient(address) == written
