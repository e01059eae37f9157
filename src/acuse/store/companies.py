"""Companies and what hangs from them, as domain values."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F

from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import NumberingRange
from acuse.domain.party import (
    Address,
    CertificateFacts,
    Company,
    Environment,
    TaxId,
)
from acuse.store import codec, models


class StoredCertificate(NamedTuple):
    """The active certificate: DER, and the key that only the signer can open."""

    der: bytes
    wrapped_key: bytes


# One round trip: the company is read for each document, twice.
LOAD = """
SELECT jurisdiction, environment, tax_id_kind, tax_id, legal_name, trade_name, address, email,
    phone, automatic_delivery, electronic_invoicing, counts_opens, endpoints, extra,
    (SELECT json_build_object('subject', subject, 'holder_ids', holder_ids,
            'valid_from', valid_from, 'valid_until', valid_until, 'sha256', sha256)
        FROM store_certificate WHERE company_id = c.id AND active),
    (SELECT coalesce(json_agg(name), '[]') FROM store_secret WHERE company_id = c.id),
    (SELECT coalesce(json_agg(json_build_object('id', id, 'kind', kind, 'series', series,
            'first', first, 'last', last, 'next', next, 'valid_from', valid_from,
            'valid_until', valid_until, 'active', active, 'extra', extra)
            ORDER BY series, first), '[]')
        FROM store_numberingrange WHERE company_id = c.id),
    EXISTS (SELECT FROM store_mailroute
        WHERE (company_id = c.id AND kind <> 'DOMAIN') OR company_id IS NULL)
FROM store_company c WHERE c.id = %s
"""


def load(company_id: int) -> Company:
    """The company with its certificate's facts, the names of its secrets and its ranges."""
    with connection.cursor() as cursor:
        cursor.execute(LOAD, [company_id])
        found = cursor.fetchone()
    if found is None:
        raise models.Company.DoesNotExist(company_id)
    *plain, address, email, phone, switch, electronic, opens = found[:12]
    jurisdiction, environment, tax_id_kind, tax_id, legal_name, trade_name = plain
    place = _parsed(address)
    endpoints, extra, certificate, secrets, ranges, routed = map(_parsed, found[12:])
    return Company(
        id=company_id,
        jurisdiction=jurisdiction,
        environment=Environment(environment),
        tax_id=TaxId(tax_id_kind, tax_id),
        legal_name=legal_name,
        trade_name=trade_name,
        address=codec.load(Address, place) if place else None,
        email=email,
        phone=phone,
        automatic_delivery=switch,
        electronic_invoicing=electronic,
        counts_opens=opens,
        has_mail_route=routed or Environment(environment) is Environment.SANDBOX,
        certificate=codec.load(CertificateFacts, certificate) if certificate else None,
        secrets=frozenset(secrets),
        ranges=tuple(codec.load(NumberingRange, one) for one in ranges),
        endpoints=endpoints,
        extra=codec.load(dict[str, Any], extra),
    )


def _parsed(value: Any) -> Any:
    """A column of JSON, whether the driver parsed it or not."""
    return json.loads(value) if isinstance(value, str) else value


def environment(company_id: int) -> Environment:
    """Where the company's documents and mail go."""
    rows = models.Company.objects.values_list("environment", flat=True)
    return Environment(rows.get(pk=company_id))


def create(company: Company, *, at: datetime) -> int:
    """The id of a new company; its `id` is not looked at. Raises IntegrityError if it exists."""
    row = models.Company(created_at=at)
    _fill(row, company)
    row.save(force_insert=True)
    models.Channel.objects.create(company=row)
    return int(row.pk)


def save(company: Company) -> None:
    """Keep the company's own data; switch, certificate, secrets and ranges have their own verbs."""
    row = models.Company.objects.get(pk=company.id)
    _fill(row, company)
    row.save()


def find(jurisdiction: str, tax_id: str, environment: Environment) -> int | None:
    """The id of the company with that identity, None without one."""
    return (
        models.Company.objects.filter(
            jurisdiction=jurisdiction, tax_id=tax_id, environment=environment.value
        )
        .values_list("id", flat=True)
        .first()
    )


def set_switch(company_id: int, on: bool) -> bool:
    """Turn the automatic delivery on or off; False if it already was so."""
    changed = models.Company.objects.filter(pk=company_id, automatic_delivery=not on)
    return bool(changed.update(automatic_delivery=on))


def set_counts_opens(company_id: int, on: bool) -> bool:
    """Have mails tell that they were opened, or not; False if it already was so."""
    changed = models.Company.objects.filter(pk=company_id, counts_opens=not on)
    return bool(changed.update(counts_opens=on))


def set_electronic(company_id: int) -> bool:
    """Mark electronic invoicing as enabled; False if it already was."""
    changed = models.Company.objects.filter(pk=company_id, electronic_invoicing=False)
    return bool(changed.update(electronic_invoicing=True))


