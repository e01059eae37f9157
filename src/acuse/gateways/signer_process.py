"""The signer: the one process that opens private keys. It needs no database.

Every request carries the wrapped key; the key that unwraps it lies in the signer's own vault.
Opened keys are kept, so that one is opened once (performance.md 1: 41 ms each).
"""

from __future__ import annotations

import os
import socket
import socketserver
import struct
import subprocess
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from json import loads
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_private_key

from acuse.gateways import wire
from acuse.gateways.vault import Vault, WrongKey

Opener = Callable[[bytes, bytes], dict[str, str]]
LARGEST_FILE = 200 * 1024
OPENING_SECONDS = 20.0
KEPT_KEYS = 5000
# Uploads opened at once: more of them would take the processor from the signatures.
_openings = threading.BoundedSemaphore(2)


class Keys:
    """Private keys by the hash of their envelope, the longest unused forgotten first.

    `opener` opens an uploaded file.
    """

    def __init__(self, vault: Vault, opener: Opener) -> None:
        self.opener = opener
        self._vault = vault
        self._kept: OrderedDict[bytes, rsa.RSAPrivateKey] = OrderedDict()
        self._lock = threading.Lock()

    def key(self, company: int, name: str, envelope: bytes) -> rsa.RSAPrivateKey:
        """The opened key; raises WrongKey where the envelope is not that company's."""
        kept_as = sha256(f"{company}\x00{name}\x00".encode() + envelope).digest()
        with self._lock:
            key = self._kept.get(kept_as)
            if key is not None:
                self._kept.move_to_end(kept_as)
                return key
        plain = self._vault.unwrap(envelope, company=company, name=name)
        opened = load_der_private_key(plain, None, unsafe_skip_rsa_key_validation=True)
        assert isinstance(opened, rsa.RSAPrivateKey)
        with self._lock:
            self._kept[kept_as] = opened
            while len(self._kept) > KEPT_KEYS:
                self._kept.popitem(last=False)
        return opened

    def wrap(self, company: int, name: str, plain: bytes) -> bytes:
        """The envelope of a new key."""
        return self._vault.wrap(plain, company=company, name=name)


class _Handler(socketserver.BaseRequestHandler):
    server: _Listener

    def handle(self) -> None:
        connection: socket.socket = self.request
        while True:
            try:
                message = wire.read(connection.recv)
            except (wire.Broken, OSError, ValueError):
                return
            if message is None:
                return
            try:
                connection.sendall(answer(self.server.keys, *message))
            except OSError:  # the client did not wait
                return


class _Listener(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, path: str, keys: Keys) -> None:
        self.keys = keys
        self._connections: set[socket.socket] = set()
        super().__init__(path, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._connections.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        """End the kept connections too: their threads wait for requests."""
        super().server_close()
        for connection in tuple(self._connections):
            with suppress(OSError):  # ended at the same moment by its client
                connection.shutdown(socket.SHUT_RDWR)


class SignerServer:
    """Serves signatures on a socket that only our own user can reach."""

    def __init__(self, path: Path, vault: Vault, *, opener: Opener | None = None) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        mask = os.umask(0o177)
        try:
            self._listener = _Listener(str(path), Keys(vault, opener or open_apart))
        finally:
            os.umask(mask)

    def serve(self) -> None:
        """Serve until `stop`."""
        with self._listener:
            self._listener.serve_forever(poll_interval=0.1)

    def stop(self) -> None:
        """Make `serve` return; callable from a signal handler."""
        threading.Thread(target=self._listener.shutdown).start()  # it waits for `serve` to end


def answer(keys: Keys, head: dict[str, Any], parts: list[bytes]) -> bytes:
    """The reply to one request: a signature, an opened certificate, or a named problem."""
    match head, parts:
        case {"do": "sign", "company": int(company), "name": str(name)}, [envelope, data]:
            try:
                key = keys.key(company, name, envelope)
            except WrongKey:
                return wire.pack({"problem": "wrong_key"})
            return wire.pack({}, key.sign(data, padding.PKCS1v15(), hashes.SHA256()))
        case {"do": "open", "company": int(company)}, [content, password]:
            with _openings:
                return _open(keys, company, content, password)
    return wire.pack({"problem": "not_understood"})


def _open(keys: Keys, company: int, content: bytes, password: bytes) -> bytes:
    if len(content) > LARGEST_FILE:
        return wire.pack({"problem": "too_large"})
    told = keys.opener(content, password)
    if "problem" in told:
        return wire.pack({"problem": told["problem"]})
    certificate = bytes.fromhex(told["certificate"])
    name = f"certificate:{sha256(certificate).hexdigest()}"
    envelope = keys.wrap(company, name, bytes.fromhex(told["key"]))
    return wire.pack({"name": name}, certificate, envelope)


def open_apart(content: bytes, password: bytes) -> dict[str, str]:
    """The file's key and certificate in hexadecimal, or its problem: opened by a child process."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-m", "acuse.gateways.pkcs12"],
            input=struct.pack("!I", len(password)) + password + content,
            capture_output=True,
            timeout=OPENING_SECONDS,
            check=False,
            env={"PATH": "/usr/bin:/bin"},
        )
    except subprocess.TimeoutExpired:
        return {"problem": "too_costly"}
    if done.returncode != 0:
        return {"problem": "too_costly" if done.returncode < 0 else "damaged"}
    told: dict[str, str] = loads(done.stdout)
    return told
