"""A child process's own side: what it gives up before it touches anything of others, and its work.

It gives up network, files and room.
"""

from __future__ import annotations

import ctypes
import resource
import sys
from collections.abc import Callable, Mapping
from typing import Any

from acuse.gateways import wire

NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000  # Linux: clone(2)


Work = Callable[[dict[str, Any], list[bytes]], tuple[Mapping[str, Any], tuple[bytes, ...]]]


def serve(memory: int, work: Work) -> None:
    """Do the parent's pieces of work one by one, confined, until it closes the pipe.

    `work` takes a question's head and parts, and answers with such.
    """
    confine(memory)
    while (message := wire.read(sys.stdin.buffer.read)) is not None:
        head, parts = message
        told, made = work(head, parts)
        sys.stdout.buffer.write(wire.pack({"asked": head["asked"], **told}, *made))
        sys.stdout.buffer.flush()


def confine(memory: int) -> None:
    """Leave the network, take at most so many bytes of memory, write no file and no dump."""
    leave_the_network()
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def leave_the_network() -> bool:
    """Whether this process now has a network of its own, with nothing in it.

    Not every system lets a process do that; the compiler asks for nothing anyway. To be called
    before there is a second thread.
    """
    try:
        unshare = ctypes.CDLL(None).unshare
    except (OSError, AttributeError):
        return False
    return any(unshare(wish) == 0 for wish in (NEW_NETWORK, NEW_USER | NEW_NETWORK))
