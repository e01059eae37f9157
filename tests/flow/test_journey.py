"""From a draft to the customer's mailbox, once."""

from __future__ import annotations

from acuse.domain.activity import EventKind
from acuse_sandbox.mailbox import attachments
from tests.flow.house import House


def test_a_peruvian_invoice_reaches_the_customer_once(house: House) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.run(company)
    assert house.state(issued.id) == "ACCEPTED"
    assert house.recipients(issued.id) == [("compras@inventada.example", "SENT")]
    (mail,) = house.mail()
    names = [name for name, _, _ in attachments(mail)]
    assert names == [
        "20999888772-01-F001-1.xml",
        "R-20999888772-01-F001-1.zip",
        "20999888772-01-F001-1.pdf",
    ]
    assert house.told(company, issued.id) == [
        EventKind.DOCUMENT_CREATED,
        EventKind.DOCUMENT_ISSUED,
        EventKind.SUBMISSION_SENT,
        EventKind.VERDICT_ACCEPTED,
        EventKind.DELIVERY_OPENED,
        EventKind.PACKET_READY,
        EventKind.RECIPIENT_SENT,
    ]


def test_a_costa_rican_invoice_reaches_the_customer_once(house: House) -> None:
    company = house.costa_rica()
    issued = house.issue(company)
    house.run(company)
    assert house.state(issued.id) == "ACCEPTED"
    assert house.recipients(issued.id) == [("cliente@correo.example", "SENT")]
    (mail,) = house.mail()
    clave = issued.fiscal_id
    names = [name for name, _, _ in attachments(mail)]
    assert names == [f"{clave}.xml", f"{clave}-respuesta.xml", f"{clave}.pdf"]
