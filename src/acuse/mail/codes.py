"""What a mail server's answer means, in words for people.

Source: RFC 3463 (enhanced codes), reliability.md F67–F80, product.md 6.2.
"""

from __future__ import annotations

import re

EXPLANATIONS = (  # beginning of the enhanced code, explanation
    ("5.1.1", "La dirección no existe, según su servidor. Revisa el correo con tu cliente."),
    ("5.1.10", "La dirección no existe, según su servidor. Revisa el correo con tu cliente."),
    ("5.1.2", "El dominio del correo no existe. Revisa lo que va después de la @."),
    ("5.1", "La dirección no sirve, según su servidor. Revisa el correo con tu cliente."),
    ("5.2.2", "El buzón está lleno. Pide a tu cliente que libere espacio."),
    ("4.2.2", "El buzón está lleno; se volverá a intentar."),
    ("5.2.1", "El buzón está desactivado. Pide otro correo a tu cliente."),
    ("5.3.4", "El correo pesa más de lo que su servidor admite."),
    ("5.7", "El servidor del cliente lo bloqueó por sus reglas. Pide que autoricen al remitente."),
    ("4.7", "El servidor del cliente pidió esperar; se volverá a intentar."),
)
BY_CODE = (
    (552, 552, "El correo pesa más de lo que su servidor admite."),
    (550, 559, "El servidor del cliente lo rechazó. Revisa el correo con tu cliente."),
    (450, 459, "El servidor del cliente pidió esperar; se volverá a intentar."),
    (421, 421, "El servidor del cliente está ocupado; se volverá a intentar."),
    (500, 599, "El servidor del cliente lo rechazó."),
    (400, 499, "El servidor del cliente no pudo recibirlo ahora; se volverá a intentar."),
)


def explained(code: int, text: str) -> str:
    """One sentence about a server's refusal; for code 0 that none could be read."""
    found = re.search(r"\b([45]\.\d{1,3}\.\d{1,3})\b", text)
    if found:
        for start, words in EXPLANATIONS:
            if found[1] == start or found[1].startswith(f"{start}."):
                return words
    for first, last, words in BY_CODE:
        if first <= code <= last:
            return words
    return "No se pudo hablar con el servidor de correo; se volverá a intentar."
