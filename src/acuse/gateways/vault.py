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


class WrongKey(Exception):
    """The envelope does not open: other key, other place, or altered."""


class Vault:
    """Wraps with its current key, opens with any key it has."""

    def __init__(self, keys: Mapping[bytes, bytes], current: bytes) -> None:
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
        key_id = envelope[1 : 1 + KEY_ID]
        nonce = envelope[1 + KEY_ID : 1 + KEY_ID + NONCE]
        key = self._keys.get(key_id)
        if envelope[:1] != bytes([VERSION]) or key is None:
            raise WrongKey("no key for this envelope")
        try:
            return AESGCM(key).decrypt(
                nonce, envelope[1 + KEY_ID + NONCE :], _bound(key_id, company, name)
            )
        except InvalidTag:
            raise WrongKey("the envelope does not open here") from None

    def rewrap(self, envelope: bytes, *, company: int, name: str) -> bytes:
        """The same secret under the current key."""
        return self.wrap(
            self.unwrap(envelope, company=company, name=name), company=company, name=name
        )


def load_or_create_keys(folder: Path, name: str) -> Vault:
    """The vault whose keys lie in `folder`/`name`.*.key, the newest current; one is made if none.

    Keys are backed up apart from the database: without them nothing wrapped opens again.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    files = sorted(folder.glob(f"{name}.*.key"))
    if not files:
        files = [_create(folder, name)]
    keys = {bytes.fromhex(file.name.split(".")[-2]): file.read_bytes() for file in files}
    newest = max(files, key=lambda file: (file.stat().st_mtime_ns, file.name))
    return Vault(keys, bytes.fromhex(newest.name.split(".")[-2]))


def _create(folder: Path, name: str) -> Path:
    """A new key file; two processes that start at once end up with the same one."""
    key_id = secrets.token_hex(KEY_ID)
    lock = folder / f"{name}.first"
    try:
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return _made_by_another(folder, name)
    os.close(handle)
    draft = folder / f"{name}.{key_id}.draft"
    draft.touch(mode=0o600)
    draft.write_bytes(secrets.token_bytes(KEY))
    final = folder / f"{name}.{key_id}.key"
    draft.rename(final)
    return final


def _made_by_another(folder: Path, name: str) -> Path:
    for _ in range(500):
        files = sorted(folder.glob(f"{name}.*.key"))
        if files:
            return files[0]
        time.sleep(0.01)
    raise WrongKey(f"{folder}/{name}.first is there, but no key: restore the key from its backup")


def _bound(key_id: bytes, company: int, name: str) -> bytes:
    return b"acuse\x00" + key_id + f"\x00{company}\x00{name}".encode()
