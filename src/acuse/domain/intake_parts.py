"""The parts of the document format: client, items, payment."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal

from acuse.domain import intake_contact
from acuse.domain.document import (
    Charge,
    Discount,
    Instalment,
    Line,
    Payment,
    PaymentForm,
    Period,
    Prepayment,
    Reference,
    Tax,
)
from acuse.domain.intake_fields import Fields
from acuse.domain.intake_own import own_fields
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import ZERO
from acuse.domain.party import Address, Customer, TaxId, Wish
from acuse.domain.traits import Lines, Scope, Traits

MOST_ITEMS, MOST_TAXES, MOST_INSTALMENTS = 1000, 10, 240
MOST_PREPAYMENTS, MOST_REFERENCES = 20, 50
MOST_ADJUSTMENTS, MOST_COMPONENTS = 20, 50
HUNDRED, ONE = Decimal(100), Decimal(1)

FORMS = {form.value: form for form in PaymentForm}
# The general words for a means of payment; each country gives them its own codes.
METHODS = {
    word: word for word in ("CASH", "CARD", "CHECK", "TRANSFER", "THIRD_PARTY", "SINPE", "PLATFORM")
} | {"CREDIT_CARD": "CARD", "DEBIT_CARD": "CARD", "CHEQUE": "CHECK"}


def client(
    fields: Fields, traits: Traits, *, rehearsal: bool, own: Collection[str] = ()
) -> Customer:
    """The other party; the company's `own` addresses are asked about."""
    identity = fields.child("identificationObject", required=True)
    kinds = {kind.key: kind.key for kind in traits.tax_ids}
    tax_id = TaxId("", "")
    if identity:
        if not identity.given("type"):
            identity.wrong("type", "1", f"Falta «type»: uno de {', '.join(kinds)}.")
        kind = identity.choice("type", kinds, "")
        tax_id = TaxId(kind, identity.text("number", 30, required=True))
        identity.finish()
    settings = fields.child("settings")
    wanted = True
    if settings:
        wanted = settings.flag("sendElectronicDocuments", True)
        settings.finish()
    customer = Customer(
        tax_id=tax_id,
        name=fields.text("name", 1500, required=True),
        address=address(fields.child("address")),
        phone=fields.text("phonePrimary", 40),
        wish=Wish.AS_COMPANY if wanted else Wish.NEVER,
        extra=own_fields(fields, Scope.CUSTOMER, traits),
    ).reached_at(intake_contact.addresses(fields, traits, rehearsal=rehearsal, own=own) or ())
    fields.finish()
    return customer


def address(fields: Fields | None) -> Address | None:
    """A postal address, None where none is given."""
    if fields is None:
        return None
    found = Address(
        line=fields.text("address", 500, required=True),
        place=fields.text("place", 20),
        district=fields.text("district", 100),
        city=fields.text("city", 100),
        region=fields.text("department", 100),
        country=fields.text("country", 2),
    )
    fields.finish()
    return found


def item(fields: Fields, traits: Traits, kind: DocumentKind, *, inside: bool = False) -> Line:
    """One line of a document of that kind; what its lines do not have may be left out.

    `inside` a bundle nothing is a bundle.
    """
    told = traits.kind(kind)
    lines = told.lines if told else Lines.SALES
    code, reference = fields.text("code", 60), fields.text("reference", 60)
    if code and reference and code != reference:
        fields.wrong("reference", "14", "Hay «code» y «reference» distintos. Deja uno.")
    quantity = fields.figure("quantity", required=lines is not Lines.PAYMENTS)
    price = fields.figure("price", required=lines is not Lines.GOODS)
    if quantity is None and lines is Lines.PAYMENTS and not fields.given("quantity"):
        quantity = ONE
    line = Line(
        description=fields.text("name", 3000, required=True, lines=True),
        quantity=ZERO if quantity is None else quantity,
        price=ZERO if price is None else price,
        unit=fields.text("unit", 20),
        code=code or reference,
        taxes=tuple(tax(one, traits) for one in fields.children("tax", MOST_TAXES)),
        discounts=discounts(fields, "discount"),
        charges=charges(fields),
        extra=own_fields(fields, Scope.LINE, traits, kind),
        components=() if inside else _components(fields, traits, kind),
    )
    fields.finish()
    return line


def _components(fields: Fields, traits: Traits, kind: DocumentKind) -> tuple[Line, ...]:
    """What a bundle holds: items like any other, but none of them a bundle."""
    told = fields.children("components", MOST_COMPONENTS)
    return tuple(item(one, traits, kind, inside=True) for one in told)


