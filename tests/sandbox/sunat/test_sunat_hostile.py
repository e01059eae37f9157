"""What a stranger may send to any of SUNAT's services: they answer and live.

With the published schemas, which refuse most of it, and without them.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.sandbox.sunat.conftest import Place
from tests.sandbox.sunat.documents import ISSUER, invoice
from tests.sandbox.sunat.files import Row, boleta, guia, note, retention, summary, voiding
from tests.sandbox.sunat.rest import bearer, guia_request, question, ticket_request, token_request
from tests.sandbox.sunat.rest import said as said_json
from tests.sandbox.sunat.signing import (
    ask,
    cdr,
    code,
    fault,
    packed,
    said,
    send_bill,
    send_summary,
    sign,
    status,
)
from tests.sandbox.sunat.steps import RA, RC, state

from acuse_sandbox.world import Request, Response

Send = Callable[[Place, bytes], "str | None"]
ANSWERS = frozenset({200, 400, 401, 404, 405, 422, 500})


@pytest.fixture(params=["with schemas", "without"], autouse=True)
def _schemas(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if request.param == "without":
        monkeypatch.setenv("ACUSE_AUTHORITY_DIR", str(tmp_path))


def as_document(place: Place, content: bytes) -> str | None:
    response = place.sunat.handle(send_bill(b"", archive=content))
    return code(cdr(response)) if response.status == 200 else fault(response)


def as_summary(place: Place, content: bytes) -> str | None:
    response = place.sunat.handle(send_summary(b"", archive=content))
    if response.status == 500:
        return fault(response)
    asked = place.sunat.handle(status(said(response, "ticket") or ""))
    return code(cdr(asked, "content"))


def entry(send: Send, document: bytes) -> bytes:
    name = "01-F001-1" if send is as_document else RC
    return packed((f"{ISSUER}-{name}.xml", document))


both = pytest.mark.parametrize("send", [as_document, as_summary])


@both
def test_a_bomb_is_not_unpacked(place: Place, send: Send) -> None:
    bomb = entry(send, b"<a>" + bytes(60 * 1024 * 1024) + b"</a>")
    assert len(bomb) < 200_000
    assert send(place, bomb) == "0156"


def test_a_guias_bomb_is_not_unpacked(place: Place) -> None:
    response = place.sunat.handle(guia_request(bearer(place, "gre"), bytes(60 * 1024 * 1024)))
    assert said_json(response)["errors"][0]["cod"] == "0156"


@both
@pytest.mark.parametrize("depth", [200, 1_000, 100_000])
def test_a_deep_document_is_no_danger(place: Place, send: Send, depth: int) -> None:
    assert send(place, entry(send, b"<a>" * depth + b"</a>" * depth)) == "0306"


@both
def test_entities_stay_closed(place: Place, send: Send) -> None:
    markup = invoice() if send is as_document else summary()
    hostile = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'
    content = markup.replace("?>", "?>" + hostile, 1).encode()
    assert send(place, entry(send, content)) == "0306"


def test_a_name_with_a_path_is_no_name(place: Place) -> None:
    for name in ("../../x.xml", f"/{ISSUER}-{RC}.xml", f"{ISSUER}-{RC}.xml/"):
        assert as_summary(place, packed((name, b"<a/>"))) in ("0157", "0159", "0161")


def test_an_entry_without_a_name_is_no_document(place: Place) -> None:
    nameless = packed(("z.xml", b"<a/>")).replace(b"z.xml", b"\0.xml")
    assert as_summary(place, nameless) == "0159"


def test_a_long_summary_is_judged(place: Place) -> None:
    rows = [Row(f"B001-{n}", total="1.00") for n in range(1, 1_500)]
    found = as_summary(place, packed((f"{ISSUER}-{RC}.xml", sign(summary(*rows)))))
    assert found is not None
    assert state(place, "03 B001-1499") in ("", "ACCEPTED")


LONG = "9" * 100_000


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<cbc:LineID>1<", f"<cbc:LineID>{LONG}<"),
        (">B001-1<", f">B001-{LONG}<"),
        (">B001-1<", "><"),
        (">B001-1<", ">B001-٣<"),
        (">118.00<", f">{LONG}<"),
        (">118.00<", ">1e999999999<"),
        (">118.00<", ">NaN<"),
        (">2026-11-20<", ">9999-99-99<"),
        (">2026-11-20<", ">0000-00-00<"),
        (">2026-11-21<", f">{LONG}<"),
        ("<cbc:ConditionCode>1<", "<cbc:ConditionCode>9<"),
        (">03</cbc:DocumentTypeCode>", ">../..</cbc:DocumentTypeCode>"),
        ("<cbc:LineID>", "<cbc:LineID><!-- x --><?y z?>"),
    ],
)
def test_a_line_may_say_anything(place: Place, old: str, new: str) -> None:
    content = sign(summary().replace(old, new, 1))
    assert as_summary(place, packed((f"{ISSUER}-{RC}.xml", content))) is not None


def test_a_wrapped_signature_is_rejected(place: Place) -> None:
    """What was signed lies inside of what is read: the signature must be of the whole."""
    inner = sign(summary()).partition(b"?>")[2]
    outer = sign(summary(Row("B001-9"))).decode()
    wrapped = outer.replace("</SummaryDocuments>", f"{inner.decode()}</SummaryDocuments>").encode()
    assert as_summary(place, packed((f"{ISSUER}-{RC}.xml", wrapped))) in ("0306", "2085")
    assert state(place, "03 B001-9") == ""


@pytest.mark.parametrize(
    "markup", [invoice(), boleta(), note(), retention(), summary(), voiding(), guia()]
)
def test_one_kind_under_the_name_of_another_is_no_danger(place: Place, markup: str) -> None:
    document = sign(markup)
    for name in ("01-F001-1", "03-B001-1", "07-FC01-1", "08-FD01-1", "04-L001-1"):
        other = send_bill(document, kind=name[:2], number=name[3:])
        assert place.sunat.handle(other).status in (200, 500)
    for name in (RC, RA):
        assert place.sunat.handle(send_summary(document, number=name)).status == 200
    other = send_bill(document, kind="40", number="P001-1", path="/otherService")
    assert place.sunat.handle(other).status in (200, 500)


def everything(place: Place) -> list[Request]:
    """A good request of each kind."""
    token, user = bearer(place, "register"), bearer(place, "gre")
    return [
        send_bill(sign(invoice())),
        send_summary(sign(summary())),
        send_summary(sign(voiding()), number=RA),
        send_bill(sign(retention()), number="R001-1", kind="20", path="/otherService"),
        status("1"),
        ask(),
        token_request("register"),
        token_request("gre"),
        question(token),
        guia_request(user, sign(guia())),
        ticket_request(user, "1"),
    ]


def mutated(request: Request, dice: random.Random) -> Request:
    """The request with something wrong: bytes changed, cut, doubled, a path or header off."""
    body = bytearray(request.body)
    match dice.randrange(6):
        case 0:
            body = body[: dice.randrange(len(body) + 1)]
        case 1:
            for _ in range(dice.randrange(1, 9)):
                if body:
                    body[dice.randrange(len(body))] = dice.randrange(256)
        case 2:
            at = dice.randrange(len(body) + 1)
            body[at:at] = dice.randbytes(dice.randrange(40))
        case 3:
            body = body + body
        case 4:
            path = request.path + dice.choice(["/", "//", "/%00", "/é", "?x", "/" + "a" * 5000])
            return replace(request, path=path)
        case _:
            garbage = dice.randbytes(12).decode("latin-1")
            return replace(request, headers={"authorization": garbage, "soapaction": garbage})
    return replace(request, body=bytes(body))


@pytest.mark.parametrize("seed", range(4))
def test_damaged_requests_are_answered(place: Place, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - repeatable, not secret
    answers: list[Response] = []
    for request in everything(place):
        answers += [place.sunat.handle(mutated(request, dice)) for _ in range(12)]
    assert {answer.status for answer in answers} <= ANSWERS
    fresh = send_bill(sign(invoice(number="F001-2")), number="F001-2")
    assert code(cdr(place.sunat.handle(fresh))) == "0"
