"""docs/api.md says nothing that is not so: its examples are run, in order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from acuse.api.answers import WORDS
from acuse.api.urls import api
from tests.api.caller import Caller, told
from tests.api.conftest import Calls
from tests.flow.house import House
from tests.flow.payers import Payers

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
STEP = re.compile(
    r"<!-- (?P<scene>.+?) -->"
    r"|```http\n(?P<call>.+?)\n```\n(?P<status>\d+)\n```json\n(?P<answer>.+?)\n```",
    re.DOTALL,
)
ANY = "…"


def within(expected: Any, found: Any, ids: dict[str, str]) -> None:
    """Assert that the answer says what the page says; ids are learnt on the way."""
    if isinstance(expected, dict):
        for key, part in expected.items():
            assert key in found, (key, found)
            if key == "id" and part not in ids:
                ids[part] = found[key]
            within(ids.get(part, part) if key == "id" else part, found[key], ids)
    elif isinstance(expected, list):
        assert len(expected) == len(found)
        for one, other in zip(expected, found, strict=True):
            within(one, other, ids)
    elif expected != ANY:
        assert expected == found


def request(text: str, ids: dict[str, str]) -> tuple[str, str, dict[str, Any]]:
    head, _, body = text.partition("\n\n")
    first, *lines = head.split("\n")
    method, _, path = first.partition(" ")
    for known, real in ids.items():
        path = re.sub(rf"/{known}(?=/|$)", f"/{real}", path)
        body = body.replace(f'"client": {known}', f'"client": {real}')
    more: dict[str, Any] = {"headers": dict(line.split(": ", 1) for line in lines)}
    if body:
        more |= {"data": body, "content_type": "application/json"}
    return method, path.removeprefix("/api/v1"), more


def steps() -> Iterator[re.Match[str]]:
    found = list(STEP.finditer(PAGE))
    assert len([one for one in found if one["call"]]) == PAGE.count("```http")
    return iter(found)


def test_every_example_is_as_the_page_says(house: House, calls: Calls) -> None:
    caller: Caller = calls(house.peru())
    ids: dict[str, str] = {}
    ticos = cache(lambda: Payers(house))
    for step in steps():
        match step["scene"]:
            case "the authority answers":
                house.run(caller.company)
            case "a company in Colombia":
                caller = calls(house.colombia(), "otra@taller.example")
            case "a sale on credit in Costa Rica":
                ids["901"] = str(ticos().sell())
                caller = calls(ticos().company, "cobros@taller.example")
            case "a company in Costa Rica":
                caller = calls(ticos().company, "tica@taller.example")
            case scene:
                assert scene is None
        if step["scene"]:
            continue
        method, path, more = request(step["call"], ids)
        response = caller.raw(method, path, **more)
        assert response.status_code == int(step["status"]), (step["call"], response.content)
        within(json.loads(step["answer"], parse_float=Decimal), told(response), ids)


def test_every_status_that_is_answered_is_on_the_page() -> None:
    table = PAGE.partition("| status | when |")[2].partition("\n\n")[0]
    assert {int(code) for code in re.findall(r"\b\d{3}\b", table.split("|---|---|")[1])} >= set(
        WORDS
    )


def test_every_address_is_on_the_page() -> None:
    for path in api.get_openapi_schema()["paths"]:
        short = re.sub(r"\{\w*id\}", "{id}", path.removeprefix("/api/v1"))
        assert short.replace("/files/{name}", "/files") in PAGE, path
