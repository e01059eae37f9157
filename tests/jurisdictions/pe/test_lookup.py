"""What a customer types at SUNAT to see that the document is true: the words of the code."""

from __future__ import annotations

from dataclasses import replace

import pytest

from acuse.domain.lookup import Lookup
from acuse.domain.party import Environment
from acuse.jurisdictions.pe import jurisdiction
from tests.jurisdictions.pe import others
from tests.jurisdictions.pe.makers import seal
from tests.jurisdictions.pe.test_despatch import LINK, described
from tests.support.makers import RUC, company, document

REAL = company(environment=Environment.PRODUCTION)


def values(found: Lookup | None) -> dict[str, str]:
    assert found is not None
    return {one.label: one.value for one in found.values}


def test_a_sale_is_looked_up_by_what_its_code_says() -> None:
    one, sealed = document(), seal(issuer=REAL)
    found = jurisdiction.verify(one, REAL, sealed, None)
    assert values(found) == {
        "RUC del emisor": RUC,
        "Tipo": "Factura electrónica",
        "Serie": "F001",
        "Número": "123",
        "Fecha de emisión": "25/11/2026",
        "Importe total": "118.00",
    }
    ruc, kind, series, number, _, total, *_ = jurisdiction.face(one, REAL, sealed, None).qr.split(
        "|"
    )
    assert (ruc, series, number, total) == (RUC, "F001", "123", "118.00")
    assert kind == "01"
    assert found is not None
    assert found.address == ""  # no paper names one
    assert "SUNAT" in found.where


@pytest.mark.parametrize("name", others.OTHERS)
def test_other_kinds_are_looked_up_too(name: str) -> None:
    one = others.read_case(name).document
    told = values(jurisdiction.verify(one, REAL, others.seal(one, REAL), None))
    assert {"RUC del emisor", "Tipo", "Serie", "Número", "Fecha de emisión"} <= set(told)
    assert ("Importe total" in told) is not name.startswith("guia-")


def test_a_guide_is_looked_up_where_its_verdict_says() -> None:
    one = others.read_case("guia-venta-privada").document
    sealed = others.seal(one, REAL)
    found = jurisdiction.verify(one, REAL, sealed, described(LINK))
    assert found is not None
    assert found.address == LINK


@pytest.mark.parametrize("environment", [Environment.SANDBOX, Environment.TEST])
def test_what_sunat_does_not_show_is_not_looked_up(environment: Environment) -> None:
    issuer = replace(REAL, environment=environment)
    assert jurisdiction.verify(document(), issuer, seal(issuer=issuer), None) is None
