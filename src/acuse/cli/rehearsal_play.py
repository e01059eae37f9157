"""The rehearsal played: documents issued, mended, released, answered, as a user would do it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from acuse import jurisdictions
from acuse.cli import rehearsal, rehearsal_colombia, rehearsal_mail, report, world
from acuse.cli.rehearsal import BY, PATIENCE, in_turn
from acuse.cli.rehearsal_enrolment import enrolled
from acuse.cli.rehearsal_scenes import Answer, Scene
from acuse.domain.document import Reference
from acuse.domain.lifecycle import DocumentState
from acuse.domain.party import Company, Customer
from acuse.domain.payment import Paid
from acuse.domain.problem import Blocked
from acuse.flow import (
    collect,
    declare,
    gather,
    inquire,
    mailbox,
    outside,
    payment,
    void,
    withdraw,
)
from acuse.flow import draft as drafting
from acuse.flow.draft import draft
from acuse.flow.issue import issue
from acuse.gateways.signer import SignerUnavailable
from acuse.store import documents, drafts, models, received, receptions
from acuse.store.receptions import Subject


@dataclass(frozen=True, slots=True)
class Played:
    """A scene whose document is issued."""

    company: Company
    scene: Scene
    document_id: int


class Stage:
    """Plays the rehearsal against a running world."""

    def __init__(self, sandbox: world.Sandbox, say: Callable[[str], None]) -> None:
        self._sandbox, self._say = sandbox, say

    def play(self) -> list[Played]:
        """All documents, each at the end of its way."""
        played = []
        for act in rehearsal.ACTS:
            role, company = act.role, rehearsal.company_for(act.role)
            self._say(f"\n{company.legal_name}")
            if role.enrols:
                company = enrolled(company, self._sandbox, self._say)
            played += [self._issue(company, scene) for scene in rehearsal.scenes(company)]
        self._settle(played)
        self._tell_permits(played)
        played += self._again(played)
        played += self._payments(played)
        played += self._notes(played)
        self._answers(played)
        return played

    def _issue(self, company: Company, scene: Scene) -> Played:
        if scene.world:
            self._sandbox.tell("/settings", dict(scene.world))
        if scene.mail_faults:
            rehearsal_mail.trouble(self._sandbox, scene)
        if scene.replies:
            self._script_next(company, scene)
        document_id = draft(company.id, scene.document, by=BY, at=outside.now())
        self._say(f"  {_issued(document_id)}  {scene.title}")
        return Played(company, scene, document_id)

    def _script_next(self, company: Company, scene: Scene) -> None:
        """What the authority answers to the document about to be issued."""
        rows = models.NumberingRange.objects.filter(
            company_id=company.id, kind=scene.document.kind.value
        )
        first = rows.order_by("series").first()
        assert first is not None
        act = rehearsal.act(company)
        number = act.printed(scene.document.kind, first.series, first.next)
        self._sandbox.tell(
            "/script",
            {
                "authority": act.authority,
                "match": {"number": number},
                "replies": list(scene.replies),
            },
        )

    def _settle(self, played: list[Played]) -> None:
        """Wait for verdicts; mend what was rejected, release or hand over what is held."""
        for company in {one.company.id: one.company for one in played if one.scene.gathered}:
            gather.gather(company, by=BY, at=outside.now(), now=True)
        for one in played:
            _await_verdict(one)
            report.wait(one.company.id, one.document_id, seconds=PATIENCE)
        for one in played:
            if one.scene.mended:
                self._say(f"\nCorregimos y volvemos a emitir: {one.scene.title}")
                _mend(one)
            elif one.scene.add_email:
                self._say(f"\nAgregamos el correo que faltaba: {one.scene.add_email}")
                rehearsal_mail.add_email(one.company, one.document_id, one.scene.add_email, by=BY)
            elif one.scene.corrected:
                rehearsal_mail.correct(
                    one.company,
                    one.document_id,
                    one.scene.corrected,
                    by=BY,
                    say=self._say,
                    patience=PATIENCE,
                )
            elif one.scene.handed_over:
                self._say(f"\nEntregada por otro medio: {one.scene.handed_over}")
                rehearsal_mail.hand_over(one.company, one.document_id, one.scene.handed_over, by=BY)
            elif one.scene.voided:
                self._say(f"\nPedimos la anulación: {one.scene.voided}")
                _void(one)
        for one in played:
            report.wait(one.company.id, one.document_id, seconds=PATIENCE)

    def _tell_permits(self, played: list[Played]) -> None:
        """How often an authority that gives permits of seconds was asked for one."""
        for code in {one.company.jurisdiction for one in played if one.scene.world}:
            authority = next(act.authority for act in rehearsal.ACTS if act.code == code)
            asked = self._sandbox.ask(f"/ledger?authority={authority}")
            given = sum(one["purpose"] == "login" for one in asked)
            self._say(f"\n{authority} dio {given} permisos de acceso: vencieron y se renovaron")

    def _again(self, played: list[Played]) -> list[Played]:
        """What was rejected where a number is used once: a copy, under another."""
        found = [self._copied(one, one.scene.again) for one in played if one.scene.again]
        for one in found:
            report.wait(one.company.id, one.document_id, seconds=PATIENCE)
        return found

    def _payments(self, played: list[Played]) -> list[Played]:
        """The receipts of what was paid on credit, each issued as its payment is registered."""
        found = []
        due = [(one, amount) for one in played for amount in one.scene.paid]
        for one, amount in due:
            at = outside.now()
            day = jurisdictions.find(one.company.jurisdiction).traits.day(at)
            paid = Paid(amount, day, "TRANSFER")
            receipt_id = payment.settle(one.company.id, one.document_id, paid, by=BY, at=at)
            scene = Scene(f"Recibo de un pago de {amount}", one.scene.document, expects_mail=True)
            found.append(Played(one.company, scene, receipt_id))
            report.wait(one.company.id, receipt_id, seconds=PATIENCE)
        return found

    def _copied(self, rejected: Played, customer: Customer) -> Played:
        """What a user does with "Copiar a un borrador nuevo": corrected, then issued."""
        company = rejected.company
        copied_id = drafting.copy(company.id, rejected.document_id, by=BY, at=outside.now())
        corrected = replace(drafts.load(company.id, copied_id), counterparty=customer)
        drafting.edit(company.id, copied_id, corrected, by=BY, at=outside.now())
        scene = Scene("Copia de la rechazada, corregida", corrected, expects_mail=True)
        self._say(f"  {_issued(copied_id)}  {scene.title}")
        return Played(company, scene, copied_id)

    def _notes(self, played: list[Played]) -> list[Played]:
        """A credit note to the first document of a company that enrolled."""
        first = next(
            (one for one in played if one.company.jurisdiction == rehearsal_colombia.ACT.code), None
        )
        if first is None:
            return []
        issued = documents.load(first.document_id)
        traits = jurisdictions.find(first.company.jurisdiction).traits
        reference = Reference(
            issued.sealed.number,
            traits.day(issued.sealed.sealed_at),
            issued.sealed.fiscal_id,
            issued.document.kind,
            "1",
            "Devolución parcial de los bienes",
        )
        note = self._issue(first.company, rehearsal_colombia.note(issued.document, reference))
        report.wait(note.company.id, note.document_id, seconds=PATIENCE)
        return [note]

    def _answers(self, played: list[Played]) -> None:
        """The buyer's mailbox brings the packet and it answers; the issuer learns of it."""
        for act in rehearsal.ACTS:
            sold = next(
                (
                    one
                    for one in played
                    if one.scene.answered_by_buyer and one.company.jurisdiction == act.code
                ),
                None,
            )
            if sold is not None and act.answer is not None:
                self._answer(sold, act.answer)

    def _answer(self, sold: Played, answer: Answer) -> None:
        buyer = rehearsal.company_for(answer.role)
        self._say(f"\n{buyer.legal_name} lee su buzón {buyer.email} y {answer.words}")
        mailbox.save(buyer.id, rehearsal.mailbox(buyer), "invento", by=BY, at=outside.now())
        received_id = _arrived(buyer.id, documents.sealed(sold.document_id).fiscal_id)
        subject = Subject(received_id=received_id)
        if not receptions.declared(buyer.id, subject):
            declare.declare(
                buyer.id,
                received_id,
                answer.kind,
                person=answer.person,
                extra=answer.extra,
                by=BY,
                at=outside.now(),
            )
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            (declared,) = receptions.declared(buyer.id, subject)
            if declared.outcome is not None:
                self._say(f"    {declared.number}: {declared.outcome}")
                break
            time.sleep(0.2)
        if answer.told:
            about = sold.company.id, sold.document_id
            in_turn(lambda: inquire.fetch_events(*about, by=BY, at=outside.now()))


