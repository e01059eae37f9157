"""The control port: script the next replies, read the ledger and the mailboxes, shift the clock."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote

from acuse_sandbox import instructions, mailbox
from acuse_sandbox.instructions import Misunderstood
from acuse_sandbox.reading_script import ReadingScripts
from acuse_sandbox.smtp import MailServer
from acuse_sandbox.world import OWN, Authority, Entry, Learns, Ledger, Request, Response, World

COUNTED = {"send": "sends", "ask": "asks", "resend": "resends"}


class Control:
    """Answers the control port."""

    def __init__(
        self,
        world: World,
        mail: MailServer,
        reading: ReadingScripts,
        authorities: Mapping[str, Authority],
        errors: Callable[[], list[str]],
    ) -> None:
        self._world = world
        self._clock = world.now
        self._configured = dict(world.settings)  # what stays when all is cleared
        self._mail = mail
        self._reading = reading
        self._authorities = authorities
        self._errors = errors

    def answer(self, request: Request) -> Response:
        """JSON for every request; 400 with what was wrong where it cannot be followed."""
        try:
            match request.method:
                case "POST":
                    return _json({"ok": True, **self._post(request.path, request.body)})
                case "GET":
                    return self._get(request)
            raise Misunderstood(f"no method {request.method}")
        except Misunderstood as error:
            return _json({"error": str(error)}, status=400)

    def _post(self, path: str, raw: bytes) -> dict[str, Any]:
        match path:
            case "/script":
                self._script(instructions.body(raw, fields=("authority", "match", "replies")))
            case "/mail/script":
                self._script_mail(instructions.body(raw, fields=("match", "replies")))
            case "/reading/script":
                self._script_reading(instructions.body(raw, fields=("match", "replies")))
            case "/clock":
                by = instructions.shift(instructions.body(raw, fields=("shift_seconds",)))
                self._world.now = lambda: self._clock() + by
                return {"now": self._world.now().isoformat()}
            case "/settings":
                self._world.settings.update(instructions.settings(instructions.body(raw)))
            case "/clear":
                instructions.body(raw, fields=())
                self._clear()
            case _:
                self._teach(path, raw)
        return {}

    def _teach(self, path: str, raw: bytes) -> None:
        """/<authority>/<register>: an entry of one of its registers."""
        name, _, what = path.removeprefix("/").partition("/")
        authority: object = self._authorities.get(name)
        if not isinstance(authority, Learns):
            raise Misunderstood(f"no such path: POST {path}")
        try:
            authority.learn(what, instructions.body(raw))
        except ValueError as error:
            raise Misunderstood(str(error)) from error

    def _script(self, asked: Mapping[str, Any]) -> None:
        authority = self._known(asked.get("authority"))
        match = instructions.match(asked, "fiscal_id", "number")
        replies = [instructions.reply(one) for one in instructions.replies(asked)]
        for reply in replies:
            if OWN.get(reply.kind, authority) != authority:
                raise Misunderstood(f"{reply.kind} is a reply of {OWN[reply.kind]} only")
        self._world.scripts.add(authority, match, replies)

    def _script_mail(self, asked: Mapping[str, Any]) -> None:
        match = instructions.match(asked, "to")
        faults = [instructions.fault(one) for one in instructions.replies(asked)]
        try:
            self._mail.scripts.add(match, faults)
        except ValueError as error:
            raise Misunderstood(str(error)) from error

    def _script_reading(self, asked: Mapping[str, Any]) -> None:
        match = instructions.match(asked, "mailbox")
        faults = [instructions.reading_fault(one) for one in instructions.replies(asked)]
        try:
            self._reading.add(match, faults)
        except ValueError as error:
            raise Misunderstood(str(error)) from error

    def _get(self, request: Request) -> Response:
        match [unquote(part) for part in request.path.strip("/").split("/")]:
            case ["ledger"]:
                return _json(self._ledger(request.query))
            case ["counts"]:
                return _json(counts(self._world.ledger))
            case ["settings"]:
                return _json(dict(self._world.settings))
            case ["errors"]:
                return _json(self._errors())
            case ["mailbox"]:
                return _json(self._mail.mailboxes.counts())
            case ["mailbox", address]:
                return _json([mailbox.shown(one) for one in self._mail.mailboxes.of(address)])
            case ["mailbox", address, number, "raw"]:
                raw = self._stored(address, number).raw
                return Response(200, raw, {"Content-Type": "message/rfc822"})
            case ["mailbox", address, number, "attachments", name]:
                for found, kind, content in mailbox.attachments(self._stored(address, number)):
                    if found == name:
                        return Response(200, content, {"Content-Type": kind})
                raise Misunderstood(f"no attachment {name!r}")
        raise Misunderstood(f"no such path: GET {request.path}")

    def _stored(self, address: str, number: str) -> mailbox.Stored:
        for one in self._mail.mailboxes.of(address):
            if str(one.id) == number:
                return one
        raise Misunderstood(f"no message {number} in the mailbox {address}")

    def _known(self, authority: object) -> str:
        if not isinstance(authority, str) or authority not in self._authorities:
            known = ", ".join(self._authorities)
            raise Misunderstood(f"no authority {authority!r}; there are {known}")
        return authority

    def _ledger(self, query: Mapping[str, str]) -> list[dict[str, Any]]:
        for name in query:
            if name not in ("authority", "fiscal_id", "documents"):
                raise Misunderstood(f"the ledger cannot be asked by {name!r}")
        authority = query.get("authority", "")
        entries = self._world.ledger.read(
            authority=self._known(authority) if authority else "",
            fiscal_id=query.get("fiscal_id", ""),
        )
        return [_line(entry, documents=query.get("documents") == "1") for entry in entries]

    def _clear(self) -> None:
        self._world.ledger.clear()
        self._world.scripts.clear()
        self._world.settings.clear()
        self._world.settings.update(self._configured)
        self._world.now = self._clock
        self._mail.scripts.clear()
        self._reading.clear()
        self._mail.mailboxes.clear()
        for authority in self._authorities.values():
            authority.clear()


def counts(ledger: Ledger) -> dict[str, dict[str, int]]:
    """What came for each document: sends, asks, resends, and how many different ones."""
    found: dict[str, dict[str, int]] = {}
    documents: dict[str, set[str]] = {}
    for entry in ledger.read():
        if not entry.fiscal_id:
            continue
        of = found.setdefault(entry.fiscal_id, dict.fromkeys(COUNTED.values(), 0))
        if entry.purpose in COUNTED:
            of[COUNTED[entry.purpose]] += 1
        distinct = documents.setdefault(entry.fiscal_id, set())
        if entry.document:
            distinct.add(entry.sha256)
    return {one: {**of, "distinct_sha256": len(documents[one])} for one, of in found.items()}


def _line(entry: Entry, *, documents: bool) -> dict[str, Any]:
    line: dict[str, Any] = {
        "ordinal": entry.ordinal,
        "at": entry.at.isoformat(),
        "authority": entry.authority,
        "purpose": entry.purpose,
        "fiscal_id": entry.fiscal_id,
        "sha256": entry.sha256,
        "outcome": entry.outcome,
    }
    if documents:
        line["document"] = base64.b64encode(entry.document).decode()
    return line


def _json(value: object, *, status: int = 200) -> Response:
    body = json.dumps(value, ensure_ascii=False).encode()
    return Response(status, body, {"Content-Type": "application/json"})
