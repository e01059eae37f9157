"""What SUNAT takes: each kind's element, schema, the service that it goes to, its words in a CDR.

Source: peru.md 2 and 5.1. The liquidación de compra is believed to go to the factura's service
(peru.md 14, 12), its reversal with the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

UBL = "urn:oasis:names:specification:ubl:schema:xsd"
SUNAT = "urn:sunat:names:specification:ubl:peru:schema:xsd"


SAC = f"{SUNAT}:SunatAggregateComponents-1"
# What a file of other documents has one of at least, by its schema.
LINES = {name: f"{{{SAC}}}{name}Line" for name in ("SummaryDocuments", "VoidedDocuments")}


class Service(Enum):
    """Where a kind of file is sent."""

    BILL = "billService"
    OTHER = "otherService"
    GRE = "gre"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file; `customer` is the party that it is addressed to."""

    element: str
    schema: str
    service: Service
    noun: str
    is_feminine: bool
    customer: str = ""

    @property
    def line(self) -> str:
        """The element of a summary's line; "" for a document."""
        return LINES.get(self.element.rpartition("}")[2], "")

    def told(self, label: str, *, good: bool) -> str:
        """The sentence of a CDR: "La Factura numero F001-1, ha sido aceptada"."""
        end = "a" if self.is_feminine else "o"
        return f"{self.noun} {label}, ha sido {'aceptad' if good else 'rechazad'}{end}"


def _ubl(name: str, service: Service, noun: str, *, feminine: bool, customer: str) -> Kind:
    schema = f"pe/xsd/2.1/maindoc/UBL-{name}-2.1.xsd"
    return Kind(f"{{{UBL}:{name}-2}}{name}", schema, service, noun, feminine, customer)


def _own(name: str, service: Service, noun: str, *, feminine: bool, customer: str = "") -> Kind:
    schema = f"pe/xsd/2.0/maindoc/UBLPE-{name}-1.0.xsd"
    return Kind(f"{{{SUNAT}:{name}-1}}{name}", schema, service, noun, feminine, customer)


BUYER = "AccountingCustomerParty/Party"
SELLER = "AccountingSupplierParty/Party"
ADDRESSEE = "DeliveryCustomerParty/Party"
BILL, OTHER, GRE = Service.BILL, Service.OTHER, Service.GRE

KINDS = {
    "01": _ubl("Invoice", BILL, "La Factura numero", feminine=True, customer=BUYER),
    "03": _ubl("Invoice", BILL, "La Boleta numero", feminine=True, customer=BUYER),
    "07": _ubl("CreditNote", BILL, "La Nota de Credito numero", feminine=True, customer=BUYER),
    "08": _ubl("DebitNote", BILL, "La Nota de Debito numero", feminine=True, customer=BUYER),
    "04": _ubl(
        "SelfBilledInvoice", BILL, "La Liquidacion de compra numero", feminine=True, customer=SELLER
    ),
    "RC": _own("SummaryDocuments", BILL, "El Resumen diario", feminine=False),
    "RA": _own("VoidedDocuments", BILL, "La Comunicacion de baja", feminine=True),
    "20": _own(
        "Retention",
        OTHER,
        "El Comprobante de Retencion numero",
        feminine=False,
        customer="ReceiverParty",
    ),
    "40": _own(
        "Perception",
        OTHER,
        "El Comprobante de Percepcion numero",
        feminine=False,
        customer="ReceiverParty",
    ),
    "RR": _own("VoidedDocuments", OTHER, "El Resumen de reversiones", feminine=False),
    "09": _ubl("DespatchAdvice", GRE, "El Comprobante  numero", feminine=False, customer=ADDRESSEE),
    "31": _ubl("DespatchAdvice", GRE, "El Comprobante  numero", feminine=False, customer=ADDRESSEE),
}


def taken_by(service: Service) -> frozenset[str]:
    """The kinds that a service takes."""
    return frozenset(code for code, kind in KINDS.items() if kind.service is service)
