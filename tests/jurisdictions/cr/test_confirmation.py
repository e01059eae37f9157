"""The signed MensajeReceptor, how it is sent and asked about, and what its answer means."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from signxml.xades.xades import XAdESVerifier

from acuse.domain.received import Reception, ReceptionKind
from acuse.domain.submission import (
    RECEPTION,
    AlreadyKnown,
    Call,
    CallPurpose,
    Case,
    Finding,
    Judged,
    NoAnswer,
    Note,
    NotKnown,
    Pending,
    Reply,
    SubmissionState,
)
from acuse.domain.verdict import Outcome
from acuse.jurisdictions.cr import jurisdiction
from acuse.jurisdictions.cr.doubts import POLICY
from acuse.xml import parse
from acuse.xml.verify import NotVerified, verify
from tests.jurisdictions.cr.makers import AT
from tests.jurisdictions.cr.receptions import (
    BUYER,
    CLAVE,
    K,
    answer,
    invoice,
    packet,
    reception,
    seal,
    taken,
)
from tests.support import makers, signatures

EVERYTHING = {
    "activity": "474100",
    "tax_condition": "05",
    "tax_credit": Decimal("500"),
    "expense": Decimal("7500.5"),
}
CASES = {
    "accepted": reception(),
    "accepted-in-full": reception(note="Aceptado & <conforme>", extra=EVERYTHING),
    "accepted-in-part": reception(K.PARTLY_ACCEPTED, extra={"tax_condition": "02"}),
    "rejected": reception(K.CLAIMED),
    "of-no-tax": reception(
        document=taken(packet(invoice(("<TotalImpuesto>975.00000</TotalImpuesto>", ""))))
    ),
}
every = pytest.mark.parametrize("name", CASES)


def told(one: Reception) -> list[tuple[str, str]]:
    """The elements in their order, without the signature."""
    root = parse.parse(seal(one).content)
    return [(parse.name(child), parse.text(child)) for child in root][:-1]


def test_every_element_stands_in_the_schemas_order() -> None:
    assert told(CASES["accepted-in-full"]) == [
        ("Clave", CLAVE),
        ("NumeroCedulaEmisor", makers.CJ),
        ("FechaEmisionDoc", "2026-11-25T10:30:00-06:00"),
        ("Mensaje", "1"),
        ("DetalleMensaje", "Aceptado & <conforme>"),
        ("MontoTotalImpuesto", "975.00000"),
        ("CodigoActividad", "474100"),
        ("CondicionImpuesto", "05"),
        ("MontoTotalImpuestoAcreditar", "500.00000"),
        ("MontoTotalDeGastoAplicable", "7500.50000"),
        ("TotalFactura", "8475.00000"),
        ("NumeroCedulaReceptor", makers.CF),
        ("NumeroConsecutivoReceptor", "00100001050000000001"),
    ]


@pytest.mark.parametrize(
    ("kind", "message", "code"),
    [(K.ACCEPTED, "1", "05"), (K.PARTLY_ACCEPTED, "2", "06"), (K.CLAIMED, "3", "07")],
)
def test_the_message_and_the_kind_in_its_consecutivo_agree(
    kind: ReceptionKind, message: str, code: str
) -> None:
    fields = dict(told(reception(kind)))
    assert (fields["Mensaje"], fields["NumeroConsecutivoReceptor"][8:10]) == (message, code)


def test_the_amounts_are_the_documents_own_figures() -> None:
    """As they stand, not as we would write them; and no tax where the document tells none."""
    shown = invoice(
        ("TotalComprobante>8475.00000", "TotalComprobante>8475.0"),
        ("TotalImpuesto>975.00000", "TotalImpuesto>975"),
    )
    fields = dict(told(reception(document=taken(packet(shown)))))
    assert (fields["TotalFactura"], fields["MontoTotalImpuesto"]) == ("8475.0", "975")
    assert "MontoTotalImpuesto" not in dict(told(CASES["of-no-tax"]))


@every
@pytest.mark.authority
def test_it_follows_the_published_schema(name: str, authority_dir: Path) -> None:
    path = authority_dir / "cr/xsd/2026/MensajeReceptor_V4.4.xsd"
    schema = etree.XMLSchema(etree.parse(path))
    assert schema.validate(etree.fromstring(seal(CASES[name]).content)), schema.error_log


@every
def test_it_is_canonical_without_parsing(name: str) -> None:
    content = seal(CASES[name]).content
    assert etree.tostring(etree.fromstring(content), method="c14n") == content.partition(b"\n")[2]


@every
def test_it_verifies_with_three_libraries(name: str) -> None:
    content = seal(CASES[name]).content
    pem = b64encode(makers.certificate(makers.CF)).decode()
    pem = f"-----BEGIN CERTIFICATE-----\n{pem}\n-----END CERTIFICATE-----\n"
    results = XAdESVerifier().verify(content, x509_cert=pem, expect_references=3)
    assert [parse.name(one.signed_xml) for one in results if one.signed_xml is not None] == [
        "MensajeReceptor",
        "KeyInfo",
        "SignedProperties",
    ]
    assert signatures.good_for_xmlsec(content, ids=True)
    assert verify(content).certificate == makers.certificate(makers.CF)


def test_a_changed_answer_breaks_the_signature() -> None:
    content = seal(reception()).content
    with pytest.raises(NotVerified):
        verify(content.replace(b"<Mensaje>1<", b"<Mensaje>3<"))
    assert not signatures.good_for_xmlsec(content.replace(b"<Mensaje>1<", b"<Mensaje>3<"), ids=True)


def test_the_signature_names_the_policy_and_is_the_last_child() -> None:
    root = etree.fromstring(seal(reception()).content)
    assert etree.QName(root[-1]).localname == "Signature"
    (identifier,) = root.iter("{http://uri.etsi.org/01903/v1.3.2#}Identifier")
    assert identifier.text == POLICY.identifier


def test_the_same_answer_is_sealed_in_the_same_bytes() -> None:
    assert seal(reception()) == seal(reception())
    assert seal(reception()).content != seal(reception(), AT + timedelta(seconds=1)).content


def test_it_is_named_by_the_clave_and_its_consecutivo() -> None:
    sealed = seal(reception())
    assert sealed.fiscal_id == f"{CLAVE}-00100001050000000001"
    assert sealed.number == "00100001050000000001"
    assert sealed.file_name == f"{CLAVE}-00100001050000000001.xml"


@pytest.mark.authority
def test_it_has_the_elements_of_the_published_sample(authority_dir: Path) -> None:
    sample = parse.parse((authority_dir / "cr/samples/MR-accept.xml").read_bytes())
    document = (authority_dir / "cr/samples/FE-goods.xml").read_bytes()
    receipt = (authority_dir / "cr/samples/MH-accepted.xml").read_bytes()
    extra = {"activity": "474100", "tax_condition": "01", "tax_credit": Decimal("1135.4928")}
    one = reception(document=taken(packet(document, receipt)), note="Aceptado", extra=extra)
    ours = parse.parse(seal(one).content)
    pairs = [(parse.name(child), parse.text(child)) for child in ours][:-1]
    theirs = [(parse.name(child), parse.text(child)) for child in sample][:-1]
    differing = {
        name for (name, mine), (_, other) in zip(pairs, theirs, strict=True) if mine != other
    }
    assert [name for name, _ in pairs] == [name for name, _ in theirs]
    assert differing == {"FechaEmisionDoc"}


TOKEN = {"access_token": Note("the-token", AT + timedelta(minutes=4))}


def case(state: SubmissionState = SubmissionState.IN_FLIGHT, **changes: Any) -> Case:
    sealed = seal(reception())
    given: dict[str, Any] = {
        "state": state,
        "sealed": sealed.content,
        "fiscal_id": sealed.fiscal_id,
        "number": sealed.number,
        "file_name": sealed.file_name,
        "kind": RECEPTION,
        "issued_at": AT,
        "about": invoice(),
        "notes": TOKEN,
    } | changes
    return Case(**given)


def called(one: Case) -> Call:
    call = jurisdiction.next_call(one, BUYER, makers.credential(makers.CF), AT)
    assert call is not None
    return call


def test_it_is_sent_with_the_seller_as_issuer_and_us_as_receiver() -> None:
    one = case()
    call = called(one)
    assert call.purpose is CallPurpose.SEND
    assert call.url == "sandbox://hacienda/recepcion/v1/recepcion"
    assert isinstance(call.body, bytes)
    body = json.loads(call.body)
    assert b64decode(body.pop("comprobanteXml")) == one.sealed
    assert body == {
        "clave": CLAVE,
        "fecha": "2026-11-25T10:30:00-06:00",
        "emisor": {"tipoIdentificacion": "02", "numeroIdentificacion": makers.CJ},
        "receptor": {"tipoIdentificacion": "01", "numeroIdentificacion": makers.CF},
        "consecutivoReceptor": "00100001050000000001",
    }


@pytest.mark.parametrize("state", [SubmissionState.WAITING, SubmissionState.UNCERTAIN])
def test_it_is_asked_about_by_both_names(state: SubmissionState) -> None:
    call = called(case(state))
    assert call.purpose is CallPurpose.ASK
    name = f"{CLAVE}-00100001050000000001"
    assert call.url == f"sandbox://hacienda/recepcion/v1/recepcion/{name}"


def found(status: int, body: dict[str, Any], **headers: str) -> Finding:
    one = case(SubmissionState.WAITING, sent_at=AT)
    reply = Reply(status, headers, json.dumps(body).encode())
    return jurisdiction.read(one, called(one), reply, AT)


def judged(receipt: bytes, state: str = "aceptado", clave: str = CLAVE) -> Finding:
    return found(
        200,
        {"clave": clave, "ind-estado": state, "respuesta-xml": b64encode(receipt).decode()},
    )


@pytest.mark.parametrize("clave", [CLAVE, f"{CLAVE}-00100001050000000001"])
def test_haciendas_acceptance_of_it_is_a_verdict(clave: str) -> None:
    finding = judged(answer(), clave=clave)
    assert isinstance(finding, Judged)
    assert (finding.verdict.outcome, finding.verdict.receipt) == (Outcome.ACCEPTED, answer())


def test_haciendas_rejection_of_it_tells_why() -> None:
    receipt = answer(Mensaje="3", EstadoMensaje="Rechazado", DetalleMensaje='-9000, "ya", 0, 0')
    finding = judged(receipt, "rechazado")
    assert isinstance(finding, Judged)
    assert (finding.verdict.outcome, finding.verdict.remarks[0].code) == (Outcome.REJECTED, "-9000")


@pytest.mark.parametrize(
    ("receipt", "state", "clave"),
    [
        (answer(Clave=CLAVE[:-1] + "0"), "aceptado", CLAVE),
        (answer(TotalFactura="1.00000"), "aceptado", CLAVE),
        (answer(), "rechazado", CLAVE),
        (answer(), "aceptado", CLAVE[:-1] + "0"),
        (answer(), "aceptado", f"{CLAVE}-00100001050000000002"),
        (answer().replace(b"Aceptado", b"Acceptado"), "aceptado", CLAVE),
        (b"", "aceptado", CLAVE),
    ],
)
def test_what_is_not_its_signed_answer_decides_nothing(
    receipt: bytes, state: str, clave: str
) -> None:
    assert isinstance(judged(receipt, state, clave), NoAnswer)


def test_it_waits_and_is_found_again_as_a_document_is() -> None:
    assert isinstance(found(200, {"clave": CLAVE, "ind-estado": "procesando"}), Pending)
    assert isinstance(found(404, {}), Pending)
    doubtful = case(SubmissionState.UNCERTAIN)
    nothing = jurisdiction.read(doubtful, called(doubtful), Reply(404, {}, b""), AT)
    assert isinstance(nothing, NotKnown)
    sent = case()
    cause = {"x-error-cause": f"El comprobante {CLAVE} ya fue recibido anteriormente."}
    known = jurisdiction.read(sent, called(sent), Reply(400, cause, b""), AT)
    assert isinstance(known, AlreadyKnown)
