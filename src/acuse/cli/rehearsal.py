"""The rehearsal's cast: invented companies with their keys and numbers."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from acuse.cli import rehearsal_colombia as colombia
from acuse.cli import rehearsal_costa_rica as costa_rica
from acuse.cli import rehearsal_peru as peru
from acuse.cli.rehearsal_scenes import Act, Role, Scene
from acuse.domain.mailbox import Place, Protocol, Security
from acuse.domain.party import Company
from acuse.flow import company as company_flow
from acuse.flow import outside
from acuse.flow.inquire import Busy
from acuse.gateways.invented import make_certificate
from acuse.store import companies, models

Said = TypeVar("Said")
BY = "demostración"
PATIENCE = 120.0  # seconds for something that happens by itself
ACTS = (peru.ACT, costa_rica.ACT, colombia.ACT)


def in_turn(ask: Callable[[], Said]) -> Said:
    """What is answered: asked again, as a person would, while the company's rate is used up."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return ask()
        except Busy:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def act(company: Company) -> Act:
    """The part of the company's country."""
    return next(one for one in ACTS if one.code == company.jurisdiction)


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
    return act(company).scenes(run, due)
