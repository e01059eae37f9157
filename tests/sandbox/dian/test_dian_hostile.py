"""What a stranger may send: bombs, depths, entities, doubled ids. The service answers and lives."""

from __future__ import annotations

import pytest

from acuse_sandbox.world import Request
from tests.sandbox.dian.documents import invoice
from tests.sandbox.dian.place import PATH, Place, answer, fault, good, packed
from tests.sandbox.dian.signing import body, envelope, sign, signer


def said(place: Place, content: str) -> tuple[str | None, str]:
    found = answer(place.call("SendBillSync", fileName="z.zip", contentFile=content))
    return found.code, found.words


def test_a_bomb_is_not_unpacked(place: Place) -> None:
    bomb = packed({"a.xml": b"<a>" + bytes(60 * 1024 * 1024) + b"</a>"})
    assert len(bomb) < 200_000
    assert said(place, bomb) == ("89", "El archivo ZIP es demasiado grande.")


def test_many_large_documents_are_too_much_together(place: Place) -> None:
    files = {f"{n}.xml": bytes(9 * 1024 * 1024) for n in range(7)}
    response = place.call("SendBillAsync", fileName="z.zip", contentFile=packed(files))
    assert b"demasiado grande" in response.body


@pytest.mark.parametrize("depth", [1_000, 100_000])
def test_a_deep_document_is_no_danger(place: Place, depth: int) -> None:
    deep = b"<a>" * depth + b"</a>" * depth
    assert said(place, packed({"a.xml": deep}))[0] == "89"


def test_a_deep_part_of_a_document_is_no_danger(place: Place) -> None:
    deep = "<a>" * 1_500 + "</a>" * 1_500
    content = invoice().replace("<cac:PaymentMeans>", f"{deep}<cac:PaymentMeans>", 1).encode()
    assert said(place, packed({"a.xml": content}))[0] in ("89", "99")


def test_entities_stay_closed(place: Place) -> None:
    document = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>' + invoice().replace(
        "Servicio de prueba", "&b;"
    )
    assert said(place, packed({"a.xml": document.encode()}))[0] == "89"


def test_a_name_with_a_path_is_only_a_name(place: Place) -> None:
    found = answer(
        place.call(
            "SendBillSync", fileName="../z.zip", contentFile=packed({"../../fv1.xml": good()})
        )
    )
    assert (found.code, found.members["XmlFileName"]) == ("00", "fv1")


def test_a_wrapped_signature_is_rejected(place: Place) -> None:
    """A second document under the same ids: the signature must be of the whole that is read."""
    other = sign(invoice(price="90000.00")).decode().partition("?>")[2]
    outer = invoice().replace(
        "<ext:ExtensionContent/>", f"<ext:ExtensionContent>{other}</ext:ExtensionContent>", 1
    )
    assert said(place, packed({"a.xml": outer.encode()}))[0] == "99"


def test_an_id_twice_in_the_envelope_is_a_fault(place: Place) -> None:
    header = place.header("GetStatus")
    content = envelope(header, body("GetStatus", {"trackId": "a" * 96}), signer())
    doubled = content.replace(b'wsu:Id="B-1"', b'wsu:Id="ID-1"')
    headers = {"content-type": "application/soap+xml"}
    response = place.dian.handle(Request("POST", PATH, {}, headers, doubled))
    assert fault(response).startswith("InvalidSecurity")


def test_names_with_markup_are_escaped_in_the_receipt(place: Place) -> None:
    found = place.sent(good(buyer_name="A &amp; B &lt;C&gt; S.A.S."))
    assert found.receipt is not None
    assert found.code == "00"
