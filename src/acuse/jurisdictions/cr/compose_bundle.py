"""DetalleSurtido: what a bundle holds. Source: costa-rica.md 3.4, structure of 2026."""

from __future__ import annotations

from acuse.domain.document import Line
from acuse.domain.money import plain
from acuse.jurisdictions.cr import content, content_line, lists
from acuse.jurisdictions.cr.kinds import Form
from acuse.jurisdictions.cr.line_sums import PLACES, LineSum, TaxSum
from acuse.jurisdictions.cr.specific import Specific
from acuse.xml.build import EMPTY, Markup, joined, leaf, maybe, node

_bundle = node("DetalleSurtido")
_part = node("LineaDetalleSurtido")
_cabys = leaf("CodigoCABYSSurtido")
_commercial_code = node("CodigoComercialSurtido")
_own_code = leaf("TipoSurtido")(lists.OWN_CODE)
_code = leaf("CodigoSurtido")
_quantity = leaf("CantidadSurtido")
_unit = leaf("UnidadMedidaSurtido")
_commercial_unit = leaf("UnidadMedidaComercialSurtido")
_description = leaf("DetalleSurtido")
_price = leaf("PrecioUnitarioSurtido")
_gross = leaf("MontoTotalSurtido")
_discount = node("DescuentoSurtido")
_discount_amount = leaf("MontoDescuentoSurtido")
_discount_code = leaf("CodigoDescuentoSurtido")
_discount_other = leaf("DescuentoSurtidoOtros")
_subtotal = leaf("SubTotalSurtido")
_factory = leaf("IVACobradoFabricaSurtido")
_base = leaf("BaseImponibleSurtido")
_tax = node("ImpuestoSurtido")
_tax_code = leaf("CodigoImpuestoSurtido")
_tax_other = leaf("CodigoImpuestoOTROSurtido")
_tariff = leaf("CodigoTarifaIVASurtido")
_rate = leaf("TarifaSurtido")
_specific = node("DatosImpuestoEspecificoSurtido")
_specific_quantity = leaf("CantidadUnidadMedidaSurtido")
_specific_percent = leaf("PorcentajeSurtido")
_specific_proportion = leaf("ProporcionSurtido")
_specific_volume = leaf("VolumenUnidadConsumoSurtido")
_specific_unit = leaf("ImpuestoUnidadSurtido")
_tax_amount = leaf("MontoImpuestoSurtido")


def bundle(line: Line, counted: LineSum, form: Form) -> Markup:
    """The parts of a bundle, each with its own product, price and taxes."""
    parts = zip(line.components, counted.parts, strict=True)
    return _bundle(*(_component(one, sums, form) for one, sums in parts))


def _component(line: Line, counted: LineSum, form: Form) -> Markup:
    return _part(
        _cabys(content_line.cabys(line)),
        _commercial_code(_own_code, _code(line.code)) if line.code else EMPTY,
        _quantity(plain(line.quantity, 3)),
        _unit(content_line.unit(line)),
        maybe(_commercial_unit, content.told(line.extra, "commercial_unit")),
        _description(line.description),
        _price(plain(line.price, PLACES)),
        _gross(str(counted.gross)),
        *_discounts(line, counted),
        _subtotal(str(counted.subtotal)),
        maybe(_factory, content_line.factory(line)) if form.factory else EMPTY,
        _base(str(counted.base)) if form.base else EMPTY,
        *(_taxed(line, one, form) for one in counted.taxes),
    )


def _discounts(line: Line, counted: LineSum) -> tuple[Markup, ...]:
    found = []
    for one, off in zip(line.discounts, counted.discounts, strict=True):
        kind = content.discount(one)
        other = _discount_other(kind.text) if kind.code == lists.OTHER else EMPTY
        found.append(_discount(_discount_amount(str(off)), _discount_code(kind.code), other))
    return tuple(found)


def _taxed(line: Line, one: TaxSum, form: Form) -> Markup:
    other = content.told(line.extra, "other_tax_name") if one.code == lists.OTHER else ""
    return _tax(
        joined(
            _tax_code(one.code),
            maybe(_tax_other, other),
            maybe(_tariff, one.tariff),
            EMPTY if one.rate is None else _rate(plain(one.rate, 2)),
            EMPTY if one.specific is None or not form.factory else _counted(one.specific),
            _tax_amount(str(one.amount)),
        )
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
