"""ResumenFactura. Source: costa-rica.md 3.5."""

from __future__ import annotations

from decimal import Decimal

from acuse.domain.document import Document
from acuse.domain.money import rounded
from acuse.jurisdictions.cr import content
from acuse.jurisdictions.cr.amounts import amounts
from acuse.jurisdictions.cr.doubts import EXEMPT, EXONERATED, NOT_SUBJECT, TAXED
from acuse.jurisdictions.cr.totals import NOTHING, PLACES, Sums
from acuse.xml.build import Markup, leaf, node

ONE = Decimal(1)

_summary = node("ResumenFactura")
_currency = node("CodigoTipoMoneda")
_currency_code = leaf("CodigoMoneda")
_exchange_rate = amounts("TipoCambio")
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
_class_totals = amounts(*(name for name, _, _ in CLASS_TOTALS))
_grand_totals = amounts(*(name for name, _ in GRAND_TOTALS))
_sale_discounts_and_net = amounts("TotalVenta", "TotalDescuentos", "TotalVentaNeta")
_breakdown = node("TotalDesgloseImpuesto")
_iva = leaf("Codigo")("01")
_tariff_code = leaf("CodigoTarifaIVA")
_breakdown_amount = amounts("TotalMontoImpuesto")
_tax_borne_and_charges = amounts("TotalImpuesto", "TotalImpAsumEmisorFabrica", "TotalOtrosCargos")
_means = node("MedioPago")
_means_kind = leaf("TipoMedioPago")
_means_total = amounts("TotalMedioPago")
_total = amounts("TotalComprobante")


def summary(document: Document, counted: Sums) -> Markup:
    """The summary; rows of zero are written too."""
    classes = counted.classes
    return _summary(
        _currency(
            _currency_code(document.currency),
            _exchange_rate(rounded(document.exchange_rate or ONE, PLACES)),
        ),
        _class_totals(*(classes.get((s, c), NOTHING) for _, s, c in CLASS_TOTALS)),
        _grand_totals(
            *(
                classes.get((True, c), NOTHING) + classes.get((False, c), NOTHING)
                for _, c in GRAND_TOTALS
            )
        ),
        _sale_discounts_and_net(counted.sale, counted.discount, counted.net),
        *(
            _breakdown(_iva, _tariff_code(tariff), _breakdown_amount(charged))
            for tariff, charged in counted.taxes
        ),
        _tax_borne_and_charges(counted.tax, NOTHING, NOTHING),
        _means(_means_kind(content.payment_means(document)), _means_total(counted.total)),
        _total(counted.total),
    )
