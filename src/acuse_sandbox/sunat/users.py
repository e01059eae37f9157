"""SOL users: who calls, whether it may, and for whom. Source: peru.md 5.1, 5.4.

Everybody has users of any name with any password but one, unless they were registered or have a
name that says what is wrong with them. Homologation has one user for all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from acuse_sandbox.sunat import certificates, options
from acuse_sandbox.sunat.fault import Fault
from acuse_sandbox.sunat.identity import is_ruc

FORM = re.compile(r"([0-9]{11})(\S{1,100})")
WRONG_PASSWORD = "mala"  # noqa: S105 - the one password that this SUNAT refuses
BETA_USER, BETA_PASSWORD = "MODDATOS", "moddatos"
SPEAKING = {  # names of users that say what is wrong with them
    "INACTIVO": "0105",
    "INVALIDO": "0106",
    "NUEVO": "0110",
    "SINPERFIL": "0111",
    "PRINCIPAL": "0112",
    "NOAFILIADO": "0113",
}


@dataclass(frozen=True, slots=True)
class User:
    """A SOL user: of which RUC, under which name."""

    ruc: str
    name: str


def read(settings: Mapping[str, str], username: str | None, password: str | None) -> User:
    """The user that these credentials are of; raises Fault 0101 to 0113."""
    if not username:
        raise Fault("0101")
    match = FORM.fullmatch(username)
    if match is None or not is_ruc(match[1]):
        raise Fault("0103")
    user = User(match[1], match[2])
    if options.read(settings, user.ruc).is_beta:
        good = user.name.upper() == BETA_USER and password == BETA_PASSWORD
    else:
        good = _is_known(settings, user, password or "")
    if not good:
        raise Fault("0102")
    return user


def _is_known(settings: Mapping[str, str], user: User, password: str) -> bool:
    """Whether the password is the user's; raises Fault for a user who may not call."""
    for entry in options.entries(settings, "user"):
        if (entry["ruc"], entry["user"].upper()) == (user.ruc, user.name.upper()):
            if "code" in entry:
                raise Fault(entry["code"])
            return bool(entry.get("password", password) == password and password)
    if user.name.upper() in SPEAKING:
        raise Fault(SPEAKING[user.name.upper()])
    return bool(password) and password != WRONG_PASSWORD


def may_send_for(settings: Mapping[str, str], user: User, issuer: str) -> None:
    """Raise Fault 0154 unless the user is the issuer's, or of a provider that it registered."""
    if user.ruc != issuer and user.ruc not in certificates.providers(settings, issuer):
        raise Fault("0154")
