"""ResumenFactura. Source: costa-rica.md 3.5."""

from __future__ import annotations

from decimal import Decimal

from acuse.domain.document import Document
from acuse.domain.money import plain
from acuse.jurisdictions.cr import content
from acuse.jurisdictions.cr.doubts import EXEMPT, EXONERATED, NOT_SUBJECT, TAXED
from acuse.jurisdictions.cr.totals import NOTHING, PLACES, Sums
from acuse.xml.build import Markup, joined, leaf, node, text
from acuse.xml.templates import SLOT, Template

ONE = Decimal(1)

# The class totals, in the schema's order: element, service?, class.
CLASS_TOTALS = (
    ("TotalServGravados", True, TAXED),
    ("TotalServExentos", True, EXEMPT),
    ("TotalServExonerado", True, EXONERATED),
    ("TotalServNoSujeto", True, NOT_SUBJECT),
    ("TotalMercanciasGravadas", False, TAXED),
    ("TotalMercanciasExentas", False, EXEMPT),
    ("TotalMercExonerada", False, EXONERATED),
    ("TotalMercNoSujeta", False, NOT_SUBJECT),
)
GRAND_TOTALS = (
    ("TotalGravado", TAXED),
    ("TotalExento", EXEMPT),
    ("TotalExonerado", EXONERATED),
    ("TotalNoSujeto", NOT_SUBJECT),
)
_breakdown = Template(
    node("TotalDesgloseImpuesto")(
        leaf("Codigo")("01"), leaf("CodigoTarifaIVA")(SLOT), leaf("TotalMontoImpuesto")(SLOT)
    )
)
_summary = Template(
    node("ResumenFactura")(
        node("CodigoTipoMoneda")(leaf("CodigoMoneda")(SLOT), leaf("TipoCambio")(SLOT)),
        *(leaf(name)(SLOT) for name, _, _ in CLASS_TOTALS),
        *(leaf(name)(SLOT) for name, _ in GRAND_TOTALS),
        leaf("TotalVenta")(SLOT),
        leaf("TotalDescuentos")(SLOT),
        leaf("TotalVentaNeta")(SLOT),
        SLOT,  # TotalDesgloseImpuesto
        leaf("TotalImpuesto")(SLOT),
        leaf("TotalImpAsumEmisorFabrica")(str(NOTHING)),
        leaf("TotalOtrosCargos")(str(NOTHING)),
        node("MedioPago")(leaf("TipoMedioPago")(SLOT), leaf("TotalMedioPago")(SLOT)),
        leaf("TotalComprobante")(SLOT),
    )
)


def summary(document: Document, counted: Sums) -> Markup:
    """The summary; rows of zero are written too."""
    classes = counted.classes
    return _summary(
        text(document.currency),
        plain(document.exchange_rate or ONE, PLACES),
        *(classes.get((service, name), NOTHING) for _, service, name in CLASS_TOTALS),
        *(
            classes.get((True, name), NOTHING) + classes.get((False, name), NOTHING)
            for _, name in GRAND_TOTALS
        ),
        counted.sale,
        counted.discount,
        counted.net,
        joined(*(_breakdown(text(tariff), charged) for tariff, charged in counted.taxes)),
        counted.tax,
        text(content.payment_means(document)),
        counted.total,
        counted.total,
    )
