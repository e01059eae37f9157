"""Our signature: good for two other libraries, over bytes that were never parsed."""

from __future__ import annotations

import hashlib
from base64 import b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from signxml.exceptions import InvalidSignature

from acuse.xml.build import leaf, namespace_declarations
from acuse.xml.signature import DECLARATION, DS, Signed, sign_enveloped
from tests.support import makers, signatures
from tests.xml.test_build import WRITABLE

NAMESPACES = {"": "urn:doc", "ds": DS, "b": "urn:b", "a": "urn:a"}
text = leaf("Texto")


def signed(value: str = "uno", namespaces: dict[str, str] = NAMESPACES) -> Signed:
    start = f"<Doc{namespace_declarations(namespaces)}>"
    return sign_enveloped(
        f"{start}<Lugar>",
        f"</Lugar>{text(value)}</Doc>",
        namespaces=namespaces,
        credential=makers.credential(),
        signature_id="S-1",
    )


@settings(max_examples=40, deadline=None)
@given(WRITABLE)
def test_a_signed_document_is_good_for_xmlsec_and_signxml(value: str) -> None:
    content = signed(value).content
    assert signatures.good_for_xmlsec(content)
    assert signatures.signed_part(content).findtext("{urn:doc}Texto") == value


@settings(max_examples=40, deadline=None)
@given(WRITABLE)
def test_a_signed_document_is_canonical_behind_its_declaration(value: str) -> None:
    content = signed(value).content
    assert DECLARATION + etree.tostring(etree.fromstring(content), method="c14n") == content


@pytest.mark.parametrize("extra", [{}, {"Z": "urn:z"}, {"zz": "urn:z", "ab": "urn:y"}])
def test_the_namespaces_above_the_signature_are_part_of_what_is_signed(
    extra: dict[str, str],
) -> None:
    assert signatures.good_for_xmlsec(signed(namespaces=NAMESPACES | extra).content)


@given(st.integers(0, 200))
@settings(max_examples=20, deadline=None)
def test_one_changed_letter_breaks_it(place: int) -> None:
    content = signed("a" * 201).content
    at = content.index(b"aaa") + place
    changed = content[:at] + b"b" + content[at + 1 :]
    assert not signatures.good_for_xmlsec(changed)
    with pytest.raises(InvalidSignature):
        signatures.signed_part(changed)


def test_the_digest_is_that_of_the_document_without_its_signature() -> None:
    bare = f"<Doc{namespace_declarations(NAMESPACES)}><Lugar></Lugar>{text('uno')}</Doc>"
    digest = b64encode(hashlib.sha256(bare.encode()).digest()).decode()
    one = signed()
    assert one.digest == digest
    assert f"<ds:DigestValue>{digest}</ds:DigestValue>".encode() in one.content


def test_the_same_arguments_give_the_same_bytes() -> None:
    assert signed() == signed()
    assert signed("otro") != signed()
