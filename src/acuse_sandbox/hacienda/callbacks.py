"""Hacienda's POST of the verdict to a callbackUrl: a hint, unsigned, and here to loopback only.

Source: costa-rica.md 5, "Callback", and 9.3. When it comes and what becomes of one that is not
taken is UNCONFIRMED: here once, when the verdict can be asked for.
"""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from acuse_sandbox.hacienda.archive import Archive, Kept
from acuse_sandbox.hacienda.options import Options
from acuse_sandbox.world import World

PATIENCE = 5.0
HERE = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Target:
    """An address on this machine."""

    host: str
    port: int
    path: str


def target(url: str) -> Target | None:
    """Where a callback goes; None for anywhere but this machine, or for no http address."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or 80
        here = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return None
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    plain = parts.scheme == "http" and not parts.username and path.isascii() and path.isprintable()
    if not (here and plain and " " not in path):
        return None
    return Target(HERE if host == "localhost" else host, port, path)


@dataclass(frozen=True, slots=True)
class Callbacks:
    """The callbacks of one world, each in a thread of its own."""

    world: World
    archive: Archive
    threads: list[threading.Thread] = field(default_factory=list)

    def promise(self, kept: Kept, url: str, options: Options, news: Callable[[], bytes]) -> None:
        """Tell the news of a document where it was asked for, when they are due."""
        if not url or options.callback == "never":
            return
        where = target(url)
        if where is None:
            self._write(kept, b"", "refused")
            return
        wait = options.verdict_seconds if options.callback == "due" else 0.0
        thread = threading.Thread(target=self._tell, args=(kept, where, wait, news), daemon=True)
        self.threads[:] = [one for one in self.threads if one.is_alive()] + [thread]
        thread.start()

    def settle(self) -> None:
        """Wait for those on their way."""
        for thread in tuple(self.threads):
            thread.join(PATIENCE * 2)

    def _tell(self, kept: Kept, where: Target, wait: float, news: Callable[[], bytes]) -> None:
        if wait:
            self.world.sleep(wait)
        if self.archive.find(kept.key) is not kept:  # all was forgotten meanwhile
            return
        body = news()
        connection = http.client.HTTPConnection(where.host, where.port, timeout=PATIENCE)
        try:
            headers = {"Content-Type": "application/json"}
            connection.request("POST", where.path, body=body, headers=headers)
            taken = connection.getresponse().status < 300
        except (OSError, http.client.HTTPException):
            taken = False
        finally:
            connection.close()
        self._write(kept, body, "accepted" if taken else "fault")

    def _write(self, kept: Kept, body: bytes, outcome: str) -> None:
        self.world.ledger.write(
            authority="hacienda",
            purpose="callback",
            fiscal_id=kept.key,
            document=b"",
            body=body,
            outcome=outcome,
            at=self.world.now(),
        )
