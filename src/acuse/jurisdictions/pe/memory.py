"""What is remembered between the calls about one document: names of notes, and facts of a call.

Notes outlive a call, facts go from the call to the reading of its reply. Source: peru.md 5.4, 5.5.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from acuse.domain.party import Company, Environment
from acuse.domain.submission import Call, Case, Note
from acuse.jurisdictions.pe import services
from acuse.jurisdictions.pe.fields_sending import register_settles

KEPT_FOR = timedelta(days=60)
FRESH_FOR = timedelta(hours=6)

# Values of the note that SUNAT says it was given this before.
ALIVE = "alive"  # 1033, or the name of a batch: whoever holds the CDR is asked
DEAD = "dead"  # 1032: registered, and voided or rejected since
LOST = "lost"  # a batch whose tickets tell nothing any more: its members are asked

# Names of facts.
OPERATION = "operation"
ENVIRONMENT = "environment"
REGISTERED = "registered"  # the register can be asked
SETTLES = "settles"  # and its word is enough
TICKET = "ticket"  # the one that was asked
MEMBER = "member"  # of a batch, from 0 on: the one that was asked


def known(case: Case) -> str:
    """The note on a file that SUNAT says it was given before."""
    return f"known:{case.fiscal_id[:48]}"


def first_ticket(case: Case) -> str:
    """The note on the ticket of a batch that was sent again afterwards."""
    return f"first:{case.fiscal_id[:48]}"


def later_ticket(case: Case) -> str:
    """The note on the ticket of a batch that was sent again as a question."""
    return f"later:{case.fiscal_id[:48]}"


def members(case: Case) -> str:
    """The note on the members of a batch asked one by one: a sign for each answer."""
    return f"members:{case.fiscal_id[:48]}"


def done(case: Case) -> str:
    """The note on a ticket that is done and tells nothing."""
    return f"done:{case.fiscal_id[:48]}"


def missing(case: Case) -> str:
    """The note on a member of a batch that the register did not have."""
    return f"missing:{case.fiscal_id[:48]}"


def kept(value: str, at: datetime) -> Note:
    """A note about one file: until nobody can want it any more."""
    return Note(value, at + KEPT_FOR)


def since(case: Case, name: str, at: datetime) -> datetime | None:
    """When a note about the file was kept; None where there is none."""
    note = case.notes.get(name)
    if note is None or note.until is None or note.until <= at:
        return None
    return note.until - KEPT_FOR


def fresh(value: str, at: datetime) -> Note:
    """A note on what the authority's register said, which may say another thing tomorrow."""
    return Note(value, at + FRESH_FOR)


def mark(token: str) -> str:
    """A token's fingerprint: the note on a refused one need not hold what can be used."""
    return hashlib.sha256(token.encode()).hexdigest()[:16]


def facts(operation: str, company: Company, **more: str) -> dict[str, str]:
    """What the reader of the reply will want to know of the asker."""
    told = {OPERATION: operation, ENVIRONMENT: company.environment.value, **more}
    if services.registers(company):
        told[REGISTERED] = "1"
    if register_settles(company):
        told[SETTLES] = "1"
    return told


def environment(call: Call) -> Environment:
    """Where the call went."""
    return Environment(call.facts[ENVIRONMENT])
