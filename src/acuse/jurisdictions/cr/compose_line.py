"""LineaDetalle and what hangs from it. Source: costa-rica.md 3.4, structure of 2026."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache, lru_cache

from acuse.domain.document import Document, Line
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import plain
from acuse.jurisdictions.cr import content, content_line, ids, lists
from acuse.jurisdictions.cr.compose_bundle import bundle
from acuse.jurisdictions.cr.kinds import Form
from acuse.jurisdictions.cr.line_sums import PLACES, LineSum, TaxSum
from acuse.jurisdictions.cr.specific import Specific
from acuse.xml.build import EMPTY, Markup, joined, leaf, maybe, node, text
from acuse.xml.templates import SLOT, Template

Writer = Callable[[int, Line, LineSum, Document], Markup]

_heading = leaf("PartidaArancelaria")
_cabys = leaf("CodigoCABYS")
_commercial_code = node("CodigoComercial")
_own_code = leaf("Tipo")(lists.OWN_CODE)
_code = leaf("Codigo")
_transaction = leaf("TipoTransaccion")
_commercial_unit = leaf("UnidadMedidaComercial")
_serial = leaf("NumeroVINoSerie")
_medicine = leaf("RegistroMedicamento")
_pharma_form = leaf("FormaFarmaceutica")
_discount = Template(
    node("Descuento")(leaf("MontoDescuento")(SLOT), leaf("CodigoDescuento")(SLOT), SLOT)
)
_discount_other = leaf("CodigoDescuentoOTRO")
_factory = leaf("IVACobradoFabrica")
_tax = Template(node("Impuesto")(SLOT, leaf("Monto")(SLOT), SLOT))
_tax_other = leaf("CodigoImpuestoOTRO")
_tariff_code = leaf("CodigoTarifaIVA")
_rate = leaf("Tarifa")
_factor = leaf("FactorCalculoIVA")
_specific = node("DatosImpuestoEspecifico")
_specific_quantity = leaf("CantidadUnidadMedida")
_specific_percent = leaf("Porcentaje")
_specific_proportion = leaf("Proporcion")
_specific_volume = leaf("VolumenUnidadConsumo")
_specific_unit = leaf("ImpuestoUnidad")
_exoneration = node("Exoneracion")
_exoneration_kind = leaf("TipoDocumentoEX1")
_exoneration_other = leaf("TipoDocumentoOTRO")
_exoneration_number = leaf("NumeroDocumento")
_article = leaf("Articulo")
_clause = leaf("Inciso")
_institution = leaf("NombreInstitucion")
_institution_other = leaf("NombreInstitucionOtros")
_exoneration_date = leaf("FechaEmisionEX")
_exonerated_rate = leaf("TarifaExonerada")
_exonerated_amount = leaf("MontoExoneracion")
_payment = Template(
    node("LineaDetalle")(
        leaf("NumeroLinea")(SLOT),
        leaf("Detalle")(SLOT),
        leaf("MontoTotal")(SLOT),
        leaf("SubTotal")(SLOT),
        SLOT,  # Impuesto
        leaf("ImpuestoNeto")(SLOT),
        leaf("MontoTotalLinea")(SLOT),
    )
)


def payment_line(ordinal: int, line: Line, counted: LineSum, document: Document) -> Markup:
    """A line of a recibo de pago: what was paid of something, without code and quantity."""
    return _payment(
        ordinal,
        text(line.description),
        counted.gross,
        counted.subtotal,
        _taxes(line, counted, document),
        counted.charged,
        counted.total,
    )


@cache
def line_writer(form: Form) -> Writer:
    """What writes the lines of a kind with that form."""
    template = Template(
        node("LineaDetalle")(
            leaf("NumeroLinea")(SLOT),
            SLOT,  # PartidaArancelaria, CodigoCABYS, CodigoComercial
            leaf("Cantidad")(SLOT),
            leaf("UnidadMedida")(SLOT),
            SLOT,  # TipoTransaccion, UnidadMedidaComercial
            leaf("Detalle")(SLOT),
            SLOT,  # what few products have: series, medicines, bundles
            leaf("PrecioUnitario")(SLOT),
            leaf("MontoTotal")(SLOT),
            SLOT,  # Descuento
            leaf("SubTotal")(SLOT),
            *((SLOT, leaf("BaseImponible")(SLOT)) if form.base else ()),  # IVACobradoFabrica
            SLOT,  # Impuesto
            *((leaf("ImpuestoAsumidoEmisorFabrica")(SLOT),) if form.assumed else ()),
            *((leaf("ImpuestoNeto")(SLOT),) if form.net else ()),
            leaf("MontoTotalLinea")(SLOT),
        )
    )

    def write(ordinal: int, line: Line, counted: LineSum, document: Document) -> Markup:
        cabys = content_line.cabys(line)
        more = not cabys or len(line.extra) > 1 or line.components  # most have a CABYS alone
        return template(
            ordinal,
            _named(line, form) if more or line.code else _cabys(cabys),
            plain(line.quantity, 3),
            text(content_line.unit(line)),
            _sold(line, form) if more else EMPTY,
            text(line.description),
            _rare(line, counted, form) if more else EMPTY,
            plain(line.price, PLACES),
            counted.gross,
            _discounts(line, counted) if line.discounts else EMPTY,
            counted.subtotal,
            *((_by_factory(line) if more else EMPTY, counted.base) if form.base else ()),
            _taxes(line, counted, document),
            *((counted.assumed,) if form.assumed else ()),
            *((counted.charged,) if form.net else ()),
            counted.total,
        )

    return write


def _by_factory(line: Line) -> Markup:
    return maybe(_factory, content_line.factory(line))


def _named(line: Line, form: Form) -> Markup:
    return joined(
        maybe(_heading, content.told(line.extra, "tariff_heading")) if form.heading else EMPTY,
        maybe(_cabys, content_line.cabys(line)),
        _commercial_code(_own_code, _code(line.code)) if line.code else EMPTY,
    )


def _sold(line: Line, form: Form) -> Markup:
    told = content.told(line.extra, "transaction_type")
    return joined(
        maybe(_transaction, told) if form.transaction else EMPTY,
        maybe(_commercial_unit, content.told(line.extra, "commercial_unit")),
    )


def _rare(line: Line, counted: LineSum, form: Form) -> Markup:
    return joined(
        *(_serial(one) for one in content_line.serials(line)),
        maybe(_medicine, content.told(line.extra, "medicine_register")),
        maybe(_pharma_form, content.told(line.extra, "pharma_form")),
        bundle(line, counted, form) if line.components else EMPTY,
    )


def _discounts(line: Line, counted: LineSum) -> Markup:
    found = []
    for one, off in zip(line.discounts, counted.discounts, strict=True):
        kind = content.discount(one)
        other = _discount_other(kind.text) if kind.code == lists.OTHER else EMPTY
        found.append(_discount(off, text(kind.code), other))
    return joined(*found)


def _taxes(line: Line, counted: LineSum, document: Document) -> Markup:
    return joined(
        *(
            _tax(
                _tax_start(one.code, one.tariff, one.rate)
                if one.code == lists.IVA
                else _other_start(line, one, document),
                one.amount,
                _exonerated(counted, one, document) if counted.points and one.tariff else EMPTY,
            )
            for one in counted.taxes
        )
    )


@lru_cache(maxsize=64)
def _tax_start(code: str, tariff: str, rate: Decimal | None) -> Markup:
    return joined(
        _code(code),
        maybe(_tariff_code, tariff),
        EMPTY if rate is None else _rate(plain(rate, 2)),
    )


def _other_start(line: Line, one: TaxSum, document: Document) -> Markup:
    """What stands before a tax's amount; a payment does not say how a specific one is counted."""
    paid = document.kind is DocumentKind.PAYMENT
    other = content.told(line.extra, "other_tax_name") if one.code == lists.OTHER else ""
    return joined(
        _code(one.code),
        maybe(_tax_other, other),
        maybe(_tariff_code, one.tariff),
        EMPTY if one.rate is None else _rate(plain(one.rate, 2)),
        EMPTY if one.factor is None else _factor(plain(one.factor, 4)),
        EMPTY if one.specific is None or paid else _counted(one.specific),
    )


