"""Archives and their tickets, and the test set that enables an issuer."""

from __future__ import annotations

import pytest

from acuse_sandbox.world import Script, ScriptedReply
from tests.sandbox.dian.documents import ISSUER, STRANGER, credit_note, debit_note, uuid_of
from tests.sandbox.dian.place import (
    STEM,
    Answer,
    Place,
    good,
    packed,
    refused,
    ticket,
    zip_name,
)
from tests.sandbox.dian.signing import sign, signer

SET = "0b1e7f0c-5f2b-4f5c-9a0c-7f3f7d1c2a11"
WAITING = "Batch en proceso de validación."


def upload(place: Place, files: dict[str, bytes], *, name: str = zip_name(STEM)) -> str:
    response = place.call("SendBillAsync", fileName=name, contentFile=packed(files))
    return ticket(response)


def is_waiting(found: list[Answer]) -> bool:
    told = [(one.valid, one.code, one.words) for one in found]
    return told == [(False, "", WAITING)]


def stems(count: int) -> list[str]:
    return [f"fv099988877700026{n:08x}" for n in range(1, count + 1)]


# SendBillAsync


def test_every_document_of_an_archive_has_its_answer(place: Place) -> None:
    first, second = good(), good("SETP990000124").replace(b"de prueba<", b"de pruebo<")
    one, two = stems(2)
    key = upload(place, {f"{one}.xml": first, f"{two}.xml": second})
    found = place.batch(key)
    assert [(a.code, a.members["XmlDocumentKey"], a.members["XmlFileName"]) for a in found] == [
        ("00", uuid_of(first), one),
        ("99", uuid_of(second), two),
    ]
    assert place.status(uuid_of(first)).code == "00"
    assert place.outcomes()[:2] == [("send", "pending"), ("send", "pending")]


def test_a_ticket_waits_as_long_as_that_is_set(place: Place) -> None:
    place.set("batch_seconds", "30")
    key = upload(place, {f"{STEM}.xml": good()})
    assert is_waiting(place.batch(key))
    assert place.status(uuid_of(good())).code == "98"
    place.later(seconds=30)
    assert [a.code for a in place.batch(key)] == ["00"]
    assert place.status(uuid_of(good())).code == "00"


def test_an_unknown_ticket_waits_for_ever(place: Place) -> None:
    assert is_waiting(place.batch(SET))
    assert is_waiting(place.batch(""))


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("fv1", zip_name(STEM)),
        (STEM[:-1], zip_name(STEM)),
        (STEM, "z1.zip"),
        (STEM, zip_name(STEM)[1:]),
    ],
)
def test_a_name_of_another_length_is_never_looked_at(place: Place, stem: str, name: str) -> None:
    key = upload(place, {f"{stem}.xml": good()}, name=name)
    place.later(days=1)
    assert is_waiting(place.batch(key))
    assert place.status(uuid_of(good())).code == "66"


def test_a_name_without_its_extension_is_taken(place: Place) -> None:
    key = upload(place, {f"{STEM}.xml": good()}, name=zip_name(STEM).removesuffix(".zip"))
    assert [a.code for a in place.batch(key)] == ["00"]


def test_what_cannot_be_read_has_the_code_of_an_upload_error(place: Place) -> None:
    one, two = stems(2)
    key = upload(place, {f"{one}.xml": b"<a/>", f"{two}.xml": good()})
    found = place.batch(key)
    assert [a.code for a in found] == ["0", "00"]
    assert "no es una factura" in found[0].words


def test_another_companys_documents_have_it_too(place: Place) -> None:
    response = place.call(
        "SendBillAsync",
        by=signer(STRANGER),
        fileName=zip_name(STEM),
        contentFile=packed({f"{STEM}.xml": good()}),
    )
    (found,) = place.batch(ticket(response))
    assert found.code == "0"
    assert "no autorizado" in found.words


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "ZIP"),
        (packed({}), "no contiene"),
        (packed(dict.fromkeys((f"{s}.xml" for s in stems(51)), b"<a/>")), "50"),
    ],
)
def test_an_archive_that_cannot_be_taken_has_no_ticket(
    place: Place, content: str, said: str
) -> None:
    response = place.call("SendBillAsync", fileName=zip_name(STEM), contentFile=content)
    (text,) = refused(response)
    assert said in text
    assert place.outcomes() == [("send", "refused")]


def test_an_accepted_number_answers_rule_90(place: Place) -> None:
    place.sent(good())
    (found,) = place.batch(upload(place, {f"{STEM}.xml": good()}))
    assert found.rules == ["90"]
    (again,) = place.batch(upload(place, {f"{STEM}.xml": good()}))
    assert again.rules == ["90"]


def test_a_ticket_tells_of_its_own_document_whatever_uuid_it_claims(place: Place) -> None:
    place.sent(good())
    other = good("SETP990000124")
    stolen = other.replace(uuid_of(other).encode(), uuid_of(good()).encode())
    (found,) = place.batch(upload(place, {f"{STEM}.xml": stolen}))
    assert found.code == "99"


# Test sets


