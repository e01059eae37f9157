"""What all tests share: a database, a pretended world, a signer; every other socket is closed."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import hypothesis
import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
LOOPBACK = ("127.", "::1", "localhost")

# A shared machine may be slow at any example: time is not what these tests are about.
hypothesis.settings.register_profile("acuse", deadline=None)
hypothesis.settings.load_profile("acuse")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", choices=["compare", "write"], default="compare")


def pytest_collection_finish() -> None:
    """Let no collection of garbage walk the thousands of tests: all else stood still meanwhile."""
    gc.collect()
    gc.freeze()


OURS = ("ACUSE_HOME", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")
GIVEN = {name: os.environ[name] for name in OURS if name in os.environ}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Let each process of a parallel run make a home of its own: none inherits this one's."""
    for name in OURS:
        os.environ.pop(name, None)
    os.environ.update(GIVEN)


def _environment() -> None:
    """A home of this run's own, with an embedded database unless one is given."""
    home = tempfile.mkdtemp(prefix="acuse-test-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)  # after the database has stopped
    os.environ["ACUSE_HOME"] = home
    os.environ["ACUSE_SANDBOX_HURRY"] = "0.001"
    os.environ["DJANGO_SETTINGS_MODULE"] = "acuse.project.settings"
    os.environ.setdefault("ACUSE_AUTHORITY_DIR", str(REPOSITORY.parent / "shared" / "authority"))
    if not os.environ.get("DATABASE_URL"):
        from acuse.gateways import postgres

        os.environ["DATABASE_URL"] = postgres.start(Path(home))
    import django

    django.setup()


_environment()


def _emptied(_: object) -> None:
    """What a test left in the tables is gone: deleted, for TRUNCATE takes ten times as long.

    In the role of a replica neither keys nor our guards ask; what migrations filled stays.
    """
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_emptying())


@cache
def _emptying() -> str:
    """All of it in one text: the database is asked once."""
    from django.db import connection

    kept = {"django_content_type", "auth_permission"}
    tables = set(connection.introspection.django_table_names(only_existing=True)) - kept
    return "; ".join(
        (
            "SET session_replication_role = replica",
            *(f'DELETE FROM "{name}"' for name in sorted(tables)),
            "SET session_replication_role = DEFAULT",
        )
    )


def pytest_configure() -> None:
    from django.test import TransactionTestCase

    TransactionTestCase._fixture_teardown = _emptied  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def authority_dir() -> Path:
    """The published papers; tests that need them skip where they are not."""
    folder = Path(os.environ["ACUSE_AUTHORITY_DIR"])
    if not folder.is_dir():
        pytest.skip(f"the published papers are not at {folder} (ACUSE_AUTHORITY_DIR)")
    return folder


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches any other machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def signer_socket() -> Iterator[Path]:
    """A signer in a thread."""
    from django.conf import settings

    from acuse.gateways.signer_process import SignerServer, open_apart
    from acuse.gateways.vault import load_or_create_keys

    # Companies of tests share few certificates: each is opened once, which takes 200 ms.
    keys, opener = load_or_create_keys(settings.KEYS, "signer"), cache(open_apart)
    server = SignerServer(settings.SIGNER_SOCKET, keys, opener=opener)
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    yield settings.SIGNER_SOCKET
    server.stop()
    thread.join()
