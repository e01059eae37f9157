"""`acuse route show|set|clear|resume`: by which road mail leaves, and under which address."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings

from acuse.cli.command import Command as Base
from acuse.cli.command import CommandError
from acuse.domain.mailbox import Security
from acuse.domain.problem import Blocked
from acuse.domain.route import PORTS, PROVIDERS, Provider, RouteKind, Wanted
from acuse.flow import outside, pace, sender
from acuse.store import companies, routes

BY = "acuse route"
KINDS = {kind.value.lower(): kind for kind in RouteKind}


class Command(Base):
    """For who runs the installation; a company's own road is also set on its screen."""

    help = "Por dónde sale el correo: de la instalación, o de una empresa."

    def arguments(self, parser: ArgumentParser) -> None:
        """What to do, whose road, and how it is."""
        parser.add_argument("action", choices=("show", "set", "clear", "resume"))
        whose = parser.add_mutually_exclusive_group()
        whose.add_argument("--installation", action="store_true", help="el de la instalación")
        whose.add_argument("--company", type=int, metavar="ID", help="el propio de una empresa")
        parser.add_argument("--kind", choices=tuple(KINDS), default="smtp")
        parser.add_argument("--sender", default="", help="la dirección que verá el cliente")
        parser.add_argument("--host", default="")
        parser.add_argument("--port", type=int)
        parser.add_argument(
            "--security", choices=[one.value.lower() for one in Security], default="starttls"
        )
        parser.add_argument("--username", default="")
        parser.add_argument("--provider", choices=[one.value.lower() for one in Provider])
        parser.add_argument(
            "--parameter", action="append", default=[], metavar="NOMBRE=VALOR", help=_parameters()
        )
        parser.add_argument("--per-minute", type=int, help="correos por minuto, como mucho")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, tell; exit code 1 where it was not done."""
        company_id: int | None = options["company"]
        if company_id is not None:
            companies.load(company_id)
        if options["action"] == "show":
            self._show(options)
            return
        if company_id is None and not options["installation"]:
            raise CommandError("Di de quién: --installation, o --company ID.")
        try:
            done = getattr(self, f"_{options['action']}")(company_id, options)
        except Blocked as blocked:
            self.refuse("No se guardó.", blocked.problems, json=options["json"])
        if options["json"]:
            self.answer({"done": done})

    def _set(self, company_id: int | None, options: dict[str, Any]) -> bool:
        wanted = _wanted(options)
        password = _password(wanted)
        sender.save(company_id, wanted, password, by=BY, at=outside.now())
        if not options["json"]:
            self.say("Guardado. Lo que esperaba por esto ya sale; `acuse route show` lo muestra.")
        return True

    def _clear(self, company_id: int | None, options: dict[str, Any]) -> bool:
        done = sender.clear(company_id, by=BY, at=outside.now())
        if not options["json"]:
            self.say("Quitado." if done else "No había.")
        return done

    def _resume(self, company_id: int | None, options: dict[str, Any]) -> bool:
        done = pace.resume(company_id, by=BY, at=outside.now())
        if not options["json"]:
            self.say("Se prueba ahora, con un correo primero." if done else "No está en pausa.")
        return done

    def _show(self, options: dict[str, Any]) -> None:
        chosen = options["company"] or (0 if options["installation"] else None)
        shown = [one for one in routes.every() if chosen in (None, one.route.owner)]
        if options["json"]:
            self.answer({"routes": [_as_json(one) for one in shown]})
            return
        for one in shown:
            owner = f"Empresa {one.route.owner}" if one.route.owner else "Instalación"
            self.say(f"{owner}: {_in_words(one)}")
        if not shown:
            self.say("No hay ninguno. Ejecuta `acuse route set --installation --host …`.")


def _wanted(options: dict[str, Any]) -> Wanted:
    kind = KINDS["provider" if options["provider"] else options["kind"]]
    pairs = [one.partition("=") for one in options["parameter"]]
    security = Security(options["security"].upper())
    return Wanted(
        kind=kind,
        sender=options["sender"],
        host=options["host"].lower(),
        port=options["port"] if options["port"] is not None else PORTS[security],
        security=security,
        username=options["username"],
        provider=Provider(options["provider"].upper()) if options["provider"] else None,
        parameters={name: value for name, _, value in pairs},
        per_minute=options["per_minute"],
    )


def _password(wanted: Wanted) -> str:
    """From the setting, else asked for, else a line of the standard input; never an argument."""
    needed = bool(wanted.username) if wanted.kind is RouteKind.SMTP else wanted.provider is not None
    if not needed or settings.ROUTE_PASSWORD:
        return settings.ROUTE_PASSWORD if needed else ""
    if sys.stdin.isatty():
        return getpass.getpass("Contraseña o clave (vacía, se conserva la guardada): ")
    return sys.stdin.readline().rstrip("\r\n")


def _parameters() -> str:
    told = (
        f"{provider.value.lower()}: {', '.join(one.name for one in traits.parameters)}"
        for provider, traits in PROVIDERS.items()
        if traits.parameters
    )
    return "lo que pide el proveedor; " + "; ".join(told)


def _in_words(kept: routes.Kept) -> str:
    route = kept.route
    match route.kind:
        case RouteKind.SMTP:
            way = f"{route.host}:{route.port} ({route.security})"
        case RouteKind.PROVIDER:
            way = PROVIDERS[route.provider].name if route.provider else ""
        case RouteKind.DOMAIN:
            way = "el de la instalación, con su dominio" + ("" if kept.proven else " sin verificar")
    rate = f", {kept.per_minute} por minuto" if kept.per_minute else ""
    until = kept.road.paused_until
    paused = f"; en pausa hasta {until:%Y-%m-%d %H:%M} UTC: {kept.road.reason}" if until else ""
    return f"{way}, desde {route.sender}{rate}{paused}"


def _as_json(kept: routes.Kept) -> dict[str, Any]:
    route = kept.route
    return {
        "company": route.owner or None,
        "kind": route.kind.value,
        "sender": route.sender,
        "host": route.host,
        "port": route.port,
        "security": route.security,
        "username": route.username,
        "provider": route.provider,
        "per_minute": kept.per_minute,
        "paused_until": kept.road.paused_until,
        "paused_reason": kept.road.reason,
        "tested_at": kept.tested_at,
    }
