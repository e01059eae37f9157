"""`acuse doctor`: whether everything that is needed is there, and how to mend it."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http.request import validate_host

from acuse import jurisdictions
from acuse.cli.command import Command as Base
from acuse.domain.bounce import BounceReason, Response, response_to
from acuse.domain.jurisdiction import Purpose
from acuse.domain.party import Environment
from acuse.domain.problem import Blocked
from acuse.domain.route import RouteKind
from acuse.flow import outside, postbox
from acuse.gateways.vault import WrongKey
from acuse.store import activity, channels, companies, models, news, return_mailboxes, routes

CALLBACK_REMEDY = (
    "ACUSE_CALLBACK_URL debe ser https, con un nombre que esté en ACUSE_HOSTS; los envíos siguen "
    "igual, y se pregunta a su hora."
)
Check = tuple[str, bool, str]  # what, whether it is well, what to do
CALLER_REMEDY = (
    "Sin ACUSE_CLIENT_ADDRESS_HEADER, todos llegan con la dirección de tu proxy: los límites de la "
    "página pública y de las imágenes de los correos los cuentan como uno, y unos dejan fuera a "
    "otros. Pon ahí la cabecera en que tu proxy dice quién llama, como X-Real-IP."
)
PUBLIC_REMEDY = (
    "ACUSE_PUBLIC_URL debe ser https, con un nombre que esté en ACUSE_HOSTS: sin eso el enlace de "
    "los correos no abre."
)


class Command(Base):
    """Look at everything; exit code 1 where something is wrong."""

    help = "Revisa la instalación y dice qué corregir."

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, tell."""
        found = list(checks())
        if options["json"]:
            names = ("check", "ok", "remedy")
            self.answer({"checks": [dict(zip(names, one, strict=True)) for one in found]})
        else:
            for what, well, remedy in found:
                self.say(f"{'✓' if well else '✗'} {what}{'' if well else f': {remedy}'}")
        if not all(well for _, well, _ in found):
            sys.exit(1)


def checks() -> Iterator[Check]:
    """Each check; one that cannot be made counts as failed."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version_num')::int")
            version = cursor.fetchone()[0] // 10000
        yield (f"PostgreSQL {version}", 15 <= version <= 18, "Usa PostgreSQL 15 a 18.")
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
        yield ("Base de datos al día", not behind, "Ejecuta `acuse migrate`.")
        if behind:
            return
    except DatabaseError as error:
        yield ("PostgreSQL", False, f"No responde: {error}. Revisa DATABASE_URL.")
        return
    yield from _keys()
    yield ("Firmador", _signer_answers(), f"Arranca `acuse signer` ({settings.SIGNER_SOCKET}).")
    fonts = (settings.PACKAGE / "pdf" / "fonts").is_dir()
    yield ("Fuentes del PDF", fonts, "Ejecuta `make setup`.")
    if settings.CALLBACK_URL:
        yield ("Dirección para avisos", _reachable(settings.CALLBACK_URL), CALLBACK_REMEDY)
    yield from _returns()
    yield from _roads()
    broken = activity.broken_chains()
    yield ("Actividad íntegra", not broken, f"Líneas alteradas: {broken[:5]}.")
    if settings.PUBLIC_URL:
        yield ("Dirección de la página pública", _reachable(settings.PUBLIC_URL), PUBLIC_REMEDY)
        # What speaks https is a proxy: `acuse serve` does not.
        yield ("Cada cliente con su dirección", bool(settings.CLIENT_ADDRESS_HEADER), CALLER_REMEDY)
    for company_id in models.Company.objects.order_by("id").values_list("id", flat=True):
        yield from _company(company_id)


def _reachable(url: str) -> bool:
    """Whether it is an address that others can call, and that this web answers to."""
    told = urlsplit(url)
    host = told.hostname or ""
    return told.scheme == "https" and validate_host(host, settings.ALLOWED_HOSTS)


def _keys() -> Iterator[Check]:
    """Whether the vault still opens what it wrapped: the canary of a lost key."""
    secret = models.Secret.objects.order_by("id").first()
    well = True
    if secret is not None:
        try:
            outside.open_secret(secret.company_id, secret.name, bytes(secret.wrapped))
        except WrongKey:
            well = False
    yield ("Llaves de cifrado", well, f"Restaura {settings.KEYS} de tu copia.")


def _returns() -> Iterator[Check]:
    """Whether what comes back of mail can be read, and whether servers refuse us."""
    try:
        place = postbox.place()
    except Blocked as blocked:
        yield ("Buzón de lo devuelto", False, blocked.problems[0].text)
    else:
        kept = return_mailboxes.seen(postbox.name(place)) if place else None
        if kept is not None:
            remedy = f"{kept.stopped} Corrígelo y ejecuta `acuse returns --visit`."
            yield ("Buzón de lo devuelto", not kept.stopped, remedy)
    counts = news.failures(since=outside.now() - timedelta(days=7))
    ours = [one for one in counts if response_to(BounceReason(one)) is Response.ALARM]
    remedy = f"Otros servidores desconfían del nuestro ({', '.join(ours)}): mira `acuse returns`."
    yield ("Nuestro correo es aceptado", not ours, remedy)


def _roads() -> Iterator[Check]:
    """Whether mail has a way out, and none of them waits because a server refuses us."""
    real = models.Company.objects.exclude(environment=Environment.SANDBOX.value).exists()
    found = routes.every()
    if real:
        shared = any(one.route.owner == 0 for one in found)
        yield ("Correo de la instalación", shared, "Ejecuta `acuse route set --installation`.")
    for one in found:
        if one.route.kind is RouteKind.DOMAIN:
            continue
        whose = f"de la empresa {one.route.owner}" if one.route.owner else "de la instalación"
        option = f"--company {one.route.owner}" if one.route.owner else "--installation"
        remedy = (
            f"Está en pausa porque no acepta nuestros correos ({one.road.reason}). Corrígelo con "
            f"`acuse route set {option}` y ejecuta `acuse route resume {option}`."
        )
        yield (f"Servidor de salida {whose}", not one.road.broken, remedy)


def _signer_answers() -> bool:
    probe = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        probe.settimeout(2)
        probe.connect(str(settings.SIGNER_SOCKET))
    except OSError:
        return False
    finally:
        probe.close()
    return True


def _company(company_id: int) -> Iterator[Check]:
    company = companies.load(company_id)
    jurisdiction = jurisdictions.find(company.jurisdiction)
    for purpose, words in ((Purpose.ISSUE, "emitir"), (Purpose.MAIL, "enviar")):
        lacking = jurisdiction.company_problems(company, outside.now(), purpose)
        remedy = " ".join(problem.text for problem in lacking)
        yield (f"{company.legal_name} puede {words}", not lacking, remedy)
    stopped = channels.stopped(company_id)
    yield (f"{company.legal_name}: canal abierto", stopped is None, stopped or "")
