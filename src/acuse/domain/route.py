"""The roads by which mail leaves: the installation's, or one of the company's own.

Source: product.md 5.10 (the sender's three modes), mail.md 7 and 10 (providers).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from acuse.domain.mailbox import LOOPBACK, Security
from acuse.domain.problem import Problem


class RouteKind(StrEnum):
    """What a stored road is."""

    SMTP = "SMTP"
    PROVIDER = "PROVIDER"  # a mail provider's HTTP interface
    DOMAIN = "DOMAIN"  # the installation's road, under an address of the company's own domain


class Provider(StrEnum):
    """The mail providers that are spoken to by their own interface."""

    SES = "SES"
    BREVO = "BREVO"
    MAILGUN = "MAILGUN"
    POSTMARK = "POSTMARK"
    SENDGRID = "SENDGRID"
    RESEND = "RESEND"


# What may be asked once more after an answer was lost: these keep our Message-ID (Postmark because
# we ask it to), or know the request again by its key (Resend, for a day). SES puts its own, so two
# requests are two mails that nobody can merge (reliability.md 5.1); of Brevo and SendGrid it is
# UNCONFIRMED. There a person decides.
SENDS_AGAIN = frozenset({Provider.MAILGUN, Provider.POSTMARK, Provider.RESEND})


def sends_again(provider: str) -> bool:
    """Whether a mail without an answer is sent once more by that road; "" is a mail server's."""
    return not provider or provider in SENDS_AGAIN


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a provider needs to be told besides its key; `choices` are values with their words."""

    name: str
    label: str
    help: str = ""
    required: bool = True
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ProviderTraits:
    """How a provider is asked for: its name, what its key is called there, what else it needs."""

    name: str
    key: str
    parameters: tuple[Parameter, ...] = ()
    signs: bool = True  # by DKIM itself, for domains that were confirmed with it


_REGION = "La que elegiste al crear tu cuenta."
PROVIDERS: Mapping[Provider, ProviderTraits] = {
    Provider.SES: ProviderTraits(
        "Amazon SES",
        "Clave de acceso secreta",
        (
            Parameter("region", "Región", "La de tu cuenta, como us-east-1."),
            Parameter("access_key", "Id de la clave de acceso", "Empieza por AKIA."),
            Parameter("configuration_set", "Conjunto de configuración", required=False),
        ),
    ),
    Provider.BREVO: ProviderTraits("Brevo", "Clave de API"),
    Provider.MAILGUN: ProviderTraits(
        "Mailgun",
        "Clave de API",
        (
            Parameter("domain", "Dominio en Mailgun", "Como mg.tuempresa.com."),
            Parameter("region", "Región", _REGION, choices=(("us", "EE. UU."), ("eu", "Europa"))),
        ),
    ),
    Provider.POSTMARK: ProviderTraits(
        "Postmark",
        "Token del servidor",
        (Parameter("stream", "Flujo de mensajes", "Vacío, outbound.", required=False),),
    ),
    Provider.SENDGRID: ProviderTraits(
        "SendGrid",
        "Clave de API",
        (Parameter("region", "Región", _REGION, choices=(("", "Global"), ("eu", "Europa"))),),
    ),
    Provider.RESEND: ProviderTraits("Resend", "Clave de API"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A road as a person describes it; password or key go apart. `per_minute` None: no own limit.

    Of an SMTP road host, port, security and username count, of a provider's its parameters.
    """

    kind: RouteKind
    sender: str
    host: str = ""
    port: int = 0
    security: Security = Security.STARTTLS
    username: str = ""
    provider: Provider | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    per_minute: int | None = None


PORTS: Mapping[Security, int] = {  # the usual one of each
    Security.STARTTLS: 587,
    Security.TLS: 465,
    Security.NONE: 25,
}
OFFERED = (25, 465, 587, 2525)
MOST_A_MINUTE = 100_000
LONGEST = 253
_HOST = re.compile(
    r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|[0-9a-fA-F:.]{2,45}", re.ASCII
)
_TOLD = re.compile(r"[!-~]{1,253}", re.ASCII)
_RULE = "reliability.md F94"


class _Wrong(Protocol):
    def __call__(self, field: str, text: str, rule: str = "") -> None: ...


def wanted_problems(wanted: Wanted, *, installation: bool, private: bool) -> tuple[Problem, ...]:
    """What is wrong with a road as it is described.

    `private`: companies' own may stand on this machine or its network, at any port; the
    installation's always may, for who describes it has the machine anyway.
    """
    found: list[Problem] = []

    def wrong(field: str, text: str, rule: str = "") -> None:
        found.append(Problem(field, "XX-ROU-1", text, rule))

    if wanted.per_minute is not None and not 1 <= wanted.per_minute <= MOST_A_MINUTE:
        wrong("per_minute", f"El límite es un número de 1 a {MOST_A_MINUTE} correos por minuto.")
    if installation and wanted.kind is RouteKind.DOMAIN:
        wrong("kind", "El dominio propio es de una empresa. Para la instalación elige SMTP.")
    match wanted.kind:
        case RouteKind.SMTP:
            _server(wanted, wrong, installation=installation, private=private)
        case RouteKind.PROVIDER:
            _provider(wanted, wrong)
        case RouteKind.DOMAIN:
            pass
    return tuple(found)


def _server(wanted: Wanted, wrong: _Wrong, *, installation: bool, private: bool) -> None:
    if not _HOST.fullmatch(wanted.host):
        wrong("host", "Escribe el nombre del servidor, como smtp.ejemplo.com, sin http ni barras.")
    if not 1 <= wanted.port <= 65535:
        wrong("port", "El puerto es un número de 1 a 65535.")
    elif not (installation or private) and wanted.port not in OFFERED:
        ports = ", ".join(f"{port}" for port in OFFERED)
        wrong("port", f"Los servidores de salida atienden por {ports}. Elige uno de ellos.", _RULE)
    here = wanted.host in LOOPBACK
    if wanted.security is Security.NONE and not (private or (installation and here)):
        text = (
            "Sin cifrado la contraseña y los documentos viajarían a la vista. Elige STARTTLS o TLS."
        )
        wrong("security", text, "reliability.md F73")
    elif wanted.security is Security.NONE and wanted.username and not here:
        wrong("username", "Sin cifrado no se entra con contraseña. Elige STARTTLS o TLS.")
    if len(wanted.username) > LONGEST or not wanted.username.isprintable():
        wrong("username", "Escríbelo en una línea, sin caracteres invisibles.")


def _provider(wanted: Wanted, wrong: _Wrong) -> None:
    if wanted.provider is None:
        wrong("provider", "Elige el proveedor.")
        return
    for one in PROVIDERS[wanted.provider].parameters:
        told = wanted.parameters.get(one.name, "")
        if not told and one.required and not any(value == "" for value, _ in one.choices):
            wrong(one.name, f"Falta. Escribe «{one.label}».")
        elif one.choices and told not in {value for value, _ in one.choices}:
            wrong(one.name, "Elige una de las opciones.")
        elif told and not _TOLD.fullmatch(told):
            wrong(one.name, "Escríbelo tal como lo muestra el proveedor, sin espacios.")
