"""What a call brings back, whatever the server does; and whether the request may have left."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from acuse.domain.submission import Call, CallPurpose, Form, NoReply, Reply
from acuse.gateways import http
from tests.gateways.loopback import Loopback, self_signed, server_context, unused_port

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nX-Word: one\r\n\r\nacta"


@pytest.fixture(autouse=True)
def no_connection_stays() -> Iterator[None]:
    yield
    http.close()


def call(url: str, body: bytes | Form = b"<a/>", *, seconds: float = 5.0, **more: str) -> Call:
    return Call(
        CallPurpose.SEND, "POST", url, more, body, connect_timeout=seconds, read_timeout=seconds
    )


def request_of(connection: socket.socket) -> bytes:
    """One whole request; b"" where the client has ended."""
    raw = b""
    while b"\r\n\r\n" not in raw:
        piece = connection.recv(65536)
        if not piece:
            return b""
        raw += piece
    head, _, body = raw.partition(b"\r\n\r\n")
    sizes = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    missing = int(sizes[0].split(b":")[1]) - len(body) if sizes else 0
    while missing > 0:
        piece = connection.recv(65536)
        body += piece
        missing -= len(piece)
    return head + b"\r\n\r\n" + body


def answering(*answers: bytes, seen: list[bytes] | None = None) -> Callable[[socket.socket], None]:
    """Gives each request the next answer, the last one again and again until the client ends."""

    def talk(connection: socket.socket) -> None:
        given = 0
        while request := request_of(connection):
            if seen is not None:
                seen.append(request)
            connection.sendall(answers[min(given, len(answers) - 1)])
            given += 1

    return talk


def void(_: object) -> None:
    """Nothing more: the server ends the connection."""


def asked(talk: Callable[[socket.socket], None], *, seconds: float = 5.0) -> Reply | NoReply:
    with Loopback(talk) as server:
        url = f"http://127.0.0.1:{server.port}/x"
        return http.perform(call(url, seconds=seconds), sandbox_url=None)


def test_a_reply_comes_back_with_its_header_names_in_lower_case() -> None:
    reply = asked(answering(OK))
    assert isinstance(reply, Reply)
    assert (reply.status, reply.headers["x-word"], reply.body) == (200, "one", b"acta")


def test_an_error_status_is_a_reply_and_a_redirect_is_not_followed() -> None:
    moved = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
    reply = asked(answering(moved))
    assert isinstance(reply, Reply)
    assert reply.status == 302


def test_a_form_is_encoded_by_the_gateway() -> None:
    seen: list[bytes] = []
    with Loopback(answering(OK, seen=seen)) as server:
        body = Form({"grant_type": "password", "password": "ñ&1"})
        http.perform(call(f"http://127.0.0.1:{server.port}/", body), sandbox_url=None)
    assert b"content-type: application/x-www-form-urlencoded" in seen[0].lower()
    assert seen[0].endswith(b"grant_type=password&password=%C3%B1%261")


def test_calls_to_one_host_share_a_kept_connection() -> None:
    with Loopback(answering(OK)) as server:
        url = f"http://127.0.0.1:{server.port}/"
        replies = [http.perform(call(url), sandbox_url=None) for _ in range(5)]
        assert all(isinstance(reply, Reply) for reply in replies)
        assert server.connections == 1


def test_threads_do_not_mix_their_replies() -> None:
    def echo(connection: socket.socket) -> None:
        while request := request_of(connection):
            body = request.partition(b"\r\n\r\n")[2]
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    def ask(number: int) -> bool:
        reply = http.perform(call(url, str(number).encode()), sandbox_url=None)
        return isinstance(reply, Reply) and reply.body == str(number).encode()

    with Loopback(echo) as server, ThreadPoolExecutor(8) as pool:
        url = f"http://127.0.0.1:{server.port}/"
        assert all(pool.map(ask, range(100)))


def test_a_sandbox_address_leads_to_the_pretended_world() -> None:
    seen: list[bytes] = []
    with Loopback(answering(OK, seen=seen)) as server:
        url = f"http://127.0.0.1:{server.port}"
        http.perform(call("sandbox://sunat/billService"), sandbox_url=url)
    assert seen[0].startswith(b"POST /sunat/billService HTTP/1.1\r\n")


def test_a_sandbox_address_leads_nowhere_without_a_sandbox() -> None:
    reply = http.perform(call("sandbox://sunat/billService"), sandbox_url=None)
    assert reply == NoReply("no sandbox is running", left=False)


def test_a_refused_connection_let_nothing_leave() -> None:
    reply = http.perform(call(f"http://127.0.0.1:{unused_port()}/"), sandbox_url=None)
    assert isinstance(reply, NoReply)
    assert not reply.left


@pytest.mark.parametrize(
    "url", ["", "x", "ftp://127.0.0.1/", "http://", "http://a b/", "http://127.0.0.1:99999/"]
)
def test_an_address_that_is_none_let_nothing_leave(url: str) -> None:
    reply = http.perform(call(url), sandbox_url=None)
    assert isinstance(reply, NoReply)
    assert not reply.left


def test_a_header_that_cannot_be_written_let_nothing_leave() -> None:
    with Loopback(answering(OK)) as server:
        reply = http.perform(
            call(f"http://127.0.0.1:{server.port}/", token="señal\ud800"), sandbox_url=None
        )
    assert isinstance(reply, NoReply)
    assert not reply.left


def test_an_unknown_certificate_is_refused_and_nothing_left(tmp_path: Path) -> None:
    context = server_context(self_signed(tmp_path))
    heard: list[bytes] = []

    def talk(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as secured:
            heard.append(secured.recv(100))

    with Loopback(talk) as server:
        reply = http.perform(call(f"https://127.0.0.1:{server.port}/"), sandbox_url=None)
    assert isinstance(reply, NoReply)
    assert not reply.left
    assert "CERTIFICATE_VERIFY_FAILED" in reply.reason
    assert heard == []


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{unused_port()}")
    monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{unused_port()}")
    assert isinstance(asked(answering(OK)), Reply)


def test_an_answer_cut_before_its_headers_may_hold_the_document() -> None:
    reply = asked(lambda connection: connection.close() if request_of(connection) else None)
    assert isinstance(reply, NoReply)
    assert reply.left


@pytest.mark.parametrize("end", [3, 20, len(OK) - 6, len(OK) - 1])
def test_an_answer_cut_anywhere_is_none_and_the_request_may_have_left(end: int) -> None:
    def talk(connection: socket.socket) -> None:
        request_of(connection)
        connection.sendall(OK[:end])

    reply = asked(talk)
    assert isinstance(reply, NoReply)
    assert reply.left


def test_an_answer_that_is_no_http_may_hold_the_document() -> None:
    reply = asked(answering(b"220 mail.example ESMTP\r\n\r\n"))
    assert isinstance(reply, NoReply)
    assert reply.left


def test_a_request_cut_in_its_body_may_have_left() -> None:
    body = b"x" * 20_000_000
    with Loopback(lambda connection: void(connection.recv(10))) as server:
        reply = http.perform(call(f"http://127.0.0.1:{server.port}/", body), sandbox_url=None)
    assert isinstance(reply, NoReply)
    assert reply.left


def test_an_over_long_answer_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "LARGEST", 4)
    assert isinstance(asked(answering(OK)), Reply)
    monkeypatch.setattr(http, "LARGEST", 3)
    assert asked(answering(OK)) == NoReply("a reply of more than 3 bytes", left=True)


def packed(body: bytes, name: bytes = b"gzip") -> bytes:
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n"
    return head % (name, len(body)) + body


def test_a_packed_answer_is_unpacked() -> None:
    reply = asked(answering(packed(gzip.compress(b"acta"))))
    assert isinstance(reply, Reply)
    assert reply.body == b"acta"


def test_a_packed_answer_of_enormous_size_is_none() -> None:
    reply = asked(answering(packed(gzip.compress(bytes(http.LARGEST + 1)))))
    assert isinstance(reply, NoReply)
    assert reply.left
    assert "more than" in reply.reason


def test_a_packed_answer_without_its_end_is_none() -> None:
    reply = asked(answering(packed(gzip.compress(b"acta")[:-3])))
    assert isinstance(reply, NoReply)
    assert reply.left


def test_a_packing_that_was_not_asked_for_is_not_read() -> None:
    assert asked(answering(packed(b"", b"zstd"))) == NoReply("a reply packed as zstd", left=True)


@pytest.mark.parametrize(
    "beginning", [b"HTTP/1.1 200 OK\r\nX-Slow: ", OK[:-4].replace(b"4", b"9999")]
)
def test_a_server_that_drips_for_ever_is_left_at_the_deadline(beginning: bytes) -> None:
    over = threading.Event()

    def talk(connection: socket.socket) -> None:
        request_of(connection)
        connection.sendall(beginning)
        while not over.wait(0.02):
            connection.sendall(b"x")

    begun = time.monotonic()
    reply = asked(talk, seconds=0.15)
    over.set()
    assert isinstance(reply, NoReply)
    assert reply.left
    assert time.monotonic() - begun < 3  # the deadline is 0.45; a drip comes every 0.02


def test_a_silent_server_is_left_at_the_time_out() -> None:
    over = threading.Event()

    def talk(connection: socket.socket) -> None:
        request_of(connection)
        over.wait(5)

    reply = asked_and(over, talk)
    assert isinstance(reply, NoReply)
    assert reply.left
    assert "ReadTimeout" in reply.reason


def asked_and(over: threading.Event, talk: Callable[[socket.socket], None]) -> Reply | NoReply:
    with Loopback(talk) as server:
        reply = http.perform(
            call(f"http://127.0.0.1:{server.port}/", seconds=0.1), sandbox_url=None
        )
        over.set()
    return reply
