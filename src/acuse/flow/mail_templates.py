"""The company's own words for its mail: read, checked, saved as versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from acuse import jurisdictions
from acuse.domain.activity import Event, EventKind
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company
from acuse.domain.problem import Blocked, Problem
from acuse.domain.text import clean
from acuse.domain.traits import KindTraits, Lines
from acuse.mail import placeholders
from acuse.mail.defaults import default_body
from acuse.mail.placeholders import LONGEST_BODY, LONGEST_SUBJECT, PHONE, TOTAL
from acuse.store import activity, companies, mail_templates
from acuse.store.mail_templates import Kept


@dataclass(frozen=True, slots=True)
class Template:
    """The words of one kind: the company's where it has some, else the house's.

    `id` is the version's row, None for the house's own; `subject` is "" where the law fixes it.
    """

    id: int | None
    version: int
    subject: str
    body: str
    own: bool


def default(company: Company, kind: DocumentKind) -> Template:
    """The house's own words for that kind."""
    traits = jurisdictions.find(company.jurisdiction).traits
    return Template(None, 0, traits.words.subject, default_body(served(company, kind)), own=False)


def in_force(company: Company, kind: DocumentKind) -> Template:
    """The words that a mail made now has."""
    return _of(mail_templates.latest(company.id, kind), default(company, kind))


def all_in_force(company: Company) -> tuple[tuple[KindTraits, Template], ...]:
    """The same for every kind that the country serves."""
    kept = mail_templates.of_company(company.id)
    return tuple(
        (kind, _of(kept.get(kind.kind), default(company, kind.kind)))
        for kind in jurisdictions.find(company.jurisdiction).traits.kinds
    )


def checked(company: Company, kind: DocumentKind, subject: str, body: str) -> tuple[str, str]:
    """Both texts as they would be kept; raises Blocked with every problem in its place."""
    house = default(company, kind)
    told = (
        clean(subject, field="subject", longest=LONGEST_SUBJECT) if house.subject else "",
        clean(body, field="body", longest=LONGEST_BODY, lines=True),
    )
    without = _without(company, served(company, kind))
    found: list[Problem] = []
    for field, text in zip(("subject", "body"), told, strict=True):
        if isinstance(text, Problem):
            found.append(text)
        elif text or (field == "subject" and not house.subject):
            one_line = field == "subject"
            found += placeholders.problems(text, field=field, one_line=one_line, without=without)
        else:
            empty = "Escribe un texto, o restaura el de la casa."
            found.append(Problem(field, "XX-TPL-6", empty, placeholders.RULE))
    if found:
        raise Blocked(found)
    return str(told[0]), str(told[1])


def save(
    company_id: int,
    kind: DocumentKind,
    subject: str,
    body: str,
    *,
    seen: int,
    by: str,
    at: datetime,
) -> bool:
    """Whether a new version was saved: not where nothing changed.

    `seen` is the version that the writer changed; raises Blocked where another came meanwhile,
    and for what `checked` finds. What equals the house's own text is kept as such.
    """
    with transaction.atomic():
        companies.lock(company_id)
        company = companies.load(company_id)
        words = checked(company, kind, subject, body)
        house = default(company, kind)
        own = (
            "" if words[0] == house.subject else words[0],
            "" if words[1] == house.body else words[1],
        )
        return _add(company_id, kind, own, seen=seen, by=by, at=at)


def restore(company_id: int, kind: DocumentKind, *, by: str, at: datetime) -> bool:
    """Whether the house's own words are in force again, as one more version."""
    with transaction.atomic():
        companies.lock(company_id)
        served(companies.load(company_id), kind)
        return _add(company_id, kind, ("", ""), seen=None, by=by, at=at)


def served(company: Company, kind: DocumentKind) -> KindTraits:
    """The kind as that company's country has it; raises Blocked for one it does not serve."""
    found = jurisdictions.find(company.jurisdiction).traits.kind(kind)
    if found is None:
        text = "Tu país no tiene ese tipo de documento. Elige uno de la lista."
        raise Blocked([Problem("kind", "XX-TPL-8", text, placeholders.RULE)])
    return found


def _of(kept: Kept | None, house: Template) -> Template:
    if kept is None:
        return house
    subject = (kept.subject or house.subject) if house.subject else ""
    return Template(kept.id, kept.version, subject, kept.body or house.body, own=kept.own)


def _without(company: Company, kind: KindTraits) -> frozenset[str]:
    """The variables that no document of this company and kind has a value for."""
    missing = {PHONE} if not company.phone else set()
    return frozenset(missing | ({TOTAL} if kind.lines is Lines.GOODS else set()))


def _add(
    company_id: int,
    kind: DocumentKind,
    own: tuple[str, str],
    *,
    seen: int | None,
    by: str,
    at: datetime,
) -> bool:
    last = mail_templates.latest(company_id, kind)
    version = last.version if last else 0
    if seen is not None and seen != version:
        text = (
            f"Alguien guardó la versión {version} mientras editabas la {seen}. Copia tu texto, "
            "vuelve a abrir la plantilla y guárdalo otra vez."
        )
        raise Blocked([Problem("", "XX-TPL-7", text, placeholders.RULE)])
    if own == ((last.subject, last.body) if last else ("", "")):
        return False
    mail_templates.add(
        company_id, kind, version=version + 1, subject=own[0], body=own[1], by=by, at=at
    )
    facts = {"kind": kind.value, "version": version + 1, "restored": own == ("", "")}
    activity.record(company_id, None, Event(at, EventKind.MAIL_TEMPLATE_SAVED, by, facts))
    return True
