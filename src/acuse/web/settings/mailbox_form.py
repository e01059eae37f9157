"""The form of the mailbox that is read: what it asks, and the place that it describes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from acuse.domain.mailbox import PORTS, Place, Protocol, Security
from acuse.domain.problem import Problem
from acuse.web.inputs import Filled, Input

PROTOCOLS = ((Protocol.IMAP.value, "IMAP (recomendado)"), (Protocol.POP3.value, "POP3"))
SECURITIES = (
    (Security.TLS.value, "TLS desde el principio"),
    (Security.STARTTLS.value, "STARTTLS"),
    (Security.NONE.value, "Ninguna: solo en este mismo servidor"),
)
LONGEST = {"host": 253, "username": 254, "folder": 200, "port": 5}


def values(place: Place | None) -> dict[str, str]:
    """What the form shows of a saved place; of none, the usual."""
    if place is None:
        return {"protocol": Protocol.IMAP.value, "security": Security.TLS.value, "folder": "INBOX"}
    return {
        "protocol": place.protocol.value,
        "host": place.host,
        "port": f"{place.port}",
        "security": place.security.value,
        "username": place.username,
        "folder": place.folder,
    }


def draw(
    filled: Mapping[str, str], errors: Mapping[str, str], *, saved: bool, private: bool
) -> tuple[Input, ...]:
    """The fields with what was given and what is wrong with it; a password is never shown."""
    form = Filled(filled, errors)
    kept = "Vacía, se conserva la guardada." if saved else "Algunos piden una de aplicación."
    securities = SECURITIES if private else SECURITIES[:2]
    return (
        form.input("protocol", "Protocolo", choices=PROTOCOLS),
        form.input("host", "Servidor", required=True, help="El que indica tu proveedor de correo."),
        form.input("security", "Seguridad", choices=securities),
        form.input("port", "Puerto", help="Vacío, el usual: 993 en IMAP, 995 en POP3 con TLS."),
        form.input("username", "Usuario", required=True, help="Casi siempre, el correo completo."),
        Input("password", "Contraseña", "", errors.get("password", ""), kept, type="password"),
        form.input("folder", "Carpeta", help="Solo en IMAP; INBOX es la bandeja de entrada."),
    )


def read(filled: Mapping[str, str]) -> Place | dict[str, str]:
    """The place that the form describes, or what is wrong with it by field."""
    told = {name: filled.get(name, "").strip() for name in LONGEST}
    errors = {
        name: f"Caben {longest} caracteres. Acórtalo."
        for name, longest in LONGEST.items()
        if len(told[name]) > longest
    }
    errors |= {name: "Falta. Escríbelo." for name in ("host", "username") if not told[name]}
    try:
        protocol = Protocol(filled.get("protocol", ""))
        security = Security(filled.get("security", ""))
    except ValueError:
        return errors | {"protocol": "Elige el protocolo y la seguridad."}
    if told["port"] and not (told["port"].isascii() and told["port"].isdigit()):
        errors.setdefault("port", "El puerto es un número, como 993.")
    if errors:
        return errors
    imap = protocol is Protocol.IMAP
    return Place(
        protocol=protocol,
        host=told["host"].lower(),
        port=int(told["port"] or PORTS[protocol, security]),
        security=security,
        username=told["username"],
        folder=(told["folder"] or "INBOX") if imap else "INBOX",
    )


def errors(problems: Iterable[Problem]) -> dict[str, str]:
    """The problems under the form's fields; what is about none of them stands under the server."""
    found: dict[str, str] = {}
    for problem in problems:
        name = problem.field if problem.field in (*LONGEST, "password", "security") else "host"
        found[name] = f"{found[name]} {problem.text}" if name in found else problem.text
    return found
