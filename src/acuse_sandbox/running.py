"""The whole pretended world, running: HTTP, control and SMTP on free ports of this machine."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from types import TracebackType

from acuse_sandbox.control import Control
from acuse_sandbox.hacienda import Hacienda
from acuse_sandbox.mailbox import Mailboxes
from acuse_sandbox.server import Server, dispatcher
from acuse_sandbox.smtp import MailServer
from acuse_sandbox.sunat import Sunat
from acuse_sandbox.world import Authority, World


def everyone(world: World) -> dict[str, Authority]:
    """All pretended authorities."""
    return {"sunat": Sunat(world), "hacienda": Hacienda(world)}


class Sandbox:
    """A context manager: entered, it serves; left, nothing of it runs any more."""

    def __init__(
        self,
        *,
        http_port: int = 0,
        control_port: int = 0,
        smtp_port: int = 0,
        authorities: Mapping[str, Authority] | None = None,
    ) -> None:
        self.world = World()
        self.mailboxes = Mailboxes()
        self.authorities: Mapping[str, Authority] = authorities or everyone(self.world)
        self.mail = MailServer(self.world, self.mailboxes, port=smtp_port)
        answers = {name: one.handle for name, one in self.authorities.items()}
        self._http = Server(dispatcher(answers), self._sleep, port=http_port)
        control = Control(self.world, self.mail, self.authorities, lambda: self.errors)
        self._control = Server(control.answer, self._sleep, port=control_port)
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
    def smtp_port(self) -> int:
        """Where mail is taken."""
        return self.mail.port

    @property
    def errors(self) -> list[str]:
        """Faults of the sandbox itself: tests want none."""
        return self._http.errors + self._control.errors

    def _sleep(self, seconds: float) -> None:
        self.world.sleep(seconds)

    def __enter__(self) -> Sandbox:
        for part in (self._http, self._control, self.mail):
            self._stack.enter_context(part)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()
