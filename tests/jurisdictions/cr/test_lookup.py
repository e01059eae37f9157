"""What a customer types at Hacienda to see that the document is true: the clave, bare."""

from __future__ import annotations

from dataclasses import replace

from acuse.domain.face import Field
from acuse.domain.party import Environment
from acuse.jurisdictions.cr import jurisdiction
from tests.jurisdictions.cr.makers import company, document, seal


def test_a_document_is_looked_up_by_its_clave() -> None:
    real = replace(company(), environment=Environment.PRODUCTION)
    sealed = seal(company=real)
    found = jurisdiction.verify(document(), real, sealed, None)
    assert found is not None
    assert found.values == (Field("Clave numérica", sealed.fiscal_id),)
    assert sealed.fiscal_id.isdigit()  # in groups it would not be taken
    assert found.address == ""  # no paper names one
    assert "Hacienda" in found.where


def test_staging_has_no_look_up() -> None:
    for environment in (Environment.SANDBOX, Environment.TEST):
        issuer = replace(company(), environment=environment)
        assert jurisdiction.verify(document(), issuer, seal(company=issuer), None) is None
