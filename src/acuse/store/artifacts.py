"""Bytes that are evidence: kept once per company and hash, in the fact's own transaction."""

from __future__ import annotations

import hashlib

import zstandard
from django.db import connection

from acuse.store.models import Artifact

WORTH_PACKING = 512
_PACKED_ALREADY = (b"%PDF", b"PK\x03\x04")


SAVE = """
INSERT INTO store_artifact (company_id, sha256, packing, content) VALUES (%s, %s, %s, %s)
ON CONFLICT DO NOTHING RETURNING id
"""


class DamagedArtifact(Exception):
    """Stored bytes do not hash to their name: they are not used."""


def save(company_id: int, content: bytes) -> int:
    """The id of the artifact that holds these bytes."""
    sha256 = hashlib.sha256(content).hexdigest()
    packing, packed = "", content
    if len(content) >= WORTH_PACKING and not content.startswith(_PACKED_ALREADY):
        packing, packed = "zstd", zstandard.compress(content, 3)
    with connection.cursor() as cursor:
        cursor.execute(SAVE, [company_id, sha256, packing, packed])
        made = cursor.fetchone()
    if made:
        return int(made[0])
    return Artifact.objects.values_list("id", flat=True).get(company_id=company_id, sha256=sha256)


def load(artifact_id: int) -> bytes:
    """The bytes; raises DamagedArtifact where they are not what was kept."""
    row = Artifact.objects.only("sha256", "packing", "content").get(pk=artifact_id)
    return unpack(row.sha256, row.packing, bytes(row.content))


def unpack(sha256: str, packing: str, content: bytes) -> bytes:
    """The bytes of a row that was read beside others; raises DamagedArtifact."""
    plain = zstandard.decompress(content) if packing == "zstd" else content
    if hashlib.sha256(plain).hexdigest() != sha256:
        raise DamagedArtifact(sha256)
    return plain
