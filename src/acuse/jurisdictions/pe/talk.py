"""One call and what is known when its reply is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from acuse.domain.party import Environment
from acuse.domain.submission import Call, CallPurpose, Case
from acuse.jurisdictions.pe import calls_gre, calls_register, calls_soap, memory, services
from acuse.jurisdictions.pe import rules_verdicts as rules

SENDINGS = frozenset({calls_soap.SEND_BILL, calls_soap.SEND_SUMMARY, calls_gre.SEND})


@dataclass(frozen=True, slots=True)
class Talk:
    """The case, the call that was made about it, and the moment of the reply."""

    case: Case
    call: Call
    at: datetime

    @property
    def operation(self) -> str:
        return self.call.facts[memory.OPERATION]

    @property
    def environment(self) -> Environment:
        return memory.environment(self.call)

    @property
    def sends(self) -> bool:
        """Whether the file itself travelled, also as a question."""
        return self.operation in SENDINGS

    @property
    def asks(self) -> bool:
        return self.call.purpose is CallPurpose.ASK

    @property
    def is_batch(self) -> bool:
        return services.code_of(self.case) in services.BATCHES

    @property
    def asked_ticket(self) -> str:
        return self.call.facts.get(memory.TICKET, "")

    @property
    def known(self) -> str:
        """What SUNAT said of an earlier sending: ALIVE, DEAD or LOST; "" where nothing."""
        return self.case.note(memory.known(self.case), self.at) or ""

    @property
    def earlier_ticket(self) -> str:
        """A ticket from before the one that was asked, "" where there is none."""
        first = self.case.note(memory.first_ticket(self.case), self.at) or self.case.ticket
        return "" if first == self.asked_ticket else first

    @property
    def went_twice(self) -> bool:
        """Whether the same batch may have reached SUNAT more than once."""
        first = self.case.note(memory.first_ticket(self.case), self.at)
        later = self.case.note(memory.later_ticket(self.case), self.at)
        return bool(self.known or later or (first and first != self.asked_ticket))

    @property
    def can_ask_members(self) -> bool:
        """Whether what a batch did can be learnt of its members."""
        return memory.REGISTERED in self.call.facts and calls_register.knows_members(self.case)

    @property
    def would_ask_register(self) -> bool:
        """Whether only the API's credentials are missing to ask the register about it."""
        if memory.REGISTERED in self.call.facts or self.environment is Environment.TEST:
            return False
        served = services.code_of(self.case) in services.REGISTERED
        return served or calls_register.knows_members(self.case)

    @property
    def register_settles(self) -> bool:
        """Whether the company takes the register's word for a lost CDR."""
        return memory.SETTLES in self.call.facts

    def since(self, name: Callable[[Case], str]) -> timedelta | None:
        """For how long a note about the file has been kept; None where there is none."""
        kept = memory.since(self.case, name(self.case), self.at)
        return None if kept is None else self.at - kept

    @property
    def known_too_long(self) -> bool:
        """Whether SUNAT says for a day that it has it, and it is found nowhere (P-11)."""
        return (self.since(memory.known) or timedelta()) > rules.KNOWN_BUT_NOT_FOUND_FOR

    @property
    def age(self) -> timedelta:
        """Since it was sent, as far as that is known."""
        return self.at - (self.case.sent_at or self.case.issued_at)
