"""POST /sunat/<register> on the control port: an entry of a register, checked before it is kept.

Entries of taxpayers, users, providers, certificates and clients lie among the world's settings, as
`options` reads them; a document goes into the register of documents, as if it had been judged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from acuse_sandbox import entries
from acuse_sandbox.entries import Register, any_text, day, text, truth, wrong
from acuse_sandbox.sunat.content import LABEL, label
from acuse_sandbox.sunat.identity import is_ruc
from acuse_sandbox.sunat.kinds import KINDS
from acuse_sandbox.sunat.register import WORDS, Record
from acuse_sandbox.sunat.registers import MARKS
from acuse_sandbox.sunat.rulebook.registers import Known

AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,10})?")
USER_CODES = frozenset({"0102", "0103", "0104", "0105", "0106", "0110", "0111", "0112", "0113"})
BY_WORD = {word: state for state, word in WORDS.items()}


def _ruc(value: Any) -> object:
    return value if isinstance(value, str) and is_ruc(value) else wrong(value, "a RUC")


def _among(known: Mapping[str, object] | frozenset[str]) -> entries.Check:
    def check(value: Any) -> object:
        wanted = f"one of {', '.join(sorted(known))}"
        return value if isinstance(value, str) and value in known else wrong(value, wanted)

    return check


def _number(value: Any) -> object:
    good = isinstance(value, str) and LABEL.fullmatch(value)
    return value if good else wrong(value, "a series and number")


def _amount(value: Any) -> object:
    good = isinstance(value, str) and AMOUNT.fullmatch(value)
    return value if good else wrong(value, "an amount")


def _serial(value: Any) -> object:
    good = isinstance(value, str) and value.isascii() and value.isdigit()
    return value if good else wrong(value, "a serial number, decimal")


DOCUMENT = "document"
REGISTERS: Mapping[str, Register] = {
    # A user with a code gets that fault; one with a password has no other.
    "user": Register(
        ("ruc", "user"),
        {"ruc": _ruc, "user": text},
        {"password": text, "code": _among(USER_CODES)},
    ),
    # A PSE that may send and sign for an issuer.
    "provider": Register(("provider", "ruc"), {"provider": _ruc, "ruc": _ruc}, {}),
    # Once an issuer registered one, no other certificate is its own.
    "certificate": Register(
        ("ruc", "serial"),
        {"ruc": _ruc, "serial": _serial},
        {"removed_on": day, "revoked": truth},
    ),
    # Of the consulta integrada and the guías' API.
    "client": Register(("client_id",), {"client_id": text, "client_secret": text, "ruc": _ruc}, {}),
    # What the lists say of a RUC, from a day to a day; its annexes beside the main seat.
    "taxpayer": Register(
        ("ruc",),
        {"ruc": _ruc},
        {"since": day, "until": day, "annexes": any_text, **dict.fromkeys(sorted(MARKS), truth)},
    ),
    DOCUMENT: Register(
        ("ruc", "kind", "number"),
        {"ruc": _ruc, "kind": _among(KINDS), "number": _number, "state": _among(BY_WORD)},
        {"issued": day, "total": _amount, "currency": text, "on_credit": truth},
    ),
}


def entry(name: str, told: Mapping[str, Any]) -> tuple[str, str]:
    """The key and the text of an entry; raises ValueError that says what is wrong with it."""
    return entries.entry(REGISTERS, name, told)


def record(told: Mapping[str, Any]) -> Record:
    """The record that an entry of the register of documents stands for."""
    known = Known(
        state=BY_WORD[told["state"]],
        issued=date.fromisoformat(told["issued"]) if "issued" in told else None,
        currency=told.get("currency", ""),
        total=Decimal(told["total"]) if "total" in told else None,
        on_credit=told.get("on_credit", False),
    )
    fiscal_id = f"{told['ruc']}-{told['kind']}-{label(told['number'])}"
    return Record(fiscal_id, known, outcome=told["state"])
