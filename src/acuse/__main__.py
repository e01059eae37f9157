"""The command `acuse`: settings, the embedded database where none is given, then the command."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

WITHOUT_DATABASE = {"signer", "sandbox", "help", "--help", "--version", "version"}


def main() -> None:
    """Run the command that the arguments name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "acuse.project.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if command not in WITHOUT_DATABASE and not _has_database():
        from acuse.gateways import postgres

        home = Path(os.environ.get("ACUSE_HOME", "var"))
        os.environ["DATABASE_URL"] = postgres.start(home)
    execute_from_command_line(["acuse", *sys.argv[1:]])


def _has_database() -> bool:
    return bool(os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"))


if __name__ == "__main__":
    main()
