"""`acuse hook --company ID | --installation`: where a mail provider tells of our mail."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from acuse.cli.command import Command as Base
from acuse.domain.problem import Blocked
from acuse.flow import hooks, outside
from acuse.store import companies

BY = "acuse hook"
ASKED = "Clave con la que el proveedor firma (de Amazon, el ARN del tema): "


class Command(Base):
    """Draws a new address, shown once; the one before it opens nothing any more."""

    help = "La dirección donde el proveedor de correo avisa qué pasó con cada envío."

    def arguments(self, parser: ArgumentParser) -> None:
        """Whose road."""
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--installation", action="store_true", help="el de la instalación")
        whose.add_argument("--company", type=int, metavar="ID", help="el propio de una empresa")

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw it; exit code 1 where the mail goes by no provider, or its secret is missing."""
        owner = options["company"] or 0
        if owner:
            companies.load(owner)
        try:
            secret = _secret() if hooks.asks_for_secret(owner) else ""
            place = hooks.renew(owner, secret=secret, by=BY, at=outside.now())
        except Blocked as blocked:
            self.refuse("No se hizo.", blocked.problems, json=options["json"])
        if options["json"]:
            self.answer({"address": place.address, "user": place.user, "password": place.password})
            return
        lines = [place.address]
        if place.password:
            lines += [f"Usuario: {place.user}", f"Contraseña: {place.password}"]
        self.say("\n".join((*lines, "Cópialo ahora en el proveedor: no se vuelve a mostrar.")))


def _secret() -> str:
    """Asked for, else a line of the standard input; never an argument."""
    if sys.stdin.isatty():
        return getpass.getpass(ASKED)
    return sys.stdin.readline().strip()
