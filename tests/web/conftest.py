"""A member's client, with the fixtures of the journey behind it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from acuse.cli.management.commands.user import make_user
from acuse.domain.party import Company
from acuse.store import models
from tests.flow.conftest import house as house  # noqa: F401 - the fixtures of the journey
from tests.flow.conftest import running_sandbox as running_sandbox  # noqa: F401

Enter = Callable[..., Client]


@pytest.fixture
def enter() -> Enter:
    """Log a person in as a member of these companies."""

    def entered(*companies: Company, email: str = "ana@taller.example") -> Client:
        client, user_id = Client(), make_user(email, "una-clave-larga-y-rara")
        for company in companies:
            models.Membership.objects.create(company_id=company.id, user_id=user_id)
        client.force_login(get_user_model().objects.get(pk=user_id))
        return client

    return entered
