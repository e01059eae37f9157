"""The factura as XML v4.4, element by element. Source: costa-rica.md 3 and structure of 2026."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from acuse.domain.document import Document, Line
from acuse.domain.jurisdiction import Draws
from acuse.domain.money import plain
from acuse.domain.party import Company
from acuse.jurisdictions.cr import content, ids
from acuse.jurisdictions.cr.parties import company, customer
from acuse.jurisdictions.cr.summary import summary
from acuse.jurisdictions.cr.totals import NOTHING, PLACES, LineSum, sums
from acuse.xml.build import (
    EMPTY,
    Markup,
    joined,
    leaf,
    maybe,
    namespace_declarations,
    node,
    text,
)
from acuse.xml.templates import SLOT, Template

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
_commercial_code = node("CodigoComercial")
_own_code = leaf("Tipo")(OWN_CODE)
_code = leaf("Codigo")
_discount = Template(node("Descuento")(leaf("MontoDescuento")(SLOT), leaf("CodigoDescuento")(SLOT)))
_tariff_code = leaf("CodigoTarifaIVA")
_tariff = leaf("Tarifa")
_exoneration = Template(
    node("Exoneracion")(
        leaf("TipoDocumentoEX1")(SLOT),
        leaf("NumeroDocumento")(SLOT),
        leaf("NombreInstitucion")(SLOT),
        leaf("FechaEmisionEX")(SLOT),
        leaf("TarifaExonerada")(SLOT),
        leaf("MontoExoneracion")(SLOT),
    )
)
_line_detail = Template(
    node("LineaDetalle")(
        leaf("NumeroLinea")(SLOT),
        leaf("CodigoCABYS")(SLOT),
        SLOT,  # CodigoComercial
        leaf("Cantidad")(SLOT),
        leaf("UnidadMedida")(SLOT),
        leaf("Detalle")(SLOT),
        leaf("PrecioUnitario")(SLOT),
        leaf("MontoTotal")(SLOT),
        SLOT,  # Descuento
        leaf("SubTotal")(SLOT),
        leaf("BaseImponible")(SLOT),
        node("Impuesto")(SLOT, leaf("Monto")(SLOT), SLOT),  # its tariff, its exoneration
        leaf("ImpuestoAsumidoEmisorFabrica")(str(NOTHING)),
        leaf("ImpuestoNeto")(SLOT),
        leaf("MontoTotalLinea")(SLOT),
    )
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
    return _line_detail(
        ordinal,
        text(content.cabys(line)),
        _commercial_code(_own_code, _code(line.code)) if line.code else EMPTY,
        plain(line.quantity, 3),
        text(content.unit(line)),
        text(line.description),
        plain(line.price, PLACES),
        counted.gross,
        _discounts(line, counted) if line.discounts else EMPTY,
        counted.subtotal,
        counted.subtotal,
        _tariff_start(counted.tariff),
        counted.tax,
        _exonerated(counted, document) if counted.points else EMPTY,
        counted.charged,
        counted.total,
    )


def _discounts(line: Line, counted: LineSum) -> Markup:
    return joined(
        *(
            _discount(off, text(content.discount_code(told)))
            for told, off in zip(line.discounts, counted.discounts, strict=True)
        )
    )


@lru_cache(maxsize=32)
def _tariff_start(tariff: str) -> Markup:
    return joined(_code(IVA), _tariff_code(tariff), _tariff(plain(content.rate(tariff), 2)))


def _exonerated(counted: LineSum, document: Document) -> Markup:
    told = content.authorisation(document)
    assert told is not None  # checks demand it where there are points
    assert told.given is not None
    return _exoneration(
        text(told.kind),
        text(told.number),
        text(told.institution),
        f"{told.given.isoformat()}T00:00:00-06:00",
        plain(counted.points, 2),
        counted.exempted,
    )
