"""Documents whose answer comes apart, over the API: both files, and the country's own fields."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from acuse.api import shapes_received
from acuse.store import models
from tests.api.caller import Caller, told
from tests.api.conftest import Calls
from tests.api.shaped import shaped
from tests.flow.answerers import Answerers
from tests.flow.answerers import answerers as answerers


def sent(caller: Caller, *files: bytes) -> Any:
    parts = [SimpleUploadedFile(f"{place}.xml", raw) for place, raw in enumerate(files)]
    form = encode_multipart(BOUNDARY, {"file": parts})
    return caller.raw("POST", "/received", data=form, content_type=MULTIPART_CONTENT)


def test_both_files_come_in_one_form(answerers: Answerers, calls: Calls) -> None:
    caller = calls(answerers.buyer)
    response = sent(caller, *answerers.files(answerers.sell()))
    assert response.status_code == 201, response.content
    kept = told(response)
    shaped(shapes_received.Received, kept)
    assert (kept["hasReceipt"], len(kept["answerUntil"])) == (True, 10)
    assert kept["fiscalId"].startswith("506")


def test_the_answer_may_follow(answerers: Answerers, calls: Calls) -> None:
    caller = calls(answerers.buyer)
    document, answer = answerers.files(answerers.sell())
    assert told(sent(caller, answer))["code"] == "XX-REC-8"
    first = told(sent(caller, document))
    assert first["hasReceipt"] is False
    place = f"/received/{first['id']}/events"
    assert caller.codes("POST", place, {"kind": "ACCEPTED"}) == ["CR-MR-3"]
    second = told(sent(caller, answer))
    assert second == first | {"hasReceipt": True}
    caller.post(place, {"kind": "ACCEPTED"}, status=201)


def test_a_document_is_answered_with_the_countrys_fields(
    answerers: Answerers, calls: Calls
) -> None:
    caller, received_id = calls(answerers.buyer), answerers.taken()
    place = f"/received/{received_id}/events"
    extra = {"tax_condition": "01", "tax_credit": "975.00", "activity": "474100"}
    body = {"kind": "ACCEPTED", "note": "Conforme", "extra": extra}
    said = caller.post(place, body, status=201)
    shaped(shapes_received.Declaration, said)
    assert (said["number"], said["text"]) == ("00100001050000000001", "Aceptación")
    assert (said["extra"]["tax_condition"], said["note"]) == ("01", "Conforme")
    answerers.house.run(answerers.buyer)
    (last,) = caller.get(place)
    assert last["outcome"] == "ACCEPTED"


def test_what_the_country_does_not_have_is_refused(answerers: Answerers, calls: Calls) -> None:
    caller, received_id = calls(answerers.buyer), answerers.taken()
    place = f"/received/{received_id}/events"
    assert caller.codes("POST", place, {"kind": "ACKNOWLEDGED"}) == ["XX-DOC-7"]
    odd = {"kind": "ACCEPTED", "extra": {"tax_condition": "09", "de_mas": 1, "expense": "mucho"}}
    assert set(caller.codes("POST", place, odd)) == {"XX-DOC-7", "XX-DOC-6", "XX-DOC-3"}
    taxed = {"kind": "CLAIMED", "note": "No", "extra": {"tax_condition": "01"}}
    assert caller.codes("POST", place, taxed) == ["XX-DOC-6"]
    assert caller.codes("POST", place, {"kind": "CLAIMED"}) == ["CR-OWN-70"]
    assert not models.Reception.objects.exists()
