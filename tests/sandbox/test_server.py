"""The HTTP port: whole requests reach their authority, everything else is refused and harmless."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from acuse_sandbox.running import Sandbox
from acuse_sandbox.server import LARGEST
from acuse_sandbox.world import Request, Response, World
from tests.sandbox.clients import PATIENCE, Toy

SOURCE = Path(__file__).resolve().parents[2] / "src"


@pytest.fixture
def kept(sandbox: Sandbox) -> Iterator[http.client.HTTPConnection]:
    """One kept connection."""
    connection = http.client.HTTPConnection("127.0.0.1", sandbox.http_port, timeout=PATIENCE)
    connection.connect()
    yield connection
    connection.close()


def raw(port: int, sent: bytes) -> bytes:
    """Everything that comes back for these bytes, after which no more are sent."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        found = b""
        while piece := connection.recv(65536):
            found += piece
        return found


def test_a_request_reaches_the_authority_of_its_first_folder(
    toy: Toy, kept: http.client.HTTPConnection
) -> None:
    kept.request("POST", "/toy/v1/recepcion?a=1&b=", b"\x00\xff<x/>", {"SOAPAction": "send"})
    answer = kept.getresponse()
    assert (answer.status, answer.read()) == (200, b"<ok/>")
    assert answer.headers["Content-Type"] == "text/xml"
    (asked,) = toy.asked
    assert (asked.method, asked.path) == ("POST", "/v1/recepcion")
    assert asked.query == {"a": "1", "b": ""}
    assert asked.headers["soapaction"] == "send"
    assert asked.body == b"\x00\xff<x/>"


@pytest.mark.parametrize(
    ("path", "below"),
    [("/toy", "/"), ("/toy/", "/"), ("/toy/a/", "/a/"), ("/toy//a", "//a"), ("/toy/toy", "/toy")],
)
def test_only_the_prefix_is_taken_from_the_path(
    toy: Toy, kept: http.client.HTTPConnection, path: str, below: str
) -> None:
    kept.request("GET", path)
    kept.getresponse().read()
    assert toy.asked[0].path == below


def test_nobody_answers_below_an_unknown_folder(toy: Toy, kept: http.client.HTTPConnection) -> None:
    kept.request("GET", "/toys/a")
    assert kept.getresponse().status == 404
    assert toy.asked == []


def test_a_kept_connection_serves_many_requests(toy: Toy, kept: http.client.HTTPConnection) -> None:
    first = kept.sock
    for number in range(3):
        kept.request("POST", f"/toy/{number}", b"x" * number)
        assert kept.getresponse().read() == b"<ok/>"
    assert kept.sock is first
    assert [len(asked.body) for asked in toy.asked] == [0, 1, 2]


def test_requests_in_one_packet_are_answered_in_order(sandbox: Sandbox, toy: Toy) -> None:
    one = b"POST /toy/%d HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi"
    answers = raw(sandbox.http_port, one % 1 + one % 2)
    assert answers.count(b"HTTP/1.1 200 OK") == 2
    assert [asked.path for asked in toy.asked] == ["/1", "/2"]


def test_a_body_of_the_largest_size_is_taken_and_a_larger_one_refused(
    toy: Toy, kept: http.client.HTTPConnection
) -> None:
    kept.request("POST", "/toy/a", bytes(LARGEST))
    answer = kept.getresponse()
    answer.read()
    assert (answer.status, len(toy.asked[0].body)) == (200, LARGEST)
    kept.request("POST", "/toy/a", bytes(LARGEST + 1))
    assert kept.getresponse().status == 413
    assert len(toy.asked) == 1


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (b"Content-Length: two", b"400"),
        (b"Content-Length: -1", b"400"),
        (b"Content-Length: " + b"9" * 5000, b"413"),
        (b"Transfer-Encoding: chunked", b"411"),
    ],
)
def test_a_body_of_no_clear_size_is_refused(
    sandbox: Sandbox, toy: Toy, header: bytes, status: bytes
) -> None:
    answer = raw(sandbox.http_port, b"POST /toy/a HTTP/1.1\r\n" + header + b"\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 " + status)
    assert toy.asked == []


@pytest.mark.parametrize(("sent", "received"), [(b"half", 0), (b"complete", 1)])
def test_half_a_body_never_reaches_the_authority(
    sandbox: Sandbox, toy: Toy, sent: bytes, received: int
) -> None:
    raw(sandbox.http_port, b"POST /toy/a HTTP/1.1\r\nContent-Length: 8\r\n\r\n" + sent)
    assert len(toy.asked) == received


def test_a_hanging_answer_closes_the_connection_without_a_byte(sandbox: Sandbox, toy: Toy) -> None:
    toy.answer = Response(200, b"never seen", hang=True)
    assert raw(sandbox.http_port, b"GET /toy/a HTTP/1.1\r\n\r\n") == b""
    assert len(toy.asked) == 1


