"""Where the signer does not answer, each button says so, and nothing is half done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from acuse.flow import outside
from acuse.gateways.signer import SignerClient
from acuse.store import documents
from tests.flow.house import House
from tests.web.conftest import Enter
from tests.web.forms import alerts

GONE = "El firmador no responde"


@pytest.fixture
def signer_leaves(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], None]:
    """Call it, and from then on nobody listens where the signer should."""
    nobody = SignerClient(tmp_path / "nobody")
    return lambda: monkeypatch.setattr(outside, "_signer", lambda: nobody)


def test_contingency_is_not_begun(
    house: House, enter: Enter, signer_leaves: Callable[[], None]
) -> None:
    company = house.colombia()
    issued = house.issue(company)
    client = enter(company)
    signer_leaves()
    place = f"/e/{company.id}/facturas/{issued.id}/contingencia/"
    assert GONE in alerts(client.post(place, {"announced": "on"}, follow=True))
    assert not documents.load(issued.id).document.contingency


def test_the_container_is_not_made(
    house: House, enter: Enter, signer_leaves: Callable[[], None]
) -> None:
    company = house.colombia()
    issued = house.issue(company)
    client = enter(company)
    document = f"/e/{company.id}/facturas/{issued.id}/"
    client.post(f"{document}contingencia/", {"announced": "on"})
    signer_leaves()
    told = client.get(f"{document}archivos/contenedor", follow=True)
    assert GONE in alerts(told)
    assert told.redirect_chain[-1][0] == document


def test_the_buyers_answer_is_not_asked_for(
    house: House, enter: Enter, signer_leaves: Callable[[], None]
) -> None:
    company = house.colombia()
    issued = house.issue(company)
    house.submit(company)
    client = enter(company)
    signer_leaves()
    place = f"/e/{company.id}/facturas/{issued.id}/eventos/"
    assert GONE in alerts(client.post(place, follow=True))


def test_ranges_are_not_asked_for(
    house: House, enter: Enter, signer_leaves: Callable[[], None]
) -> None:
    company = house.colombia()
    client = enter(company)
    signer_leaves()
    place = f"/e/{company.id}/configuracion/facturacion/numeraciones/leer/"
    assert GONE in alerts(client.post(place, follow=True))


def test_a_contacts_mailbox_is_not_asked_for(
    house: House, enter: Enter, signer_leaves: Callable[[], None]
) -> None:
    company = house.colombia()
    client = enter(company)
    signer_leaves()
    place = f"/e/{company.id}/contactos/buscar/"
    told = client.post(place, {"type": "NIT", "number": "900373913"})
    assert GONE in told.content.decode()
