"""The company's own verbs: its switch, its data, its keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction

from acuse import jurisdictions
from acuse.domain.activity import SYSTEM, Event, EventKind
from acuse.domain.delivery import DeliveryEvent, Reason
from acuse.domain.numbering import NumberingRange
from acuse.domain.party import Company, Customer
from acuse.domain.problem import Blocked, Problem
from acuse.flow import contact_identity, outside, public_pages, release
from acuse.store import activity, channels, companies, customers, deliveries, holds

HTTPS = re.compile(r"https://[A-Za-z0-9][A-Za-z0-9.-]{1,250}(?::[0-9]{1,5})?/[!-~]{0,300}")


def create(company: Company, *, by: str, at: datetime) -> int:
    """The id of the new company."""
    with transaction.atomic():
        company_id = companies.create(company, at=at)
        activity.record(company_id, None, Event(at, EventKind.COMPANY_CREATED, by))
    return company_id


def set_automatic_delivery(company_id: int, on: bool, *, by: str, at: datetime) -> bool:
    """Whether the switch changed. Raises Blocked where the law keeps it on (design.md 1.5.3).

    Turning it on mails nothing of the past; turning it off holds what has not begun.
    """
    with transaction.atomic():
        companies.lock(company_id)
        company = companies.load(company_id)
        law = jurisdictions.find(company.jurisdiction).traits.automatic_delivery_by_law
        if law and company.electronic_invoicing and not on:
            raise Blocked([_by_law(law)])
        if not companies.set_switch(company_id, on):
            return False
        kind = EventKind.SWITCH_TURNED_ON if on else EventKind.SWITCH_TURNED_OFF
        activity.record(company_id, None, Event(at, kind, by))
        if not on:
            _hold_not_begun(company_id, by, at)
    return True


def set_counts_opens(company_id: int, on: bool, *, by: str, at: datetime) -> bool:
    """Whether it changed that mails made from now on carry an image that tells of their opening.

    Raises Blocked where the installation has no public pages: the image would have no address.
    """
    with transaction.atomic():
        if on and not public_pages.base(companies.environment(company_id)):
            raise Blocked([public_pages.none_offered("countsOpens")])
        if not companies.set_counts_opens(company_id, on):
            return False
        kind = EventKind.OPENS_TURNED_ON if on else EventKind.OPENS_TURNED_OFF
        activity.record(company_id, None, Event(at, kind, by))
    return True


def set_switches(
    company_id: int,
    *,
    automatic_delivery: bool | None = None,
    counts_opens: bool | None = None,
    by: str,
    at: datetime,
) -> None:
    """Set each that is not None, all or none; raises Blocked as each does."""
    with transaction.atomic():
        if automatic_delivery is not None:
            set_automatic_delivery(company_id, automatic_delivery, by=by, at=at)
        if counts_opens is not None:
            set_counts_opens(company_id, counts_opens, by=by, at=at)


def _hold_not_begun(company_id: int, by: str, at: datetime) -> None:
    """Hold what is open and not begun, and what waits: neither leaves by itself now."""
    waiting = holds.leaving_by_themselves(company_id)
    for held in (*holds.not_begun(company_id), *waiting):
        if deliveries.move(held, DeliveryEvent.SWITCH_TURNED_OFF, reason=Reason.SWITCH_OFF, at=at):
            facts = {"reason": Reason.SWITCH_OFF.value}
            event = Event(at, EventKind.DELIVERY_HELD, by, facts)
            activity.record(company_id, held.document_id, event)


def enable_electronic_invoicing(company_id: int, *, by: str, at: datetime) -> bool:
    """Whether it was enabled now; where the law says so, that turns the switch on by itself."""
    with transaction.atomic():
        if not companies.set_electronic(company_id):
            return False
        company = companies.load(company_id)
        law = jurisdictions.find(company.jurisdiction).traits.automatic_delivery_by_law
        if law and companies.set_switch(company_id, True):
            event = Event(at, EventKind.SWITCH_TURNED_ON, SYSTEM, {"law": law})
            activity.record(company_id, None, event)
    return True


def save(company: Company, *, by: str, at: datetime) -> None:
    """Keep the company's data; mail that waited for them leaves."""
    with transaction.atomic():
        companies.save(company)
        activity.record(company.id, None, Event(at, EventKind.COMPANY_EDITED, by))
    release.release(company.id, at=at)


def set_endpoint(company_id: int, name: str, url: str, *, by: str, at: datetime) -> None:
    """Send the company's documents of that service to another address; "" for the usual one.

    Raises Blocked for a service that the country does not have, and for what is no https address.
    """
    with transaction.atomic():
        companies.lock(company_id)
        company = companies.load(company_id)
        services = dict(jurisdictions.find(company.jurisdiction).traits.services)
        if name not in services:
            raise Blocked([_no_service(name, services)])
        if url and not HTTPS.fullmatch(url):
            raise Blocked([_no_address(url)])
        kept = {one: told for one, told in company.endpoints.items() if one != name}
        if url:
            kept[name] = url
        companies.save(replace(company, endpoints=kept))
        facts = {"endpoint": name, "url": url}
        activity.record(company_id, None, Event(at, EventKind.COMPANY_EDITED, by, facts))


