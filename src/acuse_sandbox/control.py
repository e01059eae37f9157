"""The control port: script the next replies, read the ledger and the mailboxes, shift the clock."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from acuse_sandbox import mailbox
from acuse_sandbox.smtp import MailServer, Misbehaviour
from acuse_sandbox.world import Authority, Request, Response, Script, ScriptedReply, World

VALUED: dict[
    Script, Callable[[Any], dict[str, Any]]
] = {  # a reply that carries a value: {"reject": "2017"}
    Script.OBSERVE: lambda value: {"code": str(value)},
    Script.REJECT: lambda value: {"code": str(value)},
    Script.HTTP: lambda value: {"status": int(value)},
    Script.SLOW: lambda value: {"seconds": float(value)},
    Script.PROCESSING: lambda value: {"times": int(value)},
}


class Misunderstood(Exception):
    """The request cannot be followed; the message says why."""


class Control:
    """Answers the control port."""

    def __init__(
        self,
        world: World,
        mail: MailServer,
        authorities: Mapping[str, Authority],
        errors: Callable[[], list[str]],
    ) -> None:
        self._world = world
        self._mail = mail
        self._authorities = authorities
        self._errors = errors

    def answer(self, request: Request) -> Response:
        """JSON for every request; 400 with what was wrong where it cannot be followed."""
        try:
            if request.method == "POST":
                return self._post(request)
            return self._get(request)
        except (Misunderstood, ValueError, KeyError, TypeError, AttributeError) as error:
            return _json({"error": f"{type(error).__name__}: {error}"}, status=400)

    def _post(self, request: Request) -> Response:
        body = json.loads(request.body or b"{}")
        match request.path:
            case "/script":
                replies = [read_reply(one) for one in body["replies"]]
                if body["authority"] not in self._authorities:
                    raise Misunderstood(f"no authority {body['authority']!r}")
                self._world.scripts.add(body["authority"], body.get("match") or {}, replies)
            case "/mail/script":
                faults = [Misbehaviour(**one) for one in body["replies"]]
                self._mail.scripts.add(body.get("match") or {}, faults)
            case "/clock":
                shift = timedelta(seconds=float(body["shift_seconds"]))
                self._world.now = lambda: datetime.now(UTC) + shift
            case "/settings":
                self._world.settings.update({str(k): str(v) for k, v in body.items()})
            case "/clear":
                self._clear()
            case _:
                raise Misunderstood(f"no such path: {request.path}")
        return _json({"ok": True})

    def _get(self, request: Request) -> Response:
        parts = request.path.strip("/").split("/")
        match parts:
            case ["ledger"]:
                return _json(self._ledger(request.query))
            case ["counts"]:
                return _json(self._counts())
            case ["errors"]:
                return _json(self._errors())
            case ["mailbox"]:
                return _json(self._addresses())
            case ["mailbox", address]:
                return _json([mailbox.shown(one) for one in self._mail.mailboxes.of(address)])
            case ["mailbox", _, number, "raw"]:
                return Response(200, self._stored(number).raw, {"Content-Type": "message/rfc822"})
            case ["mailbox", _, number, "attachments", name]:
                found = {n: (k, c) for n, k, c in mailbox.attachments(self._stored(number))}
                if name not in found:
                    raise Misunderstood(f"no attachment {name!r}")
                return Response(200, found[name][1], {"Content-Type": found[name][0]})
        raise Misunderstood(f"no such path: {request.path}")

    def _stored(self, number: str) -> mailbox.Stored:
        stored = self._mail.mailboxes.find(int(number))
        if stored is None:
            raise Misunderstood(f"no message {number}")
        return stored

    def _ledger(self, query: Mapping[str, str]) -> list[dict[str, Any]]:
        entries = self._world.ledger.read(
            authority=query.get("authority", ""), fiscal_id=query.get("fiscal_id", "")
        )
        return [
            {
                "ordinal": entry.ordinal,
                "at": entry.at.isoformat(),
                "authority": entry.authority,
                "purpose": entry.purpose,
                "fiscal_id": entry.fiscal_id,
                "sha256": entry.sha256,
                "outcome": entry.outcome,
                **(
                    {"document": base64.b64encode(entry.document).decode()}
                    if query.get("documents")
                    else {}
                ),
            }
            for entry in entries
        ]

    def _counts(self) -> dict[str, dict[str, int]]:
        counts: dict[str, dict[str, Any]] = {}
        for entry in self._world.ledger.read():
            if not entry.fiscal_id:
                continue
            of = counts.setdefault(
                entry.fiscal_id, {"sends": 0, "asks": 0, "resends": 0, "bytes": set()}
            )
            name = {"send": "sends", "ask": "asks", "resend": "resends"}.get(entry.purpose)
            if name:
                of[name] += 1
            if entry.document:
                of["bytes"].add(entry.sha256)
        return {
            fiscal_id: {
                "sends": of["sends"],
                "asks": of["asks"],
                "resends": of["resends"],
                "distinct_sha256": len(of["bytes"]),
            }
            for fiscal_id, of in counts.items()
        }

    def _addresses(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for stored in self._mail.mailboxes.all():
            counts[stored.recipient] = counts.get(stored.recipient, 0) + 1
        return counts

    def _clear(self) -> None:
        self._world.ledger.clear()
        self._world.scripts.clear()
        self._world.settings.clear()
        self._mail.scripts.clear()
        self._mail.mailboxes.clear()
        for authority in self._authorities.values():
            authority.clear()


def read_reply(raw: object) -> ScriptedReply:
    """A scripted reply from JSON: "accept", {"reject": "2017"}, {"processing": 3} …"""
    if isinstance(raw, str):
        return ScriptedReply(Script(raw))
    if isinstance(raw, dict) and len(raw) == 1:
        ((name, value),) = raw.items()
        kind = Script(name)
        if kind in VALUED:
            return ScriptedReply(kind, **VALUED[kind](value))
    raise Misunderstood(f"not a reply: {raw!r}")


def _json(value: object, *, status: int = 200) -> Response:
    body = json.dumps(value, ensure_ascii=False).encode()
    return Response(status, body, {"Content-Type": "application/json"})
