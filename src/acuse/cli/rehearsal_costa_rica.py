"""The rehearsal's Costa Rican documents: facturas, tiquetes, what is rejected and made again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from acuse.cli.rehearsal_scenes import Act, Answer, Role, Scene, company
from acuse.domain.document import Charge, Document, Line, Payment, PaymentForm, Tax
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number, NumberingRange
from acuse.domain.party import Address, Customer, TaxId
from acuse.domain.received import ReceptionKind
from acuse.jurisdictions.cr import content, ids
from acuse.jurisdictions.cr.kinds import CODES
from acuse.jurisdictions.cr.traits import TRAITS

BRANCH = "00100001"
COFFEE, SOFTWARE = "2399999000100", "8314100000000"
_K = DocumentKind
RANGES = tuple(NumberingRange(0, kind, BRANCH, 1, ids.LARGEST_NUMBER, 1) for kind in CODES)

# It buys of the company, and answers what it got.
BUYER = Role(
    company(
        TRAITS,
        TaxId("CJ", "3101000112"),
        "Comercializadora de Prueba S.A.",
        address=Address("Avenida segunda", "1-01-01", country=TRAITS.code),
        email="recepcion@compradoracr.example",
        phone="506 2222 7777",
        extra={"activity": "471100"},
    ),
    "CPJ-3-101-000112",
    (
        ("api_user", "cpj-3-101-000112@stag.comprobanteselectronicos.example"),
        ("api_password", "invento-de-prueba"),
    ),
)


def printed(kind: DocumentKind, series: str, number: int) -> str:
    """The consecutivo of the document that will have that number."""
    return ids.consecutivo(Number(series, number), CODES[kind])


def first_act(run: int, due: date) -> tuple[Scene, ...]:
    """All of them; `run` makes this run's customers new ones."""
    return (*_facturas(run, due), *_tiquetes(run), *_mailed(run))


def _facturas(run: int, due: date) -> tuple[Scene, ...]:
    return (
        Scene(
            "Aceptada: bienes con 13 % y 1 %; van el PDF, el XML y la respuesta de Hacienda",
            _document(
                _buyer(run, 0, "Soda La Inventada S.A.", "compras@soda.example"),
                _goods("Café molido 500 g", 3, "2500"),
                _goods("Frijoles en bolsa", 10, "800", rate="1"),
            ),
            expects_mail=True,
        ),
        Scene(
            "Aceptada: servicio en dólares, a crédito",
            _document(
                _buyer(run, 1, "Hotel Imaginario del Mar S.A.", "pagos@hotelmar.example"),
                _service("Desarrollo de sitio web", 4, "99.99"),
                payment=Payment(PaymentForm.CREDIT, "TRANSFER", due),
                currency="USD",
                exchange_rate=Decimal("512.34"),
            ),
            expects_mail=True,
        ),
        Scene(
            "Aceptada con observaciones",
            _document(
                _buyer(run, 2, "Comercial OBSERVA", "logistica@comercialcr.example"),
                _goods("Café en grano", 12, "4100"),
            ),
            expects_mail=True,
        ),
        Scene(
            "Rechazada por Hacienda, y la que la sustituye con otro número (código 16)",
            _document(
                _buyer(run, 3, "Distribuidora RECHAZA -99", "nadie@distribuidoracr.example"),
                _goods("Taza", 6, "3200"),
            ),
            expects_mail=False,
            again=_buyer(run, 6, "Distribuidora del Valle S.A.", "pagos@distribuidoracr.example"),
        ),
        Scene(
            "Minutos en «procesando», y el permiso de acceso venció a medio camino",
            _document(
                _buyer(run, 7, "Constructora Imaginada S.A.", "pagos@constructora.example"),
                _goods("Cafetera industrial", 1, "385000"),
            ),
            expects_mail=True,
            replies=({"processing": 6},),
            world=(("hacienda.token_seconds", "2"),),
        ),
        Scene(
            "Crédito en IVA a 90 días: dos pagos, cada uno con su recibo electrónico de pago",
            _document(
                _buyer(run, 9, "Ferretería Inventada S.A.", "cuentas@ferreteriacr.example"),
                _goods("Saco de café de 46 kg", 2, "180000"),
                payment=Payment(PaymentForm.CREDIT, "TRANSFER", due),
                extra={"sale_condition": "10"},
            ),
            expects_mail=True,
            paid=(Decimal("150000"), Decimal("256800")),
        ),
        Scene(
            "A otra empresa, que la acepta: su mensaje de receptor va a Hacienda",
            _document(
                Customer(BUYER.company.tax_id, BUYER.company.legal_name, (BUYER.company.email,)),
                _goods("Café molido, caja de 24", 5, "52000"),
                payment=Payment(PaymentForm.CREDIT, "TRANSFER", due),
            ),
            expects_mail=True,
            answered_by_buyer=True,
        ),
        Scene(
            "Retenida hasta que el cliente tiene correo",
            _document(
                _buyer(run, 4, "Abastecedor Sin Correo S.A.", ""),
                _goods("Azúcar", 1, "1234.56"),
            ),
            expects_mail=True,
            add_email="contabilidad@abastecedor.example",
        ),
        Scene(
            "Retenida: el cliente sigue sin correo",
            _document(
                _buyer(run, 5, "Pulpería Sin Correo S.A.", ""),
                _goods("Filtros de papel", 2, "950"),
            ),
            expects_mail=False,
        ),
    )


