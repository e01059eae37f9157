"""The envelope of a mail: the signed name under which its news comes back."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from acuse.domain import verp
from acuse.domain.party import Environment
from acuse.flow import returns
from acuse.gateways import vault
from acuse.store import models
from tests.flow.house import House
from tests.flow.test_mail_faults import script


def sent(house: House) -> models.Recipient:
    company = house.peru()
    issued = house.issue(company)
    house.submit(company)
    house.deliver()
    return models.Recipient.objects.get(delivery__document_id=issued.id)


def test_the_name_in_the_return_path_is_signed(house: House, settings: Any) -> None:
    settings.RETURN_PATH = "bounce@b.acuse.example"
    recipient = sent(house)
    assert verp.read(recipient.token, returns.keys()) == recipient.token
    (mail,) = house.mail()
    assert mail.sender == f"bounce+{recipient.token}@b.acuse.example"
    assert mail.asked == {
        "RET": "HDRS",
        "ENVID": recipient.token,
        "NOTIFY": "FAILURE,DELAY",
        "ORCPT": f"rfc822;{recipient.address}",
    }
    assert f"X-Acuse-Delivery: {recipient.token}".encode() in mail.raw


def test_without_an_address_for_returned_mail_the_sender_is_tagged(house: House) -> None:
    recipient = sent(house)
    assert house.mail()[0].sender == f"avisos+{recipient.token}@acuse.example"


def test_a_domain_alone_takes_the_name_before_its_at(house: House, settings: Any) -> None:
    settings.RETURN_PATH = "b.acuse.example"
    assert returns.domain() == "b.acuse.example"
    recipient = sent(house)
    assert house.mail()[0].sender == f"{recipient.token}@b.acuse.example"


def test_a_retry_has_the_same_envelope(house: House) -> None:
    script(house.sandbox, stage="dot", code=451, text="4.3.0 later", kept=True)
    recipient = sent(house)
    house.an_hour_passes()
    house.deliver()
    first, second = house.mail()
    assert (first.sender, first.asked, first.raw) == (second.sender, second.asked, second.raw)
    assert first.asked["ENVID"] == recipient.token


def test_a_companys_own_server_sends_in_its_own_name(house: House, settings: Any) -> None:
    settings.RETURN_PATH = "b.acuse.example"
    company = house.peru()
    real = replace(company, environment=Environment.PRODUCTION)
    token, own = returns.token(), "ana@taller.example"
    assert returns.path(returns.home(real, own), token) == f"{token}@b.acuse.example"
    models.MailRoute.objects.create(
        company_id=None, host="mail.acuse.example", port=587, security="STARTTLS"
    )  # the installation's, which may send in its own name for anyone
    assert returns.path(returns.home(real, own), token) == f"{token}@b.acuse.example"
    models.MailRoute.objects.create(
        company_id=company.id, host="mail.taller.example", port=587, security="STARTTLS"
    )
    assert returns.path(returns.home(real, own), token) == f"ana+{token}@taller.example"
    long = "a" * 50 + "@taller.example"
    assert returns.path(returns.home(real, long), token) == long


def test_a_new_key_signs_and_the_one_before_is_still_known(tmp_path: Path) -> None:
    (first,) = vault.load_or_create_plain(tmp_path, "returns")
    os.utime(next(tmp_path.glob("*.key")), (1, 1))
    vault.add_key(tmp_path, "returns")
    current, before = vault.load_or_create_plain(tmp_path, "returns")
    assert before == first != current
    name = bytes(verp.NAME)
    old = verp.token(name, verp.Keys(first))
    assert verp.read(old, verp.Keys(current, before)) == old
    assert verp.read(old, verp.Keys(current)) is None


def test_a_damaged_key_is_told(tmp_path: Path) -> None:
    vault.load_or_create_plain(tmp_path, "returns")
    next(tmp_path.glob("*.key")).write_bytes(b"short")
    with pytest.raises(vault.WrongKey):
        vault.load_or_create_plain(tmp_path, "returns")
