"""Trial: one mail to the person who asks, by the road as it is kept or as it is being written.

The frame and the files are those of a real mail; the document is invented and says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from acuse import jurisdictions
from acuse.domain.face import Attachment, Column, Face, FaceLine, Field
from acuse.domain.party import Company, Environment
from acuse.domain.problem import Blocked, Problem
from acuse.domain.recipient import SmtpOutcome, Stage
from acuse.domain.route import RouteKind, Wanted
from acuse.flow import letter_facts, mail_templates, outside, pace, returns, roads, sender, signing
from acuse.gateways.render import RenderFailed
from acuse.gateways.smtp import Said, Waits
from acuse.mail.compose import Letter, compose, part
from acuse.mail.letter import letter_texts
from acuse.store import companies, routes

WAITS = Waits(connect=8.0, reply=12.0, dot=45.0)  # a person is waiting
SAMPLE = "MUESTRA: este documento no existe"
NO_ROAD = (
    "Todavía no hay por dónde enviar: guarda un servidor, o pide uno a quien administra Acuse."
)


@dataclass(frozen=True, slots=True)
class Tried:
    """How the trial ended, what was said, and who sent it to whom."""

    outcome: SmtpOutcome
    said: tuple[Said, ...]
    sender: str
    to: str
    host: str

    @property
    def sent(self) -> bool:
        """Whether the server took the mail."""
        return self.outcome.stage is Stage.DOT and self.outcome.code // 100 == 2


def send(company_id: int, wanted: Wanted | None, told: str, *, to: str, at: datetime) -> Tried:
    """What became of a trial by that road, None for the one that the company's mail takes now.

    Nothing of it is kept but that the kept road works. Raises Blocked where it cannot be tried.
    """
    company = companies.load(company_id)
    stored = _stored(company, wanted, told)
    road = roads.of_company(company_id, company.environment)
    source = roads.SANDBOX_SENDER
    if company.environment is not Environment.SANDBOX:
        road, source = roads.opened(stored), stored.sender
    if road is None:
        raise Blocked([Problem("sender", "XX-ROU-4", NO_ROAD)])
    plain = _message(company, source, to, at)
    message = signing.Signer(company, source).sign(plain, at=at)
    outcome, said = roads.try_out(message, sender=source, recipient=to, road=road, waits=WAITS)
    tried = Tried(outcome, said, source, to, roads.server(road))
    if tried.sent and not told and _is_kept(company_id, wanted):
        with transaction.atomic():
            routes.tested(stored.owner or None, at=at)
        pace.proved(company_id, at=at)
    return tried


def _stored(company: Company, wanted: Wanted | None, told: str) -> routes.Route:
    """The road to try, as it would be stored. Raises Blocked."""
    now = routes.of_company(company.id)
    if wanted is not None:
        wanted = sender.checked(company.id, wanted)
        if wanted.kind is not RouteKind.DOMAIN:
            plain = sender.secret(company.id, wanted, told)
            wrapped = outside.wrap_secret(company.id, roads.SECRET, plain) if plain else None
            return routes.as_stored(company.id, wanted, wrapped)
        shared = routes.kept(None)
        now = shared.route if shared and now and now.owner else now
    if now is None and company.environment is Environment.SANDBOX:
        return routes.as_stored(0, Wanted(RouteKind.SMTP, roads.SANDBOX_SENDER), None)
    if now is None:
        raise Blocked([Problem("sender", "XX-ROU-4", NO_ROAD)])
    return now


def _is_kept(company_id: int, wanted: Wanted | None) -> bool:
    kept = routes.used(company_id)
    if wanted is None or kept is None:
        return wanted is None
    return replace(wanted, per_minute=None) == routes.wanted(kept.route)


def _message(company: Company, source: str, to: str, at: datetime) -> bytes:
    traits = jurisdictions.find(company.jurisdiction).traits
    kind = traits.kinds[0]
    files = _files(company, at)
    facts = replace(
        letter_facts.example(traits, company, kind, at=at),
        files=tuple((one.name, one.content_type) for one in files),
        watermark=SAMPLE,
    )
    try:
        text, html = letter_texts(facts, mail_templates.in_force(company, kind.kind).body)
    except Blocked:  # its words name what an invented document does not have
        text, html = letter_texts(facts, mail_templates.default(company, kind.kind).body)
    token = returns.token()
    letter = Letter(
        sender_name=company.shown_name,
        sender=source,
        to=to,
        reply_to_name=company.shown_name,
        reply_to=company.email or source,
        subject=f"Correo de prueba de {company.shown_name}",
        text=text,
        html=html,
        message_id=f"<{token}@{source.partition('@')[2]}>",
        date=at,
        token=token,
    )
    return compose(letter, tuple(part(one) for one in files))


def _files(company: Company, at: datetime) -> tuple[Attachment, ...]:
    """An invented document, whose paper and whose XML say that it is none."""
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<muestra>{SAMPLE}</muestra>\n'.encode()
    face = Face(
        title="DOCUMENTO DE MUESTRA",
        number="123",
        issuer_name=company.shown_name,
        issuer=(Field("", company.legal_name),),
        issuer_id=f"{company.tax_id.kind} {company.tax_id.number}",
        counterparty=(Field("Cliente", "Cliente de Ejemplo"),),
        facts=(Field("Fecha", f"{at:%d/%m/%Y}"),),
        columns=(Column("Descripción", 1.0),),
        lines=(FaceLine(("Artículo de ejemplo",)),),
        totals=(Field("Total", "0"),),
        words="",
        notes=(SAMPLE,),
        legal=(),
        fiscal_id_label="",
        fiscal_id="",
        qr="",
        watermark="MUESTRA",
        xml_name="muestra.xml",
        xml=xml,
        moment=int(at.timestamp()),
    )
    kept = Attachment("muestra.xml", "application/xml", xml)
    try:
        paper = outside.render(face, companies.logo(company.id))
    except RenderFailed:  # the road is what is tried
        return (kept,)
    return (Attachment("muestra.pdf", "application/pdf", paper), kept)
