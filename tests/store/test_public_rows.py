"""What a public page relies on and the database holds."""

from __future__ import annotations

from typing import Any

import pytest

from acuse.domain.visits import Visit
from acuse.flow import outside, public_pages
from acuse.store import models
from acuse.store import public_pages as kept
from tests.flow.conftest import house as house  # noqa: F401 - the journey's fixtures
from tests.flow.conftest import running_sandbox as running_sandbox  # noqa: F401
from tests.flow.house import BY, House
from tests.store.test_guards import refused

LIVE, DEAD = "revoked_at IS NULL", "revoked_at IS NOT NULL"
FROZEN = (
    (f"UPDATE store_publicpage SET digest = 'x' WHERE {LIVE}", "do not change"),
    (f"UPDATE store_publicpage SET recipient_id = 0 WHERE {LIVE}", "do not change"),
    (f"UPDATE store_publicpage SET mailed = NOT mailed WHERE {LIVE}", "do not change"),
    (f"UPDATE store_publicpage SET revoked_at = NULL WHERE {DEAD}", "written once"),
    ("DELETE FROM store_publicpage", "written once"),
    ("UPDATE store_publicuse SET machine = NOT machine", "do not change"),
    ("DELETE FROM store_publicuse", "written once"),
    (
        "INSERT INTO store_publicpage (company_id, recipient_id, digest, mailed, created_at, calls)"
        f" SELECT company_id, recipient_id, 'x', mailed, created_at, 0 FROM store_publicpage"
        f" WHERE {LIVE}",
        "one_live_page",
    ),
)


@pytest.fixture
def linked(house: House, settings: Any) -> House:  # noqa: F811
    """A house with one mailed document, its mail's link revoked and a new one used."""
    settings.PUBLIC_URL = "https://papeles.ejemplar.example"
    company = house.peru()
    issued = house.issue(company)
    house.run(company)
    (row,) = kept.of_document(issued.id)
    at = outside.now()
    names = (company.id, issued.id, row.recipient_id)
    link = public_pages.renew(*names, by=BY, at=at)
    page = public_pages.find(link.address.rpartition("/")[2], "192.0.2.1", at=at)
    assert page
    public_pages.visited(page, Visit("POST", "Mozilla/5.0"), at=at)
    return house


@pytest.mark.parametrize(("sql", "words"), FROZEN)
def test_a_link_stays_what_it_was_made(linked: House, sql: str, words: str) -> None:
    assert models.PublicPage.objects.count() == 2
    assert words in refused(sql)