def tax(fields: Fields, traits: Traits) -> Tax:
    """A tax of a line; without a code, the country's usual one."""
    codes = {code: code for code, _, _ in traits.taxes}
    usual = traits.taxes[0][0] if traits.taxes else ""
    code = fields.choice("code", codes, usual)
    per_unit = fields.figure("perUnit", least=ZERO)
    percent = fields.figure("percentage", required=per_unit is None, least=ZERO)
    fields.finish()
    return Tax(code, ZERO if percent is None else percent, per_unit)


Told = tuple[Decimal | None, Decimal | None, str]  # amount, percentage, reason


def discounts(fields: Fields, key: str) -> tuple[Discount, ...]:
    """Discounts: a percentage as a bare number, an object with `amount` or `percent`, or several.

    Of several each is figured on what the former left.
    """
    return tuple(Discount(*one) for one in _adjustments(fields, key, "El descuento"))


def charges(fields: Fields) -> tuple[Charge, ...]:
    """Charges, written like discounts."""
    return tuple(Charge(*one) for one in _adjustments(fields, "charge", "El cargo"))


def _adjustments(fields: Fields, key: str, name: str) -> Iterator[Told]:
    """What is given of a field: nothing, one, or a list of objects."""
    raw = fields.take(key)
    if raw is None or raw == "":
        return
    if isinstance(raw, list):
        for inner in fields.children(key, MOST_ADJUSTMENTS):
            yield _adjusted(inner, name)
    elif isinstance(raw, Mapping):
        one = fields.child(key)
        assert one is not None
        yield _adjusted(one, name)
    else:
        percent = fields.figure(key, least=ZERO)
        if percent is not None and percent > HUNDRED:
            told = f"{name} es {percent} % y no puede pasar de 100 %."
            fields.wrong(key, "4", told + ' Si es un monto, escribe {"amount": …}.')
        if percent:
            yield None, percent, ""


def _adjusted(inner: Fields, name: str) -> Told:
    """One discount or charge that is an object."""
    amount, percent = inner.figure("amount", least=ZERO), inner.figure("percent", least=ZERO)
    if percent is not None and percent > HUNDRED:
        inner.wrong("percent", "4", f"{name} es {percent} % y no puede pasar de 100 %.")
    reason = inner.text("reason", 200)
    if inner.given("amount") == inner.given("percent"):
        inner.wrong("amount", "13", f"{name} lleva «amount» o «percent»: uno de los dos.")
    inner.finish()
    return amount, percent, reason


def prepayments(fields: Fields) -> tuple[Prepayment, ...]:
    """Money received before."""
    found = []
    for one in fields.children("prepayments", MOST_PREPAYMENTS):
        amount = one.figure("amount", required=True, least=ZERO)
        received = one.day("date", required=True)
        reference = one.text("reference", 150)
        one.finish()
        if amount is not None and received is not None:
            found.append(Prepayment(amount, received, reference))
    return tuple(found)


def references(fields: Fields, kinds: Mapping[str, DocumentKind]) -> tuple[Reference, ...]:
    """The documents that this one corrects or hangs from."""
    found = []
    for one in fields.children("references", MOST_REFERENCES):
        number, day = one.text("number", 60, required=True), one.day("date", required=True)
        choices: Mapping[str, DocumentKind | None] = kinds
        reference = Reference(
            number=number,
            date=day or date.min,
            fiscal_id=one.text("fiscalId", 128),
            kind=one.choice("kind", choices, None),
            reason_code=one.text("reasonCode", 10),
            reason=one.text("reason", 500),
        )
        one.finish()
        found.append(reference)
    return tuple(found)


def period(fields: Fields) -> Period | None:
    """The days that a note without a reference stands for."""
    inner = fields.child("period")
    if inner is None:
        return None
    start, end = inner.day("start", required=True), inner.day("end", required=True)
    inner.finish()
    if start is None or end is None:
        return None
    if end < start:
        inner.wrong("end", "5", f"El periodo termina el {end}, antes de empezar. Corrígelo.")
    return Period(start, end)


def payment(fields: Fields) -> Payment:
    """How the customer pays."""
    instalments = []
    for one in fields.children("instalments", MOST_INSTALMENTS):
        due = one.day("dueDate", required=True)
        amount = one.figure("amount", required=True, least=ZERO)
        one.finish()
        if due is not None and amount is not None:
            instalments.append(Instalment(due, amount))
    return Payment(
        form=fields.choice("paymentForm", FORMS, PaymentForm.CASH),
        method=fields.choice("paymentMethod", METHODS, "CASH"),
        due=fields.day("dueDate"),
        instalments=tuple(instalments),
    )
