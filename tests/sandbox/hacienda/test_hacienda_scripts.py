"""Scripts and magic customers: what the next answer to a document shall be."""

from __future__ import annotations

import pytest

from acuse_sandbox.world import Script, ScriptedReply
from tests.sandbox.hacienda.documents import factura
from tests.sandbox.hacienda.place import Place, clave, good
from tests.sandbox.hacienda.signing import sign


def script(place: Place, *replies: ScriptedReply, **match: str) -> None:
    place.world.scripts.add("hacienda", match, list(replies))


@pytest.mark.parametrize(
    ("reply", "state", "records"),
    [
        (ScriptedReply(Script.ACCEPT), "aceptado", []),
        (ScriptedReply(Script.OBSERVE), "aceptado", ["-16"]),
        (ScriptedReply(Script.OBSERVE, code="-53"), "aceptado", ["-53"]),
        (ScriptedReply(Script.REJECT), "rechazado", ["-9000"]),
        (ScriptedReply(Script.REJECT, code="-37"), "rechazado", ["-37"]),
        (ScriptedReply(Script.REJECT, code="99"), "rechazado", ["-99"]),
        (ScriptedReply(Script.REJECT, code="nada"), "rechazado", ["-9000"]),
    ],
)
def test_a_script_decides_about_a_good_document(
    place: Place, reply: ScriptedReply, state: str, records: list[str]
) -> None:
    script(place, reply)
    verdict = place.verdict(good())
    assert (verdict.state, verdict.records) == (state, records)


def test_no_script_makes_a_bad_document_good(place: Place) -> None:
    script(place, ScriptedReply(Script.ACCEPT))
    root = factura(number=4)
    root.find("{*}ResumenFactura/{*}TotalVenta").text = "1.00000"  # type: ignore[union-attr]
    assert place.verdict(sign(root)).state == "rechazado"


def test_scripts_find_their_document_by_clave_or_number(place: Place) -> None:
    first, second, third = good(number=1), good(number=2), good(number=3)
    script(place, ScriptedReply(Script.REJECT), fiscal_id=clave(second))
    script(place, ScriptedReply(Script.OBSERVE), number="00100001010000000003")
    found = [place.verdict(document) for document in (first, second, third)]
    assert [(v.state, v.records) for v in found] == [
        ("aceptado", []),
        ("rechazado", ["-9000"]),
        ("aceptado", ["-16"]),
    ]


def named(name: str) -> bytes:
    receiver = "<Identificacion><Tipo>01</Tipo><Numero>199990888</Numero></Identificacion>"
    return good(receiver=f"<Nombre>{name}</Nombre>{receiver}")


@pytest.mark.parametrize(
    ("name", "state", "records"),
    [
        ("Cliente ACEPTA", "aceptado", []),
        ("Cliente OBSERVA", "aceptado", ["-16"]),
        ("Cliente OBSERVA -53", "aceptado", ["-53"]),
        ("Cliente RECHAZA", "rechazado", ["-9000"]),
        ("Cliente RECHAZA -99", "rechazado", ["-99"]),
        ("Cliente RECHAZA 111", "rechazado", ["-111"]),
    ],
)
def test_a_customers_name_decides_where_no_script_does(
    place: Place, name: str, state: str, records: list[str]
) -> None:
    verdict = place.verdict(named(name))
    assert (verdict.state, verdict.records) == (state, records)


def test_a_script_comes_before_the_customers_name(place: Place) -> None:
    script(place, ScriptedReply(Script.OBSERVE))
    assert place.verdict(named("Cliente RECHAZA")).state == "aceptado"


def test_a_slow_customer_holds_the_answer(place: Place) -> None:
    response = place.send(named("Cliente DEMORA 3"))
    assert (response.status, response.delay) == (202, 3.0)


def test_an_answer_that_never_leaves_leaves_a_judged_document(place: Place) -> None:
    script(place, ScriptedReply(Script.HANG_AFTER_ACCEPT))
    document = good()
    assert place.send(document).hang
    assert place.judged(clave(document)).state == "aceptado"
    assert place.send(document).status == 400


@pytest.mark.parametrize(
    ("reply", "status"),
    [
        (ScriptedReply(Script.HTTP, status=503), 503),
        (ScriptedReply(Script.HTTP, status=400), 400),
        (ScriptedReply(Script.HTTP, status=429), 429),
        (ScriptedReply(Script.HTTP, status=302), 302),
        (ScriptedReply(Script.HTML200), 200),
    ],
)
def test_a_gateways_answer_keeps_nothing(place: Place, reply: ScriptedReply, status: int) -> None:
    script(place, reply)
    document = good()
    response = place.send(document)
    assert (response.status, place.outcomes()) == (status, [("send", "fault")])
    assert "X-Ratelimit-Reset" in response.headers
    assert place.ask(clave(document)).status == 404
    assert place.send(document).status == 202


def test_a_refused_message_uses_up_no_script(place: Place) -> None:
    script(place, ScriptedReply(Script.REJECT))
    assert place.send(good(), user="cpj-3-101-999889@stag.example").status == 403
    assert place.verdict(good()).state == "rechazado"
