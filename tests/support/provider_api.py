"""Mail providers' interfaces, played on this machine: each takes a mail as its papers say."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self

from acuse.domain.route import Provider

NAMES = {  # what each of them calls the mail that it took
    Provider.SES: "0107-aaaa-bbbb",
    Provider.BREVO: "<202611261200.111@smtp-relay.brevo.example>",
    Provider.MAILGUN: "<20261126.1.ABC@mg.taller.example>",
    Provider.POSTMARK: "0a129aee-e1cd-480d-b08d-4f48548ff48d",
    Provider.RESEND: "49a3999c-0ce1-4ea6-ab68-afcd6dc2e794",
}
ANSWERS: dict[Provider, tuple[int, dict[str, Any] | None]] = {
    Provider.SES: (200, {"MessageId": NAMES[Provider.SES]}),
    Provider.BREVO: (201, {"messageId": NAMES[Provider.BREVO]}),
    Provider.MAILGUN: (200, {"id": NAMES[Provider.MAILGUN], "message": "Queued. Thank you."}),
    Provider.POSTMARK: (
        200,
        {
            "To": "ana@cliente.example",
            "SubmittedAt": "2026-11-26T12:00:00Z",
            "MessageID": NAMES[Provider.POSTMARK],
            "ErrorCode": 0,
            "Message": "OK",
        },
    ),
    Provider.SENDGRID: (202, None),
    Provider.RESEND: (200, {"id": NAMES[Provider.RESEND]}),
}
PATHS = {
    Provider.SES: "/v2/email/outbound-emails",
    Provider.BREVO: "/v3/smtp/email",
    Provider.MAILGUN: "/v3/mg.taller.example/messages.mime",
    Provider.POSTMARK: "/email",
    Provider.SENDGRID: "/v3/mail/send",
    Provider.RESEND: "/emails",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes = field(repr=False)

    @property
    def json(self) -> dict[str, Any]:
        told = json.loads(self.body)
        assert isinstance(told, dict)
        return told

    @property
    def form(self) -> dict[str, bytes]:
        """The fields of a form in parts, each as it came."""
        head = f"Content-Type: {self.headers['content-type']}\r\n\r\n".encode()
        whole = message_from_bytes(head + self.body, policy=policy.HTTP)
        assert isinstance(whole, EmailMessage)
        boundary = whole.get_boundary("").encode()
        found = {}
        for piece in self.body.split(b"--" + boundary)[1:-1]:
            told, _, content = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
            name = told.partition(b'name="')[2].partition(b'"')[0].decode()
            found[name] = content.removesuffix(b"\r\n")
        return found


class ProviderApi:
    """Plays one provider; `answer` may be set to anything, also to nothing at all."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self.taken: list[Taken] = []
        self.fetched: list[str] = []
        self.pages: dict[str, tuple[int, bytes]] = {}  # what may be fetched, by its path
        self.status, told = ANSWERS[provider]
        self.body = json.dumps(told).encode() if told is not None else b""
        self.headers: dict[str, str] = {}
        self.instead: Callable[[BaseHTTPRequestHandler], None] | None = None
        api = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                length = int(self.headers["content-length"])
                headers = {name.lower(): told for name, told in self.headers.items()}
                api.taken.append(Taken(self.path, headers, self.rfile.read(length)))
                if api.instead is not None:
                    api.instead(self)
                    return
                self.send_response(api.status)
                for name, value in api.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(api.body)))
                self.end_headers()
                self.wfile.write(api.body)

            def do_GET(self) -> None:
                api.fetched.append(self.path)
                status, body = api.pages.get(self.path.partition("?")[0], (404, b""))
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def refuse(self, status: int, told: Any = None) -> None:
        self.status, self.body = status, json.dumps(told or {}).encode()

    @property
    def files(self) -> list[tuple[str, bytes]]:
        """The attachments of the last mail, by name, wherever this provider is told them."""
        last = self.taken[-1]
        match self.provider:
            case Provider.SES:
                return _attached(b64decode(last.json["Content"]["Raw"]["Data"]))
            case Provider.MAILGUN:
                return _attached(last.form["message"])
            case Provider.BREVO:
                return [(one["name"], b64decode(one["content"])) for one in last.json["attachment"]]
            case Provider.POSTMARK:
                told = last.json["Attachments"]
                return [(one["Name"], b64decode(one["Content"])) for one in told]
        told = last.json["attachments"]
        return [(one["filename"], b64decode(one["content"])) for one in told]


def _attached(raw: bytes) -> list[tuple[str, bytes]]:
    read = message_from_bytes(raw, policy=policy.default)
    assert isinstance(read, EmailMessage)
    return [
        (part.get_filename(""), part.get_payload(decode=True))  # type: ignore[misc]
        for part in read.iter_attachments()
    ]
