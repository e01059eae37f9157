"""A person's answer, handed on to the company that it is meant for, unchanged within.

The letter is an automatic one without a return path: nothing answers it, and nothing of it comes
back as news (reliability.md F81).
"""

from __future__ import annotations

from datetime import datetime
from html import escape

from acuse.domain.face import Attachment
from acuse.domain.text import one_line_of
from acuse.mail import headers
from acuse.mail.compose import Letter, compose, part

FILE = "respuesta.eml"


def forwarded(
    *,
    raw: bytes,
    size: int,
    digest: str,
    sender: str,
    subject: str,
    number: str,
    our_name: str,
    our_address: str,
    to: str,
    by_person: bool,
    at: datetime,
) -> bytes:
    """The message to the company; its answer goes to who wrote, where that is a person's address.

    What may be a program's is answered by nobody: two programs would never end. `size` is how many
    bytes came, of which `raw` may be the beginning.
    """
    who = one_line_of(sender, 254) or "Alguien"
    text = (
        f"{who} respondió al correo con el que enviaste {number}.\n\n"
        f"{_as_it_is(raw, size)} Ábrelo con cuidado si no conoces a quien lo escribe.\n\n"
        "--\nCorreo automático: se reenvía una sola vez.\n"
    )
    name = f"reenvio-{digest[:24]}"
    letter = Letter(
        sender_name=our_name,
        sender=our_address,
        to=to,
        reply_to_name="",
        reply_to=sender if by_person and _is_address(sender) else to,
        subject=f"Respuesta sobre {number}: {one_line_of(subject, 120)}",
        text=text,
        html=f"<pre>{escape(text)}</pre>",
        message_id=f"<{name}@{our_address.rpartition('@')[2]}>",
        date=at,
        token=name,
    )
    return compose(letter, (part(Attachment(FILE, "application/octet-stream", raw)),))


def _as_it_is(raw: bytes, size: int) -> str:
    """Whether the file is all of the message, and what to do where it is not."""
    if len(raw) >= size:
        return f"Su mensaje viene adjunto, tal como llegó ({FILE})."
    return (
        f"Su mensaje pesaba {max(1, round(size / 1_000_000))} MB, más de lo que se guarda: viene "
        f"adjunto solo el comienzo ({FILE}), y puede que le falten archivos. Pídele que te los "
        "envíe directamente o por otro medio."
    )


def _is_address(text: str) -> bool:
    try:
        headers.mailbox("", text)
    except headers.BadHeader:
        return False
    return True
