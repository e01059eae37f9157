"""What both servers that mail is read from share: who may enter, and how they misbehave."""

from __future__ import annotations

import contextlib
import socketserver

from acuse_sandbox.listener import HOST, Listener
from acuse_sandbox.mailbox import Mailboxes, Stored
from acuse_sandbox.reading_script import ReadingScripts
from acuse_sandbox.smtp_wire import Gone, TooLong, Wire
from acuse_sandbox.world import World

WRONG = "RECHAZA"  # a password that begins so is a wrong one


class Refused(Exception):
    """The command is refused; the text says why."""


class Reading(socketserver.BaseRequestHandler):
    """A dialogue about one mailbox: its address is the user's name, any password but a wrong one
    opens it. Nothing in it can be changed."""

    server: ReadingServer

    def handle(self) -> None:
        """Greet, obey, until the client leaves or a fault cuts the line."""
        self.wire = Wire(self.request)
        self.address = ""
        self.messages: tuple[Stored, ...] = ()
        with contextlib.suppress(Gone, TooLong):
            self.greet()
            while self.obey(self.wire.line().decode("utf-8", "replace")):
                pass

    def greet(self) -> None:
        """Say the first word."""
        raise NotImplementedError

    def obey(self, line: str) -> bool:
        """Answer one command; whether the dialogue goes on."""
        raise NotImplementedError

    def log_in(self, user: str, password: str) -> None:
        """Open the user's mailbox, or raise Refused."""
        self.stage("login", user)
        if "@" not in user or password.startswith(WRONG):
            raise Refused("[AUTHENTICATIONFAILED] wrong user or password")
        self.address = user
        self.open()

    def open(self) -> None:
        """Take the mailbox as it lies now."""
        self.messages = self.server.mailboxes.of(self.address)

    def stage(self, name: str, mailbox: str = "") -> None:
        """Misbehave here if that was scripted: Refused, or Gone."""
        fault = self.server.scripts.take(name, mailbox or self.address)
        if fault is None:
            return
        if fault.seconds:
            self.server.world.sleep(fault.seconds)
        if fault.action == "refuse":
            raise Refused(fault.text or "scripted")
        if fault.action:
            raise Gone

    def say(self, line: str) -> None:
        """One line."""
        self.wire.send(line.encode())

    def send_body(self, head: bytes, body: bytes, tail: bytes) -> None:
        """A message with what stands around it; half of it, if that was scripted."""
        try:
            self.stage("body")
        except Gone:
            self.request.sendall(head + body[: len(body) // 2])
            raise
        self.request.sendall(head + body + tail)


class ReadingServer(Listener):
    """A port where mailboxes are read."""

    def __init__(
        self,
        handler: type[Reading],
        world: World,
        mailboxes: Mailboxes,
        scripts: ReadingScripts,
        *,
        port: int = 0,
        host: str = HOST,
    ) -> None:
        super().__init__(handler, host=host, port=port)
        self.world = world
        self.mailboxes = mailboxes
        self.scripts = scripts
