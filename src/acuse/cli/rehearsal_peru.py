"""The rehearsal's Peruvian documents: facturas, boletas by themselves and by summary, a guía."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from acuse.cli.rehearsal_scenes import LOST_ANSWER, Act, Role, Scene, company
from acuse.domain.document import Discount, Document, Instalment, Line, Payment, PaymentForm, Tax
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number, NumberingRange
from acuse.domain.party import Address, Customer, TaxId
from acuse.jurisdictions.pe import ids
from acuse.jurisdictions.pe.traits import TRAITS

IGV = (Tax("IGV", Decimal(18)),)
TEN_PERCENT = (Discount(percent=Decimal(10)),)
SUMMARY_SERIES = "B002"
_K = DocumentKind
RANGES = tuple(
    NumberingRange(0, kind, series, 1, ids.LARGEST_NUMBER, 1)
    for kind, series in (
        (_K.INVOICE, "F001"),
        (_K.RECEIPT, "B001"),
        (_K.RECEIPT, SUMMARY_SERIES),
        (_K.CREDIT_NOTE, "FC01"),
        (_K.CREDIT_NOTE, "BC01"),
        (_K.DESPATCH, "T001"),
        (_K.RETENTION, "R001"),
    )
)
# Boletas of one series go in the day's summary; a lost CDR may be settled by SUNAT's register.
SENDING = {"summary_hour": 0, "summary_series": SUMMARY_SERIES, "register_settles": True}
SECRETS = (
    ("sol_user", "MODDATOS"),
    ("sol_password", "moddatos"),
    ("gre_client_id", "guias-inventadas"),
    ("gre_client_secret", "invento"),
    ("register_client_id", "consultas-inventadas"),
    ("register_client_secret", "invento"),
)


SENT_BACK = {"stage": "dot", "action": "bounce", "text": "550 5.1.1 No existe ese buzon"}


def first_act(run: int, due: date) -> tuple[Scene, ...]:
    """All of them; `run` makes this run's customers new ones."""
    return (*_facturas(run, due), *_boletas(run), _despatch(run))


def _facturas(run: int, due: date) -> tuple[Scene, ...]:
    return (
        Scene(
            "Aceptada: contado, dos productos",
            _factura(
                _company(run, 0, "Bodega La Inventada S.A.C.", "compras@bodega.example"),
                _line("Chompa de alpaca, talla M", 2, "120.00", code="CH-M"),
                _line("Gorro de lana", 5, "25.50", code="GO-1"),
            ),
            expects_mail=True,
        ),
        Scene(
            "Aceptada: crédito en dos cuotas, con descuento",
            _factura(
                _company(run, 1, "Hotel Imaginario E.I.R.L.", "pagos@hotel.example"),
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
                _company(run, 2, "Comercial OBSERVA", "logistica@comercial.example"),
                _line("Poncho tejido a mano", 1, "340.00"),
            ),
            expects_mail=True,
        ),
        Scene(
            "Rechazada por SUNAT, y su copia con otro número",
            _factura(
                _company(run, 3, "Distribuidora RECHAZA 2017", "nadie@distribuidora.example"),
                _line("Manta", 1, "90.00"),
            ),
            expects_mail=False,
            again=_company(run, 6, "Distribuidora del Sur S.A.C.", "pagos@distribuidora.example"),
        ),
        Scene(
            "La respuesta se perdió: se preguntó con getStatusCdr y no se envió dos veces",
            _factura(
                _company(run, 7, "Minera Imaginaria S.A.", "cuentas@minera.example"),
                _line("Casaca acolchada", 40, "95.00"),
            ),
            expects_mail=True,
            replies=(LOST_ANSWER,),
        ),
        Scene(
            "Retenida hasta que el cliente tiene correo",
            _factura(
                _company(run, 4, "Artesanías Sin Correo S.R.L.", ""),
                _line("Bufanda", 3, "45.00"),
            ),
            expects_mail=True,
            add_email="contabilidad@artesanias.example",
        ),
        Scene(
            "Dada de baja: el cliente no tenía correo y no se le había entregado",
            _factura(
                _company(run, 5, "Taller Sin Correo S.A.C.", ""),
                _line("Libro de diseños", 1, "60.00", affectation="20"),
            ),
            expects_mail=False,
            voided="El pedido se duplicó",
        ),
        Scene(
            "El servidor del cliente la tomó y después la devolvió: se corrigió en la bandeja",
            _factura(
                _company(run, 9, "Posada Inventada S.R.L.", f"recepcion{run}@posada.example"),
                _line("Colcha tejida", 6, "150.00"),
            ),
            expects_mail=True,
            mail_faults=(SENT_BACK,),
            corrected="reservas@posada.example",
        ),
    )


