"""Companies and what hangs from them, as domain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

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


@dataclass(frozen=True, slots=True)
class StoredCertificate:
    """The active certificate: DER, and the key that only the signer can open."""

    der: bytes
    wrapped_key: bytes


def load(company_id: int) -> Company:
    """The company with its certificate's facts, the names of its secrets and its ranges."""
    row = models.Company.objects.get(pk=company_id)
    certificate = models.Certificate.objects.filter(company=row, active=True).first()
    return Company(
        id=row.pk,
        jurisdiction=row.jurisdiction,
        environment=Environment(row.environment),
        tax_id=TaxId(row.tax_id_kind, row.tax_id),
        legal_name=row.legal_name,
        trade_name=row.trade_name,
        address=codec.load(Address, row.address) if row.address else None,
        email=row.email,
        phone=row.phone,
        automatic_delivery=row.automatic_delivery,
        electronic_invoicing=row.electronic_invoicing,
        has_mail_route=has_route(row.pk, Environment(row.environment)),
        certificate=_facts(certificate) if certificate else None,
        secrets=frozenset(models.Secret.objects.filter(company=row).values_list("name", flat=True)),
        ranges=tuple(
            numbering(one)
            for one in models.NumberingRange.objects.filter(company=row).order_by("series")
        ),
        endpoints=row.endpoints,
        extra=row.extra,
    )


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


def set_electronic(company_id: int) -> bool:
    """Mark electronic invoicing as enabled; False if it already was."""
    changed = models.Company.objects.filter(pk=company_id, electronic_invoicing=False)
    return bool(changed.update(electronic_invoicing=True))


def lock(company_id: int) -> None:
    """Keep others from changing the company's settings until this transaction ends."""
    models.Company.objects.select_for_update().only("id").get(pk=company_id)


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


def certificate(company_id: int) -> StoredCertificate | None:
    """The active certificate, None without one."""
    row = models.Certificate.objects.filter(company_id=company_id, active=True).first()
    return StoredCertificate(bytes(row.der), bytes(row.wrapped_key)) if row else None


def set_secret(company_id: int, name: str, wrapped: bytes) -> None:
    """Keep a wrapped credential under its name."""
    models.Secret.objects.update_or_create(
        company_id=company_id, name=name, defaults={"wrapped": wrapped}
    )


def secrets(company_id: int) -> dict[str, bytes]:
    """The wrapped credentials by name."""
    rows = models.Secret.objects.filter(company_id=company_id)
    return {row.name: bytes(row.wrapped) for row in rows}


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


def has_route(company_id: int, environment: Environment) -> bool:
    """Whether mail of the company has a way out; a rehearsal's goes to the pretended server."""
    if environment is Environment.SANDBOX:
        return True
    routes = models.MailRoute.objects
    return routes.filter(company_id=company_id).exists() or routes.filter(company=None).exists()


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
        extra=row.extra,
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


def _facts(row: models.Certificate) -> CertificateFacts:
    return CertificateFacts(
        subject=row.subject,
        holder_ids=tuple(row.holder_ids),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        sha256=row.sha256,
    )
