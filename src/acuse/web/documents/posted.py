"""A posted document's form as the documented format: the same reader serves web, CLI and API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from acuse import jurisdictions
from acuse.domain.document import Document, Instalment, PaymentForm
from acuse.domain.intake import read_document, write_client
from acuse.domain.intake import write_document as written
from acuse.domain.intake_contact import CONFIRM
from acuse.domain.party import Company, Environment
from acuse.domain.problem import Problem
from acuse.domain.traits import KindTraits, Scope, Traits
from acuse.store import customers, models
from acuse.web.documents import fields, posted_line
from acuse.web.documents.posted_line import adjustment, without_empty
from acuse.web.typed import figure, own

MOST_LINES = 200
AGAIN = "Corrígelo, o envía otra vez si está bien así."
Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Posted:
    """What was posted: values to show again, and the document or its problems."""

    values: Values
    lines: tuple[int, ...]  # the indexes of the lines in the form, in order
    document: Document | None
    problems: tuple[Problem, ...]


def read(post: Values, company: Company, base: Document | None = None) -> Posted:
    """The posted form, read; what the form does not show stays as the draft `base` has it."""
    traits = jurisdictions.find(company.jurisdiction).traits
    values = dict(post.items())
    lines = line_indexes(values)
    kind = kind_of(values, traits, base)
    raw = {
        **_kept(base, traits, kind, values),
        "kind": kind.kind.value,
        "client": _client(values, company, traits),
        "items": [posted_line.item(values, index, traits, kind) for index in lines],
        **_terms(values, traits),
        **_more(values, traits, kind),
        **_notes(values, kind),
    }
    rehearsal = company.environment is Environment.SANDBOX
    found = read_document(raw, traits, rehearsal=rehearsal, own=company.own_emails)
    if isinstance(found, tuple):
        return Posted(values, lines, None, tuple(map(_on_screen, found)))
    if base is not None and base.number is not None and base.number.value:
        found = replace(found, number=base.number)
    return Posted(values, lines, _with_instalment(found, company), ())


def kind_of(values: Values, traits: Traits, base: Document | None = None) -> KindTraits:
    """The kind that the form is of; a draft's is its own for ever."""
    told = base.kind.value if base is not None else values.get("kind", "")
    return next((one for one in traits.kinds if one.kind.value == told), traits.kinds[0])


def line_indexes(values: Values) -> tuple[int, ...]:
    """The lines that the form holds, each named by its index."""
    found = {
        int(name.split("-")[1])
        for name in values
        if name.startswith("items-") and name.split("-")[1].isdigit()
    }
    return tuple(sorted(found)[:MOST_LINES])


def field_of(problem: Problem, lines: tuple[int, ...]) -> str:
    """The form's field that a problem is about, "" where none is."""
    parts = problem.field.split(".")
    if parts[0] == "items" and len(parts) > 2 and parts[1].isdigit() and int(parts[1]) < len(lines):
        return posted_line.field_of(lines[int(parts[1])], parts[2:])
    if parts[0] in ("discount", "charge"):
        return parts[0]
    return FIELDS.get(problem.field, problem.field.replace(".", "-"))


FIELDS = {
    "client": "client",
    "client.identificationObject.number": "client-number",
    "client.identificationObject.type": "client-type",
    "client.phonePrimary": "client-phone",
    "client.address": "client-address",
    "client.address.address": "client-address",
    "client.address.place": "client-place",
    "currency.code": "currency",
    "currency.exchangeRate": "exchange_rate",
    "paymentForm": "payment_form",
    "paymentMethod": "payment_method",
    "dueDate": "due_date",
    "instalments.0.dueDate": "due_date",
    "instalments": "due_date",
    "numberTemplate": "series",
    "numberTemplate.prefix": "series",
    "purchaseOrder": "purchase_order",
    "pricesIncludeTax": "prices_with_tax",
    "references": "references-0-number",
    "period": "period-start",
    "prepayments": "prepayments-0-amount",
    "items": "add-line",
}


def _kept(
    base: Document | None, traits: Traits, kind: KindTraits, values: Values
) -> dict[str, Any]:
    """What the draft says and the form has no field for."""
    if base is None:
        return {}
    names = [] if kind.corrects or kind.refers else ["references"]
    if len(base.payment.instalments) > 1 and values.get("payment_form") == "CREDIT":
        names.append("instalments")
    raw = written(base, traits)
    names += [one for one in ("discount", "charge") if isinstance(raw.get(one), list)]
    return {name: raw[name] for name in names if name in raw}


