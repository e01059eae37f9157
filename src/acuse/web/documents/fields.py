"""The fields of a document's form, drawn from what the jurisdiction declares of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from acuse.domain.kinds import DocumentKind
from acuse.domain.parts import Part
from acuse.domain.party import Company
from acuse.domain.traits import KindTraits, Lines, Role, Scope, Traits
from acuse.web.inputs import Filled, Input, offered

FORMS = (("CASH", "Contado"), ("CREDIT", "Crédito"))
METHODS = (
    ("CASH", "Efectivo"),
    ("TRANSFER", "Transferencia"),
    ("CARD", "Tarjeta"),
    ("CHECK", "Cheque"),
)
OTHER_METHODS = {
    "THIRD_PARTY": "Recaudado por terceros",
    "SINPE": "Pago móvil",
    "PLATFORM": "Plataforma digital",
}
INCLUDED = (("", "No: se suman a lo que escribes"), ("true", "Sí: lo que escribes se cobra"))
NOBODY = "nobody"  # the choice of whoever gave no name
ADJUSTED = "Un monto, o un porcentaje con su signo: 500 o 10%."


@dataclass(frozen=True, slots=True)
class Folded:
    """Fields that few documents need: open where one of them is filled in or wrong."""

    inputs: tuple[Input, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Party:
    """The other party: who it is among the contacts, or a new one."""

    title: str
    choice: Input
    new: tuple[Input, ...]
    more: Folded


def folded(inputs: tuple[Input, ...], defaults: Mapping[str, str] | None = None) -> Folded:
    """These fields under one fold."""
    usual = defaults or {}
    told = any(one.error or one.value != usual.get(one.name, "") for one in inputs)
    return Folded(inputs, told)


def kinds(company: Company, traits: Traits, kind: KindTraits) -> Input:
    """The choice of the kind of document; each says where it has no numbering yet."""
    numbered = {one.kind for one in company.ranges}
    choices = tuple(
        (one.kind.value, one.name + ("" if one.kind in numbered else " · sin numeración"))
        for one in traits.kinds
    )
    return Input("kind", "Tipo de documento", kind.kind.value, choices=choices)


def party(
    values: Mapping[str, str],
    errors: Mapping[str, str],
    traits: Traits,
    kind: KindTraits,
    contacts: tuple[tuple[int, str, bool], ...],
) -> Party:
    """The choice among the contacts, and the fields of a new one."""
    title = kind.party or ("Vendedor" if kind.role is Role.SELLER else "Cliente")
    known = tuple(
        (str(pk), f"{words}{'' if has_email else ' · sin correo'}")
        for pk, words, has_email in contacts
    )
    if kind.kind is DocumentKind.RECEIPT and traits.nobody:
        known = ((NOBODY, f"Sin datos: {traits.nobody[0].name}"), *known)
    chosen = values.get("client", known[0][0] if known else "new")
    choices = (*known, ("new", f"+ {title} nuevo"))
    choice = Input("client", title, chosen, choices=choices, shows="client")
    identities = tuple((one.key, one.label) for one in traits.tax_ids)
    form = Filled(values, errors)
    more = (
        form.input("client-address", "Dirección"),
        form.input("client-place", traits.words.place),
        form.input("client-phone", "Teléfono"),
        *form.own(traits.own(Scope.CUSTOMER), "client-extra-"),
    )
    return Party(
        title,
        choice,
        (
            form.input("client-type", "Identificación", choices=identities),
            form.input("client-number", "Número", required=True),
            form.input("client-name", "Nombre o razón social", required=True),
            form.input(
                "client-email",
                "Correo",
                help="Sin correo el documento se emite y el envío queda retenido.",
            ),
            Input("client-email-seen", "", values.get("client-email", ""), type="hidden"),
        ),
        folded(more),
    )


def terms(
    values: Mapping[str, str], errors: Mapping[str, str], traits: Traits, kind: KindTraits
) -> tuple[Input, ...]:
    """How it is paid, in what, and what is noted; only the last of what is no sale."""
    form = Filled(values, errors)
    note = form.input("anotation", "Nota para el cliente", type="textarea")
    if kind.lines is not Lines.SALES:
        return (note,)
    currencies = tuple((code, code) for code in traits.currencies)
    method = values.get("payment_method", "CASH")
    included = form.input("prices_with_tax", "Impuestos incluidos", choices=INCLUDED)
    return (
        *((included,) if Part.TAX_INCLUDED in traits.parts else ()),
        form.input("payment_form", "Forma de pago", "CASH", choices=FORMS),
        form.input(
            "payment_method",
            "Medio de pago",
            "CASH",
            choices=offered(METHODS, method, OTHER_METHODS.get(method, "")),
        ),
        form.input("due_date", "Vencimiento", type="date", help="Solo a crédito."),
        form.input("currency", "Moneda", traits.currency, choices=currencies),
        form.input("exchange_rate", "Tipo de cambio", help=f"Solo si no es en {traits.currency}."),
        note,
    )


def references(
    values: Mapping[str, str], errors: Mapping[str, str], traits: Traits, kind: KindTraits
) -> tuple[tuple[Input, ...], ...]:
    """The documents that it corrects or hangs from, and why; nothing where it has none."""
    if not (kind.corrects or kind.refers):
        return ()
    form = Filled(values, errors)
    named = {one.kind: one.name for one in traits.kinds}
    corrected = tuple((one.value, named[one]) for one in kind.corrects if one in named)
    if kind.refers:
        corrected = (("", "Otro documento"), *((one.value, named[one]) for one in named))
    reasons = (("", "Elige el motivo"), *kind.reasons)

    def one(index: int) -> tuple[Input, ...]:
        of = f"references-{index}-"
        code = values.get(f"{of}reasonCode", "")
        return (
            form.input(f"{of}kind", "Tipo", choices=corrected),
            form.input(f"{of}number", "Número", help="Como está impreso."),
            form.input(f"{of}date", "Fecha", type="date"),
            form.input(f"{of}fiscalId", traits.words.fiscal_id),
            form.input(f"{of}reasonCode", "Motivo", choices=offered(reasons, code)),
            form.input(f"{of}reason", "Explicación"),
        )

    return tuple(one(index) for index in range(max(count(values, "references"), 1)))


def refers(values: Mapping[str, str]) -> bool:
    """Whether something is said (or wrong) about a document referred to."""
    return any(value for name, value in values.items() if name.startswith("references"))


def more(
    values: Mapping[str, str],
    errors: Mapping[str, str],
    traits: Traits,
    kind: KindTraits,
    company: Company,
    *,
    numbered: bool,
) -> Folded:
    """What few documents need, and what only this country knows of one."""
    form = Filled(values, errors)
    own = traits.own(Scope.DOCUMENT, kind.kind) if kind.lines is Lines.SALES else ()
    when = "Vacía, el día en que se emita."
    inputs = [form.input("date", "Fecha del documento", type="date", help=when)]
    if not numbered:
        inputs.append(_series(form, traits, kind, company))
    if kind.lines is Lines.SALES:
        inputs += _adjustments(form, traits)
    if Part.PERIOD in traits.parts and kind.corrects:
        only = "Solo si la nota no corrige un documento en particular."
        inputs.append(form.input("period-start", "Periodo, desde", type="date", help=only))
        inputs.append(form.input("period-end", "Periodo, hasta", type="date"))
    inputs += form.own(own)
    mine = "Solo la ves tú: no se imprime ni se envía."
    inputs.append(form.input("observations", "Observación interna", type="textarea", help=mine))
    defaults = {f"extra-{spec.name}": spec.default for spec in own}
    return folded(tuple(inputs), defaults)


@dataclass(frozen=True, slots=True)
class Own:
    """The country's own fields of what is no sale: they are what such a document is about."""

    inputs: tuple[Input, ...]
    rare: Folded


