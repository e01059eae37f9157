"""The factura as XML v4.4, element by element. Source: costa-rica.md 3 and structure of 2026."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from acuse.domain.document import Document, Line
from acuse.domain.jurisdiction import Draws
from acuse.domain.money import plain, rounded
from acuse.domain.party import Company
from acuse.jurisdictions.cr import content, ids
from acuse.jurisdictions.cr.amounts import amounts
from acuse.jurisdictions.cr.parties import company, customer
from acuse.jurisdictions.cr.summary import summary
from acuse.jurisdictions.cr.totals import NOTHING, PLACES, LineSum, sums
from acuse.xml.build import EMPTY, Markup, joined, leaf, maybe, namespace_declarations, node

NAMESPACE = "https://cdn.comprobanteselectronicos.go.cr/xml-schemas/v4.4/facturaElectronica"
NAMESPACES = {"": NAMESPACE}
START = f"<FacturaElectronica{namespace_declarations(NAMESPACES)}>"
END = "</FacturaElectronica>"
IVA = "01"
OWN_CODE = "04"  # CodigoComercial: the issuer's internal code

_clave = leaf("Clave")
_provider = leaf("ProveedorSistemas")
_issuer_activity = leaf("CodigoActividadEmisor")
_receiver_activity = leaf("CodigoActividadReceptor")
_consecutive = leaf("NumeroConsecutivo")
_issued = leaf("FechaEmision")
_condition = leaf("CondicionVenta")
_credit_term = leaf("PlazoCredito")
_detail = node("DetalleServicio")
_line_node = node("LineaDetalle")
_line_number = leaf("NumeroLinea")
_cabys = leaf("CodigoCABYS")
_commercial_code = node("CodigoComercial")
_own_code = leaf("Tipo")(OWN_CODE)
_code = leaf("Codigo")
_quantity = leaf("Cantidad")
_unit = leaf("UnidadMedida")
_description = leaf("Detalle")
_price_and_gross = amounts("PrecioUnitario", "MontoTotal")
_discount = node("Descuento")
_discount_amount = amounts("MontoDescuento")
_discount_code = leaf("CodigoDescuento")
_subtotal_and_base = amounts("SubTotal", "BaseImponible")
_tax = node("Impuesto")
_iva = _code(IVA)
_tariff_code = leaf("CodigoTarifaIVA")
_tariff = leaf("Tarifa")
_tax_amount = amounts("Monto")
_exoneration = node("Exoneracion")
_exoneration_kind = leaf("TipoDocumentoEX1")
_exoneration_number = leaf("NumeroDocumento")
_exoneration_institution = leaf("NombreInstitucion")
_exoneration_date = leaf("FechaEmisionEX")
_exonerated_points = leaf("TarifaExonerada")
_exempted = amounts("MontoExoneracion")
_borne_charged_and_total = amounts(
    "ImpuestoAsumidoEmisorFabrica", "ImpuestoNeto", "MontoTotalLinea"
)


@dataclass(frozen=True, slots=True)
class Composed:
    """The document before and after the place of its signature, and its two names."""

    before: str
    after: str
    clave: str
    consecutive: str


def compose(document: Document, issuer: Company, draws: Draws, at: datetime) -> Composed:
    """The factura without its signature.

    One moment feeds the date of the clave and FechaEmision, both in Costa Rica's time.
    """
    assert document.number is not None
    consecutive = ids.consecutivo(document.number)
    clave = ids.clave(
        at=at,
        tax_id=issuer.tax_id.number,
        consecutive=consecutive,
        security_code=draws.security_code,
    )
    counted = sums(document)
    body = joined(
        _clave(clave),
        _provider(content.provider(issuer)),
        _issuer_activity(content.activity(issuer)),
        maybe(_receiver_activity, str(document.counterparty.extra.get("activity", ""))),
        _consecutive(consecutive),
        _issued(at.astimezone(ids.COSTA_RICA).isoformat(timespec="seconds")),
        company(issuer),
        customer(document.counterparty),
        *_terms(document, at),
        _detail(
            *(
                _line(ordinal, line, line_sum, document)
                for ordinal, (line, line_sum) in enumerate(
                    zip(document.lines, counted.lines, strict=True), start=1
                )
            )
        ),
        summary(document, counted),
    )
    return Composed(f"{START}{body}", END, clave, consecutive)


def _terms(document: Document, at: datetime) -> tuple[Markup, ...]:
    condition = content.sale_condition(document)
    days = content.credit_days(document, ids.day(at))
    if condition != content.CREDIT or days is None:
        return (_condition(condition),)
    return (_condition(condition), _credit_term(str(days)))


def _line(ordinal: int, line: Line, counted: LineSum, document: Document) -> Markup:
    discounts = (
        _discount(_discount_amount(off), _discount_code(content.discount_code(told)))
        for told, off in zip(line.discounts, counted.discounts, strict=True)
    )
    return _line_node(
        _line_number(str(ordinal)),
        _cabys(content.cabys(line)),
        _commercial_code(_own_code, _code(line.code)) if line.code else EMPTY,
        _quantity(plain(line.quantity, 3)),
        _unit(content.unit(line)),
        _description(line.description),
        _price_and_gross(rounded(line.price, PLACES), counted.gross),
        *discounts,
        _subtotal_and_base(counted.subtotal, counted.subtotal),
        _tax(
            _tariff_start(counted.tariff),
            _tax_amount(counted.tax),
            _exonerated(counted, document) if counted.points else EMPTY,
        ),
        _borne_charged_and_total(NOTHING, counted.charged, counted.total),
    )


@lru_cache(maxsize=32)
def _tariff_start(tariff: str) -> Markup:
    return joined(_iva, _tariff_code(tariff), _tariff(plain(content.rate(tariff), 2)))


def _exonerated(counted: LineSum, document: Document) -> Markup:
    told = content.authorisation(document)
    assert told is not None  # checks demand it where there are points
    assert told.given is not None
    return _exoneration(
        _exoneration_kind(told.kind),
        _exoneration_number(told.number),
        _exoneration_institution(told.institution),
        _exoneration_date(f"{told.given.isoformat()}T00:00:00-06:00"),
        _exonerated_points(plain(counted.points, 2)),
        _exempted(counted.exempted),
    )