def save_customer(
    company_id: int, customer_id: int | None, customer: Customer, *, by: str, at: datetime
) -> int:
    """The id of the saved contact; mail that waited for its address leaves.

    Raises Blocked where its identity is new and cannot be one, or is another contact's.
    """
    try:
        with transaction.atomic():
            known = customers.load(company_id, customer_id).tax_id if customer_id else None
            company = companies.load(company_id)
            tax_id = contact_identity.settled(company, customer.tax_id, known=known)
            customer = replace(customer, tax_id=tax_id)
            saved = customers.save(company_id, customer_id, customer, at=at)
            facts = {"customer": saved}
            activity.record(company_id, None, Event(at, EventKind.CUSTOMER_EDITED, by, facts))
    except IntegrityError as twice:
        if customers.SAME_IDENTITY not in str(twice):
            raise
        raise Blocked([_contact_known()]) from twice
    release.release(company_id, at=at)
    return saved


def store_certificate(
    company_id: int, content: bytes, password: str, *, by: str, at: datetime
) -> None:
    """Keep the uploaded .p12 as the company's certificate, its key wrapped, its password not kept.

    Raises Blocked where the file does not open, is expired, or is another holder's; the working
    certificate then stays.
    """
    company = companies.load(company_id)
    opened = outside.open_certificate(company_id, content, password)
    problem = _certificate_problem(company, opened.facts.holder_ids, opened.facts.valid_until, at)
    if problem:
        raise Blocked([problem])
    with transaction.atomic():
        companies.store_certificate(
            company_id, opened.facts, opened.certificate, opened.wrapped_key, at=at
        )
        facts = {"subject": opened.facts.subject, "until": opened.facts.valid_until.isoformat()}
        activity.record(company_id, None, Event(at, EventKind.CERTIFICATE_STORED, by, facts))


def set_secret(company_id: int, name: str, value: str, *, by: str, at: datetime) -> None:
    """Keep a credential, wrapped; a channel that was stopped for the old one opens again.

    What the old one had been given to enter with is forgotten.

    Raises Blocked for one that cannot be right: once wrapped, nobody sees it any more.
    """
    country = jurisdictions.find(companies.load(company_id).jurisdiction)
    problems = country.secret_problems(name, value)
    if problems:
        raise Blocked(problems)
    with transaction.atomic():
        companies.set_secret(company_id, name, outside.wrap_secret(company_id, name, value))
        channels.forget_notes(company_id, (*country.traits.tokens, outside.LOGIN_PAUSED))
    resume(company_id, by=by, at=at)


def resume(company_id: int, *, by: str, at: datetime) -> bool:
    """Whether the company's stopped channel to the authority is open again."""
    with transaction.atomic():
        resumed = channels.resume(company_id)
        if resumed:
            activity.record(company_id, None, Event(at, EventKind.CHANNEL_RESUMED, by))
    return resumed


def add_range(company_id: int, added: NumberingRange) -> int:
    """The id of the new counter."""
    with transaction.atomic():
        return companies.add_range(company_id, added)


def _certificate_problem(
    company: Company, holder_ids: tuple[str, ...], valid_until: datetime, at: datetime
) -> Problem | None:
    if valid_until <= at:
        text = f"El certificado venció el {valid_until:%d/%m/%Y}. Pide uno nuevo y súbelo."
        return Problem("certificate", "XX-CRT-2", text)
    ours = "".join(filter(str.isalnum, company.tax_id.number)).upper()
    if ours not in holder_ids:
        named = ", ".join(holder_ids) or "ninguna identificación"
        text = (
            f"El certificado es de otro titular ({named}); esperábamos {company.tax_id.number}. "
            "Sube el de esta empresa."
        )
        return Problem("certificate", "XX-CRT-3", text)
    return None


def _contact_known() -> Problem:
    return Problem(
        "identificationObject.number",
        "XX-CUS-1",
        "Ya tienes un contacto con esa identificación. Edita ese.",
    )


def _no_service(name: str, services: Mapping[str, str]) -> Problem:
    known = ", ".join(services) or "ninguno"
    text = f"No hay un servicio «{name}» que se pueda cambiar aquí. Los hay: {known}."
    return Problem("endpoint", "XX-END-1", text)


def _no_address(url: str) -> Problem:
    text = f"«{url[:80]}» no es una dirección https completa, como https://ose.ejemplo.com/ol/bill."
    return Problem("endpoint", "XX-END-2", text)


def _by_law(law: str) -> Problem:
    return Problem(
        "automaticDelivery",
        "XX-SWI-1",
        f"El envío automático no se puede apagar: {law}.",
        rule=law,
    )
