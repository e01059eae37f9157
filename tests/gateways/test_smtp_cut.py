"""A dialogue cut at every byte, in both directions: what each end may conclude.

Source: reliability.md 5.2: before the final dot nothing was sent; after it, without a readable 2xx,
nobody knows. So a second copy exists only after an attempt that was recorded as uncertain.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from acuse.domain.patience import Patience
from acuse.domain.recipient import Move, RecipientState, SmtpOutcome, Stage, after_attempt
from acuse.gateways import smtp
from acuse.gateways.smtp import Route
from tests.gateways.loopback import Loopback
from tests.gateways.smtp_server import PATIENT

AT = datetime(2026, 11, 26, 12, tzinfo=UTC)
MESSAGE = b"Subject: acta\r\n\r\n.uno\r\n..\r\nfin\r\n"
ENOUGH = 10_000
PLAIN = b"250-mail.cliente.example\r\n250 SIZE 9000000\r\n"
PIPELINED = b"250-mail.cliente.example\r\n250-PIPELINING\r\n250-DSN\r\n250 8BITMIME\r\n"


@dataclass
class Server:
    """A server that reads so many bytes and says so many, and then is gone."""

    ehlo: bytes
    reads: int = ENOUGH
    says: int = ENOUGH
    kept: list[bytes] = field(default_factory=list)
    heard: int = 0
    said: int = 0

    def talk(self, connection: socket.socket) -> None:
        """The dialogue, until it is cut."""
        try:
            self._talk(connection)
        except (CutError, OSError):
            return

    def _talk(self, connection: socket.socket) -> None:
        self._say(connection, b"220 mail.cliente.example\r\n")
        while True:
            line = self._until(connection, b"\r\n")
            verb = line[:4].upper()
            if verb == b"EHLO":
                self._say(connection, self.ehlo)
            elif verb == b"DATA":
                self._say(connection, b"354 go\r\n")
                self.kept.append(self._until(connection, b"\r\n.\r\n"))
                self._say(connection, b"250-2.0.0 queued\r\n250 as A1\r\n")
            elif verb == b"QUIT":
                self._say(connection, b"221 bye\r\n")
                return
            else:
                self._say(connection, b"250 ok\r\n")

    def _until(self, connection: socket.socket, mark: bytes) -> bytes:
        heard = b""
        while not heard.endswith(mark):
            if self.heard >= self.reads:
                raise CutError
            piece = connection.recv(1)
            if not piece:
                raise CutError
            heard += piece
            self.heard += 1
        return heard

    def _say(self, connection: socket.socket, words: bytes) -> None:
        left = words[: max(0, self.says - self.said)]
        connection.sendall(left)
        self.said += len(left)
        if len(left) < len(words):
            raise CutError


class CutError(Exception):
    pass


def tried(server: Server) -> tuple[SmtpOutcome, Move]:
    """How one attempt ended, and where it leads."""
    with Loopback(server.talk) as at:
        outcome = smtp.send(
            smtp.prepare(MESSAGE),
            sender="b+token@acuse.example",
            recipient="ana@cliente.example",
            route=Route("127.0.0.1", at.port, waits=PATIENT),
            before_dot=lambda: True,
            name="token",
        )
        smtp.close_all()
    told = after_attempt(outcome, tries=1, uncertain_before=False, at=AT, patience=Patience())
    return outcome, told


def whole(ehlo: bytes) -> Server:
    """A dialogue that nobody cuts, for its lengths."""
    server = Server(ehlo)
    outcome, move = tried(server)
    assert (outcome.stage, outcome.code, move.state) == (Stage.DOT, 250, RecipientState.SENT)
    assert server.kept == [b"Subject: acta\r\n\r\n..uno\r\n...\r\nfin\r\n.\r\n"]
    return server


@pytest.mark.parametrize("ehlo", [PLAIN, PIPELINED], ids=["step by step", "pipelined"])
@pytest.mark.parametrize("cut", ["reads", "says"])
def test_a_cut_at_any_byte_ends_in_its_class_and_makes_no_secret_copy(
    ehlo: bytes, cut: str
) -> None:
    full = whole(ehlo)
    length = {"reads": full.heard, "says": full.said}[cut]
    seen = set()
    for limit in range(length + 1):
        server = replace(Server(ehlo), **{cut: limit})
        outcome, move = tried(server)
        seen.add((outcome.stage, move.state))
        if move.state is RecipientState.SENT:
            assert server.kept, limit
            continue
        if move.state is RecipientState.DEFERRED:
            assert server.kept == [], f"{limit}: called unsent, and the server has it"
            assert outcome.stage is not Stage.DOT, limit
        else:
            assert move.state is RecipientState.UNCERTAIN, limit
            assert outcome.stage is Stage.DOT, limit
        again = Server(ehlo)
        tried(again)
        copies = len(server.kept) + len(again.kept)
        assert copies == 1 or move.state is RecipientState.UNCERTAIN, limit
    states = {state for _, state in seen}
    assert states == {RecipientState.SENT, RecipientState.DEFERRED, RecipientState.UNCERTAIN}
    if cut == "says":
        assert {Stage.GREETING, Stage.EHLO, Stage.MAIL, Stage.DOT} <= {stage for stage, _ in seen}
