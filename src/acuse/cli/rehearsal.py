"""The rehearsal's cast: invented companies with their keys and numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from acuse.cli import rehearsal_colombia as colombia
from acuse.cli import rehearsal_costa_rica as costa_rica
from acuse.cli import rehearsal_peru as peru
from acuse.cli.rehearsal_scenes import Scene
from acuse.domain.kinds import DocumentKind
from acuse.domain.mailbox import Place, Protocol, Security
from acuse.domain.numbering import NumberingRange
from acuse.domain.party import Address, Company, Environment, TaxId
from acuse.flow import company as company_flow
from acuse.flow import outside
from acuse.gateways.invented import make_certificate
from acuse.store import companies, models

BY = "demostración"
PATIENCE = 120.0  # seconds for something that happens by itself
# As the sandbox names them, and how it finds a document: by its printed number.
AUTHORITIES: dict[str, tuple[str, Callable[[DocumentKind, str, int], str]]] = {
    "CO": ("dian", lambda kind, series, number: f"{series}{number}"),
    "CR": ("hacienda", costa_rica.printed),
    "PE": ("sunat", lambda kind, series, number: f"{series}-{number}"),
}


@dataclass(frozen=True, slots=True)
class Role:
    """One invented company: what it is, what its certificate says, how it logs in.

    `enrols`: it must pass its authority's test set first.
    """

    company: Company
    certificate_serial: str
    secrets: tuple[tuple[str, str], ...]
    ranges: tuple[NumberingRange, ...] = ()
    enrols: bool = False


def _company(jurisdiction: str, tax_id: TaxId, name: str, **facts: Any) -> Company:
    return Company(0, jurisdiction, Environment.SANDBOX, tax_id, name, **facts)


_COLOMBIAN = {
    "organization": "1",
    "regime": "48",
    "responsibilities": "R-99-PN",
    "tax_scheme": "01",
    "activity": "4631",
}

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
            extra=peru.SENDING,
        ),
        "20999888772",
        peru.SECRETS,
        peru.RANGES,
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
        costa_rica.RANGES,
    ),
    Role(
        _company(
            "CO",
            TaxId("NIT", "999888777"),
            "Cafés Ejemplares de Colombia S.A.S.",
            trade_name="Cafés Ejemplares",
            address=Address("Calle 100 10 20", "11001", "", "Bogotá, D.C.", "Bogotá", "CO"),
            email="facturas@cafesco.example",
            phone="57 601 5550134",
            extra=_COLOMBIAN
            | {
                "software_id": "56f2ae4e-9812-4fad-9255-08fcfcd5ccb0",
                "test_set_id": "0a1b2c3d-0000-4000-8000-00000000c0de",
            },
        ),
        "999888777",
        (("software_pin", "75315"),),
        enrols=True,
    ),
)

# It buys of the Colombian company, and answers what it got.
BUYER = Role(
    _company(
        "CO",
        TaxId("NIT", "999000111"),
        "Compradora de Prueba S.A.S.",
        address=Address("Carrera 43A 1 50", "05001", "", "Medellín", "Antioquia", "CO"),
        email="recepcion@compradora.example",
        phone="57 604 5550177",
        extra=_COLOMBIAN | {"software_id": "56f2ae4e-9812-4fad-9255-08fcfcd5ccb1"},
    ),
    "999000111",
    (("software_pin", "13579"),),
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
    if not role.enrols:
        company_flow.enable_electronic_invoicing(company_id, by=BY, at=at)
        company_flow.set_automatic_delivery(company_id, True, by=BY, at=at)
    return companies.load(company_id)


def mailbox(company: Company) -> Place:
    """The mailbox where the company's suppliers write to it."""
    host = f"imap.{company.email.partition('@')[2]}"
    return Place(Protocol.IMAP, host, 993, Security.TLS, company.email)


def scenes(company: Company) -> tuple[Scene, ...]:
    """The documents of this run, with customers of their own for every run."""
    run = models.Document.objects.filter(company_id=company.id).count() % 10000
    due = outside.now().date() + timedelta(days=31)
    acts = {"PE": peru.first_act, "CR": costa_rica.first_act, "CO": colombia.first_act}
    return acts[company.jurisdiction](run, due)
