"""What we note ourselves of a try, as people read it: no server said it, so it is ours to say.

What a server said stays as it was said.
"""

from __future__ import annotations

import re

REMARKS: tuple[tuple[str, str], ...] = (  # what stands in the record, whole; what is shown for it
    ("address suppressed", "no se intentó: el correo a esa dirección está retenido"),
    ("not as it was prepared", "no se intentó: cambió algo y se prepara de nuevo"),
    ("route paused", "no se intentó: el servidor de salida está en pausa"),
    ("no mail route", "no hay servidor por el que salga el correo"),
    ("lease expired", "el proceso que lo enviaba se detuvo"),
    ("abandoned before the (?:dot|request)", "lo tomó otro proceso antes de entregarlo"),
    ("no reply in time", "no respondió a tiempo"),
    (r"(?:the read operation |the handshake operation )?timed out", "no respondió a tiempo"),
    ("the server ended the connection", "cortó la conexión"),
    (r"(?:\[Errno \d+\] )?connection reset by peer", "cortó la conexión"),
    (r"(?:\[Errno \d+\] )?broken pipe", "cortó la conexión"),
    (r"(?:\[Errno \d+\] )?connection refused", "no atiende en ese puerto"),
    (r"(?:\[Errno -?\d+\] )?(?:name or service not known|temporary failure in name resolution)",
     "su nombre no se encontró en el DNS"),
    (r"(?:\[Errno \d+\] )?(?:no route to host|network is unreachable)", "no hay camino hasta él"),
    ("the server offers no STARTTLS", "no ofrece una conexión cifrada (STARTTLS)"),
    ("the server offers neither PLAIN nor LOGIN", "no admite entrar con usuario y contraseña"),
    ("a password is not said on an open road", "no decimos la contraseña sin cifrado"),
    (r"5\.6\.7 this server takes only addresses in ASCII",
     "no admite direcciones con tildes o eñes"),
    (r"5\.1\.[37] (?:an address|a sender) that cannot be written",
     "esa dirección no se puede escribir"),
    (r"5\.3\.4 this server takes (?P<takes>\d+) bytes, the mail has (?P<has>\d+)",
     r"admite \g<takes> bytes y el correo tiene \g<has>"),
    (r"(?:an endless line|a reply without end|out of step.*|unreadable: .*)",
     "respondió algo que no se entiende"),
)  # fmt: skip
_TABLE = tuple((re.compile(told, re.IGNORECASE | re.DOTALL), shown) for told, shown in REMARKS)


def shown(text: str) -> str:
    """The same in Spanish where we noted it ourselves; a server's words as they are."""
    for pattern, spanish in _TABLE:
        found = pattern.fullmatch(text)
        if found:
            return found.expand(spanish)
    return text
