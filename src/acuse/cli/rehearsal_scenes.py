"""The rehearsal's documents: one for each way that a document can end, in each country."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from acuse.domain.document import (
    Document,
    Line,
    Payment,
    PaymentForm,
    Tax,
)
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Customer, TaxId


@dataclass(frozen=True, slots=True)
class Scene:
    """One document: what it shows, whether it is to be mailed, what is done on its way.

    `add_email` releases what is held; `handed_over` says to whom it was given on paper; `mended` is
    what is issued again under its number once it was rejected; `again` issues the same for another
    customer under a new number; `loses_answer`: the first answer of the authority never arrives;
    `answered_by_buyer`: the buyer is a company of ours and replies; `gathered`: it goes by the
    day's summary; `voided` is why it is taken back once accepted.
    """

    title: str
    document: Document
    expects_mail: bool
    add_email: str = ""
    handed_over: str = ""
    mended: Document | None = None
    loses_answer: bool = False
    answered_by_buyer: bool = False
    gathered: bool = False
    again: Customer | None = None
    voided: str = ""


def costa_rica(run: int, due: date) -> tuple[Scene, ...]:
    """Costa Rica's documents."""
    return (
        Scene(
            "Aceptada: bienes con 13 % y 1 %",
            _fe(
                _costa_rican(run, 0, "Soda La Inventada S.A.", "compras@soda.example"),
                _goods("Café molido 500 g", 3, "2500"),
                _goods("Frijoles en bolsa", 10, "800", rate="1"),
            ),
            expects_mail=True,
        ),
        Scene(
            "Aceptada: servicio en dólares, a crédito",
            _fe(
                _costa_rican(run, 1, "Hotel Imaginario del Mar S.A.", "pagos@hotelmar.example"),
                _service("Desarrollo de sitio web", 4, "99.99"),
                payment=Payment(PaymentForm.CREDIT, "TRANSFER", due),
                currency="USD",
                exchange_rate=Decimal("512.34"),
            ),
            expects_mail=True,
        ),
        Scene(
            "Aceptada con observaciones",
            _fe(
                _costa_rican(run, 2, "Comercial OBSERVA", "logistica@comercialcr.example"),
                _goods("Café en grano", 12, "4100"),
            ),
            expects_mail=True,
        ),
        Scene(
            "Rechazada por Hacienda",
            _fe(
                _costa_rican(run, 3, "Distribuidora RECHAZA -99", "nadie@distribuidoracr.example"),
                _goods("Taza", 6, "3200"),
            ),
            expects_mail=False,
        ),
        Scene(
            "Retenida hasta que el cliente tiene correo",
            _fe(
                _costa_rican(run, 4, "Abastecedor Sin Correo S.A.", ""),
                _goods("Azúcar", 1, "1234.56"),
            ),
            expects_mail=True,
            add_email="contabilidad@abastecedor.example",
        ),
        Scene(
            "Retenida: el cliente sigue sin correo",
            _fe(
                _costa_rican(run, 5, "Pulpería Sin Correo S.A.", ""),
                _goods("Filtros de papel", 2, "950"),
            ),
            expects_mail=False,
        ),
    )


def _fe(
    customer: Customer,
    *lines: Line,
    payment: Payment | None = None,
    currency: str = "CRC",
    exchange_rate: Decimal | None = None,
) -> Document:
    return Document(
        DocumentKind.INVOICE,
        customer,
        lines,
        currency=currency,
        exchange_rate=exchange_rate,
        payment=payment or Payment(),
    )


def _goods(description: str, quantity: int, price: str, *, rate: str = "13") -> Line:
    return _product(description, quantity, price, rate, "Unid", "2399999000100")


def _service(description: str, quantity: int, price: str) -> Line:
    return _product(description, quantity, price, "13", "Sp", "8314100000000")


def _product(description: str, quantity: int, price: str, rate: str, unit: str, cabys: str) -> Line:
    return Line(
        description,
        Decimal(quantity),
        Decimal(price),
        unit,
        taxes=(Tax("IVA", Decimal(rate)),),
        extra={"cabys": cabys},
    )


def _costa_rican(run: int, ordinal: int, name: str, email: str) -> Customer:
    cedula = f"31019{(run * 10 + ordinal) % 100000:05d}"
    return Customer(TaxId("CJ", cedula), name, (email,) if email else ())
