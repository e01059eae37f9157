"""The company's own address, told as a customer's: asked about wherever a program tells it."""

from __future__ import annotations

from acuse.store import customers
from tests.api.caller import GOOD
from tests.api.conftest import Calls
from tests.flow.house import House


def test_the_companys_own_address_is_asked_about_on_every_road(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    own = {"email": caller.company.email.upper()}
    client = GOOD["client"] | own
    assert caller.codes("POST", "/contacts", client) == ["XX-DOC-11"]
    assert caller.codes("POST", "/invoices", GOOD | {"client": client}) == ["XX-DOC-11"]
    made = caller.post("/invoices", GOOD | {"stamp": {"generateStamp": True}}, status=201)
    house.run(caller.company)
    place, body = f"/invoices/{made['id']}/email", {"emails": [own["email"]]}
    assert caller.codes("POST", place, body) == ["XX-DOC-11"]
    sure = {"emailConfirmed": True}
    caller.post(place, body | sure)
    ((contact_id, _),) = customers.page(caller.company.id)
    told = caller.put(f"/contacts/{contact_id}", own | sure)["email"]
    assert told.casefold() == caller.company.email
    copies = {"copies": [{"address": caller.company.email}]}
    assert caller.put("/company/copies", copies)["copies"]  # there it is what is looked for
