"""The constancia's paper has a signature of its company's, or there is no paper."""

from __future__ import annotations

from datetime import UTC
from io import BytesIO

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from pypdf import PdfReader

from acuse.flow import constancia, outside
from acuse.gateways.render import RenderFailed
from acuse.store import companies
from tests.flow.house import BY, House
from tests.flow.test_constancia import COUNTRIES
from tests.support import pades


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_paper_is_signed_by_its_company_at_its_moment(house: House, country: str) -> None:
    company = COUNTRIES[country](house)
    issued = house.issue(company)
    at = outside.now()
    paper = constancia.paper(company.id, issued.id, by=BY, at=at).content
    stored = companies.certificate(company.id)
    assert pades.signer_of(paper).public_bytes(Encoding.DER) == stored.der
    ((_, field),) = (PdfReader(BytesIO(paper)).get_fields() or {}).items()
    assert field.value["/M"] == f"D:{at.astimezone(UTC):%Y%m%d%H%M%S}Z"


def test_a_paper_of_another_form_is_not_signed_but_refused(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = house.peru()
    issued = house.issue(company)
    monkeypatch.setattr(outside, "render_constancia", lambda told: b"%PDF-2.0\n")
    with pytest.raises(RenderFailed, match="cannot be signed"):
        constancia.paper(company.id, issued.id, by=BY, at=outside.now())
