"""`acuse returns`: what came back of mail, and the hands that an operator needs with it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from acuse.cli.command import Command as Base
from acuse.cli.command import CommandError, told
from acuse.domain.problem import Blocked
from acuse.domain.returned import Intake
from acuse.domain.text import capitalised
from acuse.flow import outside, postbox, returns, track, wording
from acuse.gateways import vault
from acuse.store import news, returned

WEEK = timedelta(days=7)


class Command(Base):
    """Show; or visit the mailbox, take a file in, begin a new key."""

    help = "Lo que volvió de los correos enviados: rebotes, avisos, respuestas."

    def arguments(self, parser: ArgumentParser) -> None:
        """What to do; nothing, and it is shown."""
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--visit", action="store_true", help="leer el buzón ahora")
        choice.add_argument("--file", type=Path, help="tomar un mensaje guardado (.eml)")
        choice.add_argument("--new-key", action="store_true", help="firmar con una llave nueva")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, tell."""
        if options["visit"]:
            self._visit(options["json"])
        elif options["file"]:
            self._take(options["file"])
        elif options["new_key"]:
            vault.add_key(settings.KEYS, returns.KEYS)
            self.say("Llave nueva. Reinicia los procesos; la anterior vale para lo ya enviado.")
        else:
            self._show(options["json"])

    def _visit(self, as_json: bool) -> None:
        messages = new = 0
        try:
            while (visited := postbox.visit(at=outside.now(), now=True)) is not None:
                messages, new = messages + visited.messages, new + visited.new
                if not visited.more:
                    break
        except Blocked as blocked:
            raise CommandError(told(blocked.problems)) from blocked
        if visited is None:
            raise CommandError("No hay buzón (ACUSE_RETURN_MAILBOX), u otro proceso lo lee ahora.")
        trouble = capitalised(wording.mail_trouble(visited.trouble)) if visited.trouble else ""
        if as_json:
            self.answer({"messages": messages, "new": new, "trouble": trouble or None})
        else:
            self.say(f"{messages} mensajes, {new} nuevos.")
            if trouble:
                self.stderr.write(trouble)
        if trouble:
            sys.exit(1)

    def _take(self, file: Path) -> None:
        try:
            raw = file.read_bytes()
        except OSError as error:
            raise CommandError(f"No se pudo leer {file}: {error.strerror}.") from error
        new = track.take(raw, to=(), intake=Intake.HAND, at=outside.now())
        self.say("Guardado: se lee enseguida." if new else "Ya se tenía.")

    def _show(self, as_json: bool) -> None:
        since = outside.now() - WEEK
        counts, failures = returned.counts(since=since), news.failures(since=since)
        noted = returned.noted()
        if as_json:
            self.answer(
                {
                    "address": returns.address() or None,
                    "reports": counts,
                    "failures": failures,
                    "noted": [
                        {"id": one.id, "kind": one.kind, "doubt": one.doubt, "sender": one.sender}
                        for one in noted
                    ],
                }
            )
            return
        self.say(f"Vuelve a: {returns.address() or 'el remitente (sin ACUSE_RETURN_PATH)'}")
        self.say(f"En siete días: {_listed(counts)}")
        self.say(f"Motivos de rebote: {_listed(failures)}")
        for one in noted:
            probable = f", quizá del envío {one.probable}" if one.probable else ""
            when = f"{one.received_at:%Y-%m-%d %H:%M}"
            self.say(
                f"  {when} {one.kind or '?'} {one.doubt}{probable}: {one.sender} {one.subject}"
            )


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(counts.items())) or "nada"
