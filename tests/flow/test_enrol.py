"""A company earns its right to issue: the set, the ranges, the start, the move to production."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from acuse.domain.activity import SYSTEM, EventKind
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import NumberingRange
from acuse.domain.party import Company, Environment
from acuse.domain.problem import Blocked
from acuse.flow import company as company_flow
from acuse.flow import enrol, numberings, outside
from acuse.flow.enrol_reasons import MOST
from acuse.store import activity, companies, models
from tests.flow.house import BY, House
from tests.jurisdictions.co import makers as colombian

pytestmark = pytest.mark.django_db(transaction=True)

PLAN = {DocumentKind.INVOICE: 3, DocumentKind.CREDIT_NOTE: 1, DocumentKind.DEBIT_NOTE: 1}
ASKED = "3/1/1"  # what the pretended DIAN wants of each
KEY = "0123456789abcdef0123456789abcdef01234567"


def run(house: House, company: Company, *, times: int = 2) -> None:
    """The set as a person has it run: the invoices, and the notes once these are accepted."""
    house.sandbox.world.settings["dian.asked"] = ASKED
    for _ in range(times):
        enrol.run_test_set(company.id, PLAN, by=BY, at=outside.now())
        house.run(company)


def finish(company: Company, needed: int = 1) -> None:
    enrol.finish(company.id, PLAN, needed, by=BY, at=outside.now())


def codes(refused: pytest.ExceptionInfo[Blocked]) -> list[str]:
    return [one.code for one in refused.value.problems]


def register_range(house: House, **changes: object) -> None:
    told = {
        "nit": colombian.NIT,
        "prefix": "FE",
        "first": 1,
        "last": 50_000,
        "valid_from": "2026-01-01",
        "valid_until": "2028-01-01",
        "technical_key": KEY,
    } | changes
    house.sandbox.world.settings["dian.range.18764000777"] = json.dumps(told)


def told(company: Company) -> list[EventKind]:
    return [event.kind for event in activity.company_timeline(company.id, 50)]


# the set


def test_the_set_is_issued_judged_and_counted(house: House) -> None:
    company = house.newcomer()
    house.sandbox.world.settings["dian.asked"] = ASKED
    assert enrol.run_test_set(company.id, PLAN, by=BY, at=outside.now()) == 3
    before = enrol.progress(company.id, PLAN)
    assert [(one.issued, one.waiting, one.to_issue) for one in before] == [
        (3, 3, 0),
        (0, 0, 1),
        (0, 0, 1),
    ]
    house.run(company)
    assert enrol.run_test_set(company.id, PLAN, by=BY, at=outside.now()) == 2
    house.run(company)
    after = enrol.progress(company.id, PLAN)
    assert [(one.name, one.issued, one.accepted, one.rejected) for one in after] == [
        ("Facturas", 3, 3, 0),
        ("Notas crédito", 1, 1, 0),
        ("Notas débito", 1, 1, 0),
    ]
    assert told(company).count(EventKind.TEST_SET_STARTED) == 2


def test_a_set_that_is_complete_issues_nothing_more(house: House) -> None:
    company = house.newcomer()
    run(house, company)
    assert enrol.run_test_set(company.id, PLAN, by=BY, at=outside.now()) == 0
    assert models.Document.objects.filter(company_id=company.id).count() == 5


def test_nothing_of_the_set_is_mailed(house: House) -> None:
    company = house.newcomer()
    run(house, company)
    finish(company)
    house.run(company)
    assert house.mail() == ()


def test_the_set_tells_all_that_the_company_lacks(house: House) -> None:
    company = house.newcomer(extra=colombian.company().extra)
    models.Certificate.objects.filter(company_id=company.id).delete()
    models.Secret.objects.filter(company_id=company.id).delete()
    with pytest.raises(Blocked) as refused:
        enrol.run_test_set(company.id, {DocumentKind.INVOICE: 0}, by=BY, at=outside.now())
    assert codes(refused) == ["XX-CRT-1", "XX-ENR-2", "XX-ENR-3", "XX-ENR-5"]
    assert models.NumberingRange.objects.filter(company_id=company.id).count() == 0


@pytest.mark.parametrize("count", [-1, MOST + 1])
def test_a_plan_has_bounds(house: House, count: int) -> None:
    company = house.newcomer()
    with pytest.raises(Blocked) as refused:
        enrol.run_test_set(company.id, {DocumentKind.INVOICE: count}, by=BY, at=outside.now())
    assert codes(refused) == ["XX-ENR-4"]


def test_a_company_that_cannot_issue_keeps_no_draft_of_the_set(house: House) -> None:
    company = house.newcomer()
    company_flow.save(replace(companies.load(company.id), legal_name="X"), by=BY, at=outside.now())
    with pytest.raises(Blocked) as refused:
        enrol.run_test_set(company.id, PLAN, by=BY, at=outside.now())
    assert codes(refused) == ["CO-FAJ20"]  # told once, before a document is tried
    assert models.Document.objects.filter(company_id=company.id).count() == 0


def test_a_rejected_document_is_not_waited_for(house: House) -> None:
    company = house.newcomer(legal_name="Empresa S.A.S. RECHAZA FAK24")
    enrol.run_test_set(company.id, {DocumentKind.INVOICE: 1}, by=BY, at=outside.now())
    house.run(company)
    (one,) = enrol.progress(company.id, {DocumentKind.INVOICE: 1})
    assert (one.rejected, one.waiting, one.to_issue) == (1, 0, 0)


def test_where_nobody_enrols_it_is_said(house: House) -> None:
    company = house.peru()
    with pytest.raises(Blocked) as refused:
        enrol.run_test_set(company.id, PLAN, by=BY, at=outside.now())
    assert codes(refused) == ["XX-ENR-1"]


# the ranges


def test_the_ranges_of_the_authority_come_once_with_their_keys(house: House) -> None:
    company = house.newcomer()
    register_range(house)
    assert numberings.fetch(company.id, by=BY, at=outside.now()) == (2, 0)
    assert numberings.fetch(company.id, by=BY, at=outside.now()) == (0, 2)
    found = {one.series: one for one in companies.load(company.id).ranges}
    assert sorted(found) == ["FE", "SETP"]
    assert (found["FE"].first, found["FE"].last, found["FE"].next) == (1, 50_000, 1)
    assert "technical_key:18764000777:FE" in companies.load(company.id).secrets
    credential = outside.credential(companies.load(company.id))
    assert credential.secret("technical_key:18764000777:FE") == KEY


def test_a_range_that_a_person_gave_another_kind_is_known(house: House) -> None:
    company = house.newcomer()
    register_range(house)
    numberings.fetch(company.id, by=BY, at=outside.now())
    rows = models.NumberingRange.objects.filter(company_id=company.id, series="FE")
    rows.update(kind=DocumentKind.PURCHASE.value)
    assert numberings.fetch(company.id, by=BY, at=outside.now()) == (0, 2)


def test_a_prolonged_range_is_prolonged_here(house: House) -> None:
    company = house.newcomer()
    register_range(house)
    numberings.fetch(company.id, by=BY, at=outside.now())
    register_range(house, valid_until="2029-06-30")
    assert numberings.fetch(company.id, by=BY, at=outside.now()) == (0, 2)
    found = {one.series: one for one in companies.load(company.id).ranges}
    assert str(found["FE"].valid_until) == "2029-06-30"


def test_an_authority_that_is_away_gives_no_ranges(house: House) -> None:
    company = house.newcomer()
    house.sandbox.world.settings["dian.fault"] = "page_503"
    with pytest.raises(Blocked) as refused:
        numberings.fetch(company.id, by=BY, at=outside.now())
    assert codes(refused) == ["XX-ENR-6"]
    assert companies.load(company.id).ranges == ()


# the start


def test_it_starts_once_enough_is_accepted(house: House) -> None:
    company = house.newcomer()
    with pytest.raises(Blocked) as refused:
        finish(company)
    assert "XX-ENR-7" in codes(refused)
    run(house, company, times=1)
    with pytest.raises(Blocked) as refused:
        finish(company, needed=4)
    assert codes(refused) == ["XX-ENR-7"]
    assert not companies.load(company.id).electronic_invoicing
    finish(company, needed=3)
    assert companies.load(company.id).electronic_invoicing


def test_the_start_turns_the_switch_on_by_law_and_locks_it(house: House) -> None:
    company = house.newcomer()
    run(house, company)
    assert not companies.load(company.id).automatic_delivery
    finish(company)
    assert companies.load(company.id).automatic_delivery
    (on,) = [
        event
        for event in activity.company_timeline(company.id, 50)
        if event.kind is EventKind.SWITCH_TURNED_ON
    ]
    assert on.actor == SYSTEM
    assert "Resolución 000012" in on.facts["law"]
    with pytest.raises(Blocked) as refused:
        company_flow.set_automatic_delivery(company.id, False, by=BY, at=outside.now())
    assert codes(refused) == ["XX-SWI-1"]


def test_internal_series_alone_are_not_enough_to_start(house: House) -> None:
    company = house.newcomer(environment=Environment.PRODUCTION)
    notes = NumberingRange(0, DocumentKind.CREDIT_NOTE, "NC", 1, 999, 1)
    company_flow.add_range(company.id, notes)
    with pytest.raises(Blocked) as refused:
        finish(company)
    assert codes(refused) == ["XX-ENR-10"]


# the move


def test_it_moves_to_production_without_keys_and_numbers(house: House) -> None:
    company = house.newcomer(environment=Environment.TEST)
    with pytest.raises(Blocked) as refused:
        enrol.promote(company.id, by=BY, at=outside.now())
    assert codes(refused) == ["XX-ENR-8"]
    company_flow.enable_electronic_invoicing(company.id, by=BY, at=outside.now())
    moved = companies.load(enrol.promote(company.id, by=BY, at=outside.now()))
    assert moved.environment is Environment.PRODUCTION
    assert moved.legal_name == company.legal_name
    assert moved.extra["software_id"] == colombian.SOFTWARE
    assert "test_set_id" not in moved.extra
    assert not moved.electronic_invoicing
    assert not moved.automatic_delivery
    assert moved.certificate is None
    assert moved.secrets == frozenset()
    assert "SETP" not in {one.series for one in moved.ranges}
    with pytest.raises(Blocked) as refused:
        enrol.promote(company.id, by=BY, at=outside.now())
    assert codes(refused) == ["XX-ENR-9"]


def test_who_works_for_it_sees_it_in_production(house: House) -> None:
    company = house.newcomer(environment=Environment.TEST)
    company_flow.enable_electronic_invoicing(company.id, by=BY, at=outside.now())
    user = house.person(company)
    moved = enrol.promote(company.id, by=BY, at=outside.now())
    assert models.Membership.objects.filter(company_id=moved, user_id=user).exists()


def test_a_rehearsal_on_this_server_does_not_move(house: House) -> None:
    company = house.colombia()
    with pytest.raises(Blocked) as refused:
        enrol.promote(company.id, by=BY, at=outside.now())
    assert codes(refused) == ["XX-ENR-8"]
