"""A migration that landed has run somewhere: it is never edited, another one follows it."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from acuse.store import migrations

HERE = Path(migrations.__file__).parent
LANDED = Path(__file__).with_name("landed_migrations.sha256")


def landed() -> dict[str, str]:
    lines = (line.split("  ") for line in LANDED.read_text().splitlines())
    return {name: told for told, name in lines}


def present() -> dict[str, str]:
    files = sorted(one for one in HERE.glob("0*") if one.suffix in {".py", ".sql"})
    return {one.name: sha256(one.read_bytes()).hexdigest() for one in files}


def test_no_migration_that_landed_was_edited_or_taken_away(pytestconfig: pytest.Config) -> None:
    """`--golden=write` adds the new ones; those that are listed it leaves."""
    known, found = landed(), present()
    if pytestconfig.getoption("golden") == "write":
        known = found | known
        LANDED.write_text("".join(f"{told}  {name}\n" for name, told in sorted(known.items())))
    assert {name: found.get(name) for name in known} == known
    assert set(found) <= set(known), "a new one: run this test with --golden=write"
