"""A small SMTP server that can be told to misbehave, to the byte."""

from __future__ import annotations

import re
import socketserver

from acuse_sandbox.listener import HOST, Listener
from acuse_sandbox.mail_script import MailScripts, Misbehaviour
from acuse_sandbox.mailbox import Mailboxes
from acuse_sandbox.returning import hand_back, report
from acuse_sandbox.smtp_wire import LARGEST, Gone, TooLarge, TooLong, Wire, has_long_line
from acuse_sandbox.world import World

__all__ = ["MailScripts", "MailServer", "Misbehaviour"]

NAME = "sandbox.example"
HELLO = f"{NAME}\nSIZE {LARGEST}\nPIPELINING\n8BITMIME\nSMTPUTF8\nDSN"
PATH = re.compile(
    r'(?P<word>FROM|TO): ?<(?P<address>(?:"[^"\r\n]*"|[^<>"\s])*)>(?P<rest>(?: +\S+)*) *', re.I
)
MAIL_PARAMETERS = ("SIZE", "BODY", "SMTPUTF8", "RET", "ENVID")
FORMS = {  # of what is asked about reports: RFC 3461 4
    "RET": re.compile(r"FULL|HDRS", re.I),
    "ENVID": re.compile(r"(?:[!-*,-<>-~]|\+[0-9A-F]{2}){1,100}"),
    "NOTIFY": re.compile(r"NEVER|(?:SUCCESS|FAILURE|DELAY)(?:,(?:SUCCESS|FAILURE|DELAY))*", re.I),
    "ORCPT": re.compile(r"[A-Za-z0-9-]+;(?:[!-*,-<>-~]|\+[0-9A-F]{2}){1,500}"),
}


class _Refusal(Exception):
    """The command is refused: code and text."""


