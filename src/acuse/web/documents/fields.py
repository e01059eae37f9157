"""The fields of the new-invoice form, drawn from what the jurisdiction declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from acuse.domain.jurisdiction import Scope, Traits
from acuse.web.inputs import Filled, Input

FORMS = (("CASH", "Contado"), ("CREDIT", "Crédito"))
METHODS = (
    ("CASH", "Efectivo"),
    ("TRANSFER", "Transferencia"),
    ("CARD", "Tarjeta"),
    ("CHECK", "Cheque"),
)


@dataclass(frozen=True, slots=True)
class LineInputs:
    """One line: the fields that all countries have, and the country's own."""

    index: int
    common: tuple[Input, ...]
    own: tuple[Input, ...]


def line(
    index: int, values: Mapping[str, str], errors: Mapping[str, str], traits: Traits
) -> LineInputs:
    """The inputs of one line."""
    form, of = Filled(values, errors), f"items-{index}-"
    taxes = tuple((f"{code}|{percent}", words) for code, percent, words in traits.taxes)
    return LineInputs(
        index,
        (
            form.input(f"{of}name", "Producto o servicio", required=True),
            form.input(f"{of}quantity", "Cantidad", "1"),
            form.input(f"{of}unit", "Unidad", traits.units[0][0], choices=traits.units),
            form.input(f"{of}price", "Precio sin impuesto", required=True),
            form.input(f"{of}discount", "Desc. %"),
            form.input(f"{of}tax", "Impuesto", taxes[0][0], choices=taxes),
        ),
        form.own(traits.own(Scope.LINE), f"{of}extra-"),
    )


def client(
    values: Mapping[str, str],
    errors: Mapping[str, str],
    traits: Traits,
    contacts: tuple[tuple[int, str, bool], ...],
) -> tuple[Input, tuple[Input, ...]]:
    """The choice among the contacts, and the fields of a new one."""
    known = tuple(
        (str(pk), f"{words}{'' if has_email else ' · sin correo'}")
        for pk, words, has_email in contacts
    )
    chosen = values.get("client", known[0][0] if known else "new")
    choice = Input(
        "client", "Cliente", chosen, choices=(*known, ("new", "+ Cliente nuevo")), shows="client"
    )
    kinds = tuple((kind.key, kind.label) for kind in traits.tax_ids)
    form = Filled(values, errors)
    return choice, (
        form.input("client-type", "Identificación", choices=kinds),
        form.input("client-number", "Número", required=True),
        form.input("client-name", "Nombre o razón social", required=True),
        form.input(
            "client-email",
            "Correo",
            help="Sin correo la factura se emite y el envío queda retenido.",
        ),
    )


def terms(
    values: Mapping[str, str], errors: Mapping[str, str], traits: Traits
) -> tuple[Input, ...]:
    """How it is paid, in what, and what is noted."""
    form = Filled(values, errors)
    currencies = tuple((code, code) for code in traits.currencies)
    return (
        form.input(
            "payment_form",
            "Forma de pago",
            "CASH",
            choices=FORMS,
        ),
        form.input("payment_method", "Medio de pago", "CASH", choices=METHODS),
        form.input("due_date", "Vencimiento", type="date", help="Solo a crédito."),
        form.input("currency", "Moneda", traits.currency, choices=currencies),
        form.input("exchange_rate", "Tipo de cambio", help=f"Solo si no es en {traits.currency}."),
        form.input("anotation", "Nota para el cliente", type="textarea"),
    )
