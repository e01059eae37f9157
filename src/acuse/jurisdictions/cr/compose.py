"""The factura as XML v4.4, element by element. Source: costa-rica.md 3 and structure of 2026."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from acuse.domain.document import Document, Line
from acuse.domain.jurisdiction import Draws
from acuse.domain.money import ZERO, plain
from acuse.domain.party import Address, Company, Customer
from acuse.jurisdictions.cr import content, ids
from acuse.jurisdictions.cr.codes import IDENTITIES, TARIFFS
from acuse.jurisdictions.cr.doubts import EXEMPT, NOT_SUBJECT, TAXED
from acuse.jurisdictions.cr.totals import LineSum, Sums, sums
from acuse.xml.build import EMPTY, Markup, joined, leaf, maybe, namespace_declarations, node

NAMESPACE = "https://cdn.comprobanteselectronicos.go.cr/xml-schemas/v4.4/facturaElectronica"
NAMESPACES = {"": NAMESPACE}
START = f"<FacturaElectronica{namespace_declarations(NAMESPACES)}>"
END = "</FacturaElectronica>"
DEFAULT_DISCOUNT = "07"
ONE = Decimal(1)

_clave = leaf("Clave")
_provider = leaf("ProveedorSistemas")
_issuer_activity = leaf("CodigoActividadEmisor")
_receiver_activity = leaf("CodigoActividadReceptor")
_consecutive = leaf("NumeroConsecutivo")
_issued = leaf("FechaEmision")
_issuer = node("Emisor")
_receiver = node("Receptor")
_name = leaf("Nombre")
_identification = node("Identificacion")
_kind = leaf("Tipo")
_number = leaf("Numero")
_trade_name = leaf("NombreComercial")
_place = node("Ubicacion")
_province = leaf("Provincia")
_canton = leaf("Canton")
_district = leaf("Distrito")
_directions = leaf("OtrasSenas")
_directions_abroad = leaf("OtrasSenasExtranjero")
_phone = node("Telefono")
_country_code = leaf("CodigoPais")
_phone_number = leaf("NumTelefono")
_email = leaf("CorreoElectronico")
_condition = leaf("CondicionVenta")
_credit_term = leaf("PlazoCredito")
_detail = node("DetalleServicio")
_line_node = node("LineaDetalle")
_line_number = leaf("NumeroLinea")
_cabys = leaf("CodigoCABYS")
_commercial_code = node("CodigoComercial")
_code = leaf("Codigo")
_quantity = leaf("Cantidad")
_unit = leaf("UnidadMedida")
_description = leaf("Detalle")
_price = leaf("PrecioUnitario")
_gross = leaf("MontoTotal")
_discount = node("Descuento")
_discount_amount = leaf("MontoDescuento")
_discount_code = leaf("CodigoDescuento")
_subtotal = leaf("SubTotal")
_base = leaf("BaseImponible")
_tax = node("Impuesto")
_tariff_code = leaf("CodigoTarifaIVA")
_tariff = leaf("Tarifa")
_tax_amount = leaf("Monto")
_tax_borne = leaf("ImpuestoAsumidoEmisorFabrica")
_tax_net = leaf("ImpuestoNeto")
_line_total = leaf("MontoTotalLinea")
_summary = node("ResumenFactura")
_currency = node("CodigoTipoMoneda")
_currency_code = leaf("CodigoMoneda")
_exchange_rate = leaf("TipoCambio")
_breakdown = node("TotalDesgloseImpuesto")
_breakdown_amount = leaf("TotalMontoImpuesto")
_means = node("MedioPago")
_means_kind = leaf("TipoMedioPago")
_means_total = leaf("TotalMedioPago")
_iva = _code("01")
_nothing_borne = _tax_borne("0.00000")


def compose(
    document: Document, company: Company, draws: Draws, at: datetime
) -> tuple[str, str, str, str]:
    """The text before and after the place of the signature, the clave and the consecutivo.

    One moment feeds the date of the clave and FechaEmision, both in Costa Rica's time.
    """
    assert document.number is not None
    consecutive = ids.consecutivo(document.number)
    clave = ids.clave(
        at=at,
        tax_id=company.tax_id.number,
        consecutive=consecutive,
        security_code=draws.security_code,
    )
    counted = sums(document)
    days = content.credit_days(document)
    credit = content.sale_condition(document) == content.CREDIT
    body = joined(
        _clave(clave),
        _provider(content.provider(company)),
        _issuer_activity(content.activity(company)),
        maybe(_receiver_activity, str(document.counterparty.extra.get("activity", ""))),
        _consecutive(consecutive),
        _issued(at.astimezone(ids.COSTA_RICA).isoformat(timespec="seconds")),
        _company(company),
        _customer(document.counterparty),
        _condition(content.sale_condition(document)),
        _credit_term(str(days)) if credit and days is not None else EMPTY,
        _detail(
            *(
                _line(ordinal, line, line_sum)
                for ordinal, (line, line_sum) in enumerate(
                    zip(document.lines, counted.lines, strict=True), start=1
                )
            )
        ),
        _totals(document, counted),
    )
    return f"{START}{body}", END, clave, consecutive


def _company(company: Company) -> Markup:
    phone = content.phone(company.phone)
    return _issuer(
        _name(company.legal_name),
        _identified(company.tax_id.kind, company.tax_id.number),
        maybe(_trade_name, company.trade_name),
        _located(company.address),
        _phone(_country_code(phone[0]), _phone_number(phone[1])) if phone else EMPTY,
        _email(company.email),
    )


def _customer(customer: Customer) -> Markup:
    abroad = customer.tax_id.kind == "EXT"
    address = customer.address
    return _receiver(
        _name(customer.name),
        _identified(customer.tax_id.kind, customer.tax_id.number),
        EMPTY if abroad else _located(address),
        _directions_abroad(address.line) if abroad and address is not None else EMPTY,
        maybe(_email, customer.emails[0] if customer.emails else ""),
    )


def _identified(kind: str, number: str) -> Markup:
    return _identification(_kind(IDENTITIES[kind]), _number(ids.compact(number)))


def _located(address: Address | None) -> Markup:
    if address is None or not address.place:
        return EMPTY
    province, canton, district = address.place.split("-")
    return _place(
        _province(province), _canton(canton), _district(district), _directions(address.line)
    )


def _line(ordinal: int, line: Line, counted: LineSum) -> Markup:
    tax = plain(counted.tax, 5)
    return _line_node(
        _line_number(str(ordinal)),
        _cabys(content.cabys(line)),
        _commercial_code(_kind("04"), _code(line.code)) if line.code else EMPTY,
        _quantity(plain(line.quantity, 3)),
        _unit(content.unit(line)),
        _description(line.description),
        _price(plain(line.price, 5)),
        _gross(plain(counted.gross, 5)),
        *(
            _discount(
                _discount_amount(plain(amount, 5)),
                _discount_code(told.reason or DEFAULT_DISCOUNT),
            )
            for told, amount in zip(line.discounts, counted.discounts, strict=True)
        ),
        _subtotal(plain(counted.subtotal, 5)),
        _base(plain(counted.subtotal, 5)),
        _tax(_tariff_start(counted.tariff), _tax_amount(tax)),
        _nothing_borne,
        _tax_net(tax),
        _line_total(plain(counted.total, 5)),
    )


@lru_cache(maxsize=32)
def _tariff_start(tariff: str) -> Markup:
    return joined(_iva, _tariff_code(tariff), _tariff(plain(TARIFFS[tariff], 2)))


# The summary's class totals, in the schema's order: element, service?, class ("" for none).
CLASS_TOTALS = (
    (leaf("TotalServGravados"), True, TAXED),
    (leaf("TotalServExentos"), True, EXEMPT),
    (leaf("TotalServExonerado"), True, "exonerado"),
    (leaf("TotalServNoSujeto"), True, NOT_SUBJECT),
    (leaf("TotalMercanciasGravadas"), False, TAXED),
    (leaf("TotalMercanciasExentas"), False, EXEMPT),
    (leaf("TotalMercExonerada"), False, "exonerado"),
    (leaf("TotalMercNoSujeta"), False, NOT_SUBJECT),
)
GRAND_TOTALS = (
    (leaf("TotalGravado"), TAXED),
    (leaf("TotalExento"), EXEMPT),
    (leaf("TotalExonerado"), "exonerado"),
    (leaf("TotalNoSujeto"), NOT_SUBJECT),
)
_sale = leaf("TotalVenta")
_discounts = leaf("TotalDescuentos")
_net = leaf("TotalVentaNeta")
_tax_total = leaf("TotalImpuesto")
_borne_total = leaf("TotalImpAsumEmisorFabrica")("0.00000")
_other_charges = leaf("TotalOtrosCargos")("0.00000")
_document_total = leaf("TotalComprobante")


def _totals(document: Document, counted: Sums) -> Markup:
    classes = counted.classes
    total = plain(counted.total, 5)
    return _summary(
        _currency(
            _currency_code(document.currency),
            _exchange_rate(plain(document.exchange_rate or ONE, 5)),
        ),
        *(write(plain(classes.get((s, c), ZERO), 5)) for write, s, c in CLASS_TOTALS),
        *(
            write(plain(classes.get((True, c), ZERO) + classes.get((False, c), ZERO), 5))
            for write, c in GRAND_TOTALS
        ),
        _sale(plain(counted.sale, 5)),
        _discounts(plain(counted.discount, 5)),
        _net(plain(counted.net, 5)),
        *(
            _breakdown(_iva, _tariff_code(tariff), _breakdown_amount(plain(amount, 5)))
            for tariff, amount in counted.taxes
        ),
        _tax_total(plain(counted.tax, 5)),
        _borne_total,
        _other_charges,
        _means(_means_kind(content.payment_means(document)), _means_total(total)),
        _document_total(total),
    )