def _boletas(run: int) -> tuple[Scene, ...]:
    return (
        Scene(
            "Boleta cuyo CDR se perdió: vale por la palabra del registro de SUNAT, sin constancia",
            _boleta(_person(run, 0, "Rosa Inventada Quispe", "rosa@correo.example"), "B001"),
            expects_mail=True,
            replies=(LOST_ANSWER,),
        ),
        Scene(
            "Boleta del resumen diario: vale con la constancia del resumen",
            _boleta(_person(run, 1, "Julio Inventado Mamani", "julio@correo.example")),
            expects_mail=True,
            gathered=True,
        ),
        Scene(
            "Boleta del resumen diario, anulada después en otro",
            _boleta(_person(run, 2, "Carmen Inventada Flores", "")),
            expects_mail=False,
            gathered=True,
            voided="La clienta devolvió todo",
        ),
    )


def _despatch(run: int) -> Scene:
    place = {"departure_ubigeo": "040101", "departure_address": "Calle Mercaderes 123"}
    return Scene(
        "Guía de remisión: la mercadería sale en vehículo propio",
        Document(
            DocumentKind.DESPATCH,
            _company(run, 8, "Almacenes La Inventada S.A.C.", "almacen@inventada.example"),
            (Line("Cajas de chompas de alpaca", Decimal(10), Decimal(0), "NIU", "CJ-1"),),
            currency="PEN",
            extra={
                **place,
                "reason": "01",
                "mode": "02",
                "weight": Decimal("10.5"),
                "arrival_ubigeo": "150101",
                "arrival_address": "Jr. de la Prueba 456",
                "plate": "ABC123",
                "driver_id": "40112233",
                "driver_names": "ANA",
                "driver_surnames": "SOTO PAZ",
                "driver_licence": "Q40112233",
            },
        ),
        expects_mail=True,
    )


def _factura(customer: Customer, *lines: Line, payment: Payment | None = None) -> Document:
    return Document(
        DocumentKind.INVOICE, customer, lines, currency="PEN", payment=payment or Payment()
    )


def _boleta(customer: Customer, series: str = SUMMARY_SERIES) -> Document:
    lines = (_line("Chompa de algodón", 1, "80.00"), _line("Medias de alpaca", 2, "15.00"))
    number = Number(series, 0)  # the series alone: its counter gives the number
    return Document(DocumentKind.RECEIPT, customer, lines, currency="PEN", number=number)


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


def _company(run: int, ordinal: int, name: str, email: str) -> Customer:
    """An invented customer, another for every run, its RUC with a valid check digit."""
    ten = f"20998{(run * 10 + ordinal) % 100000:05d}"
    ruc = f"{ten}{ids.ruc_check_digit(ten)}"
    address = Address("Av. Inventada 100", "150101", "Lima", "Lima", "Lima", TRAITS.code)
    return Customer(TaxId("RUC", ruc), name, (email,) if email else (), address)


def _person(run: int, ordinal: int, name: str, email: str) -> Customer:
    """An invented buyer, another for every run."""
    dni = f"4{(run * 10 + ordinal) % 10000000:07d}"
    return Customer(TaxId("DNI", dni), name, (email,) if email else ())


ACT = Act(
    "sunat",
    Role(
        company(
            TRAITS,
            TaxId("RUC", "20999888772"),
            "TEJIDOS EL EJEMPLAR S.A.C.",
            trade_name="Tejidos El Ejemplar",
            address=Address(
                "Calle Mercaderes 123", "040101", "Arequipa", "Arequipa", "Arequipa", TRAITS.code
            ),
            email="ventas@tejidos.example",
            phone="51 54 555 0123",
            extra=SENDING,
        ),
        "20999888772",
        SECRETS,
        RANGES,
    ),
    lambda kind, series, number: f"{series}-{number}",
    first_act,
)
