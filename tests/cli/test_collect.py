"""`acuse collect`: for programs, one JSON value; code 1 where it was not read to its end."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from acuse_sandbox.reading_script import Fault
from tests.cli.test_issue import run
from tests.flow.conftest import house as house  # noqa: F401 - the journey's fixtures
from tests.flow.conftest import running_sandbox as running_sandbox  # noqa: F401
from tests.flow.house import House
from tests.flow.post import connect, letter, post


def test_a_mailbox_is_read_to_its_end(house: House) -> None:  # noqa: F811
    company = house.colombia()
    connect(company)
    post(house, *(letter() for _ in range(27)))
    told = run("collect", f"--company={company.id}")
    assert told["messages"]["NOTHING"] == 27
    assert told["trouble"] is None


def test_what_kept_it_from_its_end_is_said(
    house: House,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    company = house.colombia()
    with pytest.raises(SystemExit) as ended:
        call_command("collect", f"--company={company.id}")
    assert ended.value.code == 1
    assert "XX-BUZ-7" in capsys.readouterr().err
    connect(company)
    house.sandbox.reading.add({}, [Fault("login", "refuse")])
    with pytest.raises(SystemExit):
        call_command("collect", f"--company={company.id}")
    told = capsys.readouterr()
    assert "Nada nuevo." in told.out
    assert "no aceptó el usuario o la contraseña" in told.err
