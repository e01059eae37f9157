"""`acuse serve`: the web, by WSGI."""

from __future__ import annotations

import multiprocessing
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from gunicorn.app.base import BaseApplication

from acuse.cli.command import Command as Base


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn with our own few options."""

    def __init__(self, options: dict[str, object]) -> None:
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Take our options."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        """The application that every worker runs."""
        application: object = import_string(settings.WSGI_APPLICATION)
        return application


class Command(Base):
    """Serve until told to stop."""

    help = "Sirve la web."

    def arguments(self, parser: ArgumentParser) -> None:
        """Where to listen."""
        parser.add_argument("--bind", default="127.0.0.1:8000")
        parser.add_argument("--processes", type=int, default=min(2, multiprocessing.cpu_count()))

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve."""
        Server(
            {
                "bind": options["bind"],
                "workers": options["processes"],
                "threads": 4,
                "worker_class": "gthread",
                "timeout": 60,
                "accesslog": None,
                "control_socket_disable": True,
            }
        ).run()
