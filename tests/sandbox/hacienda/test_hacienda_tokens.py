"""The identity provider: grants, refusals, blocked users, tokens that end."""

from __future__ import annotations

import json

import pytest

from acuse_sandbox.hacienda.tokens import identity
from acuse_sandbox.world import Request, Response
from tests.sandbox.hacienda.place import ASK, LIST, TOKEN, USER, Place, clave, good


def error(response: Response) -> tuple[int, str]:
    return response.status, json.loads(response.body)["error"]


def test_a_password_gives_a_token_for_five_minutes(place: Place) -> None:
    answer = json.loads(place.login().body)
    assert (answer["expires_in"], answer["refresh_expires_in"]) == (300, 36000)
    assert answer["token_type"] == "bearer"
    assert place.call("GET", LIST).status == 200


@pytest.mark.parametrize(("seconds", "status"), [(299.0, 200), (300.0, 401)])
def test_a_token_ends(place: Place, seconds: float, status: int) -> None:
    token = place.token()
    place.later(seconds=seconds)
    headers = {"authorization": f"Bearer {token}"}
    assert place.call("GET", LIST, headers=headers).status == status


def test_the_life_of_a_token_can_be_set(place: Place) -> None:
    place.set("token_seconds", "5")
    assert json.loads(place.login().body)["expires_in"] == 5
    token = place.token()
    place.later(seconds=5)
    response = place.call("GET", LIST, headers={"authorization": f"bearer {token}"})
    assert (response.status, "CR-API-5" in response.headers["X-Error-Cause"]) == (401, True)


@pytest.mark.parametrize("header", ["", "bearer", "bearer nobodys", "Basic dXNlcjpwYXNz"])
def test_without_a_good_token_nothing_is_read(place: Place, header: str) -> None:
    response = place.call("GET", ASK + clave(good()), headers={"authorization": header})
    assert response.status == 401
    assert place.outcomes() == [("ask", "refused")]


def refresh(place: Place) -> Response:
    kept = json.loads(place.login().body)["refresh_token"]
    place.later(hours=1)
    return place.login(grant_type="refresh_token", refresh_token=kept, username="", password="")


def test_a_refresh_token_gives_another_token(place: Place) -> None:
    answer = json.loads(refresh(place).body)
    headers = {"authorization": f"bearer {answer['access_token']}"}
    assert place.call("GET", LIST, headers=headers).status == 200


def test_a_dead_refresh_token_is_refused(place: Place) -> None:
    place.set("refresh_seconds", "60")
    assert error(refresh(place)) == (400, "invalid_grant")


def test_a_wrong_password_is_told_from_a_provider_that_is_down(place: Place) -> None:
    assert error(place.login(password="mala")) == (401, "invalid_grant")
    place.set("idp", "down")
    assert place.login().status == 503


def test_five_wrong_passwords_block_the_user_and_nobody_else(place: Place) -> None:
    for _ in range(5):
        assert place.login(password="mala").status == 401
    assert error(place.login()) == (403, "user_blocked")
    assert place.login(username="cpf-01-9999-0888@stag.example").status == 200


def test_a_good_password_forgives_the_wrong_ones_before(place: Place) -> None:
    for password in ["mala"] * 4 + ["buena"] + ["mala"] * 4 + ["buena"]:
        last = place.login(password=password)
    assert last.status == 200


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"grant_type": "client_credentials"}, (400, "unsupported_grant_type")),
        ({"client_id": "api-prod"}, (400, "invalid_client")),
        ({"username": ""}, (401, "invalid_grant")),
        ({"password": ""}, (401, "invalid_grant")),
        ({"grant_type": "refresh_token", "refresh_token": "nobodys"}, (400, "invalid_grant")),
    ],
)
def test_other_log_ins_are_refused(
    place: Place, fields: dict[str, str], expected: tuple[int, str]
) -> None:
    assert error(place.login(**fields)) == expected


def test_production_has_its_own_client(place: Place) -> None:
    realm = TOKEN.replace("rut-stag", "rut")
    assert place.login(realm, client_id="api-prod").status == 200
    assert place.login(realm, client_id="api-stag").status == 400
    assert place.login(TOKEN.replace("rut-stag", "otro")).status == 404


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe", b"grant_type=password&grant_type=password", b"&".join([b"a=1"] * 50),
     b"grant_type=" + b"x" * 20_000],
)  # fmt: skip
def test_a_hostile_form_is_refused(place: Place, body: bytes) -> None:
    assert place.hacienda.handle(Request("POST", TOKEN, {}, {}, body)).status in (400, 413)


def test_log_ins_are_in_the_ledger(place: Place) -> None:
    place.login()
    place.login(password="mala")
    place.set("idp", "down")
    place.login()
    found = [(entry.purpose, entry.outcome) for entry in place.world.ledger.read()]
    assert found == [("login", "accepted"), ("login", "refused"), ("login", "fault")]


def test_forgetting_everything_forgets_tokens_and_blocks(place: Place) -> None:
    token = place.token()
    for _ in range(5):
        place.login(username="otra", password="mala")
    place.hacienda.clear()
    assert place.call("GET", LIST, headers={"authorization": f"bearer {token}"}).status == 401
    assert place.login(username="otra").status == 200


@pytest.mark.parametrize(
    ("user", "number"),
    [
        (USER, "3101999888"),
        ("cpf-01-9999-0888@prod.example", "199990888"),
        ("3101999888", "3101999888"),
        ("cpj-3-101-A00001@stag.example", "3101A00001"),
        ("155812345678@x.example", "155812345678"),
        ("ventas@cafe.example", ""),
        ("", ""),
    ],
)
def test_a_user_stands_for_an_identification(user: str, number: str) -> None:
    assert identity(user) == number
