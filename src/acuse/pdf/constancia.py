"""A constancia as PDF/A-3b with its signed JSON attached."""

from __future__ import annotations

import json

from acuse.domain.constancia import Constancia, Mail
from acuse.pdf import fit
from acuse.pdf.render import CannotRender, Texts, compiled, drawable, labelled

TEMPLATE = "constancia.typ"
WIDE, CELL, WHO = 60, 36, 16  # characters of the longest word that each place holds


def render(told: Constancia) -> bytes:
    """The PDF; raises CannotRender."""
    try:
        signed = told.signed.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CannotRender("the JSON is not UTF-8") from error
    shown = json.dumps(drawable(_texts(told)), ensure_ascii=False)
    return compiled(TEMPLATE, {"told": shown, "signed": signed}, told.moment)


def _texts(told: Constancia) -> dict[str, Texts]:
    return {
        "title": told.title,
        "about": fit.broken(told.about, 34),
        "issuer_name": fit.broken(told.issuer_name, 34),
        "issuer_id": told.issuer_id,
        "summary": [fit.broken(one, WIDE) for one in told.summary],
        "document": labelled(told.document, WIDE),
        "verdict": labelled(told.verdict, WIDE),
        "files": [[fit.broken(one.label, CELL), fit.broken(one.value, 40)] for one in told.files],
        "mails": [_mail(one) for one in told.mails],
        "lines": [
            [one.ordinal, one.at, fit.broken(one.text, 50), fit.broken(one.actor, WHO)]
            for one in told.lines
        ],
        "made": labelled(told.made, WIDE),
        "legal": list(told.legal),
        "watermark": told.watermark,
        "signed_name": told.signed_name,
        "language": told.language,
    }


def _mail(mail: Mail) -> dict[str, Texts]:
    return {
        "address": fit.broken(mail.address, CELL),
        "state": mail.state,
        "facts": labelled(mail.facts, WIDE),
        "tries": [[one.at, one.result, fit.broken(one.said, CELL)] for one in mail.tries],
    }
