"""A posted invoice form as the documented format: the same reader then serves web, CLI and API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from acuse import jurisdictions
from acuse.domain.document import Document, Instalment, PaymentForm
from acuse.domain.intake import read_document
from acuse.domain.intake import write_document as written
from acuse.domain.jurisdiction import Scope, Traits
from acuse.domain.party import Company, Environment
from acuse.domain.problem import Problem
from acuse.store import customers

MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class Posted:
    """What was posted: values to show again, and the document or its problems."""

    values: Mapping[str, str]
    lines: tuple[int, ...]  # the indexes of the lines in the form, in order
    document: Document | None
    problems: tuple[Problem, ...]


def read(post: Mapping[str, str], company: Company) -> Posted:
    """The posted form, read."""
    traits = jurisdictions.find(company.jurisdiction).traits
    values = dict(post.items())
    lines = line_indexes(values)
    raw = {
        "kind": "INVOICE",
        "client": _client(values, company, traits),
        "items": [_item(values, index, traits) for index in lines],
        **_terms(values, traits),
    }
    rehearsal = company.environment is Environment.SANDBOX
    found = read_document(raw, traits, rehearsal=rehearsal)
    if isinstance(found, tuple):
        return Posted(values, lines, None, found)
    return Posted(values, lines, _with_instalment(found, company), ())


def line_indexes(values: Mapping[str, str]) -> tuple[int, ...]:
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
    if parts[0] == "items" and len(parts) > 2 and int(parts[1]) < len(lines):
        name = "-".join(parts[2:])
        return f"items-{lines[int(parts[1])]}-{LINE_FIELDS.get(name, name)}"
    return FIELDS.get(problem.field, problem.field.replace(".", "-"))


FIELDS = {
    "client.identificationObject.number": "client-number",
    "client.identificationObject.type": "client-type",
    "currency.code": "currency",
    "currency.exchangeRate": "exchange_rate",
    "paymentForm": "payment_form",
    "paymentMethod": "payment_method",
    "dueDate": "due_date",
    "instalments.0.dueDate": "due_date",
    "instalments": "due_date",
}
LINE_FIELDS = {"tax-percentage": "tax", "tax-0-percentage": "tax"}


def _client(values: Mapping[str, str], company: Company, traits: Traits) -> dict[str, Any]:
    """A contact as it stands, or the one that the form describes."""
    chosen = values.get("client", "")
    if chosen.isdigit():
        known = customers.load(company.id, int(chosen))
        document = Document(traits.kinds[0].kind, known, (), traits.currency)
        client: dict[str, Any] = written(document, traits)["client"]
        return client
    return _without_empty(
        {
            "name": values.get("client-name"),
            "identificationObject": {
                "type": values.get("client-type"),
                "number": values.get("client-number", "").strip(),
            },
            "email": values.get("client-email"),
        }
    )


def _item(values: Mapping[str, str], index: int, traits: Traits) -> dict[str, Any]:
    def of(name: str) -> str:
        return values.get(f"items-{index}-{name}", "").strip()

    code, _, percent = of("tax").partition("|")
    extra = {
        spec.name: of(f"extra-{spec.name}")
        for spec in traits.own(Scope.LINE)
        if of(f"extra-{spec.name}")
    }
    return _without_empty(
        {
            "name": of("name"),
            "quantity": figure(of("quantity")),
            "price": figure(of("price")),
            "unit": of("unit"),
            "discount": figure(of("discount")),
            "tax": [{"code": code, "percentage": percent}] if percent else None,
            "extra": extra,
        }
    )


def _terms(values: Mapping[str, str], traits: Traits) -> dict[str, Any]:
    currency = values.get("currency", "") or traits.currency
    rate = figure(values.get("exchange_rate", "").strip())
    credit = values.get("payment_form") == "CREDIT"
    return _without_empty(
        {
            "currency": {"code": currency, **({"exchangeRate": rate} if rate else {})}
            if currency != traits.currency
            else None,
            "paymentForm": "CREDIT" if credit else "CASH",
            "paymentMethod": values.get("payment_method") or "CASH",
            "dueDate": values.get("due_date") if credit else None,
            "anotation": values.get("anotation", "").strip(),
        }
    )


def figure(text: str) -> str:
    """A figure as typed, with a point for decimals: 1.234,56 and 1,234.56 are the same."""
    text = text.replace(" ", "").replace("\u00a0", "")
    if "," in text and "." in text:
        decimal = max(text.rfind(","), text.rfind("."))
        whole = text[:decimal].replace(",", "").replace(".", "")
        return f"{whole}.{text[decimal + 1 :]}"
    return text.replace(",", ".")


def _with_instalment(document: Document, company: Company) -> Document:
    """A credit sale with its one instalment: the whole, when it is due."""
    payment = document.payment
    if payment.form is not PaymentForm.CREDIT or payment.due is None or payment.instalments:
        return document
    total = jurisdictions.find(company.jurisdiction).totals(document).total
    instalments = (Instalment(payment.due, total),)
    return replace(document, payment=replace(payment, instalments=instalments))


def _without_empty(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in raw.items() if value not in (None, "", {}, [])}
