"""ResumenFactura. Source: costa-rica.md 3.5."""

from __future__ import annotations

from decimal import Decimal

from acuse.domain.document import Document
from acuse.domain.money import rounded
from acuse.jurisdictions.cr import content
from acuse.jurisdictions.cr.amounts import amount
from acuse.jurisdictions.cr.doubts import EXEMPT, EXONERATED, NOT_SUBJECT, TAXED
from acuse.jurisdictions.cr.totals import NOTHING, PLACES, Sums
from acuse.xml.build import Markup, leaf, node

ONE = Decimal(1)

_summary = node("ResumenFactura")
_currency = node("CodigoTipoMoneda")
_currency_code = leaf("CodigoMoneda")
_exchange_rate = amount("TipoCambio")
# The class totals, in the schema's order: element, service?, class.
CLASS_TOTALS = (
    (amount("TotalServGravados"), True, TAXED),
    (amount("TotalServExentos"), True, EXEMPT),
    (amount("TotalServExonerado"), True, EXONERATED),
    (amount("TotalServNoSujeto"), True, NOT_SUBJECT),
    (amount("TotalMercanciasGravadas"), False, TAXED),
    (amount("TotalMercanciasExentas"), False, EXEMPT),
    (amount("TotalMercExonerada"), False, EXONERATED),
    (amount("TotalMercNoSujeta"), False, NOT_SUBJECT),
)
GRAND_TOTALS = (
    (amount("TotalGravado"), TAXED),
    (amount("TotalExento"), EXEMPT),
    (amount("TotalExonerado"), EXONERATED),
    (amount("TotalNoSujeto"), NOT_SUBJECT),
)
_sale = amount("TotalVenta")
_discounts = amount("TotalDescuentos")
_net = amount("TotalVentaNeta")
_breakdown = node("TotalDesgloseImpuesto")
_iva = leaf("Codigo")("01")
_tariff_code = leaf("CodigoTarifaIVA")
_breakdown_amount = amount("TotalMontoImpuesto")
_tax = amount("TotalImpuesto")
_nothing_borne = amount("TotalImpAsumEmisorFabrica")(NOTHING)
_no_charges = amount("TotalOtrosCargos")(NOTHING)
_means = node("MedioPago")
_means_kind = leaf("TipoMedioPago")
_means_total = amount("TotalMedioPago")
_total = amount("TotalComprobante")


def summary(document: Document, counted: Sums) -> Markup:
    """The summary; rows of zero are written too."""
    classes = counted.classes
    return _summary(
        _currency(
            _currency_code(document.currency),
            _exchange_rate(rounded(document.exchange_rate or ONE, PLACES)),
        ),
        *(write(classes.get((s, c), NOTHING)) for write, s, c in CLASS_TOTALS),
        *(
            write(classes.get((True, c), NOTHING) + classes.get((False, c), NOTHING))
            for write, c in GRAND_TOTALS
        ),
        _sale(counted.sale),
        _discounts(counted.discount),
        _net(counted.net),
        *(
            _breakdown(_iva, _tariff_code(tariff), _breakdown_amount(charged))
            for tariff, charged in counted.taxes
        ),
        _tax(counted.tax),
        _nothing_borne,
        _no_charges,
        _means(_means_kind(content.payment_means(document)), _means_total(counted.total)),
        _total(counted.total),
    )
