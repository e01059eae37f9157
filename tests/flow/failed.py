"""Mails that fail in the ways a test asks for."""

from __future__ import annotations

from typing import Any

from acuse.domain.failure import PATIENT_TRIES
from acuse.domain.party import Company
from acuse.flow import outside
from acuse.flow.issue import Issued
from acuse.store import models
from acuse_sandbox import instructions
from tests.flow.house import MAKERS, House
from tests.flow.news import bring, dsn
from tests.support.makers import replaced

UNKNOWN = {"stage": "rcpt", "code": 550, "text": "5.1.1 no such user"}
FULL = {"stage": "rcpt", "code": 552, "text": "5.2.2 mailbox full"}
AWAY = {"stage": "rcpt", "code": 451, "text": "4.3.2 system not accepting messages"}
OURS = {"stage": "mail", "code": 550, "text": "5.7.1 who are you"}


def mail_script(house: House, *faults: dict[str, Any], times: int = 1) -> None:
    """The mail server's next answers."""
    house.sandbox.mail.scripts.add({}, [instructions.fault(one) for one in faults] * times)


def refused(house: House, company: Company, fault: dict[str, Any] = UNKNOWN) -> Issued:
    """An accepted document whose mail the customer's server did not take."""
    mail_script(house, fault)
    issued = house.issue(company)
    house.submit(company)
    house.deliver()
    return issued


def without_email(house: House, company: Company, **changes: Any) -> Issued:
    """An accepted document that is held because its customer has no address."""
    buyer = MAKERS[company.jurisdiction]().counterparty
    issued = house.issue(company, counterparty=replaced(buyer, emails=(), **changes))
    house.submit(company)
    return issued


def mail_of(issued: Issued) -> models.Recipient:
    return models.Recipient.objects.filter(delivery__document_id=issued.id).latest("id")


def put_off(house: House, company: Company) -> Issued:
    """A mail whose server asks to wait, again and again."""
    issued = refused(house, company, AWAY)
    for _ in range(PATIENT_TRIES - 1):
        mail_script(house, AWAY)
        models.Recipient.objects.filter(state="DEFERRED").update(wake_at=outside.now())
        house.deliver()
    return issued


def not_ours(house: House, company: Company) -> Issued:
    """A mail that our own server does not let out, the first time already."""
    return refused(house, company, OURS)


def bounced(house: House, company: Company) -> Issued:
    """A mail that its server took, and gave back with a report."""
    issued = house.issue(company)
    house.submit(company)
    house.deliver()
    bring(dsn(mail_of(issued)))
    return issued


def uncertain_twice(house: House, company: Company) -> Issued:
    cut = {"stage": "dot", "action": "cut", "kept": False}
    mail_script(house, cut, times=2)
    issued = house.issue(company)
    house.run(company)
    return issued


def stuck(house: House, company: Company) -> Issued:
    issued = house.issue(company)
    rows = models.Submission.objects.filter(document_id=issued.id)
    rows.update(state="IN_FLIGHT")
    rows.update(state="STUCK", wake_at=None, reason="La norma no deja enviarlo.")
    return issued
