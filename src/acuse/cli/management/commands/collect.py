"""`acuse collect --company ID`: read the company's mailbox now."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from acuse.cli.command import Command as Base
from acuse.domain.mailbox import MailOutcome
from acuse.domain.problem import Blocked
from acuse.domain.text import capitalised
from acuse.flow import outside, wording
from acuse.flow.collect import collect

WORDS = {
    MailOutcome.RECEIVED: "recibidos",
    MailOutcome.EVENT: "eventos",
    MailOutcome.RETURNED: "avisos de lo enviado",
    MailOutcome.KNOWN: "ya conocidos",
    MailOutcome.REFUSED: "no guardados",
    MailOutcome.NOTHING: "sin nada que guardar",
    MailOutcome.FAILED: "no leídos",
}


class Command(Base):
    """Visit after visit until nothing is left to read."""

    help = "Lee el buzón de recepción de una empresa."

    def arguments(self, parser: ArgumentParser) -> None:
        """Whose."""
        parser.add_argument("--company", type=int, required=True, metavar="ID")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, tell; exit code 1 where the mailbox could not be read to its end."""
        counted: Counter[MailOutcome] = Counter()
        try:
            while (visit := collect(options["company"], at=outside.now())).more:
                counted.update(visit.outcomes)
        except Blocked as blocked:
            self.refuse("No se leyó.", blocked.problems, json=options["json"])
        counted.update(visit.outcomes)
        words = capitalised(wording.mail_trouble(visit.trouble)) if visit.trouble else ""
        if options["json"]:
            messages = {one.value: counted[one] for one in MailOutcome}
            self.answer({"messages": messages, "trouble": words or None})
        else:
            listed = (f"{counted[one]} {WORDS[one]}" for one in MailOutcome if counted[one])
            self.say(", ".join(listed) or "Nada nuevo.")
            if words:
                self.stderr.write(words)
        if visit.trouble:
            sys.exit(1)
