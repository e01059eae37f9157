"""What is written is canonical without being parsed, whatever the texts are."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from acuse.xml import ubl
from acuse.xml.build import (
    EMPTY,
    Markup,
    UnwritableText,
    figure,
    joined,
    leaf,
    maybe,
    namespace_declarations,
    node,
    root,
)

WRITABLE = st.text(
    st.one_of(
        st.sampled_from("&<>\"'\t\r\n]]>\u00a0\u0085\u2028éñ🙂\ufffd"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff").filter(
            lambda sign: sign >= " " or sign in "\t\r\n"
        ),
    ),
    max_size=40,
)
NAMESPACES = {"": "urn:uno", "z": "urn:zeta", "a": "urn:alfa"}

document = root("Raiz", NAMESPACES)
box = node("a:Caja", zeta="&<\"'\t\n\r", alfa="1")
path = node("a:Uno", "z:Dos", "Tres")
plain_leaf = leaf("z:Texto")
fixed = leaf("Fijo", moneda="PEN")
one = leaf("Uno", "unidad", zona="fija & <firme>")
two = leaf("Dos", "b", "a", c="3")
amount = figure("Monto", moneda="PEN")


def canonical(markup: Markup) -> str:
    """The parser's opinion of the canonical form."""
    return etree.tostring(etree.fromstring(markup.encode()), method="c14n").decode()


@given(WRITABLE, WRITABLE, WRITABLE)
@example("]]>", "\r", "\t\n\"<&>'")
@example("", "", "")
def test_what_is_written_is_canonical(first: str, second: str, third: str) -> None:
    written = document(
        box(plain_leaf(first), fixed(second), EMPTY),
        path(one(first, second), two(second, third, first)),
        amount("12.50"),
        maybe(fixed, third),
        joined(plain_leaf(third), box()),
    )
    assert canonical(written) == written


@given(WRITABLE, WRITABLE)
def test_a_text_comes_back_as_it_went_in(text: str, attribute: str) -> None:
    element = etree.fromstring(one(text, attribute).encode())
    assert (element.text or "", element.get("unidad")) == (text, attribute)


@given(WRITABLE)
def test_the_aggregates_of_ubl_are_canonical(text: str) -> None:
    write = root("Party", {"": "urn:x", **ubl.NAMESPACES})
    written = write(
        ubl.identified(text, text),
        ubl.party_legal_entity(
            ubl.registration_name(text),
            ubl.registration_address(
                *ubl.address_parts(
                    place=text,
                    kind=text,
                    city=text,
                    region=text,
                    district=text,
                    line=text,
                    country=text,
                )
            ),
        ),
        ubl.tax_category(ubl.tax_scheme("1000", "IGV", "VAT")),
        ubl.money("TaxAmount", "PEN")("18.00"),
    )
    assert canonical(written) == written


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\ud800", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_never_written(sign: str) -> None:
    for write in (plain_leaf, fixed):
        with pytest.raises(UnwritableText):
            write(f"a{sign}b")
    with pytest.raises(UnwritableText):
        one("a", f"a{sign}b")


def test_an_attribute_too_many_or_too_few_is_an_error() -> None:
    for given_ in ((), ("a", "b")):
        with pytest.raises(ValueError):
            one("texto", *given_)
    with pytest.raises(ValueError):
        two("texto", "a")


def test_namespaces_stand_in_canonical_order() -> None:
    assert namespace_declarations(NAMESPACES) == (
        ' xmlns="urn:uno" xmlns:a="urn:alfa" xmlns:z="urn:zeta"'
    )


def test_nothing_is_written_for_a_text_that_is_not_there() -> None:
    assert maybe(fixed, "") == maybe(fixed, None) == ""
    assert maybe(fixed, "x") == fixed("x")