def _counted(told: Specific) -> Markup:
    proportion = told.proportion
    return _specific(
        _specific_quantity(plain(told.quantity, 2)),
        EMPTY if told.percent is None else _specific_percent(plain(told.percent, 2)),
        EMPTY if proportion is None else _specific_proportion(plain(proportion, PLACES)),
        EMPTY if told.volume is None else _specific_volume(plain(told.volume, 2)),
        _specific_unit(plain(told.per_unit, PLACES)),
    )


def _exonerated(counted: LineSum, tax: TaxSum, document: Document) -> Markup:
    told = content.authorisation(document)
    assert told is not None  # checks demand it where there are points
    assert told.given is not None
    return _exoneration(
        _exoneration_kind(told.kind),
        maybe(_exoneration_other, told.kind_text) if told.kind == lists.OTHER else EMPTY,
        _exoneration_number(told.number),
        EMPTY if told.article is None else _article(str(told.article)),
        EMPTY if told.clause is None else _clause(str(told.clause)),
        _institution(told.institution),
        maybe(_institution_other, told.institution_text)
        if told.institution == lists.OTHER
        else EMPTY,
        _exoneration_date(ids.midnight(told.given)),
        _exonerated_rate(plain(counted.points, 2)),
        _exonerated_amount(str(tax.exempted)),
    )
