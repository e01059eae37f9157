"""What is asked about a taxpayer, and what Hacienda's answers say. Source: costa-rica.md 5."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.jurisdiction import desk_for
from acuse.domain.party import Environment, TaxId
from acuse.domain.question import Answer, ContactGiven, NothingKnown, Question, Topic
from acuse.domain.submission import Call, CallPurpose, Cause, NoAnswer, NoReply, Refused, Reply
from acuse.jurisdictions.cr import jurisdiction
from tests.jurisdictions.cr.makers import AT, company, credential

DESK = jurisdiction.desk
CAFE: dict[str, Any] = {
    "nombre": "Café Ejemplar de Tarrazú S.A.",
    "tipoIdentificacion": "02",
    "regimen": {"codigo": 1, "descripcion": "General"},
    "actividades": [
        {"estado": "A", "tipo": "S", "codigo": "552004", "descripcion": "Cafetería"},
        {"estado": "A", "tipo": "P", "codigo": "474100", "descripcion": "Equipo"},
        {"estado": "I", "tipo": "P", "codigo": "751101", "descripcion": "Administración"},
    ],
}


def asked(kind: str, number: str, **changes: Any) -> Call | None:
    question = Question(Topic.CONTACT, TaxId(kind, number))
    return DESK.ask(question, company(**changes), credential(), AT)


def answered(body: object, status: int = 200) -> Answer:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return DESK.answer(Question(Topic.CONTACT), Reply(status, {}, raw))


def test_only_contacts_are_asked_about() -> None:
    assert desk_for(jurisdiction, Topic.CONTACT) is DESK
    for topic in set(Topic) - {Topic.CONTACT}:
        assert desk_for(jurisdiction, topic) is None


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        (Environment.SANDBOX, "sandbox://hacienda/fe/ae"),
        (Environment.TEST, "https://api.hacienda.go.cr/fe/ae"),
        (Environment.PRODUCTION, "https://api.hacienda.go.cr/fe/ae"),
    ],
)
def test_the_question_bears_the_number_and_no_secret(
    environment: Environment, address: str
) -> None:
    call = asked("CJ", "3-101-999888", environment=environment)
    assert call is not None
    assert (call.purpose, call.method, call.body) == (CallPurpose.ASK, "GET", b"")
    assert call.url == f"{address}?identificacion=3101999888"
    assert call.headers == {"accept": "application/json"}
    assert call.secret_parts == ()


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("EXT", "3101999888"),
        ("NC", "199990888"),
        ("CF", "12345678"),
        ("CF", ""),
        ("CF", "1999908881234567"),
        ("CJ", "3101&identificacion=1"),
        ("CJ", "٣٣٣٣٣٣٣٣٣٣"),
        ("SD", "-"),
    ],
)
def test_who_cannot_be_a_taxpayer_is_not_asked_about(kind: str, number: str) -> None:
    assert asked(kind, number) is None


def test_a_taxpayer_is_told_with_the_principal_activity() -> None:
    assert answered(CAFE) == ContactGiven(
        "Café Ejemplar de Tarrazú S.A.",
        kind="CJ",
        extra={"activity": "474100"},
        words="régimen General · 552004 Cafetería · 474100 Equipo",
    )


@pytest.mark.parametrize(
    ("activities", "activity"),
    [
        ([{"codigo": "552004"}], "552004"),
        ([{"codigo": "5520.04"}], "552004"),
        ([{"codigo": "552004", "estado": "I"}], ""),
        ([{"codigo": "552004"}, {"codigo": "474100"}], ""),
        ([{"codigo": "6201.0", "tipo": "P", "estado": "A"}], ""),
        ([{"codigo": 552004}], ""),
        ([None, 3, "552004", []], ""),
        ("552004", ""),
        (None, ""),
    ],
)
def test_an_activity_is_filled_in_where_it_is_the_one(activities: object, activity: str) -> None:
    told = answered(CAFE | {"actividades": activities})
    assert isinstance(told, ContactGiven)
    assert told.extra == ({"activity": activity} if activity else {})


def test_a_long_list_is_not_told_whole() -> None:
    many = [{"codigo": f"{n:06d}", "descripcion": "x" * 5000} for n in range(3000)]
    told = answered(CAFE | {"actividades": many})
    assert isinstance(told, ContactGiven)
    assert told.words.endswith("y 2995 más")
    assert len(told.words) < 600


def test_a_name_is_one_line_that_can_be_printed() -> None:
    told = answered({"nombre": "  Ana\r\n\0\u202eEjemplo\t " + "x" * 500})
    assert isinstance(told, ContactGiven)
    assert told.name.startswith("Ana Ejemplo xxx")
    assert len(told.name) == 100


@pytest.mark.parametrize("body", [{}, {"nombre": ""}, {"nombre": None}, {"nombre": ["Ana"]}, []])
def test_without_a_name_nobody_is_told_of(body: object) -> None:
    assert isinstance(answered(body), NothingKnown | NoAnswer)


@pytest.mark.parametrize("status", [400, 404])
def test_nobody_by_that_number(status: int) -> None:
    told = answered({"code": status, "status": "No se encontró"}, status)
    assert told == NothingKnown("No se encontró")


@pytest.mark.parametrize("status", [201, 301, 401, 403, 500, 502])
def test_another_status_is_no_answer(status: int) -> None:
    assert isinstance(answered(CAFE, status), NoAnswer)


def test_too_many_questions_are_told_so() -> None:
    told = answered(b"", 429)
    assert isinstance(told, Refused)
    assert told.cause is Cause.LIMIT


def test_a_lost_answer_is_none() -> None:
    told = DESK.answer(Question(Topic.CONTACT), NoReply("ReadTimeout", True))
    assert told == NoAnswer(True, "ReadTimeout")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["nombre", "regimen", "actividades", "codigo", "estado", "tipo", "x"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(st.sampled_from([200, 400, 404, 429, 500]), json_values)
def test_no_json_makes_it_raise(status: int, body: object) -> None:
    told = answered(body, status)
    if isinstance(told, ContactGiven):
        assert told.name.isprintable()
        assert told.words.isprintable()


@given(st.binary(max_size=200))
def test_no_bytes_make_it_raise(body: bytes) -> None:
    assert not isinstance(answered(body), ContactGiven) or b"nombre" in body


@pytest.mark.parametrize("body", [b"[" * 100_000, b"1" * 5000, b'{"nombre":' * 50_000, b"\xff"])
def test_hostile_json_is_no_answer(body: bytes) -> None:
    assert isinstance(answered(body), NoAnswer)
