"""The kinds of documents that Costa Rica knows, and how the form of each differs.

Source: costa-rica.md 2 and 3.1. The forms of factura de compra and of export are read from schemas
that were rebuilt, not published: good for tests, no proof.
"""

from __future__ import annotations

from dataclasses import dataclass

from acuse.domain.kinds import DocumentKind
from acuse.domain.traits import KindTraits, Role
from acuse.jurisdictions.cr import references

NAMESPACE = "https://cdn.comprobanteselectronicos.go.cr/xml-schemas/v4.4/"
_K = DocumentKind
SALES = frozenset({_K.INVOICE, _K.RECEIPT, _K.CREDIT_NOTE, _K.DEBIT_NOTE})
NOTES = frozenset({_K.CREDIT_NOTE, _K.DEBIT_NOTE})

KINDS = (
    KindTraits(
        _K.INVOICE,
        "01",
        "Factura electrónica",
        "Facturas",
        refers=True,
        reasons=references.words(references.OTHER_CODES),
    ),
    KindTraits(
        _K.RECEIPT,
        "04",
        "Tiquete electrónico",
        "Tiquetes",
        feminine=False,
        refers=True,
        reasons=references.words(references.OTHER_CODES),
    ),
    KindTraits(
        _K.CREDIT_NOTE,
        "03",
        "Nota de crédito electrónica",
        "Notas de crédito",
        corrects=(_K.INVOICE, _K.RECEIPT, _K.EXPORT_INVOICE, _K.DEBIT_NOTE),
        reasons=references.words(references.CREDIT_CODES),
    ),
    KindTraits(
        _K.DEBIT_NOTE,
        "02",
        "Nota de débito electrónica",
        "Notas de débito",
        corrects=(_K.INVOICE, _K.RECEIPT, _K.EXPORT_INVOICE, _K.CREDIT_NOTE),
        reasons=references.words(references.DEBIT_CODES),
    ),
    KindTraits(
        _K.EXPORT_INVOICE,
        "09",
        "Factura electrónica de exportación",
        "Facturas de exportación",
        refers=True,
        reasons=references.words(references.OTHER_CODES),
    ),
    KindTraits(
        _K.PURCHASE,
        "08",
        "Factura electrónica de compra",
        "Facturas de compra",
        role=Role.SELLER,
        refers=True,
        must_refer=True,
        reasons=references.words(references.PURCHASE_CODES),
    ),
    KindTraits(
        _K.PAYMENT,
        "10",
        "Recibo electrónico de pago",
        "Recibos de pago",
        feminine=False,
        refers=True,
        must_refer=True,
        reasons=references.words((references.PAYS,)),
    ),
)


@dataclass(frozen=True, slots=True)
class Form:
    """What the schema of a kind has; a factura electrónica has all but `heading`."""

    root: str
    issuer_activity: bool = True
    receiver_activity: bool = True
    heading: bool = False  # PartidaArancelaria
    transaction: bool = True  # TipoTransaccion
    bundles: bool = True  # DetalleSurtido
    factory: bool = True  # IVACobradoFabrica, DatosImpuestoEspecifico
    base: bool = True  # BaseImponible
    exonerations: bool = True
    assumed: bool = True  # ImpuestoAsumidoEmisorFabrica
    net: bool = True  # ImpuestoNeto
    freed: bool = True  # the summary's exonerado and no sujeto
    returned: bool = True  # TotalIVADevuelto

    @property
    def namespace(self) -> str:
        """The namespace of its elements: the root's name, its first letter small."""
        return f"{NAMESPACE}{self.root[0].lower()}{self.root[1:]}"


FORMS = {
    _K.INVOICE: Form("FacturaElectronica"),
    _K.RECEIPT: Form("TiqueteElectronico", receiver_activity=False, transaction=False),
    _K.CREDIT_NOTE: Form("NotaCreditoElectronica", heading=True),
    _K.DEBIT_NOTE: Form("NotaDebitoElectronica", heading=True),
    _K.EXPORT_INVOICE: Form(
        "FacturaElectronicaExportacion",
        receiver_activity=False,
        heading=True,
        factory=False,
        base=False,
        exonerations=False,
        assumed=False,
        net=False,
        freed=False,
        returned=False,
    ),
    _K.PURCHASE: Form(
        "FacturaElectronicaCompra",
        bundles=False,
        factory=False,
        assumed=False,
        returned=False,
    ),
    _K.PAYMENT: Form("ReciboElectronicoPago", issuer_activity=False, receiver_activity=False),
}
CODES = {kind.kind: kind.code for kind in KINDS}
