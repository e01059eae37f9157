"""Around midnight, here and in Costa Rica: one instant feeds the clave and FechaEmision."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from acuse.flow import draft as drafting
from acuse.flow import issue, outside
from acuse.store import documents
from acuse.xml import parse
from tests.flow.house import BY, House
from tests.support import makers

MIDNIGHT_IN_COSTA_RICA = timedelta(hours=6)  # UTC−6, no summer time
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("since_midnight", "same_day"),
    [
        (-SECOND, False),  # 23:59:59 UTC is 17:59:59 of the same day in San José
        (timedelta(), False),  # 00:00:00 UTC is still the day before there
        (MIDNIGHT_IN_COSTA_RICA - SECOND, False),
        (MIDNIGHT_IN_COSTA_RICA, True),
    ],
)
def test_clave_and_date_are_costa_ricas(
    house: House, since_midnight: timedelta, same_day: bool
) -> None:
    company = house.costa_rica()
    tomorrow = (outside.now() + timedelta(days=1)).date()
    at = datetime.combine(tomorrow, datetime.min.time(), UTC) + since_midnight
    there = tomorrow if same_day else tomorrow - timedelta(days=1)
    document = makers.costa_rican_document(number=None, date=None)
    draft_id = drafting.draft(company.id, document, by=BY, at=at)
    issue.issue(draft_id, by=BY, at=at)
    issued = documents.load(draft_id)
    dated = parse.child_text(parse.parse(issued.sealed.content), "FechaEmision")
    assert issued.sealed.fiscal_id[3:9] == f"{there:%d%m%y}"
    assert datetime.fromisoformat(dated) == at.replace(microsecond=0)
    assert dated.startswith(there.isoformat())
    assert dated.endswith("-06:00")
    assert issued.document.date == there
