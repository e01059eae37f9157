"""`acuse demo`: real documents, a pretended world, every step shown."""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command

from acuse.cli import rehearsal_mail, report, world
from acuse.cli.command import Command as Base
from acuse.cli.command import CommandError
from acuse.cli.rehearsal import BY, PATIENCE
from acuse.cli.rehearsal_play import Played, Stage
from acuse.cli.supervisor import Supervisor
from acuse.store import deliveries, documents, journeys, models

HURRY = "0.02"  # a rehearsal need not wait ten minutes between two questions


class Command(Base):
    """Issue, be judged, mail once, follow: for each country, from nothing."""

    help = "Demostración completa con autoridades de prueba."

    def arguments(self, parser: ArgumentParser) -> None:
        """Where the packets go."""
        parser.add_argument("--packets", type=Path, help="carpeta para los paquetes")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the rehearsal; exit code 1 where it did not end as it should."""
        self._quiet = bool(options["json"])
        folder = options["packets"] or settings.HOME / "demo"
        call_command("migrate", verbosity=0)
        with _house(settings.HOME) as sandbox:
            played = Stage(sandbox, self._say).play()
            first = played[0]
            page = rehearsal_mail.visit(sandbox, first.document_id, patience=PATIENCE)
            self._say(f"\nUn cliente abrió la página pública de la primera: {page}")
            found = self._shown(played, sandbox, folder)
            on_record = rehearsal_mail.put_on_record(
                first.company, first.document_id, folder, by=BY
            )
        if self._quiet:
            self.answer(found)
        wrong = _wrong(found)
        if wrong:
            raise CommandError("La demostración no terminó como debía:\n" + "\n".join(wrong))
        self._say(f"\nPaquetes enviados: {folder}")
        self._say(f"Constancia de la primera: {', '.join(path.name for path in on_record)}")
        self._say("Para abrir la web con estas empresas: make serve")

    def _say(self, text: str) -> None:
        if not self._quiet:
            self.say(text)

    def _shown(self, played: list[Played], sandbox: world.Sandbox, folder: Path) -> dict[str, Any]:
        numbers: dict[str, str] = {}
        shown = []
        for one in played:
            company, scene, document_id = one.company, one.scene, one.document_id
            journey = journeys.load(company.id, document_id)
            self._say(f"\n── {scene.title}\n{report.told(journey)}")
            for line in report.timeline(company.id, document_id):
                self._say(f"     {line}")
            for message in _message_ids(document_id):
                numbers[message] = journey.number
            shown.append(
                {
                    "country": company.jurisdiction,
                    **report.as_json(journey),
                    "expects_mail": scene.expects_mail,
                    "files": _written(document_id, folder),
                }
            )
        return {"documents": shown, "mailbox": _mailbox(sandbox, numbers)}


def _message_ids(document_id: int) -> tuple[str, ...]:
    rows = models.Recipient.objects.filter(delivery__document_id=document_id)
    return tuple(rows.values_list("message_name", flat=True))


def _written(document_id: int, folder: Path) -> dict[str, str]:
    """The document's packet as files, name to path; the signed XML alone where nothing was sent."""
    files = [(file.name, file.content) for file in deliveries.earlier_packet(document_id)]
    if not files:
        sealed = documents.sealed(document_id)
        files = [(sealed.file_name, sealed.content)]
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files:
        (folder / name).write_bytes(content)
    return {name: str(folder / name) for name, _ in files}


def _mailbox(sandbox: world.Sandbox, numbers: dict[str, str]) -> list[dict[str, Any]]:
    """What arrived in the pretended mailboxes, by its Message-ID."""
    return [
        {
            "document": numbers.get(message["message_id"]),
            "to": message["to"],
            "subject": message["subject"],
            "attachments": [file["name"] for file in message["attachments"]],
        }
        for address in sorted(sandbox.ask("/mailbox"))
        for message in sandbox.ask(f"/mailbox/{address}")
    ]


def _wrong(found: dict[str, Any]) -> list[str]:
    """What did not end as its scene says: each mailed document once, no other at all."""
    arrived = [mail["document"] for mail in found["mailbox"]]
    wrong = []
    for document in found["documents"]:
        times = arrived.count(document["number"])
        if times != int(document["expects_mail"]):
            wrong.append(f"{document['number']} ({document['state']}) llegó {times} veces")
    return wrong


@contextmanager
def _house(home: Path) -> Iterator[world.Sandbox]:
    """The rehearsal's processes: the pretended world, a signer, a worker, a sweeper."""
    sandbox, bind = world.start(home), f"127.0.0.1:{world.free_port(8000)}"
    settings.SANDBOX_HURRY = float(HURRY)
    settings.SANDBOX_URL, settings.SANDBOX_SMTP = sandbox.http_url, sandbox.smtp
    settings.SANDBOX_IMAP, settings.SANDBOX_POP3 = sandbox.imap, sandbox.pop3
    environment = {
        **os.environ,
        **sandbox.environment(),
        "ACUSE_SANDBOX_HURRY": HURRY,
        "ACUSE_SANDBOX_PUBLIC_URL": f"http://{bind}",
    }
    processes = Supervisor(environment, logs=home / "logs")
    try:
        for name in ("signer", "worker", "sweeper"):
            processes.add(name, name)
        processes.add("intake", "intake", "--bind", sandbox.returns)
        processes.add("web", "serve", "--bind", bind)
        processes.watch_in_background()
        _await_signer()
        yield sandbox
    finally:
        processes.stop()
        sandbox.stop()


def _await_signer(seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not settings.SIGNER_SOCKET.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
