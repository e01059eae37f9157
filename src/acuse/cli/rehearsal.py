"""The rehearsal's cast: invented companies with their keys and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from acuse.cli.rehearsal_scenes import Scene, costa_rica, peru
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import NumberingRange
from acuse.domain.party import Address, Company, Environment, TaxId
from acuse.flow import company as company_flow
from acuse.flow import outside
from acuse.gateways.invented import make_certificate
from acuse.store import companies, models

BY = "demostración"


@dataclass(frozen=True, slots=True)
class Role:
    """One invented company: what it is, what its certificate says, how it logs in."""

    company: Company
    certificate_serial: str
    secrets: tuple[tuple[str, str], ...]
    ranges: tuple[NumberingRange, ...]


def _company(jurisdiction: str, tax_id: TaxId, name: str, **facts: Any) -> Company:
    return Company(0, jurisdiction, Environment.SANDBOX, tax_id, name, **facts)


ROLES = (
    Role(
        _company(
            "PE",
            TaxId("RUC", "20999888772"),
            "TEJIDOS EL EJEMPLAR S.A.C.",
            trade_name="Tejidos El Ejemplar",
            address=Address(
                "Calle Mercaderes 123", "040101", "Arequipa", "Arequipa", "Arequipa", "PE"
            ),
            email="ventas@tejidos.example",
            phone="51 54 555 0123",
        ),
        "20999888772",
        (("sol_user", "MODDATOS"), ("sol_password", "moddatos")),
        (NumberingRange(0, DocumentKind.INVOICE, "F001", 1, 99_999_999, 1),),
    ),
    Role(
        _company(
            "CR",
            TaxId("CJ", "3101999888"),
            "Café Ejemplar de Tarrazú S.A.",
            trade_name="Café Ejemplar",
            address=Address("Costado norte del parque", "1-05-01", country="CR"),
            email="ventas@cafe.example",
            phone="506 2222 3333",
            extra={"activity": "107903"},
        ),
        "CPJ-3-101-999888",
        (
            ("api_user", "cpj-3-101-999888@stag.comprobanteselectronicos.example"),
            ("api_password", "invento-de-prueba"),
        ),
        (NumberingRange(0, DocumentKind.INVOICE, "00100001", 1, 9_999_999_999, 1),),
    ),
)


def company_for(role: Role) -> Company:
    """The role's company in this installation, made with keys and numbers if it is new."""
    told = role.company
    found = companies.find(told.jurisdiction, told.tax_id.number, told.environment)
    if found is not None:
        return companies.load(found)
    at = outside.now()
    company_id = company_flow.create(told, by=BY, at=at)
    p12 = make_certificate(told.legal_name, role.certificate_serial, password="invento", at=at)  # noqa: S106
    company_flow.store_certificate(company_id, p12, "invento", by=BY, at=at)
    for name, value in role.secrets:
        company_flow.set_secret(company_id, name, value, by=BY, at=at)
    for numbering in role.ranges:
        company_flow.add_range(company_id, numbering)
    company_flow.enable_electronic_invoicing(company_id, by=BY, at=at)
    company_flow.set_automatic_delivery(company_id, True, by=BY, at=at)
    return companies.load(company_id)


def scenes(company: Company) -> tuple[Scene, ...]:
    """The documents of this run, with customers of their own for every run."""
    run = models.Document.objects.filter(company_id=company.id).count() % 10000
    due = outside.now().date() + timedelta(days=31)
    return peru(run, due) if company.jurisdiction == "PE" else costa_rica(run, due)
