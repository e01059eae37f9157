"""`acuse token make|list|revoke --company ID`: who may call the API for the company."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model

from acuse.cli.command import Command as Base
from acuse.cli.command import CommandError
from acuse.domain.problem import Blocked
from acuse.flow import outside, tokens
from acuse.store import companies
from acuse.store import tokens as kept

BY = "acuse token"


class Command(Base):
    """Make a token (shown once), list those that open something, revoke one for good."""

    help = "Crea, muestra o revoca tokens de la API."

    def arguments(self, parser: ArgumentParser) -> None:
        """What to do, for which company; whose token, or which."""
        parser.add_argument("do", choices=("make", "list", "revoke"))
        parser.add_argument("--company", type=int, required=True, metavar="ID")
        parser.add_argument("--user", default="", metavar="EMAIL", help="make: de quién será")
        parser.add_argument("--name", default="", help="make: para qué programa es")
        parser.add_argument("--token", type=int, metavar="ID", help="revoke: cuál, según list")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        companies.load(options["company"])
        {"make": self._make, "list": self._list, "revoke": self._revoke}[options["do"]](options)

    def _make(self, options: dict[str, Any]) -> None:
        user = get_user_model().objects.filter(username=options["user"]).first()
        if user is None:
            raise CommandError(f"No hay una cuenta «{options['user']}». Créala con acuse user.")
        try:
            made = tokens.make(
                options["company"], int(user.pk), options["name"], by=BY, at=outside.now()
            )
        except Blocked as blocked:
            self.refuse("No se creó.", blocked.problems, json=options["json"])
        if options["json"]:
            self.answer({"id": made.id, "prefix": made.prefix, "token": made.plain})
            return
        self.say(f"{made.plain}\nCópialo ahora: no se vuelve a mostrar.")

    def _list(self, options: dict[str, Any]) -> None:
        found = kept.of_company(options["company"])
        if options["json"]:
            self.answer(
                {
                    "tokens": [
                        {
                            "id": one.id,
                            "name": one.name,
                            "prefix": one.prefix,
                            "user": one.user,
                            "created_at": one.created_at.isoformat(),
                            "last_used_at": one.last_used_at and one.last_used_at.isoformat(),
                        }
                        for one in found
                    ]
                }
            )
            return
        for one in found:
            used = f"{one.last_used_at:%Y-%m-%d %H:%M} UTC" if one.last_used_at else "nunca"
            self.say(f"{one.id}  acuse_{one.prefix}  {one.name}  de {one.user}  último uso: {used}")

    def _revoke(self, options: dict[str, Any]) -> None:
        if options["token"] is None:
            raise CommandError("Di cuál con --token ID; acuse token list los muestra.")
        at = outside.now()
        revoked = tokens.revoke(options["company"], options["token"], by=BY, at=at)
        if options["json"]:
            self.answer({"revoked": revoked})
        elif revoked:
            self.say("Revocado: desde ahora no abre nada.")
        if not revoked:
            raise CommandError("La empresa no tiene ese token, o ya estaba revocado.")
