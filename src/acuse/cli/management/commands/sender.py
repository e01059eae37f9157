"""`acuse sender check|key`: what the DNS says of a sender, and the key that signs for it."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from acuse.cli.command import Command as Base
from acuse.cli.command import CommandError, as_json, told
from acuse.domain.problem import Blocked
from acuse.domain.sender import State, dkim_host, dkim_text
from acuse.flow import outside, sender_check, sender_keys
from acuse.store import companies, senders

BY = "acuse sender"
STATES = {
    State.RIGHT: "correcto",
    State.MISSING: "falta",
    State.DIFFERENT: "distinto",
    State.SEVERAL: "varios registros",
    State.STRICT: "demasiado estricto",
    State.UNKNOWN: "no se pudo comprobar",
    State.NOT_NEEDED: "no hace falta",
    State.UNASKED: "sin comprobar",
}
FAULTS = (State.MISSING, State.DIFFERENT, State.SEVERAL, State.STRICT)


class Command(Base):
    """Look, or make a key; a company's own sender, or the installation's."""

    help = "El remitente en el DNS (SPF, DKIM, DMARC), y la llave con que se firma."

    def arguments(self, parser: ArgumentParser) -> None:
        """What to do, of whose sender."""
        parser.add_argument("action", choices=("check", "key"))
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--company", type=int, metavar="ID", help="el propio de la empresa")
        whose.add_argument("--installation", action="store_true", help="el de la instalación")
        parser.add_argument(
            "--now", action="store_true", help="firmar ya con la llave nueva, sin verla en el DNS"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, tell; check ends with 1 where a record is at fault."""
        owner = options["company"] or 0
        if owner:
            companies.load(owner)
        if options["action"] == "check":
            self._check(owner, options["json"])
        else:
            self._key(owner, options["json"], at_once=options["now"])

    def _check(self, owner: int, as_json: bool) -> None:
        rows = sender_check.check(owner, by=BY, at=outside.now())
        if rows is None:
            raise CommandError("No hay remitente que comprobar: configúralo primero.")
        if as_json:
            self.answer({"rows": [asdict(row) for row in rows]})
        for row in () if as_json else rows:
            self.say(f"{row.check.value} {row.host}: {STATES[row.state]}. {row.advice}")
            if row.state in FAULTS:
                self.say(f"  esperado:   {row.expected}\n  encontrado: {row.found or 'nada'}")
        if any(row.state in FAULTS for row in rows):
            raise SystemExit(1)

    def _key(self, owner: int, json: bool, *, at_once: bool) -> None:
        try:
            key = sender_keys.make(owner, by=BY, at=outside.now(), at_once=at_once)
        except Blocked as blocked:
            if json:
                self.answer({"problems": as_json(blocked.problems)})
                raise SystemExit(1) from None
            raise CommandError(f"No se creó.\n{told(blocked.problems)}") from None
        kept = senders.of(owner)
        assert kept is not None
        name, text = dkim_host(key.selector, kept.domain), dkim_text(key.public)
        waits = kept.following == key
        if json:
            self.answer({"host": name, "txt": text, "waits": waits})
            return
        self.say(f"Publica este registro TXT:\n  {name}\n  {text}")
        self.say("Firma desde que el DNS la muestre." if waits else "Firma desde ahora.")
