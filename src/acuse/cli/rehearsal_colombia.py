"""The rehearsal's Colombian documents, from the test set on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from acuse.cli.rehearsal_scenes import LOST_ANSWER, Act, Answer, Role, Scene, company
from acuse.domain.document import Document, Line, Payment, PaymentForm, Reference, Tax
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Address, Customer, TaxId
from acuse.domain.received import ReceptionKind, Signatory
from acuse.jurisdictions.co.traits import TRAITS

IVA = (Tax("IVA", Decimal(19)),)

# What the pretended DIAN is told before the company enrols: a set small enough for a
# demonstration, and the range that it will give.
PLAN = {DocumentKind.INVOICE: 2, DocumentKind.CREDIT_NOTE: 1, DocumentKind.DEBIT_NOTE: 1}
ASKED = "2/1/1"
KEY = "0123456789abcdef0123456789abcdef01234567"


def given_range(nit: str) -> dict[str, object]:
    """The numbering that the DIAN gives to the company, as its register takes it."""
    return {
        "resolution": "18764000777",
        "nit": nit,
        "prefix": "FE",
        "first": 1,
        "last": 50_000,
        "valid_from": "2026-01-01",
        "valid_until": "2028-01-01",
        "technical_key": KEY,
    }


def purchase_range(nit: str) -> dict[str, object]:
    """The range of its documentos soporte; the service gives that of invoices only."""
    plain = {key: value for key, value in given_range(nit).items() if key != "technical_key"}
    return plain | {"resolution": "18764000778", "prefix": "DS"}


def first_act(run: int, due: date) -> tuple[Scene, ...]:
    """The documents that stand for themselves; `run` makes this run's customers new ones."""
    return (
        Scene(
            "Aceptada: dos productos, en un ZIP con el contenedor y el PDF",
            _invoice(
                _buyer(run, 0, "Comercial La Inventada S.A.S.", "compras@inventadaco.example"),
                _line("Café de origen, bolsa de 500 g", 12, "24000", code="CAF-500"),
                _line("Filtro de papel, caja", 3, "9500", code="FIL-1"),
            ),
            expects_mail=True,
        ),
        Scene(
            "Aceptada con notificación FAZ09: buena noticia",
            _invoice(
                _buyer(run, 1, "Tienda OBSERVA", "facturas@tiendaco.example"),
                _line("Panela orgánica", 20, "3200"),
            ),
            expects_mail=True,
        ),
        Scene(
            "Rechazada por la DIAN, corregida y enviada otra vez con el mismo número",
            _invoice(
                _buyer(run, 2, "Distribuidora RECHAZA FAK24", "pagos@distribuidoraco.example"),
                _line("Chocolate de mesa", 8, "7800"),
            ),
            expects_mail=True,
            mended=_invoice(
                _buyer(run, 2, "Distribuidora del Valle S.A.S.", "pagos@distribuidoraco.example"),
                _line("Chocolate de mesa", 8, "7800"),
            ),
        ),
        Scene(
            "La respuesta se perdió: se preguntó con GetStatus y no se envió dos veces",
            _invoice(
                _buyer(run, 3, "Hotel Imaginario del Caribe S.A.S.", "cuentas@hotelco.example"),
                _line("Café en grano", 30, "41000"),
                payment=Payment(PaymentForm.CREDIT, "TRANSFER", due),
            ),
            expects_mail=True,
            replies=(LOST_ANSWER,),
        ),
        Scene(
            "Documento soporte: compra a quien no factura, enviado al vendedor",
            Document(
                DocumentKind.PURCHASE,
                _seller(run, "Rosa Inventada", "rosa@vereda.example"),
                (_line("Arriendo de bodega", 1, "850000", taxes=()),),
                currency="COP",
            ),
            expects_mail=True,
        ),
        Scene(
            "A otra empresa, que acusa recibo: el evento llega a la Actividad",
            _invoice(
                Customer(
                    TaxId("NIT", "999000111"),
                    "Compradora de Prueba S.A.S.",
                    ("recepcion@compradora.example",),
                ),
                _line("Café molido, caja", 5, "156000"),
                payment=Payment(PaymentForm.CREDIT, "TRANSFER", due),
            ),
            expects_mail=True,
            answered_by_buyer=True,
        ),
        Scene(
            "Retenida: el comprador no tiene correo y se le entregó impresa",
            _invoice(
                Customer(TaxId("CC", "1099888776"), "Luis Inventado"),
                _line("Taza de barro", 2, "18000"),
            ),
            expects_mail=False,
            handed_over="Luis Inventado",
        ),
    )


