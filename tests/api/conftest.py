"""Callers of the API, with the fixtures of the journey behind them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from acuse.cli.management.commands.user import make_user
from acuse.domain.party import Company
from acuse.flow import outside, tokens
from acuse.store import models
from tests.api.caller import Caller
from tests.flow.conftest import house as house  # noqa: F401 - the fixtures of the journey
from tests.flow.conftest import running_sandbox as running_sandbox  # noqa: F401
from tests.flow.traders import traders as traders  # noqa: F401

Calls = Callable[..., Caller]


@pytest.fixture
def calls() -> Calls:
    """A caller with a token of a person of that company."""

    def made(company: Company, email: str = "integra@taller.example") -> Caller:
        user_id = make_user(email, "una-clave-larga-y-rara")
        models.Membership.objects.get_or_create(company_id=company.id, user_id=user_id)
        at = outside.now()
        token = tokens.make(company.id, user_id, "Tienda", by=email, at=at)
        return Caller(company, email, token)

    return made
