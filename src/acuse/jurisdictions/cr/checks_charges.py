"""What is wrong with the other charges. Source: costa-rica.md 3.3, 3.5, 9.2."""

from __future__ import annotations

from collections.abc import Iterator

from acuse.domain.document import Charge, Document
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import ZERO
from acuse.domain.party import TaxId
from acuse.domain.problem import Problem
from acuse.jurisdictions.cr import content, forms, lists
from acuse.jurisdictions.cr.forms import problem

MOST = 15


def charge_problems(document: Document) -> Iterator[Problem]:
    """What is wrong with the document's charges."""
    charges = document.charges
    if charges and document.kind is DocumentKind.PAYMENT:
        yield problem("charge", "CR-XSD", "Un recibo de pago no lleva otros cargos. Quítalos.")
        return
    if len(charges) > MOST:
        text = f"Hay {len(charges)} cargos y caben {MOST}. Júntalos."
        yield problem("charge", "CR-XSD", text)
    for one in charges:
        yield from _charge(one)
    yield from _third_party(document)


def _charge(one: Charge) -> Iterator[Problem]:
    kind = content.charge(one)
    if not kind.code:
        text = "Di qué cargo es: su código (06 servicio, 05 costos de exportación…) o un texto."
        yield problem("charge", "CR-XSD", text)
        return
    yield from forms.listed("charge", "CR-XSD", "El cargo", kind.code, lists.CHARGES)
    if kind.code == lists.OTHER:
        yield from forms.sized("charge", "El texto del cargo", kind.text, 5, 100)
    elif kind.text:
        yield from forms.sized("charge", "El detalle del cargo", kind.text, 1, 160)
    if one.amount is not None:
        yield from forms.figure("charge", "El cargo", one.amount, 5)
    else:
        yield from forms.figure("charge", "El porcentaje del cargo", one.percent or ZERO, 5)


def _third_party(document: Document) -> Iterator[Problem]:
    """Who is paid by a charge of code 04: needed by it, and by nothing else."""
    extra = document.extra
    kind, number, name = (
        content.told(extra, f"third_party_{part}") for part in ("type", "id", "name")
    )
    needed = any(content.charge(one).code == lists.FOR_ANOTHER for one in document.charges)
    if needed:
        told = TaxId(kind, number)
        if kind:
            for found in forms.identity("third_party", "CR-OC-2", told):
                yield problem("extra.third_party_id", found.code, found.text)
        else:
            text = "El cobro de un tercero lleva su identificación y su nombre. Complétalos."
            yield problem("extra.third_party_type", "CR-OC-2", text)
        yield from forms.sized("extra.third_party_name", "El nombre del tercero", name, 5, 100)
    elif kind or number or name:
        text = "Hay datos de un tercero y ningún cargo de código 04. Agrega el cargo o bórralos."
        yield problem("extra.third_party_name", "CR-OC-2", text)
