"""Connections are kept, found dead in time, protected, and entered with a password."""

from __future__ import annotations

import socket
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from acuse.domain.recipient import SmtpOutcome, Stage
from acuse.gateways import smtp
from acuse.gateways.smtp import Route, Security
from tests.gateways.loopback import self_signed, server_context
from tests.gateways.smtp_server import GOOD, Deed, ScriptedSmtp


@pytest.fixture(autouse=True)
def no_connection_stays() -> Iterator[None]:
    yield
    smtp.close_all()


def sent(route: Route, message: bytes = b"hola\r\n") -> SmtpOutcome:
    return smtp.send(
        smtp.prepare(message),
        sender="b+token@acuse.example",
        recipient="ana@cliente.example",
        route=route,
        before_dot=lambda: True,
    )


@pytest.mark.parametrize("extensions", [(), ("PIPELINING",)])
def test_mails_of_one_route_share_a_connection(extensions: tuple[str, ...]) -> None:
    with ScriptedSmtp(extensions=extensions) as server:
        assert [sent(server.route()).code for _ in range(5)] == [250] * 5
        assert server.server.connections == 1
        assert len(server.mails) == 5


def test_a_refused_address_does_not_cost_the_connection() -> None:
    script = {
        "RCPT": [b"550 no\r\n", GOOD["RCPT"]],
        "DATA": [b"554 no\r\n", b"554 no\r\n", GOOD["DATA"]],
    }
    with ScriptedSmtp(script) as server:
        assert [sent(server.route()).code for _ in range(3)] == [550, 554, 250]
        assert server.server.connections == 1
        verbs = [command.split(" ")[0] for command in server.said]
        assert verbs == ["EHLO", *["MAIL", "RCPT", "DATA", "RSET"] * 2, "MAIL", "RCPT", "DATA"]


def test_routes_do_not_share_connections() -> None:
    with ScriptedSmtp() as server:
        for name in ("one", "two"):
            assert sent(replace(server.route(), helo=name)).code == 250
        assert server.server.connections == 2


def test_threads_send_at_once_each_its_own_mail() -> None:
    messages = [b"mail %d\r\n" % number for number in range(60)]
    with ScriptedSmtp() as server, ThreadPoolExecutor(6) as pool:
        route = server.route()
        codes = list(pool.map(lambda message: sent(route, message).code, messages))
        assert codes == [250] * 60
        assert sorted(server.mails) == sorted(messages)
        assert server.server.connections <= 6


@pytest.mark.parametrize("extensions", [(), ("PIPELINING",)])
@pytest.mark.parametrize(
    "farewell", [GOOD["DOT"], b"421 too many mails\r\n"], ids=["cut at MAIL", "421 at MAIL"]
)
def test_a_kept_connection_that_ends_is_replaced_silently(
    farewell: bytes, extensions: tuple[str, ...]
) -> None:
    ending = Deed.CUT if farewell == GOOD["DOT"] else farewell
    script = {"MAIL": [GOOD["MAIL"], ending, GOOD["MAIL"]]}
    with ScriptedSmtp(script, extensions=extensions) as server:
        assert [sent(server.route()).code for _ in range(2)] == [250, 250]
        assert server.server.connections == 2
        assert len(server.mails) == 2


@pytest.mark.parametrize("more", [b"421 4.4.2 idle for too long\r\n", b"250 ok\r\n"])
def test_a_kept_connection_with_words_left_in_it_is_not_used(more: bytes) -> None:
    closing = b"250 ok\r\n" + more
    with ScriptedSmtp({"DOT": [closing, GOOD["DOT"]]}) as server:
        assert [sent(server.route()).code for _ in range(2)] == [250, 250]
        assert server.server.connections == 2


def test_a_connection_whose_server_took_leave_after_the_mail_is_not_used() -> None:
    with ScriptedSmtp({"DOT": [b"421 4.3.2 going down\r\n", GOOD["DOT"]]}) as server:
        assert [sent(server.route()).code for _ in range(2)] == [421, 250]
        assert server.server.connections == 2


def test_a_new_connection_that_ends_at_once_is_told_and_not_tried_again() -> None:
    with ScriptedSmtp({"MAIL": Deed.CUT}) as server:
        got = sent(server.route())
        assert (got.stage, got.code) == (Stage.MAIL, 0)
        assert server.server.connections == 1


