"""Every way in which a mail does not arrive is found under its cause."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import F

from acuse.domain.failure import Cause
from acuse.domain.party import Company
from acuse.flow import outside
from acuse.flow.issue import Issued
from acuse.store import failing, failures, models
from acuse.store.failures import Failure
from tests.flow import failed
from tests.flow.house import House


def now_failing(company: Company) -> dict[Cause, int]:
    return failing.counts(company.id, at=outside.now())


def only(company: Company, cause: Cause) -> Failure:
    (found,) = failures.page(company.id, cause, at=outside.now(), limit=5)
    return found


Fails = Callable[[House, Company], Issued]


def forgotten(house: House, company: Company) -> Issued:
    """A document that no worker takes up."""
    issued = house.issue(company)
    house.submit(company)
    models.Delivery.objects.filter(document_id=issued.id).update(
        wake_at=F("wake_at") - timedelta(days=1)
    )
    return issued


WAYS: tuple[tuple[Fails, Cause], ...] = (
    (failed.without_email, Cause.NO_EMAIL),
    (failed.refused, Cause.BAD_ADDRESS),
    (lambda h, c: failed.refused(h, c, failed.FULL), Cause.MAILBOX_FULL),
    (failed.put_off, Cause.THEIR_SERVER),
    (failed.not_ours, Cause.OUR_SERVER),
    (failed.bounced, Cause.BOUNCED),
    (failed.uncertain_twice, Cause.UNDECIDED),
    (failed.stuck, Cause.AUTHORITY),
    (forgotten, Cause.LATE),
)


@pytest.mark.parametrize(("fails", "cause"), WAYS, ids=[cause.value for _, cause in WAYS])
def test_every_way_to_fail_is_listed_under_its_cause(
    house: House, fails: Fails, cause: Cause
) -> None:
    company, other = house.peru(), house.costa_rica()
    issued = fails(house, company)
    assert now_failing(company) == {cause: 1}
    assert failing.total(company.id, at=outside.now()) == 1
    assert failing.companies(at=outside.now()) == (company.id,)
    assert now_failing(other) == {}
    told = only(company, cause)
    assert (told.number, told.document_id) == (issued.number, issued.id)
    assert told.since is not None
    assert told.since <= outside.now()
    assert list(failures.every(company.id, cause, at=outside.now(), size=1)) == [told]


def test_what_arrives_or_is_put_off_once_is_no_failure(house: House) -> None:
    company = house.peru()
    house.issue(company)
    house.run(company)
    failed.refused(house, company, failed.AWAY)
    assert now_failing(company) == {}
