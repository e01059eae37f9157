"""The rehearsal's habilitación: the test set, the ranges from the service, the start."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

from acuse.cli import rehearsal_colombia as colombia
from acuse.cli import world
from acuse.cli.rehearsal import BY, PATIENCE, in_turn
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import NumberingRange
from acuse.domain.party import Company
from acuse.flow import company as company_flow
from acuse.flow import enrol, numberings, outside
from acuse.store import companies


def enrolled(company: Company, sandbox: world.Sandbox, say: Callable[[str], None]) -> Company:
    """The company, enabled by its authority; at once where it was before."""
    nit = company.tax_id.number
    sandbox.tell("/settings", {"dian.asked": colombia.ASKED})
    sandbox.tell("/dian/range", colombia.given_range(nit))
    if not company.electronic_invoicing:
        _pass_the_set(company, say)
    sandbox.tell("/dian/range", colombia.purchase_range(nit))
    _own_purchases(companies.load(company.id))
    return companies.load(company.id)


def _pass_the_set(company: Company, say: Callable[[str], None]) -> None:
    say("  Habilitación: corremos el set de pruebas…")
    enrol.run_test_set(company.id, colombia.PLAN, by=BY, at=outside.now())
    deadline = time.monotonic() + PATIENCE
    told = enrol.progress(company.id, colombia.PLAN)
    while any(one.waiting or one.to_issue for one in told) and time.monotonic() < deadline:
        time.sleep(0.2)
        enrol.run_test_set(company.id, colombia.PLAN, by=BY, at=outside.now())
        told = enrol.progress(company.id, colombia.PLAN)
    for one in told:
        say(f"    {one.name}: {one.accepted} de {one.asked} aceptadas")
    added, _ = in_turn(lambda: numberings.fetch(company.id, by=BY, at=outside.now()))
    say(f"  Numeraciones leídas del servicio: {added}")
    enrol.finish(company.id, colombia.PLAN, 1, by=BY, at=outside.now())
    say("  Habilitada: el envío automático queda encendido por ley.")


def _own_purchases(company: Company) -> None:
    """The range of its documentos soporte, entered by hand, as its resolution says."""
    told = colombia.purchase_range(company.tax_id.number)
    if any(one.kind is DocumentKind.PURCHASE for one in company.ranges):
        return
    company_flow.add_range(
        company.id,
        NumberingRange(
            id=0,
            kind=DocumentKind.PURCHASE,
            series=str(told["prefix"]),
            first=1,
            last=50_000,
            next=1,
            valid_from=date.fromisoformat(str(told["valid_from"])),
            valid_until=date.fromisoformat(str(told["valid_until"])),
            extra={"resolution": told["resolution"]},
        ),
    )
