"""Opens one uploaded .p12 in a process of its own, with limits: run as a module, never imported.

A file of 2.5 KB can ask for 18 s of CPU (reliability.md E19). Input: the password's length (4
bytes), the password, the file. Output: JSON; on success also what the signer wraps.
"""

from __future__ import annotations

import json
import resource
import struct
import sys

CPU_SECONDS = 3  # an honest file takes 0.1
MEMORY = 1 << 30


def main() -> None:
    """Read stdin, write one JSON value to stdout."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # the limit's signal would dump the key
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    raw = sys.stdin.buffer.read()
    (length,) = struct.unpack("!I", raw[:4])
    print(json.dumps(opened(raw[4 + length :], raw[4 : 4 + length])))


def opened(content: bytes, password: bytes) -> dict[str, str]:
    """`certificate` and `key` (hex DER), or `problem` with a stable word."""
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
        pkcs12,
    )

    try:
        key, certificate, others = pkcs12.load_key_and_certificates(content, password or None)
    except ValueError:
        return {"problem": "password" if _looks_like_pkcs12(content) else "damaged"}
    if key is None:
        return {"problem": "no_key"}
    if not isinstance(key, rsa.RSAPrivateKey):
        return {"problem": "not_rsa"}
    if key.key_size < 2048:
        return {"problem": "weak"}
    # A file may leave unsaid which of its certificates is the key's.
    candidates = [certificate, *others] if certificate else others
    certificate = next((one for one in candidates if one.public_key() == key.public_key()), None)
    if certificate is None:
        return {"problem": "mismatch"}
    return {
        "certificate": certificate.public_bytes(Encoding.DER).hex(),
        "key": key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()).hex(),
    }


def _looks_like_pkcs12(content: bytes) -> bool:
    """Whether it is a whole DER sequence that begins as PFX version 3 does."""
    if len(content) < 20 or content[0] != 0x30:
        return False
    size = content[1]
    start = 2
    if size & 0x80:
        count = size & 0x7F
        size, start = int.from_bytes(content[2 : 2 + count]), 2 + count
    return len(content) == start + size and content[start : start + 3] == b"\x02\x01\x03"


if __name__ == "__main__":
    main()