def _client(values: Values, company: Company, traits: Traits) -> dict[str, Any] | None:
    """A contact as it stands, or the one that the form describes; None for nobody's contact."""
    chosen = values.get("client", "")
    if chosen == fields.NOBODY and traits.nobody:
        return write_client(traits.nobody[0])
    if chosen.isdigit():
        try:
            known = customers.load(company.id, int(chosen))
        except (models.Customer.DoesNotExist, OverflowError):
            return None
        return write_client(known)
    address = without_empty(
        {
            "address": values.get("client-address", "").strip(),
            "place": values.get("client-place", "").strip(),
        }
    )
    return without_empty(
        {
            "name": values.get("client-name"),
            "identificationObject": {
                "type": values.get("client-type"),
                "number": values.get("client-number", "").strip(),
            },
            "email": values.get("client-email"),
            "emailConfirmed": _insisted(values) or None,
            "phonePrimary": values.get("client-phone", "").strip(),
            "address": address,
            "extra": own(
                values, traits.own(Scope.CUSTOMER), "client-extra-", traits.words.decimal_mark
            ),
        }
    )


def _insisted(values: Values) -> bool:
    """Whether the address is sent back as it was seen: whoever was asked stands by it."""
    written = values.get("client-email", "")
    return bool(written) and values.get("client-email-seen") == written


def _on_screen(problem: Problem) -> Problem:
    """The problem as a person at the form mends it."""
    return replace(problem, text=problem.text.replace(CONFIRM, AGAIN))


def _terms(values: Values, traits: Traits) -> dict[str, Any]:
    currency = values.get("currency", "") or traits.currency
    rate = figure(values.get("exchange_rate", "").strip(), traits.words.decimal_mark)
    credit = values.get("payment_form") == "CREDIT"
    return without_empty(
        {
            "currency": {"code": currency, **({"exchangeRate": rate} if rate else {})}
            if currency != traits.currency
            else None,
            "paymentForm": "CREDIT" if credit else "CASH",
            "paymentMethod": values.get("payment_method") or "CASH",
            "dueDate": values.get("due_date") if credit else None,
            "pricesIncludeTax": values.get("prices_with_tax") == "true" or None,
            "anotation": values.get("anotation", "").strip(),
        }
    )


def _more(values: Values, traits: Traits, kind: KindTraits) -> dict[str, Any]:
    def of(name: str) -> str:
        return values.get(name, "").strip()

    mark = traits.words.decimal_mark
    return without_empty(
        {
            "date": of("date"),
            "numberTemplate": {"prefix": of("series")} if of("series") else None,
            "purchaseOrder": of("purchase_order"),
            "observations": of("observations"),
            "discount": adjustment(of("discount"), of("discount_reason"), mark),
            "charge": adjustment(of("charge"), of("charge_reason"), mark),
            "prepayments": _rows(values, "prepayments", ("amount", "date", "reference"), mark),
            "extra": own(values, traits.own(Scope.DOCUMENT, kind.kind), "extra-", mark),
        }
    )


REFERENCE = ("number", "date", "fiscalId", "kind", "reasonCode", "reason")


def _notes(values: Values, kind: KindTraits) -> dict[str, Any]:
    """What it hangs from. A reference of which nothing but its kind is told is none."""
    if not (kind.corrects or kind.refers):
        return {}
    told = [one for one in _rows(values, "references", REFERENCE, "") if set(one) - {"kind"}]
    period = {"start": values.get("period-start"), "end": values.get("period-end")}
    return without_empty({"references": told, "period": without_empty(period)})


def _rows(values: Values, part: str, names: tuple[str, ...], mark: str) -> list[dict[str, Any]]:
    """The filled rows of a part."""
    rows = []
    for index in range(fields.count(values, part)):
        row = {name: values.get(f"{part}-{index}-{name}", "").strip() for name in names}
        if "amount" in row:
            row["amount"] = figure(row["amount"], mark)
        rows.append(without_empty(row))
    return [row for row in rows if row]


def _with_instalment(document: Document, company: Company) -> Document:
    """A credit sale with its one instalment: all that is owed, when it is due."""
    payment = document.payment
    if payment.form is not PaymentForm.CREDIT or payment.due is None or payment.instalments:
        return document
    totals = jurisdictions.find(company.jurisdiction).totals(document)
    owed = totals.total if totals.due is None else totals.due
    instalments = (Instalment(payment.due, owed),)
    return replace(document, payment=replace(payment, instalments=instalments))
