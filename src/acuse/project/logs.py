"""How the programs write their log: lines for people, moments in UTC, and of an error no values."""

from __future__ import annotations

import sys

import structlog


def configure() -> None:
    """Have all logging so; a traceback with its variables would tell passwords and mails."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=True),
            structlog.dev.ConsoleRenderer(
                colors=sys.stdout.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        ]
    )