def enrol(place: Place, **told: object) -> None:
    asked = {"invoices": 2, "debit_notes": 1, "credit_notes": 1, "needed": 1}
    place.tell("test_set", id=SET, **asked | told)


def send_all(place: Place, *, spoilt: bool = False) -> list[str]:
    """The tickets of two invoices and a note of each kind."""
    first = good()
    notes = (credit_note(of_uuid=uuid_of(first)), debit_note(of_uuid=uuid_of(first)))
    documents = [first, good("SETP990000124"), *map(sign, notes)]
    if spoilt:
        documents = [one.replace(b"de prueba<", b"de pruebo<") for one in documents]
    return [
        ticket(place.upload(one, test_set=SET, stem=stem))
        for one, stem in zip(documents, stems(4), strict=True)
    ]


def test_an_accepted_set_takes_no_more_and_enables_its_issuer(place: Place) -> None:
    enrol(place)
    keys = send_all(place)
    assert [[a.code for a in place.batch(key)] for key in keys] == [["00"]] * 4
    (text,) = refused(place.upload(good("SETP990000125"), test_set=SET))
    assert text == f"Set de prueba con identificador {SET} se encuentra Aceptado."
    place.set("strict_enablement", "1")
    assert place.sent(good("SETP990000126")).code == "00"


def test_too_few_documents_leave_a_set_open(place: Place) -> None:
    enrol(place, invoices=3)
    send_all(place)
    assert ticket(place.upload(good("SETP990000125"), test_set=SET))
    (text,) = refused(place.upload(good("SETP990000126"), test_set=SET))
    assert "Aceptado" in text


def test_rejections_do_not_spoil_a_set(place: Place) -> None:
    enrol(place)
    send_all(place, spoilt=True)
    assert ticket(place.upload(good("SETP990000125"), test_set=SET))
    assert "Aceptado" in refused(place.upload(good("SETP990000126"), test_set=SET))[0]


def test_a_set_may_speak_for_itself(place: Place) -> None:
    enrol(place)
    keys = send_all(place)
    place.set("set_speaks", "1")
    (found,) = place.batch(keys[0])
    assert (found.valid, found.receipt) == (False, None)
    assert found.words == f"Set de prueba con identificador {SET} se encuentra Aceptado."
    assert place.status(uuid_of(good())).code == "00"


def test_a_rejected_set_takes_nothing(place: Place) -> None:
    enrol(place, state="Rechazado")
    (text,) = refused(place.upload(good(), test_set=SET))
    assert text.endswith("se encuentra Rechazado.")


def test_a_set_of_its_own_is_made_for_who_names_one(place: Place) -> None:
    place.set("asked", "1/0/0")
    assert ticket(place.upload(good(), test_set=SET))
    assert "Aceptado" in refused(place.upload(good("SETP990000124"), test_set=SET))[0]


@pytest.mark.parametrize("test_set", ["", "123", "mi set"])
def test_a_set_that_cannot_exist_is_refused(place: Place, test_set: str) -> None:
    assert "no existe" in refused(place.upload(good(), test_set=test_set))[0]


def test_anothers_set_is_refused(place: Place) -> None:
    enrol(place, nit=STRANGER)
    assert "no es de este emisor" in refused(place.upload(good(), test_set=SET))[0]
    enrol(place, nit=ISSUER)
    assert ticket(place.upload(good(), test_set=SET))


def test_two_documents_in_one_archive_of_a_set_are_never_looked_at(place: Place) -> None:
    one, two = stems(2)
    files = {f"{one}.xml": good(), f"{two}.xml": good("SETP990000124")}
    response = place.call(
        "SendTestSetAsync",
        fileName=zip_name(STEM),
        contentFile=packed(files),
        testSetId=SET,
    )
    assert is_waiting(place.batch(ticket(response)))
    assert place.status(uuid_of(good())).code == "66"


# Scripts


def test_a_ticket_waits_as_often_as_scripted(place: Place) -> None:
    place.script(ScriptedReply(Script.PROCESSING, times=2))
    key = upload(place, {f"{STEM}.xml": good()})
    assert is_waiting(place.batch(key))
    assert is_waiting(place.batch(key))
    assert [a.code for a in place.batch(key)] == ["00"]


def test_a_scripted_answer_is_told_once(place: Place) -> None:
    place.script(ScriptedReply(Script.NO_RECEIPT))
    key = upload(place, {f"{STEM}.xml": good()})
    assert [a.receipt is None for a in place.batch(key)] == [True]
    assert [a.receipt is None for a in place.batch(key)] == [False]


def test_an_upload_whose_answer_never_leaves_is_judged(place: Place) -> None:
    place.script(ScriptedReply(Script.HANG_AFTER_ACCEPT))
    assert place.upload(good(), test_set=SET).hang
    assert place.status(uuid_of(good())).code == "00"


def test_a_gateways_page_keeps_nothing_of_an_upload(place: Place) -> None:
    place.script(ScriptedReply(Script.HTTP, status=503))
    assert place.upload(good(), test_set=SET).status == 503
    assert place.status(uuid_of(good())).code == "66"
    assert place.outcomes()[0] == ("send", "fault")
