"""`acuse user EMAIL --company ID`: make an account, or give one to a company."""

from __future__ import annotations

import getpass
import secrets
from argparse import ArgumentParser
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model

from acuse.cli.command import Command as Base
from acuse.store import models


class Command(Base):
    """Accounts are made here: nobody signs up by himself."""

    help = "Crea una cuenta y la asocia a empresas."

    def arguments(self, parser: ArgumentParser) -> None:
        """Who, and for which companies."""
        parser.add_argument("email")
        parser.add_argument("--company", type=int, action="append", default=[], metavar="ID")
        parser.add_argument("--generate", action="store_true", help="generar la contraseña")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make or extend the account."""
        password = secrets.token_urlsafe(12) if options["generate"] else ""
        made = make_user(options["email"], password or getpass.getpass("Contraseña: "))
        for company_id in options["company"]:
            models.Membership.objects.get_or_create(company_id=company_id, user_id=made)
        if options["json"]:
            self.answer({"user": made, "password": password or None})
        else:
            told = f" con la contraseña {password}" if password else ""
            self.say(f"{options['email']} puede entrar{told}.")


def make_user(email: str, password: str) -> int:
    """The id of the account, its password set; said again, it mends what was cut short."""
    user, _ = get_user_model().objects.get_or_create(username=email, defaults={"email": email})
    user.set_password(password)
    user.save()
    EmailAddress.objects.get_or_create(
        user=user, email=email, defaults={"verified": True, "primary": True}
    )
    return int(user.pk)
