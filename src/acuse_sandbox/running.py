"""The whole pretended world, running: each of its ports a free one of this machine."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import ExitStack
from types import TracebackType

from acuse_sandbox.control import Control
from acuse_sandbox.dian import Dian
from acuse_sandbox.hacienda import Hacienda
from acuse_sandbox.imap import Imap
from acuse_sandbox.listener import HOST
from acuse_sandbox.mailbox import Mailboxes
from acuse_sandbox.pop3 import Pop3
from acuse_sandbox.reading import ReadingServer
from acuse_sandbox.reading_script import ReadingScripts
from acuse_sandbox.server import Server, dispatcher
from acuse_sandbox.smtp import MailServer
from acuse_sandbox.sunat import Sunat
from acuse_sandbox.world import Authority, World


def everyone(world: World) -> dict[str, Authority]:
    """All pretended authorities."""
    return {"sunat": Sunat(world), "hacienda": Hacienda(world), "dian": Dian(world)}


class Sandbox:
    """A context manager, for once: entered, it serves; left, nothing of it runs any more."""

    def __init__(
        self,
        *,
        host: str = HOST,
        http_port: int = 0,
        control_port: int = 0,
        smtp_port: int = 0,
        imap_port: int = 0,
        pop3_port: int = 0,
        authorities: Mapping[str, Authority] | None = None,
        world: World | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self._leaving = threading.Event()
        self.world = World(sleep=self._hold) if world is None else world
        self.world.settings.update(settings or {})
        self.mailboxes = Mailboxes()
        self.authorities = everyone(self.world) if authorities is None else authorities
        self.mail = MailServer(self.world, self.mailboxes, port=smtp_port, host=host)
        answers = {name: one.handle for name, one in self.authorities.items()}
        self._http = Server(dispatcher(answers), self._sleep, port=http_port, host=host)
        self.reading = ReadingScripts()
        shared = (self.world, self.mailboxes, self.reading)
        self._imap = ReadingServer(Imap, *shared, port=imap_port, host=host)
        self._pop3 = ReadingServer(Pop3, *shared, port=pop3_port, host=host)
        control = Control(
            self.world, self.mail, self.reading, self.authorities, lambda: self.errors
        )
        self._control = Server(control.answer, self._sleep, port=control_port, host=host)
        self._parts = (self._http, self._control, self.mail, self._imap, self._pop3)
        self._stack = ExitStack()

    @property
    def http_url(self) -> str:
        """Where the authorities are."""
        return self._http.url

    @property
    def control_url(self) -> str:
        """Where the control port is."""
        return self._control.url

    @property
    def http_port(self) -> int:
        """Where the authorities are, as a number."""
        return self._http.port

    @property
    def control_port(self) -> int:
        """Where the control port is, as a number."""
        return self._control.port

    @property
    def smtp_port(self) -> int:
        """Where mail is taken."""
        return self.mail.port

    @property
    def imap_port(self) -> int:
        """Where mail is read by IMAP."""
        return self._imap.port

    @property
    def pop3_port(self) -> int:
        """Where mail is read by POP3."""
        return self._pop3.port

    @property
    def errors(self) -> list[str]:
        """Faults of the sandbox itself: tests want none."""
        return [error for part in self._parts for error in part.errors]

    def _sleep(self, seconds: float) -> None:
        self.world.sleep(seconds)  # looked up each time: a test may change it on the way

    def _hold(self, seconds: float) -> None:
        """Sleep, but not beyond the sandbox's own end."""
        self._leaving.wait(seconds)

    def __enter__(self) -> Sandbox:
        with ExitStack() as stack:
            for part in self._parts:  # if one finds its port taken, the others are closed too
                stack.callback(part.server_close)
            for part in self._parts:
                stack.enter_context(part)
            stack.callback(self._leaving.set)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()
