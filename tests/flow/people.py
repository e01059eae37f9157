"""People of a company, who do anything that its pages let them do, at any time."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.db import transaction

from acuse.domain.contact import ContactAddress, Role
from acuse.domain.delivery import Reason, Trigger
from acuse.domain.failure import HELD, RESOLVABLE, RETRIABLE, UNHELD, Cause
from acuse.domain.handover import HandedOver, Way
from acuse.domain.party import Company, Customer, Wish
from acuse.flow import addresses, mending, outside, pace, release, resend
from acuse.flow import company as company_flow
from acuse.store import companies, customers, failing, models, sent
from acuse.store import holds as held_rows
from acuse.store.failing import Span
from tests.flow import walked
from tests.flow.house import BY

PEOPLE = ("ana@cliente.example", "beto@cliente.example", "carla@cliente.example")
ALL = Span(10**9)
ACTS = (
    "turn_off",
    "turn_on",
    "release_switched_off",
    "catch_up",
    "wish",
    "reach",
    "reach",
    "empty_company",
    "mend_company",
    "mend_company",
    "suppress",
    "try_address",
    "try_address",
    "release_by_hand",
    "close",
    "resend",
    "by_hand",
    "correct",
    "complete",
    "retry",
    "resolve",
    "try_addresses",
    "void",
    "resume",
)


class People:
    """What they did that decides whether a mail may leave is said in `said`."""

    def __init__(self, company: Company, rng: random.Random, said: walked.Said) -> None:
        self.company, self.rng, self.said = company, rng, said
        self.id = company.id
        self.documents: list[int] = []  # those of the walk so far

    def turn_off(self) -> None:
        with transaction.atomic():
            stopped = {one.id for one in held_rows.not_begun(self.id)}
            stopped |= {one.id for one in held_rows.leaving_by_themselves(self.id)}
        if company_flow.set_automatic_delivery(self.id, False, by=BY, at=outside.now()):
            self.said.taken_back |= stopped

    def turn_on(self) -> None:
        company_flow.set_automatic_delivery(self.id, True, by=BY, at=outside.now())

    def release_switched_off(self) -> None:
        self.meant_after_all("HELD")
        release.release_switched_off(self.id, by=BY, at=outside.now())

    def catch_up(self) -> None:
        self.meant_after_all("SKIPPED")
        release.catch_up(self.id, by=BY, at=outside.now())

    def meant_after_all(self, state: str) -> None:
        rows = models.Delivery.objects.filter(state=state, reason="SWITCH_OFF")
        self.said.taken_back -= set(rows.values_list("id", flat=True))

    def row(self) -> models.Customer | None:
        return models.Customer.objects.filter(company_id=self.id).first()

    def customer(self) -> Customer:
        row = self.row()
        assert row is not None
        return customers.load(self.id, row.pk)

    def save(self, value: Customer) -> None:
        row = self.row()
        assert row is not None
        company_flow.save_customer(self.id, row.pk, value, by=BY, at=outside.now())

    def wish(self) -> None:
        if self.documents:
            wish = self.rng.choice([Wish.NEVER, *[Wish.AS_COMPANY] * 3])
            self.save(replace(self.customer(), wish=wish))

    def reach(self) -> None:
        """The contact has other addresses, and other roles for them."""
        if self.documents:
            named = self.rng.sample(PEOPLE, self.rng.choice([0, 1, 1, 2, 2, 3]))
            roles = [Role.TO, *(self.rng.choice(list(Role)) for _ in named[1:])]
            reached = map(ContactAddress, named, roles)
            self.save(self.customer().reached_at(tuple(reached)))

    def empty_company(self) -> None:
        self.company_email("")

    def mend_company(self) -> None:
        self.company_email(self.company.email)

    def company_email(self, email: str) -> None:
        value = replace(companies.load(self.id), email=email)
        company_flow.save(value, by=BY, at=outside.now())

    def suppress(self) -> None:
        models.AddressState.objects.update_or_create(
            company_id=self.id,
            address=self.rng.choice(PEOPLE),
            defaults={"state": "SUPPRESSED", "since": outside.now(), "by": BY},
        )

    def try_address(self) -> None:
        addresses.try_again(self.id, self.rng.choice(PEOPLE), by=BY, at=outside.now())

    def held(self) -> int | None:
        rows = models.Delivery.objects.filter(state="HELD").order_by("id")
        ids = list(rows.values_list("id", flat=True))
        return self.rng.choice(ids) if ids else None

    def release_by_hand(self) -> None:
        found = self.held()
        if found is not None:
            self.said.taken_back.discard(found)
            release.release_by_hand(found, by=BY, at=outside.now())

    def close(self) -> None:
        found = self.held()
        if found is None or self.rng.random() < 0.6:
            return
        at = outside.now()
        if self.rng.random() < 0.5:
            done = release.dismiss(found, reason=Reason.NOT_WANTED, how="", by=BY, at=at)
        else:
            handed = HandedOver(Way.PRINTED, at.date(), "Ana Inventada")
            done = release.hand_over(found, handed, by=BY, at=at)
        if done:
            self.said.closed.add(found)

    def beside(self, document_id: int, emails: tuple[str, ...]) -> None:
        """A person asks for mail of the document while its automatic one is under way."""
        found = models.Delivery.objects.filter(
            document_id=document_id, trigger=Trigger.AUTOMATIC.value, state="OPEN"
        )
        for one in found:
            self.said.beside.update((one.pk, email.casefold()) for email in emails)

    def named(self) -> tuple[str, ...]:
        return tuple(self.rng.sample(PEOPLE, self.rng.choice([1, 2])))

    def resend(self) -> None:
        if self.documents:
            document_id, emails = self.rng.choice(self.documents), self.named()
            seen = sent.newest(sent.sendings(self.id, document_id))
            anyway, keep = self.rng.random() < 0.3, self.rng.random() < 0.5
            asked = resend.Asked(emails, seen, anyway=anyway, keep=keep)
            self.beside(document_id, emails)
            resend.resend(self.id, document_id, asked, by=BY, at=outside.now())

    def by_hand(self) -> None:
        if self.documents and self.rng.random() < 0.5:
            document_id, emails = self.rng.choice(self.documents), self.named()
            self.beside(document_id, emails)
            release.send_by_hand(self.id, document_id, emails, by=BY, at=outside.now())

    def correct(self) -> None:
        rows = list(failing.mails(self.id).order_by("id"))
        if rows:
            row, emails = self.rng.choice(rows), (self.rng.choice(PEOPLE),)
            self.beside(row.delivery.document_id, emails)
            resend.correct(self.id, row.pk, emails, by=BY, at=outside.now())

    def complete(self) -> None:
        rows = list(failing.held(self.id).order_by("id"))
        if rows:
            row, emails = self.rng.choice(rows), (self.rng.choice(PEOPLE),)
            going = row.state == "OPEN"
            cause = Cause.ADDRESS_SUPPRESSED if going else Cause(row.reason)
            if going:
                self.beside(row.document_id, emails)
            resend.complete(self.id, cause, row.pk, emails, by=BY, at=outside.now())

    def of_mails(self, causes: frozenset[Cause]) -> Iterator[tuple[Cause, models.Recipient]]:
        for cause in sorted(causes):
            for row in failing.mails(self.id, cause):
                yield cause, row

    def retry(self) -> None:
        found = list(self.of_mails(RETRIABLE - {Cause.ANSWER, Cause.AUTHORITY}))
        if found:
            cause, _ = self.rng.choice(found)
            self.also_there(row for one, row in found if one is cause)
            mending.retry_all(self.id, cause, ALL, by=BY, at=outside.now())

    def also_there(self, rows: Iterable[models.Recipient]) -> None:
        for row in rows:
            self.beside(row.delivery.document_id, (row.address,))

    def resolve(self) -> None:
        found = list(self.of_mails(RESOLVABLE - {Cause.ANSWER}))
        if found:
            cause, _ = self.rng.choice(found)
            mending.resolve_all(self.id, cause, ALL, by=BY, at=outside.now())

    def try_addresses(self) -> None:
        cause = self.rng.choice([Cause.ADDRESS_SUPPRESSED, *sorted(UNHELD)])
        if cause in HELD:
            for one in failing.held(self.id, cause):
                self.beside(one.document_id, tuple(one.left_out))
        else:
            self.also_there(failing.mails(self.id, cause))
        mending.try_addresses(self.id, cause, ALL, by=BY, at=outside.now())

    def void(self) -> None:
        """The authority takes a document back."""
        if self.documents and self.rng.random() < 0.15:
            taken = models.Document.objects.filter(pk=self.rng.choice(self.documents))
            taken.filter(state__in=walked.ACCEPTED).update(state="VOIDED")

    def resume(self) -> None:
        """Their mail's road, paused or not, is to be tried again now."""
        pace.resume(self.id, by=BY, at=outside.now())