class _Dialogue(socketserver.BaseRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._wire = Wire(self.request)
        self._reset()
        try:
            self._say("greeting", 220, f"{NAME} ESMTP")
            while self._command(self._wire.line()):
                pass
        except TooLong:
            self._reply(500, "5.5.2 line too long")
        except Gone:
            return

    def _reset(self) -> None:
        self._sender: str | None = None
        self._recipients: dict[str, dict[str, str]] = {}  # with what was asked about reports
        self._asked: dict[str, str] = {}
        self._utf8 = False

    def _command(self, line: bytes) -> bool:
        """Answer one command; whether the dialogue goes on."""
        try:
            verb, _, rest = line.decode().partition(" ")
            return self._obey(verb.upper(), rest)
        except UnicodeDecodeError:
            self._reply(500, "5.5.2 not UTF-8")
        except _Refusal as refusal:
            self._reply(*refusal.args)
        return True

    def _obey(self, verb: str, rest: str) -> bool:
        match verb:
            case "EHLO" | "HELO":
                self._reset()
                self._say("ehlo", 250, HELLO if verb == "EHLO" else NAME)
            case "MAIL":
                self._mail(rest)
            case "RCPT":
                self._rcpt(rest)
            case "DATA":
                self._data()
            case "RSET":
                self._reset()
                self._say("rset", 250, "2.0.0 ok")
            case "NOOP":
                self._reply(250, "2.0.0 ok")
            case "QUIT":
                self._say("quit", 221, "2.0.0 bye")
                return False
            case _:
                raise _Refusal(500, "5.5.2 unknown command")
        return True

    def _mail(self, rest: str) -> None:
        if self._sender is not None:
            raise _Refusal(503, "5.5.1 a mail is under way")
        sender, parameters = _path("FROM", rest)
        for name, value in parameters.items():
            if name not in MAIL_PARAMETERS:
                raise _Refusal(555, f"5.5.4 unknown parameter {name}")
            if name == "SIZE" and not (value.isascii() and value.isdigit()):
                raise _Refusal(501, "5.5.4 SIZE is a number")
        if int(parameters.get("SIZE", "0")[:20]) > LARGEST:
            raise _Refusal(552, f"5.3.4 at most {LARGEST} bytes")
        self._utf8 = "SMTPUTF8" in parameters
        self._want_ascii(sender)
        asked = _asked(parameters)
        if self._say("mail", 250, "2.1.0 ok"):
            self._sender, self._asked = sender, asked

    def _rcpt(self, rest: str) -> None:
        if self._sender is None:
            raise _Refusal(503, "5.5.1 MAIL first")
        recipient, parameters = _path("TO", rest)
        if not recipient:
            raise _Refusal(501, "5.1.3 no recipient")
        if parameters.keys() - {"NOTIFY", "ORCPT"}:
            raise _Refusal(555, "5.5.4 unknown parameter")
        asked = _asked(parameters)
        self._want_ascii(recipient)
        if self._say("rcpt", 250, "2.1.5 ok", recipients=[recipient]):
            self._recipients[recipient] = asked

    def _want_ascii(self, address: str) -> None:
        if not (self._utf8 or address.isascii()):
            raise _Refusal(553, "5.6.7 such an address needs SMTPUTF8")

    def _data(self) -> None:
        if not self._recipients:
            raise _Refusal(503, "5.5.1 no recipient")
        sender, recipients = self._sender or "", list(self._recipients)
        if not self._say("data", 354, "go on", recipients=recipients):
            return
        if self.server.scripts.take("body", recipients) is not None:
            self._wire.reset_in_body()
        message = self._message()
        fault = self.server.scripts.take("dot", recipients)
        if fault is None or fault.keeps:
            at = self.server.world.now()
            for recipient in recipients:
                asked = self._asked | self._recipients[recipient]
                self.server.mailboxes.put(sender, recipient, message, at, asked)
        if fault is None:
            self._reply(250, "2.0.0 kept")
        elif fault.bounces:
            self._reply(250, "2.0.0 queued")
            self._send_back(sender, recipients, message, fault.text)
        else:
            self._misbehave(fault)
        self._reset()

    def _send_back(self, sender: str, recipients: list[str], message: bytes, words: str) -> None:
        """A report for each recipient, to the server that takes what comes back."""
        to = self.server.world.settings.get("mail.returns", "")
        if not (sender and to):
            self.server.errors.append("a mail bounced, and nobody takes reports: mail.returns")
            return
        for recipient in recipients:
            written = report(sender, recipient, message, words, self.server.world.now())
            try:
                hand_back(sender, written, to)
            except OSError as error:
                self.server.errors.append(str(error))

    def _message(self) -> bytes:
        try:
            message = self._wire.content()
        except TooLarge as error:
            self._reset()
            raise _Refusal(552, f"5.3.4 at most {LARGEST} bytes") from error
        if has_long_line(message):
            self._reset()
            raise _Refusal(500, "5.5.2 line too long")
        return message

    def _say(
        self, stage: str, code: int, text: str, *, recipients: list[str] | None = None
    ) -> bool:
        """Whether the dialogue goes on: the usual reply was given, or a scripted one like it."""
        fault = self.server.scripts.take(stage, recipients or ())
        if fault is None:
            self._reply(code, text)
            return True
        self._misbehave(fault)
        return fault.goes_on

    def _misbehave(self, fault: Misbehaviour) -> None:
        if fault.seconds:
            self.server.world.sleep(fault.seconds)
        if fault.action == "unreadable":
            self._wire.send((fault.text or "what?").encode())
        if fault.action:
            raise Gone
        self._reply(fault.code, fault.text or "scripted")
        if fault.code == 421 or (fault.stage == "greeting" and not fault.goes_on):
            raise Gone

    def _reply(self, code: int, text: str) -> None:
        *before, last = text.split("\n")
        lines = [*(f"{code}-{line}" for line in before), f"{code} {last}"]
        self._wire.send("\r\n".join(lines).encode())


class MailServer(Listener):
    """The server on loopback; what it took lies in `mailboxes`."""

    def __init__(
        self, world: World, mailboxes: Mailboxes, *, port: int = 0, host: str = HOST
    ) -> None:
        super().__init__(_Dialogue, host=host, port=port)
        self.world = world
        self.mailboxes = mailboxes
        self.scripts = MailScripts()


def _asked(parameters: dict[str, str]) -> dict[str, str]:
    """What a command asks about reports, each in its form."""
    for name, form in FORMS.items():
        if name in parameters and not form.fullmatch(parameters[name]):
            raise _Refusal(501, f"5.5.4 {name} is not written so")
    return {name: value for name, value in parameters.items() if name in FORMS}


def _path(word: str, rest: str) -> tuple[str, dict[str, str]]:
    """The address between the angle brackets and the parameters after it, names upper-case."""
    found = PATH.fullmatch(rest)
    if found is None or found["word"].upper() != word:
        raise _Refusal(501, f"5.5.4 {word}:<address> was expected")
    parameters = [one.partition("=") for one in found["rest"].split()]
    return found["address"], {name.upper(): value for name, _, value in parameters}
