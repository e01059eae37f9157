"""The constancia's buttons: both files for who works for the company, or why there is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from acuse.flow import outside
from acuse.flow.draft import draft
from acuse.gateways.signer import SignerClient
from tests.domain.test_jws import certificate_of, check
from tests.flow.house import BY, MAKERS, House
from tests.support import pades
from tests.web.conftest import Enter
from tests.web.forms import page


def test_both_files_are_a_click_away(house: House, enter: Enter) -> None:
    company = house.costa_rica()
    issued = house.issue(company)
    house.run(company)
    client = enter(company)
    where = f"/e/{company.id}/facturas/{issued.id}/"
    links = page(client.get(where)).xpath("//a[contains(., 'Constancia')]/@href")
    paper, signed = (client.get(link) for link in links)
    assert paper["Content-Type"] == "application/pdf"
    assert signed["Content-Type"] == "application/json"
    whole = json.loads(signed.content)
    check(whole["constancia"], whole["jws"])
    assert pades.signer_of(paper.content) == certificate_of(whole["jws"])
    assert whole["constancia"]["made"]["by"] == "ana@taller.example"
    for answer, end in ((paper, "pdf"), (signed, "json")):
        wanted = f"{issued.fiscal_id}-constancia.{end}"
        assert wanted in answer["Content-Disposition"]


def test_nobody_else_gets_it(house: House, enter: Enter) -> None:
    company, other = house.costa_rica(), house.peru()
    issued = house.issue(company)
    client = enter(other)
    for company_id in (company.id, other.id):
        for name in ("constancia.pdf", "constancia.json"):
            where = f"/e/{company_id}/facturas/{issued.id}/archivos/{name}"
            assert client.get(where).status_code == 404


def test_a_draft_has_none(house: House, enter: Enter) -> None:
    company = house.peru()
    draft_id = draft(company.id, MAKERS["PE"](number=None, date=None), by=BY, at=outside.now())
    client = enter(company)
    where = f"/e/{company.id}/facturas/{draft_id}/"
    assert "Constancia" not in client.get(where).content.decode()
    assert client.get(f"{where}archivos/constancia.pdf").status_code == 404


def test_without_a_signer_the_page_says_so(
    house: House, enter: Enter, monkeypatch: Any, tmp_path: Path
) -> None:
    company = house.peru()
    issued = house.issue(company)
    client = enter(company)
    monkeypatch.setattr(outside, "_signer", lambda: SignerClient(tmp_path / "nobody.sock"))
    for name in ("constancia.json", "constancia.pdf"):
        where = f"/e/{company.id}/facturas/{issued.id}/archivos/{name}"
        answer = client.get(where, follow=True)
        assert answer.status_code == 200
        assert "firm" in " ".join(page(answer).xpath("//*[@role='alert']//text()"))
