"""Secrets at rest open in their own place with their own key, and nowhere else."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from acuse.gateways.vault import Vault, WrongKey, add_key, load_or_create_keys

SECRET = b"clave SOL"
FIRST, SECOND = b"11111111", b"22222222"


def vault(current: bytes = FIRST) -> Vault:
    return Vault({FIRST: b"a" * 32, SECOND: b"b" * 32}, current)


def wrapped(secret: bytes = SECRET) -> bytes:
    return vault().wrap(secret, company=7, name="sol_password")


@pytest.mark.parametrize("secret", [b"", SECRET, bytes(range(256)) * 20])
def test_a_secret_opens_where_it_was_wrapped(secret: bytes) -> None:
    assert vault().unwrap(wrapped(secret), company=7, name="sol_password") == secret


def test_the_same_secret_never_looks_the_same_and_never_shows() -> None:
    assert wrapped() != wrapped()
    assert SECRET not in wrapped()


@pytest.mark.parametrize(("company", "name"), [(8, "sol_password"), (7, "sol_user"), (77, "")])
def test_an_envelope_moved_to_another_row_does_not_open(company: int, name: str) -> None:
    with pytest.raises(WrongKey):
        vault().unwrap(wrapped(), company=company, name=name)


def test_company_and_name_are_not_confused_where_they_meet() -> None:
    envelope = vault().wrap(SECRET, company=1, name="2\x003")
    with pytest.raises(WrongKey):
        vault().unwrap(envelope, company=12, name="3")


def test_no_changed_bit_is_overlooked() -> None:
    envelope = wrapped()
    for place in range(len(envelope)):
        changed = bytearray(envelope)
        changed[place] ^= 1
        with pytest.raises(WrongKey):
            vault().unwrap(bytes(changed), company=7, name="sol_password")


def test_no_cut_envelope_opens() -> None:
    envelope = wrapped()
    for size in range(len(envelope)):
        with pytest.raises(WrongKey):
            vault().unwrap(envelope[:size], company=7, name="sol_password")


def test_another_key_under_the_same_id_does_not_open_it() -> None:
    with pytest.raises(WrongKey):
        Vault({FIRST: b"c" * 32}, FIRST).unwrap(wrapped(), company=7, name="sol_password")


def test_an_older_key_opens_and_rewrapping_leaves_it_behind() -> None:
    renewed = vault(SECOND).rewrap(wrapped(), company=7, name="sol_password")
    alone = Vault({SECOND: b"b" * 32}, SECOND)
    assert alone.unwrap(renewed, company=7, name="sol_password") == SECRET
    with pytest.raises(WrongKey):
        alone.unwrap(wrapped(), company=7, name="sol_password")


def test_keys_are_made_once_for_our_own_user_and_found_again(tmp_path: Path) -> None:
    envelope = load_or_create_keys(tmp_path / "keys", "vault").wrap(SECRET, company=1, name="x")
    (file,) = (tmp_path / "keys").glob("*.key")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    again = load_or_create_keys(tmp_path / "keys", "vault")
    assert again.unwrap(envelope, company=1, name="x") == SECRET


def test_vaults_of_other_names_have_other_keys(tmp_path: Path) -> None:
    envelope = load_or_create_keys(tmp_path, "vault").wrap(SECRET, company=1, name="x")
    with pytest.raises(WrongKey):
        load_or_create_keys(tmp_path, "signer").unwrap(envelope, company=1, name="x")


def test_those_who_start_together_end_with_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        vaults = list(pool.map(lambda _: load_or_create_keys(tmp_path, "vault"), range(8)))
    envelope = vaults[0].wrap(SECRET, company=1, name="x")
    assert all(one.unwrap(envelope, company=1, name="x") == SECRET for one in vaults)
    assert len(list(tmp_path.glob("*.key"))) == 1


def test_a_lost_key_is_not_silently_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("acuse.gateways.vault.time.sleep", lambda _: None)
    load_or_create_keys(tmp_path, "vault")
    (file,) = tmp_path.glob("*.key")
    file.unlink()
    with pytest.raises(WrongKey, match="restore the key"):
        load_or_create_keys(tmp_path, "vault")


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 33])
def test_a_damaged_key_is_told_at_the_start(tmp_path: Path, content: bytes) -> None:
    load_or_create_keys(tmp_path, "vault")
    (file,) = tmp_path.glob("*.key")
    file.write_bytes(content)
    with pytest.raises(WrongKey, match="damaged"):
        load_or_create_keys(tmp_path, "vault")


def test_an_added_key_wraps_and_the_older_one_still_opens(tmp_path: Path) -> None:
    old = load_or_create_keys(tmp_path, "vault")
    envelope = old.wrap(SECRET, company=1, name="x")
    add_key(tmp_path, "vault")
    new = load_or_create_keys(tmp_path, "vault")
    assert new.unwrap(envelope, company=1, name="x") == SECRET
    with pytest.raises(WrongKey):
        old.unwrap(new.wrap(SECRET, company=1, name="x"), company=1, name="x")