def own(
    values: Mapping[str, str], errors: Mapping[str, str], traits: Traits, kind: KindTraits
) -> Own | None:
    """Those fields, rare ones folded; None for a sale."""
    if kind.lines is Lines.SALES:
        return None
    form, specs = Filled(values, errors), traits.own(Scope.DOCUMENT, kind.kind)
    rare = tuple(spec for spec in specs if spec.rare)
    defaults = {f"extra-{spec.name}": spec.default for spec in rare}
    usual = form.own(spec for spec in specs if not spec.rare)
    return Own(usual, folded(form.own(rare), defaults))


def _adjustments(form: Filled, traits: Traits) -> tuple[Input, ...]:
    """What the whole of a sale may have."""
    usual = (
        form.input("purchase_order", "Orden de compra"),
        form.input("discount", "Descuento al total", help=ADJUSTED),
        form.input("discount_reason", "Motivo del descuento"),
    )
    if Part.CHARGES not in traits.parts:
        return usual
    return (
        *usual,
        form.input("charge", "Cargo al total", help=ADJUSTED),
        form.input("charge_reason", "Motivo del cargo"),
    )


def prepayments(
    values: Mapping[str, str], errors: Mapping[str, str], traits: Traits, kind: KindTraits
) -> tuple[tuple[Input, ...], ...]:
    """Money received before, with room for one more; nothing where it is not served."""
    if Part.PREPAYMENTS not in traits.parts or kind.lines is not Lines.SALES:
        return ()
    form = Filled(values, errors)
    return tuple(
        (
            form.input(f"prepayments-{index}-amount", "Anticipo recibido"),
            form.input(f"prepayments-{index}-date", "Fecha en que se recibió", type="date"),
            form.input(f"prepayments-{index}-reference", "Referencia"),
        )
        for index in range(count(values, "prepayments") + 1)
    )


def count(values: Mapping[str, str], part: str) -> int:
    """How many rows of a part are filled in: up to the last one that says anything."""
    told = {
        int(name.split("-")[1])
        for name, value in values.items()
        if name.startswith(f"{part}-") and value.strip() and name.split("-")[1].isdigit()
    }
    return min(max(told, default=-1) + 1, 50)


def _series(form: Filled, traits: Traits, kind: KindTraits, company: Company) -> Input:
    series = dict.fromkeys(one.series for one in company.ranges if one.kind is kind.kind)
    choices = (("", "La usual"), *((one, one) for one in series))
    chosen = form.values.get("series", "")
    return form.input("series", traits.words.numbering, choices=offered(choices, chosen))
