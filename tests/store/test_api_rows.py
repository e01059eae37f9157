"""What the API relies on and the database holds: answers written once, tokens that stay revoked."""

from __future__ import annotations

import pytest

from acuse.flow import outside, tokens
from acuse.store import answers
from acuse.store.answers import Answered
from tests.flow.conftest import house as house  # noqa: F401 - the journey's fixtures
from tests.flow.conftest import running_sandbox as running_sandbox  # noqa: F401
from tests.flow.house import BY, House
from tests.store.test_guards import refused

FROZEN = (
    ("UPDATE store_keyedanswer SET body = 'x'", "written once"),
    ("DELETE FROM store_keyedanswer", "written once"),
    ("UPDATE store_apitoken SET digest = 'x' WHERE revoked_at IS NULL", "do not change"),
    ("UPDATE store_apitoken SET company_id = 0 WHERE revoked_at IS NULL", "do not change"),
    ("UPDATE store_apitoken SET revoked_at = NULL WHERE revoked_at IS NOT NULL", "written once"),
    (
        "INSERT INTO store_keyedanswer (company_id, key, asked, status, body, at)"
        " SELECT company_id, key, 'other', status, body, at FROM store_keyedanswer",
        "one_answer_per_key",
    ),
)


@pytest.mark.parametrize(("sql", "words"), FROZEN)
def test_what_is_written_stays(house: House, sql: str, words: str) -> None:  # noqa: F811
    company, at = house.peru(), outside.now()
    person = house.person(company)
    answers.keep(company.id, "k", Answered("hash", 201, "{}"), at=at)
    for name in ("Caja", "Tienda"):
        made = tokens.make(company.id, person, name, by=BY, at=at)
    tokens.revoke(company.id, made.id, by=BY, at=at)
    assert words in refused(sql)
