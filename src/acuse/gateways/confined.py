"""What a child process gives up before it touches anything of others: network, files, room."""

from __future__ import annotations

import ctypes
import resource

NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000  # Linux: clone(2)


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
