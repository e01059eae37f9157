"""Where a customer sees that the document is true: the address of the DIAN that its code holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from acuse.domain.face import Field
from acuse.domain.party import Environment
from acuse.jurisdictions.co import jurisdiction
from tests.jurisdictions.co.makers import company, document, seal


@pytest.mark.parametrize("environment", [Environment.TEST, Environment.PRODUCTION])
def test_the_address_is_that_of_the_code(environment: Environment) -> None:
    issuer = replace(company(), environment=environment)
    sealed = seal(company=issuer)
    found = jurisdiction.verify(document(), issuer, sealed, None)
    assert found is not None
    assert found.address in jurisdiction.face(document(), issuer, sealed, None).qr.split("\n")
    assert found.address.endswith(f"documentkey={sealed.fiscal_id}")
    assert ("-hab." in found.address) is (environment is Environment.TEST)
    assert found.values == (Field("CUFE", sealed.fiscal_id),)


def test_no_authority_knows_of_a_rehearsal() -> None:
    issuer = replace(company(), environment=Environment.SANDBOX)
    assert jurisdiction.verify(document(), issuer, seal(company=issuer), None) is None