def _tiquetes(run: int) -> tuple[Scene, ...]:
    nobody = Customer(TaxId(content.NOBODY, "-"), content.ANYBODY.capitalize())
    return (
        Scene(
            "Tiquete sin receptor, con el 10 % de servicio: no hay a quién enviarlo",
            _document(
                nobody,
                _service("Almuerzo ejecutivo", 2, "4500"),
                kind=_K.RECEIPT,
                payment=Payment(method="CARD"),
                charges=(Charge(percent=Decimal(10), reason="06"),),
            ),
            expects_mail=False,
        ),
        Scene(
            "Tiquete a quien dejó su correo",
            _document(
                _person(run, 8, "Doña Inventada Rojas", "rojas@correocr.example"),
                _goods("Café molido 250 g", 1, "1350"),
                kind=_K.RECEIPT,
            ),
            expects_mail=True,
        ),
    )


def _mailed(run: int) -> tuple[Scene, ...]:
    later = {"stage": "rcpt", "code": 450, "text": "4.7.1 Vuelve en un minuto"}
    nobody = {"stage": "rcpt", "code": 550, "text": "5.1.1 No existe ese buzón"}
    return (
        Scene(
            "El servidor del cliente la hizo esperar (greylisting): salió al segundo intento",
            _document(
                _buyer(run, 10, "Farmacia Inventada S.A.", "pagos@farmaciacr.example"),
                _goods("Café molido 1 kg", 2, "4800"),
            ),
            expects_mail=True,
            mail_faults=(later,),
        ),
        Scene(
            "El correo no existía: se corrigió en la bandeja de fallos y llegó",
            _document(
                _buyer(run, 11, "Librería Inventada S.A.", f"compras{run}@libreria.example"),
                _goods("Café en grano 500 g", 4, "3900"),
            ),
            expects_mail=True,
            mail_faults=(nobody,),
            corrected="cuentas@libreria.example",
        ),
    )


def _document(
    customer: Customer,
    *lines: Line,
    kind: DocumentKind = _K.INVOICE,
    payment: Payment | None = None,
    currency: str = "CRC",
    exchange_rate: Decimal | None = None,
    charges: tuple[Charge, ...] = (),
    extra: Mapping[str, Any] | None = None,
) -> Document:
    return Document(
        kind,
        customer,
        lines,
        currency=currency,
        exchange_rate=exchange_rate,
        payment=payment or Payment(),
        charges=charges,
        extra=extra or {},
    )


def _goods(description: str, quantity: int, price: str, *, rate: str = "13") -> Line:
    return _product(description, quantity, price, rate, "Unid", COFFEE)


def _service(description: str, quantity: int, price: str) -> Line:
    return _product(description, quantity, price, "13", "Sp", SOFTWARE)


def _product(description: str, quantity: int, price: str, rate: str, unit: str, cabys: str) -> Line:
    return Line(
        description,
        Decimal(quantity),
        Decimal(price),
        unit,
        taxes=(Tax("IVA", Decimal(rate)),),
        extra={"cabys": cabys},
    )


def _buyer(run: int, ordinal: int, name: str, email: str) -> Customer:
    cedula = f"31019{(run * 12 + ordinal) % 100000:05d}"
    return Customer(TaxId("CJ", cedula), name, (email,) if email else ())


def _person(run: int, ordinal: int, name: str, email: str) -> Customer:
    return Customer(TaxId("CF", f"1{(run * 10 + ordinal) % 10**8:08d}"), name, (email,))


ACT = Act(
    "hacienda",
    Role(
        company(
            TRAITS,
            TaxId("CJ", "3101999888"),
            "Café Ejemplar de Tarrazú S.A.",
            trade_name="Café Ejemplar",
            address=Address("Costado norte del parque", "1-05-01", country=TRAITS.code),
            email="ventas@cafe.example",
            phone="506 2222 3333",
            extra={"activity": "107903"},
        ),
        "CPJ-3-101-999888",
        (
            ("api_user", "cpj-3-101-999888@stag.comprobanteselectronicos.example"),
            ("api_password", "invento-de-prueba"),
        ),
        RANGES,
    ),
    printed,
    first_act,
    Answer(
        BUYER,
        ReceptionKind.ACCEPTED,
        "la acepta por completo",
        extra={"tax_condition": "01"},
    ),
)
