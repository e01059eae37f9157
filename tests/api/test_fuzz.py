"""Whatever a body says, the answer is one of those that are told, in their shape."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acuse.store import models
from tests.api.caller import EXAMPLES, GOOD, Caller, told
from tests.api.conftest import Calls
from tests.flow.house import House

COSTA_RICAN = json.loads((EXAMPLES / "cr" / "varias-tarifas.json").read_text())
LEAF = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=40)
    | st.sampled_from(["", "0", "-1", "1e400", "\x00", "\ud800", "F001", "RUC", "a@b.example;"])
)
ANYTHING = st.recursive(
    LEAF,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner),
    max_leaves=12,
)
PATIENT = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def unlimited(house: House, calls: Calls) -> Caller:
    """A caller whose calls the test counts anew, so that the limit never answers for the body."""
    return calls(house.peru())


@pytest.fixture
def costa_rican(house: House, calls: Calls) -> Caller:
    """The same in Costa Rica."""
    return calls(house.costa_rica())


def answered(caller: Caller, method: str, path: str, body: object) -> int:
    models.ApiToken.objects.update(calls=0)
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    response = caller.raw(method, path, data=raw, content_type="application/json")
    told(response)
    return response.status_code


def mutated(draw: st.DrawFn, raw: Any) -> Any:
    """The value with one of its parts, however deep, become anything."""
    if isinstance(raw, dict) and raw and draw(st.booleans()):
        key = draw(st.sampled_from(sorted(raw)))
        return raw | {key: mutated(draw, raw[key])}
    if isinstance(raw, list) and raw and draw(st.booleans()):
        return [mutated(draw, raw[0]), *raw[1:]]
    return draw(ANYTHING)


@st.composite
def nearly(draw: st.DrawFn, good: dict[str, Any]) -> Any:
    """A good document with one part that is anything."""
    key = draw(st.sampled_from(sorted(good)))
    return good | {key: mutated(draw, good[key])} | {"stamp": {"generateStamp": True}}


@PATIENT
@given(body=nearly(GOOD))
def test_a_document_that_is_nearly_good(unlimited: Caller, body: Any) -> None:
    assert answered(unlimited, "POST", "/invoices", body) in (201, 400, 422)


@PATIENT
@given(body=nearly(COSTA_RICAN))
def test_another_countrys_that_is_nearly_good(costa_rican: Caller, body: Any) -> None:
    assert answered(costa_rican, "POST", "/invoices", body) in (201, 400, 422)


@PATIENT
@given(body=ANYTHING, path=st.sampled_from(["/invoices", "/contacts"]))
def test_any_json(unlimited: Caller, body: Any, path: str) -> None:
    assert answered(unlimited, "POST", path, body) in (400, 422)


@PATIENT
@given(body=st.binary(max_size=200))
def test_any_bytes(unlimited: Caller, body: bytes) -> None:
    assert answered(unlimited, "POST", "/invoices", body or b"?") in (400, 422)
    models.ApiToken.objects.update(calls=0)
    file = unlimited.raw("POST", "/received", data=body or b"?", content_type="application/zip")
    assert told(file)["code"] == "XX-REC-4"


@PATIENT
@given(part=ANYTHING, name=st.sampled_from(sorted(GOOD["client"]) + ["settings", "extra"]))
def test_a_contact_that_is_nearly_good(unlimited: Caller, part: Any, name: str) -> None:
    status = answered(unlimited, "POST", "/contacts", GOOD["client"] | {name: part})
    assert status in (201, 400, 422)
    known = models.Customer.objects.first()
    if known is not None:
        status = answered(unlimited, "PUT", f"/contacts/{known.pk}", {name: part})
        assert status in (200, 400, 422)


@PATIENT
@given(
    name=st.sampled_from(["start", "limit", "metadata", "query", "kind", "state", "client"]),
    value=st.text(max_size=30) | st.integers().map(str),
)
def test_any_query(unlimited: Caller, name: str, value: str) -> None:
    models.ApiToken.objects.update(calls=0)
    for place in ("invoices", "contacts", "received"):
        response = unlimited.client.get(
            f"/api/v1/{place}",
            {name: value.encode("utf-8", "ignore").decode()},
            headers={"Authorization": f"Bearer {unlimited.token.plain}"},
        )
        told(response)
        assert response.status_code in (200, 422)
