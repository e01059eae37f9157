"""The fields of the new-invoice form, drawn from what the jurisdiction declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from acuse.domain.jurisdiction import Scope, Traits
from acuse.web.inputs import Input, from_spec

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

    def field(name: str, label: str, default: str = "", **more: object) -> Input:
        full = f"items-{index}-{name}"
        value = values.get(full, default)
        return Input(full, label, value, errors.get(full, ""), **more)  # type: ignore[arg-type]

    taxes = tuple((f"{code}|{percent}", words) for code, percent, words in traits.taxes)
    return LineInputs(
        index,
        (
            field("name", "Producto o servicio", required=True),
            field("quantity", "Cantidad", "1"),
            field("unit", "Unidad", traits.units[0][0], choices=traits.units),
            field("price", "Precio sin impuesto", required=True),
            field("discount", "Desc. %"),
            field("tax", "Impuesto", taxes[0][0], choices=taxes),
        ),
        tuple(
            from_spec(spec, name, values, errors.get(name, ""))
            for spec in traits.fields
            if spec.scope is Scope.LINE
            for name in [f"items-{index}-extra-{spec.name}"]
        ),
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

    def field(name: str, label: str, **more: object) -> Input:
        return Input(name, label, values.get(name, ""), errors.get(name, ""), **more)  # type: ignore[arg-type]

    return choice, (
        field("client-type", "Identificación", choices=kinds),
        field("client-number", "Número", required=True),
        field("client-name", "Nombre o razón social", required=True),
        field(
            "client-email",
            "Correo",
            help="Sin correo la factura se emite y el envío queda retenido.",
        ),
    )


def terms(
    values: Mapping[str, str], errors: Mapping[str, str], traits: Traits
) -> tuple[Input, ...]:
    """How it is paid, in what, and what is noted."""

    def field(name: str, label: str, default: str = "", **more: object) -> Input:
        return Input(name, label, values.get(name, default), errors.get(name, ""), **more)  # type: ignore[arg-type]

    currencies = tuple((code, code) for code in traits.currencies)
    return (
        field(
            "payment_form",
            "Forma de pago",
            "CASH",
            choices=(("CASH", "Contado"), ("CREDIT", "Crédito")),
        ),
        field("payment_method", "Medio de pago", "CASH", choices=METHODS),
        field("due_date", "Vencimiento", type="date", help="Solo a crédito."),
        field("currency", "Moneda", traits.currency, choices=currencies),
        field("exchange_rate", "Tipo de cambio", help=f"Solo si no es en {traits.currency}."),
        field("anotation", "Nota para el cliente", type="textarea"),
    )
