"""Every kind is taken, judged and answered; the message of a receiver has ways of its own."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from lxml import etree

from acuse_sandbox.hacienda.judging import reading, shape
from acuse_sandbox.hacienda.rulebook.kinds import KINDS
from acuse_sandbox.world import Script, ScriptedReply
from tests.sandbox.hacienda import others
from tests.sandbox.hacienda.changes import cut, find, put
from tests.sandbox.hacienda.documents import SERVICE, Line, factura
from tests.sandbox.hacienda.place import (
    BUYER,
    LIST,
    USER,
    Place,
    clave,
    envelope,
    good,
    key,
    schema,
)
from tests.sandbox.hacienda.signing import sign, signer

BOUGHT = signer("CPF-01-9999-0888")
FIRST = good(number=90)
CREDITED = sign(
    factura(
        Line("1", "100000", cabys=SERVICE, unit="Sp"),
        number=91,
        condition="<CondicionVenta>08</CondicionVenta><PlazoCredito>30</PlazoCredito>",
    )
)
Make = Callable[[], etree._Element]
KIND: dict[str, tuple[bytes, Make]] = {  # what is sent before, and the document
    "FacturaElectronica": (b"", factura),
    "NotaDebitoElectronica": (FIRST, lambda: others.note("02", clave(FIRST), reason="02")),
    "NotaCreditoElectronica": (FIRST, lambda: others.note("03", clave(FIRST))),
    "TiqueteElectronico": (b"", others.ticket),
    "FacturaElectronicaCompra": (b"", others.purchase),
    "FacturaElectronicaExportacion": (b"", others.export),
    "ReciboElectronicoPago": (CREDITED, lambda: others.receipt(clave(CREDITED), "50000", "6500")),
}
every_kind = pytest.mark.parametrize("kind", KIND)


def message(**changes: str) -> bytes:
    return sign(others.message(clave(FIRST), **changes), BOUGHT)


def signed(kind: str) -> bytes:
    if kind == "MensajeReceptor":
        return message()
    return sign(KIND[kind][1]())


@every_kind
def test_a_document_of_every_kind_is_accepted(place: Place, kind: str) -> None:
    before, make = KIND[kind]
    if before:
        place.verdict(before)
    verdict = place.verdict(sign(make()))
    assert (verdict.state, verdict.message, verdict.codes) == ("aceptado", "1", set())


@pytest.mark.authority
@pytest.mark.parametrize("kind", [*KIND, "MensajeReceptor"])
def test_the_makers_keep_the_published_shape(kind: str) -> None:
    published = schema(KINDS[kind].schema)
    root = reading.read(signed(kind)).root
    assert published.validate(root), published.error_log


@every_kind
def test_every_kind_is_judged_without_the_schemas_too(
    place: Place, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACUSE_AUTHORITY_DIR", "/nonexistent")
    before, make = KIND[kind]
    if before:
        place.verdict(before)
    assert place.verdict(sign(make())).state == "aceptado"


@pytest.mark.parametrize("kind", [*KIND, "MensajeReceptor"])
def test_a_skeleton_misses_what_is_taken_out(kind: str) -> None:
    """Whatever the kind must have, its stand-in for the schema asks for."""
    whole = reading.read(signed(kind)).root
    for where, names in shape.skeleton(kind):
        path = "/".join(f"{{*}}{step}" for step in where.split("/")) if where else "."
        for name in names.split() if whole.findall(path) else ():
            root = etree.fromstring(etree.tostring(whole))
            (place,) = root.findall(path)[:1]
            for child in place.findall(f"{{*}}{name}"):
                place.remove(child)
            complaint = shape.complaint(reading.read(etree.tostring(root)).part, kind)
            assert complaint is not None, (where, name)
            assert name in complaint.text


@pytest.mark.parametrize(
    ("kind", "where", "name"),
    [
        (kind, where, name)
        for kind, lacks in shape.LACKS.items()
        for where, names in lacks.items()
        for name in names.split()
    ],
)
def test_a_skeleton_refuses_what_the_kind_has_not(kind: str, where: str, name: str) -> None:
    root = etree.fromstring(signed(kind))
    place = root.find("/".join(f"{{*}}{step}" for step in where.split("/"))) if where else root
    assert place is not None
    etree.SubElement(place, f"{{{etree.QName(root).namespace}}}{name}").text = "1"
    complaint = shape.complaint(reading.read(etree.tostring(root)).part, kind)
    assert complaint is not None
    assert name in complaint.text


@pytest.mark.authority
@pytest.mark.parametrize("kind", [*KIND, "MensajeReceptor"])
def test_what_a_skeleton_asks_for_the_schema_asks_for_too(kind: str) -> None:
    published = schema(KINDS[kind].schema)
    whole = reading.read(signed(kind)).root
    for where, names in shape.skeleton(kind):
        path = "/".join(f"{{*}}{step}" for step in where.split("/")) if where else "."
        for name in names.split() if whole.findall(path) else ():
            root = etree.fromstring(etree.tostring(whole))
            (place,) = root.findall(path)[:1]
            for child in place.findall(f"{{*}}{name}"):
                place.remove(child)
            assert not published.validate(root), (where, name)


# a factura de compra


def test_a_purchase_is_sent_and_signed_by_its_receiver(place: Place) -> None:
    seller = others.US.replace("3101999888", "3101888777")
    document = sign(others.purchase(seller=seller))
    other = place.send(document, user="cpj-3-101-888777@stag.example")
    assert (other.status, "receptor" in other.headers["X-Error-Cause"]) == (403, True)
    assert place.verdict(document, user=USER).state == "aceptado"


def test_a_purchase_signed_by_its_seller_is_rejected(place: Place) -> None:
    seller = others.US.replace("3101999888", "3101888777")
    document = sign(others.purchase(seller=seller), signer("CPJ-3-101-888777"))
    assert place.verdict(document).codes == {"CR-CERT-2"}


def test_a_purchases_clave_may_carry_the_sellers_id(place: Place) -> None:
    seller = others.US.replace("3101999888", "3101888777")
    root = others.purchase(seller=seller)
    cut("Clave", 9, "003101888777")(root)
    assert place.verdict(sign(root)).state == "aceptado"


def test_the_name_of_the_seller_decides_about_a_purchase(place: Place) -> None:
    seller = others.SELLER.replace("Productor Inventado", "Productor RECHAZA -37")
    assert place.verdict(sign(others.purchase(seller=seller))).records == ["-37"]


# the message of a receiver


@pytest.mark.parametrize("told", ["1", "2", "3"])
def test_a_message_has_its_own_verdict(place: Place, told: str) -> None:
    place.verdict(FIRST)
    document = message(told=told)
    response = place.send(document, user=BUYER)
    assert response.headers["Location"].endswith(key(document))
    verdict = place.judged(key(document), user=BUYER)
    assert (verdict.state, verdict.codes) == ("aceptado", set())
    assert verdict.text("Clave") == clave(FIRST)
    assert verdict.text("NombreEmisor") == "Café Ejemplar de Tarrazú S.A."
    assert verdict.text("NumeroCedulaReceptor") == "199990888"
    assert verdict.text("TotalFactura") == "8475.00000"
    assert place.judged(clave(FIRST)).state == "aceptado"


@pytest.mark.authority
def test_haciendas_answer_to_a_message_has_the_published_shape(place: Place) -> None:
    published = schema("MensajeHacienda_V4.4.xsd")
    for ordinal, before in enumerate((b"", FIRST), start=1):
        if before:
            place.verdict(before)
        verdict = place.verdict(
            sign(others.message(clave(FIRST), ordinal=ordinal), BOUGHT), user=BUYER
        )
        assert published.validate(verdict.root), published.error_log


def test_a_message_is_asked_for_with_its_consecutivo(place: Place) -> None:
    place.verdict(FIRST)
    document = message()
    place.verdict(document, user=BUYER)
    other = key(document)[:-1] + "2"
    assert place.ask(other, user=BUYER).status == 404
    listed = json.loads(place.call("GET", LIST, user=BUYER).body)
    assert [one["clave"] for one in listed] == [clave(FIRST)]
    assert place.call("GET", f"{LIST}/{key(document)}", user=BUYER).status == 404


def test_only_the_receiver_may_answer(place: Place) -> None:
    place.verdict(FIRST)
    response = place.send(message(), user=USER)
    assert (response.status, "CR-API-6" in response.headers["X-Error-Cause"]) == (403, True)


def test_a_message_is_signed_by_the_receiver(place: Place) -> None:
    place.verdict(FIRST)
    document = sign(others.message(clave(FIRST)))
    assert place.verdict(document, user=BUYER).codes == {"CR-CERT-2"}


def test_a_message_is_received_once(place: Place) -> None:
    place.verdict(FIRST)
    document = message()
    assert place.send(document, user=BUYER).status == 202
    again = place.send(document, user=BUYER)
    assert (again.status, "CR-API-7" in again.headers["X-Error-Cause"]) == (400, True)
    assert place.send(message(told="3"), user=BUYER).status == 202


@pytest.mark.parametrize(
    ("rule", "name", "value"),
    [
        ("CR-API-1", "consecutivoReceptor", None),
        ("CR-API-1", "receptor", None),
        ("CR-API-3", "consecutivoReceptor", "00100001050000000002"),
        ("CR-API-3", "clave", clave(good(number=7))),
        ("CR-API-4", "fecha", "2026-11-25T10:31:00-06:00"),
        (
            "CR-API-4",
            "receptor",
            {"tipoIdentificacion": "01", "numeroIdentificacion": "199990889"},
        ),
        (
            "CR-API-4",
            "emisor",
            {"tipoIdentificacion": "02", "numeroIdentificacion": "3101999889"},
        ),
    ],
)
def test_the_envelope_of_a_message_agrees_with_it(
    place: Place, rule: str, name: str, value: object
) -> None:
    response = place.send(message(), user=BUYER, **{name: value})
    assert (response.status, rule in response.headers["X-Error-Cause"]) == (400, True)


def test_a_message_may_pad_its_numbers(place: Place) -> None:
    place.verdict(FIRST)
    document = sign(others.message(clave(FIRST), receiver="000199990888"), BOUGHT)
    body = envelope(document)
    body["receptor"]["numeroIdentificacion"] = "199990888"
    assert place.send(document, user=BUYER, **body).status == 202
    assert place.judged(key(document), user=BUYER).state == "aceptado"


def test_a_script_finds_a_message_by_its_key_and_the_sellers_name(place: Place) -> None:
    place.verdict(FIRST)
    document = message()
    place.world.scripts.add(
        "hacienda", {"fiscal_id": key(document)}, [ScriptedReply(Script.OBSERVE)]
    )
    assert place.verdict(document, user=BUYER).records == ["-16"]
    root = factura(number=8)
    find(root, "Emisor/Nombre").text = "Proveedor RECHAZA -53"
    place.verdict(sign(root))
    late = sign(others.message(clave(sign(root)), ordinal=2), BOUGHT)
    assert place.verdict(late, user=BUYER).records == ["-53"]


def test_a_message_about_nothing_known_names_nobody(place: Place) -> None:
    verdict = place.verdict(message(), user=BUYER)
    assert (verdict.codes, verdict.text("NombreEmisor")) == ({"CR-MR-3"}, "DESCONOCIDO")


# under the wrong name


def test_a_kind_under_anothers_namespace_is_unreadable(place: Place) -> None:
    content = sign(others.ticket()).replace(b"/tiqueteElectronico", b"/facturaElectronica")
    assert place.verdict(content).codes == {"CR-NS"}


@every_kind
def test_the_consecutivo_of_every_kind_is_its_own(place: Place, kind: str) -> None:
    before, make = KIND[kind]
    if before:
        place.verdict(before)
    root = make()
    cut("NumeroConsecutivo", 8, "11")(root)
    cut("Clave", 29, "11")(root)
    assert place.verdict(sign(root)).codes == {"CR-CON-1"}


@every_kind
def test_the_total_of_every_kind_is_checked(place: Place, kind: str) -> None:
    root = KIND[kind][1]()
    put("ResumenFactura/TotalVenta", "1.00000")(root)
    assert "CR-TOT-13" in place.verdict(sign(root)).codes
