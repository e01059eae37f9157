"""An uploaded certificate: opened apart, checked, wrapped; a wrong one replaces nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from acuse.domain.problem import Blocked
from acuse.flow import company as company_flow
from acuse.flow import outside
from acuse.gateways.invented import make_certificate
from acuse.store import models
from tests.flow.house import BY, House, p12


def refusal(company_id: int, content: bytes, password: str) -> str:
    with pytest.raises(Blocked) as blocked:
        company_flow.store_certificate(company_id, content, password, by=BY, at=outside.now())
    return blocked.value.problems[0].text


def test_a_wrong_certificate_is_refused_with_its_reason_and_the_working_one_stays(
    house: House,
) -> None:
    company = house.peru()
    before = models.Certificate.objects.get(active=True).sha256
    good = p12("20999888772")
    assert "contraseña" in refusal(company.id, good, "otra")
    assert "dañado" in refusal(company.id, b"no es un certificado", "1234")
    assert "otro titular" in refusal(company.id, p12("20999000119"), "1234")
    past = outside.now() - timedelta(days=800)
    expired = make_certificate("Vencida", "20999888772", password="1234", at=past)
    assert "venció" in refusal(company.id, expired, "1234")
    assert models.Certificate.objects.get(active=True).sha256 == before
    house.issue(company)


def test_no_secret_lies_in_the_database_in_plain(house: House) -> None:
    company = house.costa_rica()
    house.issue(company)
    house.run(company)
    for row in models.Secret.objects.all():
        assert b"clave-inventada" not in bytes(row.wrapped)
    notes = [bytes(note.wrapped) for note in models.ChannelNote.objects.all()]
    assert notes
    tokens = {note.value.encode() for note in outside.notes(company.id).values()}
    assert not any(token in wrapped for token in tokens for wrapped in notes)
    stored = b"".join(bytes(one.content) for one in models.Artifact.objects.all())
    assert not any(token in stored for token in tokens)


def test_a_key_moved_to_another_company_does_not_sign(house: House) -> None:
    peru, costa_rica = house.peru(), house.costa_rica()
    row = models.Certificate.objects.get(company_id=peru.id)
    models.Certificate.objects.filter(company_id=costa_rica.id).update(
        wrapped_key=row.wrapped_key, der=row.der
    )
    with pytest.raises(Blocked):
        house.issue(costa_rica)
    assert house.next_number(costa_rica) == 1
