"""The papers' own samples, read and judged: invented people, signed with an invented key."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from acuse_sandbox import papers
from tests.sandbox.hacienda.place import BUYER, Place, clave, key
from tests.sandbox.hacienda.signing import sign, signer

pytestmark = pytest.mark.authority
FOLDER = papers.folder() / "cr/samples"
SAMPLES = (  # and the one that it names
    ("FE-goods", ""),
    ("FE-exonerated", ""),
    ("FE-usd", ""),
    ("TE-service-charge", ""),
    ("NC-partial", "FE-goods"),
    ("ND-charge", "FE-goods"),
    ("FEC-purchase", ""),
    ("FEE-export", ""),
)


def sample(name: str) -> bytes:
    path: Path = FOLDER / f"{name}.xml"
    if not path.is_file():
        pytest.skip(f"no samples in {FOLDER} (ACUSE_AUTHORITY_DIR)")
    return path.read_bytes()


@pytest.mark.parametrize(("name", "before"), SAMPLES)
def test_a_sample_breaks_no_rule(place: Place, name: str, before: str) -> None:
    if before:
        assert place.verdict(sample(before)).state == "aceptado"
    verdict = place.verdict(sample(name))
    assert (verdict.state, verdict.codes) == ("aceptado", set())


def test_a_payment_of_the_sample_that_was_sold_for_cash_is_rejected(place: Place) -> None:
    """The sample pays 56500 for a document of 9870 that was not sold on credit."""
    place.later(hours=5)  # it was issued in the afternoon
    place.verdict(sample("FE-goods"))
    assert place.verdict(sample("REP-payment")).codes == {"CR-REP-1", "CR-REP-2"}


def test_the_same_payment_of_a_credit_sale_is_accepted(place: Place) -> None:
    place.later(hours=5)
    told = {"clave": clave(sample("FE-goods")), "state": "accepted", "condition": "08"}
    place.hacienda.learn("document", told | {"total": "113000"})
    assert place.verdict(sample("REP-payment")).codes == set()


def test_an_answer_signed_with_the_sellers_key_is_rejected(place: Place) -> None:
    """All samples share one key; signed with the receiver's own the answer is taken."""
    place.later(days=1)
    place.verdict(sample("FE-goods"))
    document = sample("MR-accept")
    assert place.verdict(document, user=BUYER).codes == {"CR-CERT-2"}
    place.hacienda.clear()
    place.later(seconds=1)
    place.verdict(sample("FE-goods"))
    root = etree.fromstring(document)
    root.remove(root[-1])
    again = sign(root, signer("CPF-01-9999-0888"))
    assert place.verdict(again, user=BUYER).codes == set()
    assert key(again).endswith("-00100001050000000001")
