"""MensajeHacienda, unsigned. Source: costa-rica.md 5.2."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from acuse_sandbox.hacienda.judging.outline import Outline
from acuse_sandbox.hacienda.judging.reading import BASE
from acuse_sandbox.hacienda.judging.verdict import Judgement, Record
from acuse_sandbox.hardened import Element

NAMESPACE = f"{BASE}mensajeHacienda"
TYPES = ("01", "02", "03", "04", "05", "06")
UNKNOWN = "DESCONOCIDO"
STAGING = (
    "Este comprobante fue {verb} en el ambiente de pruebas, por lo cual no tiene validez para "
    "fines tributarios"
)
ERRORS = "El comprobante tiene los siguientes errores:"
LARGEST = Decimal(10) ** 13


@dataclass(frozen=True, slots=True)
class Manner:
    """How the answer is worded, apart from what it says."""

    verb: str = "recibido"  # of the staging sentence; "" in production, which has none
    ending: str = "\n"
    names_issuer: bool = True  # else DESCONOCIDO, without amounts and receiver


def detail(judgement: Judgement, manner: Manner) -> str:
    """DetalleMensaje in the seen shape: staging sentence, heading, records in brackets."""
    opening = [STAGING.format(verb=manner.verb), ""] if manner.verb else []
    if not judgement.records:
        return "".join(opening)
    bare = [record.text for record in judgement.records if record.is_bare]
    coded = [_line(record) for record in judgement.records if not record.is_bare]
    heading = [] if judgement.accepted else [ERRORS]
    header = ["codigo, mensaje, fila, columna"] if coded else []
    return manner.ending.join([*opening, *heading, "[", *bare, *header, *coded, "]"])


def build(about: Outline, clave: str, judgement: Judgement, manner: Manner) -> Element:
    """The MensajeHacienda about a document, still without its signature."""
    named = manner.names_issuer
    name, kind, number = about.issuer
    fields = [
        ("Clave", clave),
        ("NombreEmisor", (named and name[:100]) or UNKNOWN),
        ("TipoIdentificacionEmisor", kind if kind in TYPES else TYPES[-1]),
        ("NumeroCedulaEmisor", number[:20]),
    ]
    if named and about.receiver.name and about.receiver.kind in TYPES:
        receiver = ("NombreReceptor", "TipoIdentificacionReceptor", "NumeroCedulaReceptor")
        lengths = (100, 2, 20)
        fields += [(n, v[:m]) for n, v, m in zip(receiver, about.receiver, lengths, strict=True)]
    fields += [
        ("Mensaje", "1" if judgement.accepted else "3"),
        ("EstadoMensaje", "Aceptado" if judgement.accepted else "Rechazado"),
        ("DetalleMensaje", detail(judgement, manner)),
    ]
    if named:
        fields.append(("MontoTotalImpuesto", _money(about.tax)))
    fields.append(("TotalFactura", _money(about.total) if named else "0"))
    root = etree.Element(f"{{{NAMESPACE}}}MensajeHacienda", nsmap={None: NAMESPACE})
    for tag, text in fields:
        etree.SubElement(root, f"{{{NAMESPACE}}}{tag}").text = text
    return root


def _line(record: Record) -> str:
    text = record.text.replace('"', '""')
    return f'{record.code}, "{text}", {record.row}, {record.column}'


def _money(amount: Decimal) -> str:
    """Five decimals; what the schema cannot hold is told as 0."""
    return f"{amount:.5f}" if abs(amount) < LARGEST else "0"