def test_an_old_connection_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptedSmtp() as server:
        sent(server.route())
        monkeypatch.setattr(smtp, "IDLE_SECONDS", -1.0)
        assert sent(server.route()).code == 250
        assert server.server.connections == 2


def test_a_server_without_starttls_gets_no_mail() -> None:
    with ScriptedSmtp() as server:
        got = sent(server.route(security=Security.STARTTLS))
    assert (got.stage, got.code) == (Stage.STARTTLS, 530)
    assert server.said[1:] == []


@pytest.mark.parametrize("reply", [b"454 not now\r\n", b"501 no\r\n"])
def test_a_refused_starttls_ends_there(reply: bytes) -> None:
    with ScriptedSmtp({"STARTTLS": reply}, extensions=("STARTTLS",)) as server:
        got = sent(server.route(security=Security.STARTTLS))
    assert (got.stage, got.code) == (Stage.STARTTLS, int(reply[:3]))


def test_a_certificate_that_nobody_vouches_for_gets_no_mail(tmp_path: Path) -> None:
    tls = server_context(self_signed(tmp_path))
    with ScriptedSmtp(extensions=("STARTTLS",), tls=tls) as server:
        got = sent(server.route(security=Security.STARTTLS))
    assert (got.stage, got.code) == (Stage.STARTTLS, 0)
    assert "CERTIFICATE_VERIFY_FAILED" in got.text
    assert server.mails == []


def test_under_starttls_mails_go_and_the_connection_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem = self_signed(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with ScriptedSmtp(extensions=("STARTTLS",), tls=server_context(pem)) as server:
        route = server.route(security=Security.STARTTLS)
        assert [sent(route).code for _ in range(3)] == [250] * 3
        smtp.close_all()
        assert server.server.connections == 1
        assert server.said[:3] == ["EHLO localhost", "STARTTLS", "EHLO localhost"]


def test_words_said_before_the_handshake_do_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem = self_signed(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    injected = b"220 go on\r\n250-mail.example\r\n250 AUTH PLAIN\r\n"
    script = {"STARTTLS": injected}
    with ScriptedSmtp(script, extensions=("STARTTLS",), tls=server_context(pem)) as server:
        route = server.route(security=Security.STARTTLS, username="u", password="p")
        got = sent(route)
    assert (got.stage, got.code) == (Stage.AUTH, 504)


def test_a_password_is_said_in_the_server_s_way() -> None:
    plain = "AUTH PLAIN " + b64encode("\0ana\0clavé".encode()).decode()
    for offered, said in (("PLAIN LOGIN", [plain]), ("LOGIN", ["AUTH LOGIN", "ana", "clavé"])):
        with ScriptedSmtp(extensions=(f"AUTH {offered}",)) as server:
            assert sent(server.route(username="ana", password="clavé")).code == 250
        assert server.said[1 : 1 + len(said)] == said


def test_no_password_is_said_on_an_open_road(monkeypatch: pytest.MonkeyPatch) -> None:
    resolve = socket.getaddrinfo

    def on_this_machine(host: str, *rest: Any, **more: Any) -> Any:
        return resolve("127.0.0.1", *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", on_this_machine)
    with ScriptedSmtp(extensions=("AUTH PLAIN",)) as server:
        route = server.route(username="ana", password="x")
        assert sent(route).code == 250
        got = sent(replace(route, host="mail.example"))
        assert sent(replace(route, host="mail.example", username="")).code == 250
    assert (got.stage, got.code) == (Stage.AUTH, 538)
    assert [command for command in server.said if command.startswith("AUTH")] == server.said[1:2]


def test_a_wrong_password_is_told_as_such() -> None:
    with ScriptedSmtp({"AUTH": b"535 5.7.8 no\r\n"}, extensions=("AUTH PLAIN",)) as server:
        got = sent(server.route(username="ana", password="x"))
    assert got == SmtpOutcome(Stage.AUTH, 535, "5.7.8 no")


def test_a_server_with_no_known_way_in_is_told_as_such() -> None:
    with ScriptedSmtp(extensions=("AUTH GSSAPI",)) as server:
        got = sent(server.route(username="ana", password="x"))
    assert (got.stage, got.code) == (Stage.AUTH, 504)


def test_no_password_shows_where_a_route_is_printed() -> None:
    assert "clave" not in repr(Route("mail.example", 587, username="ana", password="clave"))
