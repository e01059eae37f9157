"""What the commands share: `--json`, and problems told in Spanish."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError

from acuse.domain.problem import Problem
from acuse.gateways.signer import SignerUnavailable
from acuse.store import models


class Command(BaseCommand):
    """A command with `--json`; texts for people go out in Spanish."""

    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Every command can answer a program."""
        parser.add_argument("--json", action="store_true", help="responder en JSON")
        self.arguments(parser)

    def arguments(self, parser: ArgumentParser) -> None:
        """The command's own arguments."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run it; raises CommandError where the company is unknown or nobody can sign."""
        try:
            return super().execute(*args, **options)
        except models.Company.DoesNotExist:
            raise CommandError(f"No existe la empresa {options['company']}.") from None
        except SignerUnavailable as missing:
            raise CommandError(f"No se puede firmar: {missing}. ¿Corre `acuse signer`?") from None

    def say(self, text: str) -> None:
        """A line for a person."""
        self.stdout.write(text)

    def refuse(self, words: str, problems: Iterable[Problem], *, json: bool) -> NoReturn:
        """Say what was not done and why, and end with 1."""
        if json:
            self.answer({"problems": as_json(problems)})
        else:
            self.stderr.write(f"{words}\n{told(problems)}")
        sys.exit(1)

    def answer(self, value: Any) -> None:
        """One JSON value for a program."""
        self.stdout.write(json.dumps(value, ensure_ascii=False, default=str))


def told(problems: Iterable[Problem]) -> str:
    """Problems as lines for a person: field, text, code."""
    return "\n".join(f"  {p.field}: {p.text} [{p.code}]" for p in problems)


def as_json(problems: Iterable[Problem]) -> list[dict[str, str]]:
    """Problems for a program."""
    return [{"field": p.field, "code": p.code, "text": p.text, "rule": p.rule} for p in problems]


__all__ = ["Command", "CommandError", "as_json", "told"]
