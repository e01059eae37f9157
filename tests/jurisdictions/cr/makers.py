"""A Costa Rican issuer, its documents and Hacienda's answers, all invented, with defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from acuse.domain.document import Discount, Document, Line, Tax
from acuse.domain.jurisdiction import Draws, Sealed
from acuse.domain.party import Company
from acuse.domain.submission import Case, SubmissionState
from acuse.jurisdictions.cr import jurisdiction
from acuse.xml.build import leaf, namespace_declarations
from acuse.xml.signature import DS, sign_enveloped
from tests.support import makers

AT = datetime(2026, 11, 25, 16, 30, tzinfo=UTC)  # 10:30 in San José
TODAY = date(2026, 11, 25)
DRAWS = Draws(security_code="12345678")
GOODS, SERVICE = "2399999000100", "8314100000000"
MESSAGE = "https://cdn.comprobanteselectronicos.go.cr/xml-schemas/v4.4/mensajeHacienda"


def company(**changes: Any) -> Company:
    """An issuer that lacks nothing."""
    return makers.costa_rican_company(**changes)


def credential() -> makers.TestCredential:
    """Its key and its user at Hacienda."""
    return makers.credential(makers.CJ)


def line(
    quantity: str = "3",
    price: str = "2500",
    percent: str = "13",
    *,
    cabys: str = GOODS,
    discounts: tuple[Discount, ...] = (),
    extra: Mapping[str, Any] | None = None,
    **changes: Any,
) -> Line:
    """A line of goods; a service where its CABYS is one."""
    given: dict[str, Any] = {
        "description": "Café molido 500 g" if cabys == GOODS else "Desarrollo de aplicación",
        "quantity": Decimal(quantity),
        "price": Decimal(price),
        "unit": "Unid" if cabys == GOODS else "Sp",
        "taxes": (Tax("IVA", Decimal(percent)),),
        "discounts": discounts,
        "extra": {"cabys": cabys, **(extra or {})},
    } | changes
    return Line(**given)


def service(quantity: str, price: str, percent: str = "13", **changes: Any) -> Line:
    """A line of services."""
    return line(quantity, price, percent, cabys=SERVICE, **changes)


def document(*lines: Line, **changes: Any) -> Document:
    """A factura of today; of one line of goods where none is told."""
    return makers.costa_rican_document(lines=lines or (line(),), date=TODAY, **changes)


AUTHORISATION: Mapping[str, Any] = {
    "exoneration_kind": "04",
    "exoneration_number": "AL-00012345-26",
    "exoneration_institution": "01",
    "exoneration_date": date(2026, 3, 1),
}


def exonerated(points: str, one: Line) -> Line:
    """The line with so many points of its tariff exonerated."""
    return replace(one, extra={**one.extra, "exonerated_points": Decimal(points)})


def seal(one: Document | None = None, **changes: Any) -> Sealed:
    """The sealed document; `company`, `at` and `draws` may be told."""
    return jurisdiction.seal(
        one or document(),
        changes.get("company", company()),
        changes.get("draws", DRAWS),
        credential(),
        changes.get("at", AT),
    )


def case(state: SubmissionState = SubmissionState.IN_FLIGHT, **changes: Any) -> Case:
    """A conversation about the default factura (total 8475)."""
    sealed = default_sealed()
    given: dict[str, Any] = {
        "state": state,
        "sealed": sealed.content,
        "fiscal_id": sealed.fiscal_id,
        "number": sealed.number,
        "file_name": sealed.file_name,
        "kind": "01",
        "issued_at": AT,
    } | changes
    return Case(**given)


@cache
def default_sealed() -> Sealed:
    """The default factura, sealed once."""
    return seal()


def message(**told: str) -> bytes:
    """A MensajeHacienda about the default factura, signed; elements told "" are left out."""
    fields = {
        "Clave": default_sealed().fiscal_id,
        "NombreEmisor": "Café Ejemplar de Tarrazú S.A.",
        "TipoIdentificacionEmisor": "02",
        "NumeroCedulaEmisor": makers.CJ,
        "Mensaje": "1",
        "EstadoMensaje": "Aceptado",
        "DetalleMensaje": "",
        "MontoTotalImpuesto": "975.00000",
        "TotalFactura": "8475.00000",
    } | told
    body = "".join(leaf(name)(text) for name, text in fields.items() if text)
    namespaces = {"": MESSAGE, "ds": DS}
    signed = sign_enveloped(
        f"<MensajeHacienda{namespace_declarations(namespaces)}>{body}",
        "</MensajeHacienda>",
        namespaces=namespaces,
        credential=credential(),
        signature_id="H",
    )
    return signed.content
