"""ResumenFactura. Source: costa-rica.md 3.5; what each kind leaves out, 3.1."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from acuse.domain.document import Document
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import plain
from acuse.jurisdictions.cr.content import Means
from acuse.jurisdictions.cr.doubts import EXEMPT, EXONERATED, NOT_SUBJECT, TAXED
from acuse.jurisdictions.cr.kinds import FORMS, Form
from acuse.jurisdictions.cr.line_sums import NOTHING, PLACES
from acuse.jurisdictions.cr.totals import Sums
from acuse.xml.build import EMPTY, Markup, joined, leaf, maybe, node, text
from acuse.xml.templates import SLOT, Template

ONE = Decimal(1)
FREED = frozenset({EXONERATED, NOT_SUBJECT})  # what an export has no totals of

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
    node("TotalDesgloseImpuesto")(leaf("Codigo")(SLOT), SLOT, leaf("TotalMontoImpuesto")(SLOT))
)
_tariff_code = leaf("CodigoTarifaIVA")
_means = Template(
    node("MedioPago")(leaf("TipoMedioPago")(SLOT), SLOT, leaf("TotalMedioPago")(SLOT))
)
_means_other = leaf("MedioPagoOtros")
_returned = leaf("TotalIVADevuelto")
_currency = node("CodigoTipoMoneda")(leaf("CodigoMoneda")(SLOT), leaf("TipoCambio")(SLOT))
_payment = Template(
    node("ResumenFactura")(
        _currency,
        leaf("TotalVenta")(SLOT),
        leaf("TotalVentaNeta")(SLOT),
        SLOT,  # TotalDesgloseImpuesto
        leaf("TotalImpuesto")(SLOT),
        SLOT,  # MedioPago
        leaf("TotalComprobante")(SLOT),
    )
)


@cache
def _template(form: Form) -> Template:
    return Template(
        node("ResumenFactura")(
            _currency,
            *(leaf(name)(SLOT) for name, _, _ in _classes(form)),
            *(leaf(name)(SLOT) for name, _ in _grand(form)),
            leaf("TotalVenta")(SLOT),
            leaf("TotalDescuentos")(SLOT),
            leaf("TotalVentaNeta")(SLOT),
            SLOT,  # TotalDesgloseImpuesto
            leaf("TotalImpuesto")(SLOT),
            leaf("TotalImpAsumEmisorFabrica")(SLOT),
            SLOT,  # TotalIVADevuelto
            leaf("TotalOtrosCargos")(SLOT),
            SLOT,  # MedioPago
            leaf("TotalComprobante")(SLOT),
        )
    )


@cache
def _classes(form: Form) -> tuple[tuple[str, bool, str], ...]:
    return tuple(one for one in CLASS_TOTALS if form.freed or one[2] not in FREED)


@cache
def _grand(form: Form) -> tuple[tuple[str, str], ...]:
    return tuple(one for one in GRAND_TOTALS if form.freed or one[1] not in FREED)


def summary(document: Document, counted: Sums) -> Markup:
    """The summary; rows of zero are written too."""
    currency = (text(document.currency), plain(document.exchange_rate or ONE, PLACES))
    breakdown = joined(
        *(
            _breakdown(text(code), maybe(_tariff_code, tariff), charged)
            for code, tariff, charged in counted.taxes
        )
    )
    means = joined(*(_paid(one, amount) for one, amount in counted.means))
    if document.kind is DocumentKind.PAYMENT:
        return _payment(
            *currency, counted.sale, counted.net, breakdown, counted.tax, means, counted.total
        )
    form, classes = FORMS[document.kind], counted.classes
    return _template(form)(
        *currency,
        *(classes.get((service, name), NOTHING) for _, service, name in _classes(form)),
        *(
            classes.get((True, name), NOTHING) + classes.get((False, name), NOTHING)
            for _, name in _grand(form)
        ),
        counted.sale,
        counted.discount,
        counted.net,
        breakdown,
        counted.tax,
        counted.assumed,
        _returned(str(counted.returned)) if counted.returned else EMPTY,
        counted.charged,
        means,
        counted.total,
    )


def _paid(one: Means, amount: Decimal) -> Markup:
    return _means(text(one.code), maybe(_means_other, one.text), amount)
