"""P1, P2, P3: building and signing, against raw signatures, a peer, and itself when long."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from lxml import etree
from signxml.algorithms import CanonicalizationMethod
from signxml.signer import XMLSigner
from tests.jurisdictions.co import makers as colombian
from tests.support import makers

from acuse import jurisdictions
from acuse.domain.document import Document
from acuse.domain.jurisdiction import Draws
from benchmarks.goals import Goal
from benchmarks.slices import per_second

DRAWS = Draws(security_code="12345678", file=1)
COUNTRIES = {
    "PE": (makers.company(), makers.credential(makers.RUC), makers.document(), makers.line()),
    "CR": (
        makers.costa_rican_company(),
        makers.credential(makers.CJ),
        makers.costa_rican_document(),
        makers.costa_rican_line(),
    ),
    "CO": (colombian.company(), colombian.credential(), colombian.document(), colombian.line()),
}


def goals() -> Iterator[Goal]:
    """The goals of this module."""
    for country, (_, holder, _, _) in COUNTRIES.items():
        ten = sealing(country, 10)
        rates = per_second({"raw": partial(holder.sign, b"x" * 500), "ten": ten})
        yield Goal(f"P1 {country}", rates["ten"] / rates["raw"], 0.60, note="of raw RSA-2048")
        long = per_second({"ten": ten, "long": sealing(country, 990)})
        growth = (rates_per_line(long["long"], 990)) / rates_per_line(long["ten"], 10)
        yield Goal(f"P3 {country}", growth, 1.1, most=True, note="a line of 990 to a line of 10")
    peer = per_second({"ours": sealing("PE", 10), "signxml": signxml_only()})
    yield Goal("P2 signxml", peer["ours"] / peer["signxml"], 3.0, note="to the peer's sign only")


def rates_per_line(documents: float, lines: int) -> float:
    """Seconds a line."""
    return 1 / documents / lines


def sealing(country: str, lines: int) -> Callable[[], object]:
    """Build and sign a document of so many lines."""
    company, holder, _, _ = COUNTRIES[country]
    many = invoice(country, lines)
    jurisdiction = jurisdictions.find(country)
    return lambda: jurisdiction.seal(many, company, DRAWS, holder, makers.AT)


def invoice(country: str, lines: int) -> Document:
    """A document of so many different lines."""
    _, _, document, line = COUNTRIES[country]
    made = tuple(
        replace(line, description=f"Producto número {n}, alpaca & algodón", code=f"C{n:03d}")
        for n in range(lines)
    )
    return replace(document, lines=made, exchange_rate=None)


def signxml_only() -> Callable[[], object]:
    """The peer: sign the same document, parsed before."""
    company, holder, _, _ = COUNTRIES["PE"]
    ten = invoice("PE", 10)
    sealed = jurisdictions.find("PE").seal(ten, company, DRAWS, holder, makers.AT)
    root = etree.fromstring(sealed.content)
    for signature in root.findall(".//{http://www.w3.org/2000/09/xmldsig#}Signature"):
        parent = signature.getparent()
        assert parent is not None
        parent.remove(signature)
    key = makers.key()  # opened before: opening it each time would cost thirty signatures
    signer = XMLSigner(c14n_algorithm=CanonicalizationMethod.CANONICAL_XML_1_0)

    def sign() -> object:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return signer.sign(root, key=key)

    return sign