@pytest.mark.parametrize("hang", [False, True])
def test_a_late_answer_sleeps_through_the_world(toy: Toy, hang: bool) -> None:
    slept: list[float] = []
    toy.answer = Response(200, b"late", delay=7.5, hang=hang)
    with Sandbox(authorities={"toy": toy}, world=World(sleep=slept.append)) as sandbox:
        answer = raw(sandbox.http_port, b"GET /toy/a HTTP/1.1\r\n\r\n")
    assert slept == [7.5]
    assert answer.endswith(b"late") is not hang


class Broken(Toy):
    """An authority with a fault of its own."""

    def handle(self, request: Request) -> Response:
        raise LookupError("a table has a hole")


def test_a_fault_of_the_authority_is_a_500_and_remembered() -> None:
    with Sandbox(authorities={"toy": Broken()}) as sandbox:
        answer = raw(sandbox.http_port, b"GET /toy/a HTTP/1.1\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 500")
    (error,) = sandbox.errors
    assert "LookupError: a table has a hole" in error


def test_a_client_that_leaves_is_no_fault(sandbox: Sandbox, toy: Toy) -> None:
    toy.answer = Response(200, bytes(5_000_000))
    connection = socket.create_connection(("127.0.0.1", sandbox.http_port), timeout=PATIENCE)
    connection.sendall(b"GET /toy/a HTTP/1.1\r\n\r\n")
    connection.recv(1)
    connection.close()
    assert raw(sandbox.http_port, b"GET /toys HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 404")


def test_nothing_answers_any_more_once_the_sandbox_is_left(toy: Toy) -> None:
    before = set(threading.enumerate())
    with Sandbox(authorities={"toy": toy}) as sandbox:
        kept = http.client.HTTPConnection("127.0.0.1", sandbox.http_port, timeout=PATIENCE)
        kept.request("GET", "/toy/a")
        assert kept.getresponse().read() == b"<ok/>"
        mail = socket.create_connection(("127.0.0.1", sandbox.smtp_port), timeout=PATIENCE)
        assert mail.recv(3) == b"220"
    with pytest.raises(ConnectionError):
        kept.connect()
    assert set(threading.enumerate()) <= before  # of another sandbox, perhaps
    while mail.recv(1024):
        pass  # what was said before; then the end, not silence
    kept.close()
    mail.close()
    assert len(toy.asked) == 1


def test_leaving_does_not_wait_for_a_slow_answer(toy: Toy) -> None:
    before = set(threading.enumerate())
    toy.answer = Response(200, b"late", delay=3600)
    with Sandbox(authorities={"toy": toy}) as sandbox:
        client = socket.create_connection(("127.0.0.1", sandbox.http_port), timeout=PATIENCE)
        client.sendall(b"GET /toy/a HTTP/1.1\r\n\r\n")
        while not toy.asked:
            raw(sandbox.http_port, b"GET /toys HTTP/1.1\r\n\r\n")
    client.close()
    assert set(threading.enumerate()) <= before  # of another sandbox, perhaps


def test_a_taken_port_leaves_no_other_port_open(toy: Toy) -> None:
    with Sandbox(authorities={"toy": toy}) as sandbox, pytest.raises(OSError, match="in use"):
        Sandbox(authorities={"toy": toy}, smtp_port=sandbox.smtp_port).__enter__()


def command(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "acuse_sandbox", *arguments],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_process_tells_its_ports_and_ends_well_when_told(
    tmp_path: Path, number: signal.Signals
) -> None:
    ports_file = tmp_path / "ports.json"
    with command("--host", "127.0.0.1", "--ports-file", str(ports_file)) as process:
        assert process.stdout is not None
        ports = json.loads(process.stdout.readline())
        assert json.loads(ports_file.read_text()) == ports
        assert ports["pid"] == process.pid
        assert raw(ports["control"], b"GET /errors HTTP/1.1\r\n\r\n").endswith(b"[]")
        assert raw(ports["http"], b"GET /nobody HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 404")
        assert raw(ports["smtp"], b"QUIT\r\n").startswith(b"220")
        process.send_signal(number)
        _, complaints = process.communicate(timeout=PATIENCE)
    assert (process.returncode, complaints) == (0, b"")
    assert os.listdir(tmp_path) == ["ports.json"]


def test_the_process_says_which_port_it_could_not_have() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with command("--smtp-port", str(port)) as process:
            said, complaint = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said) == (1, b"")
    assert complaint.decode().startswith("El sandbox no pudo arrancar")


def test_the_process_is_set_for_good_when_it_starts() -> None:
    with command("--setting", "sunat.mode=beta") as process:
        assert process.stdout is not None
        ports = json.loads(process.stdout.readline())
        clear = b"POST /clear HTTP/1.1\r\nContent-Length: 0\r\n\r\n"
        for _ in range(2):
            settings = raw(ports["control"], b"GET /settings HTTP/1.1\r\n\r\n")
            assert json.loads(settings.partition(b"\r\n\r\n")[2]) == {"sunat.mode": "beta"}
            assert raw(ports["control"], clear).startswith(b"HTTP/1.1 200")
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)


def test_the_process_says_which_setting_is_none() -> None:
    with command("--setting", "sunat.mode") as process:
        said, complaint = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said) == (2, b"")
    assert b"no NAME=VALUE" in complaint