def _issued(document_id: int) -> str:
    """The number of the issued draft; a signer just started is given a moment."""
    for attempt in range(100):
        try:
            return issue(document_id, by=BY, at=outside.now()).number
        except SignerUnavailable:
            if attempt == 99:
                raise
            time.sleep(0.1)
    raise AssertionError("unreachable")


def _arrived(company_id: int, fiscal_id: str) -> int:
    """The id of the document that the company's mailbox brings; a worker may be quicker."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = received.find(company_id, fiscal_id)
        if found is not None:
            return found
        with suppress(Blocked):  # a worker reads it at this moment
            collect.collect(company_id, at=outside.now())
        time.sleep(0.1)
    raise TimeoutError(f"no mail with {fiscal_id}")


def _await_verdict(one: Played) -> None:
    """Wait for what goes by way of a batch, which says nothing of itself meanwhile."""
    deadline = time.monotonic() + PATIENCE
    while documents.state(one.document_id) is DocumentState.ISSUED:
        if not one.scene.gathered or time.monotonic() > deadline:
            return
        time.sleep(0.1)


def _void(one: Played) -> None:
    """Take it back, and wait for the authority's word."""
    void.void(one.company.id, one.document_id, one.scene.voided, by=BY, at=outside.now())
    deadline = time.monotonic() + PATIENCE
    while documents.state(one.document_id) is not DocumentState.VOIDED:
        if time.monotonic() > deadline:
            return
        time.sleep(0.1)


def _mend(one: Played) -> None:
    assert one.scene.mended is not None
    withdraw.reopen(one.company.id, one.document_id, by=BY, at=outside.now())
    country = jurisdictions.find(one.company.jurisdiction)
    drafts.save(one.document_id, one.scene.mended, total=country.totals(one.scene.mended).total)
    _issued(one.document_id)
