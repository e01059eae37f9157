"""A house for tests: companies that can issue, and hands to move the story on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

from django.db.models import F

from acuse import jurisdictions
from acuse.cli import world
from acuse.cli.management.commands.user import make_user
from acuse.domain.activity import EventKind
from acuse.domain.document import Document
from acuse.domain.party import Company, Environment
from acuse.flow import company as company_flow
from acuse.flow import deliver, issue, outside, submit, sweep
from acuse.flow.draft import draft
from acuse.gateways.invented import make_certificate
from acuse.store import activity, companies, models
from acuse_sandbox.mailbox import Stored
from acuse_sandbox.running import Sandbox
from tests.jurisdictions.co import makers as colombian
from tests.support import makers

BY = "prueba"
TEST_SET = "0a1b2c3d-0000-4000-8000-00000000c0de"


def _secrets(prefix: str) -> dict[str, str]:
    """The log-in of a test company."""
    names = (f"{prefix}_user", f"{prefix}_password")
    return {name: makers.credential().secret(name) for name in names}


@cache
def p12(serial: str) -> bytes:
    return make_certificate("Empresa Inventada", serial, password="1234", at=outside.now())


MAKERS = {
    "PE": makers.document,
    "CR": makers.costa_rican_document,
    "CO": colombian.document,
}


class House:
    """What a test does and sees."""

    @classmethod
    def over(cls, sandbox: world.Sandbox, settings: Any) -> House:
        """A house whose sandbox is another process: only issuing and looking at rows."""
        made = cls.__new__(cls)
        settings.SANDBOX_URL, settings.SANDBOX_SMTP = sandbox.http_url, sandbox.smtp
        return made

    def __init__(self, sandbox: Sandbox, settings: Any) -> None:
        self.sandbox = sandbox
        settings.SANDBOX_URL = sandbox.http_url
        settings.SANDBOX_SMTP = f"127.0.0.1:{sandbox.smtp_port}"
        settings.SANDBOX_IMAP = f"127.0.0.1:{sandbox.imap_port}"
        settings.SANDBOX_POP3 = f"127.0.0.1:{sandbox.pop3_port}"
        self._clear()

    def close(self) -> None:
        self._clear()

    def _clear(self) -> None:
        self.sandbox.world.ledger.clear()
        self.sandbox.world.scripts.clear()
        self.sandbox.world.settings.clear()
        self.sandbox.mail.scripts.clear()
        self.sandbox.reading.clear()
        self.sandbox.mailboxes.clear()
        for authority in self.sandbox.authorities.values():
            authority.clear()

    # companies

    def peru(self, **changes: Any) -> Company:
        return self._company(makers.company(), "20999888772", _secrets("sol"), changes)

    def costa_rica(self, **changes: Any) -> Company:
        serial = changes.pop("serial", "CPJ-3-101-999888")
        user = f"{serial.lower()}@stag.comprobanteselectronicos.example"
        secrets = _secrets("api") | {"api_user": user}
        return self._company(makers.costa_rican_company(), serial, secrets, changes)

    def colombia(self, **changes: Any) -> Company:
        """A company that is enabled; its switch is on by law."""
        value = colombian.company(environment=Environment.SANDBOX, secrets=frozenset())
        serial = changes.pop("serial", colombian.NIT)
        return self._company(value, serial, colombian.SECRETS, changes)

    def newcomer(self, **changes: Any) -> Company:
        """A Colombian company that has its data and keys, and still has to be enabled."""
        extra = colombian.company().extra | {"test_set_id": TEST_SET}
        value = colombian.company(
            environment=Environment.SANDBOX,
            secrets=frozenset(),
            ranges=(),
            extra=extra,
            electronic_invoicing=False,
            automatic_delivery=False,
        )
        at = outside.now()
        company_id = company_flow.create(replace(value, **changes), by=BY, at=at)
        company_flow.store_certificate(company_id, p12(colombian.NIT), "1234", by=BY, at=at)
        company_flow.set_secret(company_id, "software_pin", colombian.PIN, by=BY, at=at)
        return companies.load(company_id)

    def person(self, company: Company, email: str = "ana@taller.example") -> int:
        """The id of a person who works for the company."""
        user_id = make_user(email, "una-clave-larga-y-rara")
        models.Membership.objects.create(company_id=company.id, user_id=user_id)
        return user_id

    def _company(
        self, value: Company, serial: str, secrets: Mapping[str, str], changes: dict[str, Any]
    ) -> Company:
        switch = changes.pop("automatic_delivery", True)
        at = outside.now()
        company_id = company_flow.create(replace(value, **changes), by=BY, at=at)
        company_flow.store_certificate(company_id, p12(serial), "1234", by=BY, at=at)
        for name, secret in secrets.items():
            company_flow.set_secret(company_id, name, secret, by=BY, at=at)
        for numbering in value.ranges:
            company_flow.add_range(company_id, numbering)
        company_flow.enable_electronic_invoicing(company_id, by=BY, at=at)
        if not jurisdictions.find(value.jurisdiction).traits.automatic_delivery_by_law:
            company_flow.set_automatic_delivery(company_id, switch, by=BY, at=at)
        return replace(value, id=company_id, **changes)

    # the story

    def issue(self, company: Company, **changes: Any) -> issue.Issued:
        document = MAKERS[company.jurisdiction](**({"number": None, "date": None} | changes))
        return self.issue_document(company, document)

    def issue_document(self, company: Company, document: Document) -> issue.Issued:
        draft_id = draft(company.id, document, by=BY, at=outside.now())
        return issue.issue(draft_id, by=BY, at=outside.now())

    def submit(self, company: Company, *, later: timedelta = timedelta()) -> int:
        """Work the authority's lane off once; the calls before it spent none of its rate."""
        self._rate_refills()
        return submit.submit_due(company.jurisdiction, at=outside.now() + later)

    def deliver(self, *, later: timedelta = timedelta()) -> int:
        return deliver.deliver_due(at=outside.now() + later)

    def run(self, company: Company, turns: int = 12) -> None:
        """Work all lanes off, waiting for nothing: an hour passes before every turn."""
        for _ in range(turns):
            self.an_hour_passes()
            done = self.submit(company) + self.deliver()
            if not done + sweep.sweep(at=outside.now()):
                return

    def _rate_refills(self) -> None:
        """Else a fast machine outruns the rate, and leaves a document for later."""
        called = models.Channel.objects.filter(refilled_at__isnull=False)
        called.update(refilled_at=F("refilled_at") - timedelta(hours=1))

    def an_hour_passes(self) -> None:
        """What was due within the hour is due now; what was first said long ago, longer ago."""
        at, hour = outside.now(), timedelta(hours=1)
        for rows in (models.Submission, models.Recipient, models.Delivery):
            rows.objects.filter(wake_at__gt=at).update(wake_at=at)
        models.ChannelNote.objects.filter(name=outside.LOGIN_PAUSED).update(until=at)
        said = models.Submission.objects.filter(not_known_since__isnull=False)
        said.update(not_known_since=F("not_known_since") - hour)
        sent = models.Submission.objects.filter(sent_at__isnull=False)
        sent.update(sent_at=F("sent_at") - hour)

    # what is seen

    def state(self, document_id: int) -> str:
        return models.Document.objects.get(pk=document_id).state

    def submission(self, document_id: int) -> models.Submission:
        return models.Submission.objects.filter(document_id=document_id).latest("id")

    def delivery(self, document_id: int, trigger: str = "AUTOMATIC") -> models.Delivery:
        return models.Delivery.objects.get(document_id=document_id, trigger=trigger)

    def recipients(self, document_id: int) -> list[tuple[str, str]]:
        rows = models.Recipient.objects.filter(delivery__document_id=document_id).order_by("id")
        return [(row.address, row.state) for row in rows]

    def next_number(self, company: Company) -> int:
        return models.NumberingRange.objects.get(company_id=company.id).next

    def told(self, company: Company, document_id: int) -> list[EventKind]:
        return [event.kind for event in activity.timeline(company.id, document_id)]

    def mail(self) -> tuple[Stored, ...]:
        return self.sandbox.mailboxes.all()

    def set_secret(self, company: Company, name: str, value: str) -> None:
        company_flow.set_secret(company.id, name, value, by=BY, at=outside.now())

    def ledger_name(self, company: Company, issued: issue.Issued) -> str:
        """The name under which the sandbox's ledger keeps the document."""
        if company.jurisdiction != "PE":
            return issued.fiscal_id
        return f"{company.tax_id.number}-01-{issued.number}"

    def sends(self, fiscal_id: str) -> int:
        return sum(
            1
            for entry in self.sandbox.world.ledger.read(fiscal_id=fiscal_id)
            if entry.purpose == "send"
        )
