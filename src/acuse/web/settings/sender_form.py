"""The forms of the sender's modes: what each asks, and the road that it describes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from acuse.domain.mailbox import Security
from acuse.domain.problem import Problem
from acuse.domain.route import PORTS, PROVIDERS, Provider, RouteKind, Wanted
from acuse.store.routes import Kept
from acuse.web.inputs import Filled, Input

LONGEST = {"sender": 254, "host": 253, "username": 254, "port": 5, "per_minute": 6}
SECURITIES = (
    (Security.STARTTLS.value, "STARTTLS (lo usual, puerto 587)"),
    (Security.TLS.value, "TLS desde el principio (puerto 465)"),
    (Security.NONE.value, "Ninguna: solo en este mismo servidor"),
)


class Mode(StrEnum):
    """How the company's mail leaves, as a person chooses it."""

    INSTALLATION = "instalacion"
    DOMAIN = "dominio"
    SMTP = "smtp"
    PROVIDER = "proveedor"


MODES = {  # its name, and what choosing it means
    Mode.INSTALLATION: (
        "El de la instalación",
        "Sin configurar nada. Tus clientes te responden a ti.",
    ),
    Mode.DOMAIN: ("Tu dominio", "Sale con tu dirección, cuando el DNS diga que es tuya."),
    Mode.SMTP: ("Tu servidor SMTP", "El de tu proveedor de correo, con tu usuario."),
    Mode.PROVIDER: ("Un proveedor de envíos", "Amazon SES, Brevo, Mailgun y otros, por su API."),
}
OF_KIND = {
    RouteKind.DOMAIN: Mode.DOMAIN,
    RouteKind.SMTP: Mode.SMTP,
    RouteKind.PROVIDER: Mode.PROVIDER,
}


def mode_of(kept: Kept | None) -> Mode:
    """The mode of the company's own row; without one it is the installation's."""
    return OF_KIND[kept.route.kind] if kept else Mode.INSTALLATION


def values(kept: Kept | None, mode: Mode) -> dict[str, str]:
    """What the form of that mode shows of the saved road; of none, the usual."""
    if kept is None or mode_of(kept) is not mode:
        own = kept.route.sender if kept else ""
        return {"security": Security.STARTTLS.value, "sender": own}
    route = kept.route
    return {
        "sender": route.sender,
        "host": route.host,
        "port": f"{route.port}",
        "security": route.security,
        "username": route.username,
        "provider": route.provider.value if route.provider else "",
        "per_minute": f"{kept.per_minute or ''}",
        **{name: f"{value}" for name, value in route.parameters.items()},
    }


def draw(
    mode: Mode, filled: Mapping[str, str], errors: Mapping[str, str], *, saved: bool, private: bool
) -> tuple[Input, ...]:
    """The fields of the mode; a password or key is never shown."""
    form = Filled(filled, errors)
    kept = "Vacía, se conserva la guardada."
    password = errors.get("password", "")
    sender = form.input("sender", "Correo del remitente", required=True, help=_SENDER[mode])
    rate = form.input(
        "per_minute", "Correos por minuto", help="Como mucho. Vacío, sin límite propio."
    )
    match mode:
        case Mode.INSTALLATION:
            return ()
        case Mode.DOMAIN:
            return (sender,)
        case Mode.SMTP:
            securities = SECURITIES if private else SECURITIES[:2]
            hint = kept if saved else "Algunos piden una de aplicación."
            return (
                sender,
                form.input("host", "Servidor", required=True, help="Como smtp.tuproveedor.com."),
                form.input("security", "Seguridad", choices=securities),
                form.input("port", "Puerto", help="Vacío, el usual de esa seguridad."),
                form.input("username", "Usuario", help="Casi siempre, el correo completo."),
                Input("password", "Contraseña", "", password, hint, type="password"),
                rate,
            )
        case Mode.PROVIDER:
            traits = PROVIDERS[provider(filled)]
            hint = kept if saved else "La muestra tu proveedor una sola vez."
            parameters = (
                form.input(
                    one.name,
                    one.label,
                    help=one.help,
                    choices=one.choices,
                    required=one.required and not one.choices,
                )
                for one in traits.parameters
            )
            key = Input("password", traits.key, "", password, hint, type="password")
            return (sender, *parameters, key, rate)


_SENDER = {
    Mode.INSTALLATION: "",
    Mode.DOMAIN: "La dirección de tu dominio que verán tus clientes.",
    Mode.SMTP: "La que ese usuario puede usar.",
    Mode.PROVIDER: "De un dominio que confirmaste con tu proveedor.",
}


def provider(filled: Mapping[str, str]) -> Provider:
    """The provider that the form is about; the first where it names none."""
    told = filled.get("provider", "")
    return Provider(told) if told in set(Provider) else Provider.SES


def read(mode: Mode, filled: Mapping[str, str]) -> Wanted | dict[str, str]:
    """The road that the form describes, or what is wrong with it by field."""
    told = {name: filled.get(name, "").strip() for name in LONGEST}
    errors = {
        name: f"Caben {longest} caracteres. Acórtalo."
        for name, longest in LONGEST.items()
        if len(told[name]) > longest
    }
    if not told["sender"]:
        errors["sender"] = "Falta. Escribe la dirección desde la que saldrán."
    for name in ("port", "per_minute"):
        if told[name] and not (told[name].isascii() and told[name].isdigit()):
            errors.setdefault(name, "Es un número, sin puntos ni letras.")
    security = filled.get("security", "") or Security.STARTTLS.value
    if security not in set(Security):
        errors["security"] = "Elige una de las opciones."
    if errors:
        return errors
    way = Security(security)
    chosen = provider(filled)
    return Wanted(
        kind=next(kind for kind, one in OF_KIND.items() if one is mode),
        sender=told["sender"],
        host=told["host"].lower() if mode is Mode.SMTP else "",
        port=int(told["port"] or PORTS[way]) if mode is Mode.SMTP else 0,
        security=way,
        username=told["username"] if mode is Mode.SMTP else "",
        provider=chosen if mode is Mode.PROVIDER else None,
        parameters=_parameters(chosen, filled) if mode is Mode.PROVIDER else {},
        per_minute=int(told["per_minute"]) if told["per_minute"] else None,
    )


def errors(problems: Iterable[Problem], names: Iterable[str]) -> dict[str, str]:
    """The problems under the form's fields; what is about none of them stands under the sender."""
    known = set(names)
    found: dict[str, str] = {}
    for problem in problems:
        name = problem.field if problem.field in known else "sender"
        found[name] = f"{found[name]} {problem.text}" if name in found else problem.text
    return found


def _parameters(chosen: Provider, filled: Mapping[str, str]) -> dict[str, str]:
    return {one.name: filled.get(one.name, "").strip() for one in PROVIDERS[chosen].parameters}
