"""Statements are prepared by the database, unless a pooler cannot (ADR 20)."""

from __future__ import annotations

import pytest
from django.db import connection

from acuse.project.settings import database

URL = "postgresql://ana@base.example/acuse"

PREPARED = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%asked_often'"


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("", {"server_side_binding": True, "prepare_threshold": 5}),
        ("?prepare=no", {"server_side_binding": False, "prepare_threshold": None}),
        (
            "?sslmode=require",
            {"server_side_binding": True, "prepare_threshold": 5, "sslmode": "require"},
        ),
    ],
)
def test_a_pooler_may_ask_for_none(query: str, options: dict[str, object]) -> None:
    assert database(URL + query)["OPTIONS"] == options


@pytest.mark.django_db
def test_what_is_asked_often_is_prepared() -> None:
    with connection.cursor() as cursor:
        for number in range(7):
            cursor.execute("SELECT %s::int AS asked_often", [number])
        cursor.execute(PREPARED)
        assert cursor.fetchone() == (1,)
