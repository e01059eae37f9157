"""Who may call: tokens, how often, and what everybody else is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from acuse.flow import outside, tokens
from acuse.flow.tokens import CALLS
from acuse.store import models
from tests.api.caller import Caller, basic, told
from tests.api.conftest import Calls
from tests.flow.house import BY, House

HERE = "/api/v1/company"


def status(authorization: str | None) -> int:
    headers = {"Authorization": authorization} if authorization is not None else {}
    response = Client().get(HERE, headers=headers)
    told(response)
    return response.status_code


def test_a_token_enters_alone_or_with_its_persons_mail(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    plain = caller.token.plain
    assert status(f"Bearer {plain}") == 200
    assert status(basic(caller.email, plain)) == 200
    assert status(basic(caller.email.upper(), plain)) == 200


def test_nobody_else_enters_and_all_are_told_the_same(house: House, calls: Calls) -> None:
    company = house.peru()
    caller, other = calls(company), calls(company, "otra@taller.example")
    plain = caller.token.plain
    wrong = plain[:-1] + ("A" if plain[-1] != "A" else "B")
    strangers = (
        None,
        "",
        "Bearer",
        "Bearer ",
        f"Bearer {wrong}",
        "Bearer acuse_000000000000_" + "A" * 43,
        "Bearer \x00\xff",
        f"Digest {plain}",
        "Basic !!!",
        basic("", plain),
        basic(other.email, plain),
        basic("nadie@ninguna.example", plain),
        basic(caller.email, wrong),
        basic(caller.email, "una-clave-larga-y-rara"),
    )
    answers = set()
    for one in strangers:
        headers = {"Authorization": one} if one is not None else {}
        response = Client().get(HERE, headers=headers)
        told(response)
        assert "Bearer" in response["WWW-Authenticate"]
        answers.add((response.status_code, response.content))
    assert {found for found, _ in answers} == {401}
    assert len(answers) == 1


def test_a_log_in_of_the_web_opens_nothing_here(house: House, calls: Calls) -> None:
    calls(house.peru())
    client = Client()
    client.force_login(get_user_model().objects.get())
    assert client.get(HERE).status_code == 401


def test_the_token_itself_is_kept_nowhere(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    secret = caller.token.plain.split("_", 2)[2]
    kept = str(models.ApiToken.objects.values()[0]) + str(models.Event.objects.values("facts"))
    assert secret not in kept
    assert len(secret) == 43  # 256 bits


def test_a_revoked_token_opens_nothing_for_ever(house: House, calls: Calls) -> None:
    company = house.peru()
    caller = calls(company)
    assert tokens.revoke(company.id, caller.token.id, by=BY, at=outside.now())
    assert not tokens.revoke(company.id, caller.token.id, by=BY, at=outside.now())
    assert status(f"Bearer {caller.token.plain}") == 401


def test_another_company_revokes_nothing(house: House, calls: Calls) -> None:
    caller, other = calls(house.peru()), house.costa_rica()
    assert not tokens.revoke(other.id, caller.token.id, by=BY, at=outside.now())
    assert status(f"Bearer {caller.token.plain}") == 200


def test_a_person_who_left_is_told_so_and_one_who_is_shut_out_is_nobody(
    house: House, calls: Calls
) -> None:
    caller = calls(house.peru())
    models.Membership.objects.all().delete()
    assert status(f"Bearer {caller.token.plain}") == 403
    get_user_model().objects.update(is_active=False)
    assert status(f"Bearer {caller.token.plain}") == 401


def test_a_token_is_of_a_member_and_has_a_name(house: House) -> None:
    company, other = house.peru(), house.costa_rica()
    person = house.person(company)
    with pytest.raises(tokens.Blocked) as blocked:
        tokens.make(other.id, person, "Tienda", by=BY, at=outside.now())
    assert [one.code for one in blocked.value.problems] == ["XX-TOK-2"]
    with pytest.raises(tokens.Blocked) as blocked:
        tokens.make(company.id, person, " ", by=BY, at=outside.now())
    assert [one.code for one in blocked.value.problems] == ["XX-TOK-1"]


def test_the_limit_is_told_kept_and_over_after_a_minute(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    first = caller.raw("GET", "/company")
    assert first["X-Rate-Limit-Limit"] == str(CALLS) == "150"
    assert first["X-Rate-Limit-Remaining"] == "149"
    assert 0 < int(first["X-Rate-Limit-Reset"]) <= 60
    at = outside.now()
    for _ in range(CALLS - 1):
        use = tokens.use(caller.token.id, at=at)
    assert use
    assert (use.passed, use.left) == (True, 0)
    refused = caller.raw("GET", "/company")
    assert refused.status_code == 429
    assert told(refused)["code"] == "XX-API-10"
    assert refused["X-Rate-Limit-Remaining"] == "0"
    assert refused["Retry-After"] == refused["X-Rate-Limit-Reset"]
    later = tokens.use(caller.token.id, at=at + timedelta(seconds=61))
    assert later
    assert later.passed


def test_one_token_does_not_use_up_anothers_calls(house: House, calls: Calls) -> None:
    company = house.peru()
    caller, other = calls(company), calls(company, "otra@taller.example")
    for _ in range(CALLS + 1):
        tokens.use(caller.token.id, at=outside.now())
    assert caller.raw("GET", "/company").status_code == 429
    assert other.raw("GET", "/company")["X-Rate-Limit-Remaining"] == "149"


def test_who_did_it_is_told_with_the_token(house: House, calls: Calls) -> None:
    caller: Caller = calls(house.peru(automatic_delivery=False))
    caller.put("/company/settings", {"automaticDelivery": True})
    event = models.Event.objects.get(kind="switch.turned_on")
    assert event.actor == f"{caller.email} (API {caller.token.prefix})"
