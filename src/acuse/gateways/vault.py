"""Secrets at rest: AES-256-GCM envelopes, bound to their company and name.

An envelope moved to another row does not open (reliability.md S-27): the associated data are the
company, the name and the key's id.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = 1
NONCE = 12
KEY_ID = 8
KEY = 32
TAG = 16


class WrongKey(Exception):
    """The envelope does not open: other key, other place, or altered."""


class Vault:
    """Wraps with its current key, opens with any key it has."""

    def __init__(self, keys: Mapping[bytes, bytes], current: bytes) -> None:
        for key_id, key in keys.items():
            if len(key_id) != KEY_ID or len(key) != KEY:
                raise WrongKey(f"key {key_id.hex()} is damaged: restore it from its backup")
        self._keys = dict(keys)
        self._current = current

    def wrap(self, plain: bytes, *, company: int, name: str) -> bytes:
        """The envelope of a secret that belongs to that company under that name."""
        nonce = secrets.token_bytes(NONCE)
        sealed = AESGCM(self._keys[self._current]).encrypt(
            nonce, plain, _bound(self._current, company, name)
        )
        return bytes([VERSION]) + self._current + nonce + sealed

    def unwrap(self, envelope: bytes, *, company: int, name: str) -> bytes:
        """The secret; raises WrongKey."""
        key_id, sealed_at = envelope[1 : 1 + KEY_ID], 1 + KEY_ID + NONCE
        key = self._keys.get(key_id)
        if envelope[:1] != bytes([VERSION]) or len(envelope) < sealed_at + TAG or key is None:
            raise WrongKey("no key for this envelope")
        nonce = envelope[1 + KEY_ID : sealed_at]
        try:
            return AESGCM(key).decrypt(nonce, envelope[sealed_at:], _bound(key_id, company, name))
        except InvalidTag:
            raise WrongKey("the envelope does not open here") from None

    def rewrap(self, envelope: bytes, *, company: int, name: str) -> bytes:
        """The same secret under the current key."""
        return self.wrap(
            self.unwrap(envelope, company=company, name=name), company=company, name=name
        )


def load_or_create_keys(folder: Path, name: str) -> Vault:
    """The vault whose keys lie in `folder`/`name`.*.key, the newest current; one is made if none.

    Keys are backed up apart from the database: without them nothing wrapped opens again. Raises
    WrongKey where there was a key and is none, or a damaged one: a new one would open nothing.
    """
    files = _files(folder, name)
    return Vault({_key_id(file): file.read_bytes() for file in files}, _key_id(files[0]))


def load_or_create_plain(folder: Path, name: str) -> tuple[bytes, ...]:
    """The same keys as they are, the newest first, for what is signed and not wrapped."""
    keys = tuple(file.read_bytes() for file in _files(folder, name))
    if any(len(key) != KEY for key in keys):
        raise WrongKey(f"a key of {folder}/{name} is damaged: restore it from its backup")
    return keys


def add_key(folder: Path, name: str) -> None:
    """A new key becomes the current one; what older keys wrapped still opens, and is rewrapped."""
    _write(folder, name)


def _files(folder: Path, name: str) -> list[Path]:
    """The files of the keys, the newest first; one is made if there is none."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    files = list(folder.glob(f"{name}.*.key")) or [_create(folder, name)]
    return sorted(files, key=lambda file: (file.stat().st_mtime_ns, file.name), reverse=True)


def _create(folder: Path, name: str) -> Path:
    """A new key file; two processes that start at once end up with the same one."""
    lock = folder / f"{name}.first"
    try:
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return _made_by_another(folder, name)
    os.close(handle)
    return _write(folder, name)


def _write(folder: Path, name: str) -> Path:
    """The file of a new key, whole and on the disk before it has its name."""
    key_id = secrets.token_hex(KEY_ID)
    draft = folder / f"{name}.{key_id}.draft"
    final = folder / f"{name}.{key_id}.key"
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(KEY))
        file.flush()
        os.fsync(file.fileno())
    draft.rename(final)
    directory = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
    return final


def _key_id(file: Path) -> bytes:
    try:
        return bytes.fromhex(file.name.split(".")[-2])
    except ValueError:
        raise WrongKey(f"{file} has not the name of a key") from None


def _made_by_another(folder: Path, name: str) -> Path:
    for _ in range(500):
        files = sorted(folder.glob(f"{name}.*.key"))
        if files:
            return files[0]
        time.sleep(0.01)
    raise WrongKey(f"{folder}/{name}.first is there, but no key: restore the key from its backup")


def _bound(key_id: bytes, company: int, name: str) -> bytes:
    return b"acuse\x00" + key_id + f"\x00{company}\x00{name}".encode()