def lock(company_id: int) -> None:
    """Keep others from changing the company's settings until this transaction ends.

    Rows that only name the company are not kept waiting: a worker that holds mails which this
    transaction will lock may finish.
    """
    models.Company.objects.select_for_update(no_key=True).only("id").get(pk=company_id)


def logo(company_id: int) -> bytes | None:
    """The logo's bytes, None without one."""
    kept = models.Company.objects.values_list("logo", flat=True).get(pk=company_id)
    return bytes(kept) if kept else None


def store_certificate(
    company_id: int, facts: CertificateFacts, der: bytes, wrapped_key: bytes, *, at: datetime
) -> None:
    """Make this the active certificate; earlier ones stay for the record."""
    models.Certificate.objects.filter(company_id=company_id, active=True).update(active=False)
    models.Certificate.objects.create(
        company_id=company_id,
        subject=facts.subject,
        holder_ids=list(facts.holder_ids),
        valid_from=facts.valid_from,
        valid_until=facts.valid_until,
        sha256=facts.sha256,
        der=der,
        wrapped_key=wrapped_key,
        stored_at=at,
    )


def certificate(company_id: int) -> StoredCertificate:
    """The active certificate; raises Certificate.DoesNotExist without one."""
    rows = models.Certificate.objects.filter(company_id=company_id, active=True)
    der, wrapped_key = rows.values_list("der", "wrapped_key").get()
    return StoredCertificate(bytes(der), bytes(wrapped_key))


def set_secret(company_id: int, name: str, wrapped: bytes) -> None:
    """Keep a wrapped credential under its name."""
    models.Secret.objects.update_or_create(
        company_id=company_id, name=name, defaults={"wrapped": wrapped}
    )


def secrets(company_id: int) -> dict[str, bytes]:
    """The company's wrapped credentials by name."""
    rows = models.Secret.objects.filter(company_id=company_id).values_list("name", "wrapped")
    return {name: bytes(wrapped) for name, wrapped in rows}


def add_range(company_id: int, added: NumberingRange) -> int:
    """The id of a new counter; raises IntegrityError where the series has one."""
    row = models.NumberingRange.objects.create(
        company_id=company_id,
        kind=added.kind.value,
        series=added.series,
        first=added.first,
        last=added.last,
        next=added.next,
        valid_from=added.valid_from,
        valid_until=added.valid_until,
        active=added.active,
        extra=codec.dump(added.extra),
    )
    return int(row.pk)


def renew_range(range_id: int, told: NumberingRange) -> None:
    """Take the dates, the end and the facts that are told of a known counter; never its next."""
    row = models.NumberingRange.objects.select_for_update().get(pk=range_id)
    row.last = max(told.last, row.next - 1)
    row.valid_from, row.valid_until = told.valid_from, told.valid_until
    row.extra = row.extra | codec.dump(told.extra)
    row.save(update_fields=["last", "valid_from", "valid_until", "extra"])


def set_range_active(company_id: int, range_id: int, active: bool) -> bool:
    """Let a counter of the company number documents, or not; False where it has no such one."""
    rows = models.NumberingRange.objects.filter(company_id=company_id, pk=range_id)
    return bool(rows.update(active=active))


def set_range_kind(company_id: int, range_id: int, kind: DocumentKind) -> bool:
    """Give a counter another kind; False where it gave a number already, or is not there."""
    rows = models.NumberingRange.objects.filter(company_id=company_id, pk=range_id)
    return bool(rows.filter(next=F("first")).update(kind=kind.value))


def share_members(company_id: int, other_id: int) -> None:
    """Let who works for the one company work for the other."""
    users = models.Membership.objects.filter(company_id=company_id).values_list(
        "user_id", flat=True
    )
    models.Membership.objects.bulk_create(
        [models.Membership(company_id=other_id, user_id=user) for user in users],
        ignore_conflicts=True,
    )


def numbering(row: models.NumberingRange) -> NumberingRange:
    """A counter's row as a value."""
    return NumberingRange(
        id=row.pk,
        kind=DocumentKind(row.kind),
        series=row.series,
        first=row.first,
        last=row.last,
        next=row.next,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        active=row.active,
        extra=codec.load(dict[str, Any], row.extra),
    )


def _fill(row: models.Company, company: Company) -> None:
    row.jurisdiction = company.jurisdiction
    row.environment = company.environment.value
    row.tax_id_kind = company.tax_id.kind
    row.tax_id = company.tax_id.number
    row.legal_name = company.legal_name
    row.trade_name = company.trade_name
    row.address = codec.dump(company.address) if company.address else {}
    row.email = company.email
    row.phone = company.phone
    row.endpoints = dict(company.endpoints)
    row.extra = codec.dump(company.extra)
