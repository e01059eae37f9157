"""Every kind is taken, judged and answered."""

from __future__ import annotations

import pytest
from lxml import etree

from acuse_sandbox.hacienda.judging import reading, shape
from acuse_sandbox.hacienda.rulebook.kinds import KINDS
from tests.sandbox.hacienda import others
from tests.sandbox.hacienda.cases_kinds import BOUGHT, FIRST, KIND, message
from tests.sandbox.hacienda.changes import cut, drop, put
from tests.sandbox.hacienda.documents import Line
from tests.sandbox.hacienda.place import USER, Place, clave, schema
from tests.sandbox.hacienda.signing import sign, signer

every_kind = pytest.mark.parametrize("kind", KIND)


def signed(kind: str) -> bytes:
    if kind == "MensajeReceptor":
        return sign(message(), BOUGHT)
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


# what notes may leave out


def test_a_ticket_without_receiver_has_notes_without_receiver(place: Place) -> None:
    ticket = sign(others.ticket())
    assert place.verdict(ticket).state == "aceptado"
    root = others.note("03", clave(ticket), Line("1", "2500"))
    put("InformacionReferencia/TipoDocIR", "04")(root)
    for name in ("Receptor", "CodigoActividadEmisor", "Emisor/Ubicacion"):
        drop(name)(root)
    assert place.verdict(sign(root)).codes == set()


@pytest.mark.parametrize(("unit", "codes"), [("Sp", {"CR-TOT-1", "CR-TOT-5"}), ("Unid", set())])
def test_a_notes_line_without_cabys_is_sorted_by_its_unit(
    place: Place, unit: str, codes: set[str]
) -> None:
    """The makers add it to the goods, as its code would have it."""
    place.verdict(FIRST)
    root = others.note("03", clave(FIRST), Line("1", "2500", unit=unit))
    drop("DetalleServicio/LineaDetalle/CodigoCABYS")(root)
    assert place.verdict(sign(root)).codes == codes


def test_an_export_may_have_no_receiver(place: Place) -> None:
    root = others.export()
    drop("Receptor")(root)
    assert place.verdict(sign(root)).codes == set()


def test_an_exports_other_tariffs_are_taxed_or_exempt(place: Place) -> None:
    """It has no totals of what is not subject."""
    root = others.export(Line("1", "100", tariff="11"), Line("1", "50", tariff="10"))
    for name, amount in (("TotalMercanciasGravadas", "100.00000"), ("TotalGravado", "100.00000")):
        put(f"ResumenFactura/{name}", amount)(root)
    assert place.verdict(sign(root)).codes == set()
