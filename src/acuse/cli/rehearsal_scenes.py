"""The rehearsal's documents: one for each way that a document can end, in each country."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from acuse.domain.document import (
    Discount,
    Document,
    Instalment,
    Line,
    Payment,
    PaymentForm,
    Tax,
)
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Address, Customer, TaxId

IGV = (Tax("IGV", Decimal(18)),)
TEN_PERCENT = (Discount(percent=Decimal(10)),)
RUC_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


@dataclass(frozen=True, slots=True)
class Scene:
    """One document: what it shows, whether it is to be mailed, what is done on its way.

    `add_email` releases what is held; `handed_over` says to whom it was given on paper; `mended` is
    what is issued again under its number once it was rejected; `loses_answer`: the first answer of
    the authority never arrives; `answered_by_buyer`: the buyer is a company of ours and replies.
    """

    title: str
    document: Document
    expects_mail: bool
    add_email: str = ""
    handed_over: str = ""
    mended: Document | None = None
    loses_answer: bool = False
    answered_by_buyer: bool = False


def peru(run: int, due: date) -> tuple[Scene, ...]:
    """Peru's documents; `run` makes this run's customers new ones."""
    return (
        Scene(
            "Aceptada: contado, dos productos",
            _factura(
                _peruvian(run, 0, "Bodega La Inventada S.A.C.", "compras@bodega.example"),
                _line("Chompa de alpaca, talla M", 2, "120.00", code="CH-M"),
                _line("Gorro de lana", 5, "25.50", code="GO-1"),
            ),
            expects_mail=True,
        ),
        Scene(
            "Aceptada: crédito en dos cuotas, con descuento",
            _factura(
                _peruvian(run, 1, "Hotel Imaginario E.I.R.L.", "pagos@hotel.example"),
                _line("Frazada de alpaca", 10, "100.00", discounts=TEN_PERCENT),
                payment=Payment(
                    PaymentForm.CREDIT,
                    "TRANSFER",
                    due,
                    (Instalment(due, Decimal("531.00")), Instalment(due, Decimal("531.00"))),
                ),
            ),
            expects_mail=True,
        ),
        Scene(
            "Aceptada con observaciones",
            _factura(
                _peruvian(run, 2, "Comercial OBSERVA", "logistica@comercial.example"),
                _line("Poncho tejido a mano", 1, "340.00"),
            ),
            expects_mail=True,
        ),
        Scene(
            "Rechazada por SUNAT",
            _factura(
                _peruvian(run, 3, "Distribuidora RECHAZA 2017", "nadie@distribuidora.example"),
                _line("Manta", 1, "90.00"),
            ),
            expects_mail=False,
        ),
        Scene(
            "Retenida hasta que el cliente tiene correo",
            _factura(
                _peruvian(run, 4, "Artesanías Sin Correo S.R.L.", ""),
                _line("Bufanda", 3, "45.00"),
            ),
            expects_mail=True,
            add_email="contabilidad@artesanias.example",
        ),
        Scene(
            "Retenida: el cliente sigue sin correo",
            _factura(
                _peruvian(run, 5, "Taller Sin Correo S.A.C.", ""),
                _line("Libro de diseños", 1, "60.00", affectation="20"),
            ),
            expects_mail=False,
        ),
    )


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


def _factura(customer: Customer, *lines: Line, payment: Payment | None = None) -> Document:
    return Document(
        DocumentKind.INVOICE, customer, lines, currency="PEN", payment=payment or Payment()
    )


def _line(
    description: str,
    quantity: int,
    price: str,
    *,
    code: str = "",
    affectation: str = "10",
    discounts: tuple[Discount, ...] = (),
) -> Line:
    return Line(
        description,
        Decimal(quantity),
        Decimal(price),
        "NIU",
        code,
        IGV if affectation == "10" else (),
        discounts,
        {"affectation": affectation},
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


def _peruvian(run: int, ordinal: int, name: str, email: str) -> Customer:
    """An invented customer, another for every run, its RUC with a valid check digit."""
    ten = f"20998{(run * 10 + ordinal) % 100000:05d}"
    total = sum(weight * int(digit) for weight, digit in zip(RUC_WEIGHTS, ten, strict=True))
    ruc = f"{ten}{(11 - total % 11) % 10}"
    address = Address("Av. Inventada 100", "150101", "Lima", "Lima", "Lima", "PE")
    return Customer(TaxId("RUC", ruc), name, (email,) if email else (), address)


def _costa_rican(run: int, ordinal: int, name: str, email: str) -> Customer:
    cedula = f"31019{(run * 10 + ordinal) % 100000:05d}"
    return Customer(TaxId("CJ", cedula), name, (email,) if email else ())
