"""Bytes that are evidence: kept once per company and hash, in the fact's own transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

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


def save_all(company_id: int, contents: Sequence[bytes]) -> list[int]:
    """The ids of the artifacts that hold these bytes; what is there is not written again."""
    names = [hashlib.sha256(content).hexdigest() for content in contents]
    rows = Artifact.objects.filter(company_id=company_id, sha256__in=names)
    there: dict[str, int] = dict(rows.values_list("sha256", "id"))
    return [
        there.get(name) or save(company_id, content)
        for name, content in zip(names, contents, strict=True)
    ]


def load(artifact_id: int) -> bytes:
    """The bytes; raises DamagedArtifact where they are not what was kept."""
    row = Artifact.objects.only("sha256", "packing", "content").get(pk=artifact_id)
    return content(row)


def content(row: Artifact) -> bytes:
    """The bytes of a row that is at hand; raises DamagedArtifact."""
    return unpack(row.sha256, row.packing, bytes(row.content))


def unpack(sha256: str, packing: str, content: bytes) -> bytes:
    """The bytes of a row that was read beside others; raises DamagedArtifact."""
    plain = zstandard.decompress(content) if packing == "zstd" else content
    if hashlib.sha256(plain).hexdigest() != sha256:
        raise DamagedArtifact(sha256)
    return plain
