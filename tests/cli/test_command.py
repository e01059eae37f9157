"""What every command says of itself when it cannot begin."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from acuse.flow import outside
from acuse.gateways.signer import SignerClient
from tests.flow.conftest import house as house  # noqa: F401 - the journey's fixtures
from tests.flow.conftest import running_sandbox as running_sandbox  # noqa: F401
from tests.flow.house import House


@pytest.mark.parametrize(
    "command",
    [("enrol",), ("switch", "on"), ("declare", "--received=1", "ACKNOWLEDGED")],
    ids=lambda one: one[0],
)
def test_an_unknown_company_is_told(transactional_db: None, command: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="No existe la empresa 99"):
        call_command(*command, "--company=99")


def test_a_signer_that_does_not_run_is_told(
    house: House,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    company = house.colombia()
    monkeypatch.setattr(outside, "_signer", lambda: SignerClient(tmp_path / "nobody"))
    with pytest.raises(CommandError, match="acuse signer"):
        call_command("enrol", f"--company={company.id}", "--ranges")