def note(corrected: Document, reference: Reference) -> Scene:
    """A credit note over the first line of an accepted invoice."""
    line = corrected.lines[0]
    return Scene(
        "Nota crédito: devolución parcial de la primera factura",
        Document(
            DocumentKind.CREDIT_NOTE,
            corrected.counterparty,
            (_line(line.description, 2, f"{line.price}", code=line.code),),
            currency="COP",
            references=(reference,),
        ),
        expects_mail=True,
    )


def _invoice(customer: Customer, *lines: Line, payment: Payment | None = None) -> Document:
    return Document(
        DocumentKind.INVOICE, customer, lines, currency="COP", payment=payment or Payment()
    )


def _line(
    description: str,
    quantity: int,
    price: str,
    *,
    code: str = "",
    taxes: tuple[Tax, ...] = IVA,
) -> Line:
    return Line(description, Decimal(quantity), Decimal(price), "94", code, taxes)


def _buyer(run: int, ordinal: int, name: str, email: str) -> Customer:
    """An invented company, another for every run; its NIT's check digit is computed."""
    nit = f"9998{(run * 10 + ordinal) % 100000:05d}"
    address = Address("Carrera 7 45 10", "11001", "", "Bogotá, D.C.", "Bogotá", TRAITS.code)
    return Customer(TaxId("NIT", nit), name, (email,), address)


def _seller(run: int, name: str, email: str) -> Customer:
    address = Address("Vereda La Invención", "05001", "", "Medellín", "Antioquia", TRAITS.code)
    return Customer(TaxId("CC", f"1098{run % 1000000:06d}"), name, (email,), address)


_OWN = {
    "organization": "1",
    "regime": "48",
    "responsibilities": "R-99-PN",
    "tax_scheme": "01",
    "activity": "4631",
}

# It buys of the company, and answers what it got.
BUYER = Role(
    company(
        TRAITS,
        TaxId("NIT", "999000111"),
        "Compradora de Prueba S.A.S.",
        address=Address("Carrera 43A 1 50", "05001", "", "Medellín", "Antioquia", TRAITS.code),
        email="recepcion@compradora.example",
        phone="57 604 5550177",
        extra=_OWN | {"software_id": "56f2ae4e-9812-4fad-9255-08fcfcd5ccb1"},
    ),
    "999000111",
    (("software_pin", "13579"),),
)

ACT = Act(
    "dian",
    Role(
        company(
            TRAITS,
            TaxId("NIT", "999888777"),
            "Cafés Ejemplares de Colombia S.A.S.",
            trade_name="Cafés Ejemplares",
            address=Address("Calle 100 10 20", "11001", "", "Bogotá, D.C.", "Bogotá", TRAITS.code),
            email="facturas@cafesco.example",
            phone="57 601 5550134",
            extra=_OWN
            | {
                "software_id": "56f2ae4e-9812-4fad-9255-08fcfcd5ccb0",
                "test_set_id": "0a1b2c3d-0000-4000-8000-00000000c0de",
            },
        ),
        "999888777",
        (("software_pin", "75315"),),
        enrols=True,
    ),
    lambda kind, series, number: f"{series}{number}",
    first_act,
    Answer(
        BUYER,
        ReceptionKind.ACKNOWLEDGED,
        "acusa recibo",
        person=Signatory(TaxId("CC", "52999888"), "Marta", "Inventada", "Compras", "Bodega"),
        told=True,
    ),
)
