"""Versions, number, identifier, dates, currency and references. Source: colombia.md 2, 4 and 10."""

from __future__ import annotations

import re

from acuse_sandbox.dian.rulebook import codes, identifiers, kinds
from acuse_sandbox.dian.rulebook.nodes import Node
from acuse_sandbox.dian.rulebook.rule import (
    COMPANY,
    NOTES,
    RANGED,
    Case,
    Rule,
    day,
    notifies,
    rejects,
    when,
)

CHARACTERS = re.compile(r"[A-Za-z0-9]+")
DIGITS = re.compile(r"[0-9]{1,20}")
TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]-05:00")
PERIOD = "cac:InvoicePeriod"
RATE = "cac:PaymentExchangeRate"
PESO = "COP"
PAPER = "03"
DECLARED = frozenset({"04", "08"})  # made in a contingency that the DIAN declared
WITH_REFERENCE = {"C": "20", "D": "30"}
WITHOUT_REFERENCE = {"C": "22", "D": "32"}
OLD_MODEL = frozenset({"23", "33"})  # of documents that the DIAN never validated
CONCEPTS = {"C": "123456", "D": "1234", "NS": "12345", "NA": "123456"}


def _profile_is_other(case: Case) -> bool:
    return case.root.value("cbc:ProfileID") not in case.kind.profiles


def _operation_is_other(case: Case) -> bool:
    return case.root.value("cbc:CustomizationID") not in case.kind.customizations


def _operation_does_not_fit(case: Case) -> bool:
    """A note says that it has no reference, and has one; the contrary is BG02."""
    operation = case.root.value("cbc:CustomizationID")
    return bool(case.references) and operation == WITHOUT_REFERENCE[case.kind.prefix]


def _has_no_reference(case: Case) -> bool:
    if case.references:
        return False
    wanted = WITH_REFERENCE.get(case.kind.prefix)
    return wanted is None or case.root.value("cbc:CustomizationID") == wanted


def _period_lacks(case: Case, name: str) -> bool:
    operation = case.root.value("cbc:CustomizationID")
    without = operation == WITHOUT_REFERENCE[case.kind.prefix] and not case.references
    return without and day(case.root.value(f"{PERIOD}/{name}")) is None


def _digits(case: Case) -> str | None:
    """The number without the prefix of its range; None if it does not begin with it."""
    if case.range is None or not case.number.startswith(case.range.prefix):
        return None
    digits = case.number[len(case.range.prefix) :]
    return digits if DIGITS.fullmatch(digits) else None


def _is_out_of_range(case: Case) -> bool:
    digits = _digits(case)
    if case.range is None or digits is None:
        return False
    return not case.range.first <= int(digits) <= case.range.last


def _is_of_no_range(case: Case) -> bool:
    well_formed = CHARACTERS.fullmatch(case.number) is not None
    return well_formed and case.range is not None and _digits(case) is None


def _uuid_is_wrong(case: Case) -> bool:
    wanted = identifiers.expected(case)
    return wanted is not None and case.root.value("cbc:UUID") != wanted


def _was_signed_another_day(case: Case) -> bool:
    return case.signed_at is not None and case.signed_at.date() != case.issued_on


def _type_is_unknown(case: Case) -> bool:
    code = case.root.value(f"cbc:{case.root.name}TypeCode")
    table = kinds.INVOICES if case.root.name == "Invoice" else kinds.CREDITS
    return code not in table


def _line_count_is_wrong(case: Case) -> bool:
    return case.root.number("cbc:LineCountNumeric") != len(case.lines)


def _paper_is_missing(case: Case) -> bool:
    """The number of the paper invoice that a contingency document transcribes."""
    references = case.root.all("cac:AdditionalDocumentReference")
    return case.kind.code == PAPER and not any(one.value("cbc:ID") for one in references)


def _is_outside_contingency(case: Case) -> bool:
    at = case.signed_at
    if case.kind.code not in DECLARED or at is None:
        return False
    spans = case.facts.contingencies
    return not any(since <= at <= until for since, until in spans)


def _concept_is_unknown(case: Case) -> bool:
    known = CONCEPTS[case.kind.prefix]
    responses = case.root.all("cac:DiscrepancyResponse")
    return any(one.value("cbc:ResponseCode") not in tuple(known) for one in responses)


def _is_unknown_reference(case: Case) -> bool:
    if case.root.value("cbc:CustomizationID") in OLD_MODEL:
        return False
    return any(known is None for _, known in case.corrected)


def _corrects_anothers(case: Case) -> bool:
    issuer = case.issuer.value(COMPANY)
    if not issuer:
        return False
    return any(known is not None and known.issuer_nit != issuer for _, known in case.corrected)


def _is_before_what_it_corrects(case: Case) -> bool:
    issued = case.issued_on
    days = (
        known.issued_on if known else day(one.value("cbc:IssueDate"))
        for one, known in case.corrected
    )
    return issued is not None and any(other is not None and issued < other for other in days)


def _currency(case: Case) -> str:
    return case.root.value("cbc:DocumentCurrencyCode")


def _rate(case: Case) -> Node | None:
    return case.root.first(RATE)


def _rate_is_missing(case: Case) -> bool:
    return _currency(case) != PESO and _rate(case) is None


def _source_differs(case: Case) -> bool:
    rate = _rate(case)
    return rate is not None and rate.value("cbc:SourceCurrencyCode") != _currency(case)


def _target_is_wrong(case: Case) -> bool:
    """Pesos for a foreign document, a foreign currency for one in pesos."""
    rate = _rate(case)
    if rate is None:
        return False
    target = rate.value("cbc:TargetCurrencyCode")
    if _currency(case) == PESO:
        return target == PESO or target not in codes.CURRENCIES
    return target != PESO


def _target_base_is_not_one(case: Case) -> bool:
    rate = _rate(case)
    return rate is not None and rate.number("cbc:TargetCurrencyBaseRate") != 1


def _has_no_rate(case: Case) -> bool:
    rate = _rate(case)
    return rate is not None and rate.amount("cbc:CalculationRate") <= 0


def _rate_has_no_day(case: Case) -> bool:
    rate = _rate(case)
    return rate is not None and day(rate.value("cbc:Date")) is None


# fmt: off
RULES: tuple[Rule, ...] = (
    Rule("AD01", rejects(), "La versión de UBL no es UBL 2.1",
         when(lambda c: c.root.value("cbc:UBLVersionID") != "UBL 2.1")),
    Rule("AD02", rejects("F", "C", "D", "DS", "NS", "DE"),
         "El tipo de operación no es de este documento", when(_operation_is_other)),
    Rule("AD02a", rejects("C", "D"),
         "El tipo de operación dice que no hay referencia, y la nota trae una",
         when(_operation_does_not_fit)),
    Rule("AD03", {**rejects("F", "DS", "NS", "DE"), **notifies("C", "D")},
         "El nombre del formato (ProfileID) no es el del anexo", when(_profile_is_other)),
    Rule("AD04", rejects(), "El ambiente del documento no es el de este servicio",
         when(lambda c: c.root.value("cbc:ProfileExecutionID") != c.facts.environment)),
    Rule("AD05a", rejects(), "El número tiene un signo que no es letra ni cifra",
         when(lambda c: CHARACTERS.fullmatch(c.number) is None)),
    Rule("AD05d", rejects(*RANGED), "El número está fuera del rango autorizado",
         when(_is_out_of_range)),
    Rule("AD05e", rejects(*RANGED), "El número no existe para la autorización",
         when(_is_of_no_range)),
    Rule("AD06", rejects(), "El código único del documento no es el que resulta de sus datos",
         when(_uuid_is_wrong), "4, 10"),
    Rule("AD08", rejects(), "El algoritmo del código único no es el de este documento",
         when(lambda c: c.root.attribute("cbc:UUID", "schemeName") != c.kind.scheme), "2, 10"),
    Rule("AD09e", rejects(), "La fecha de emisión no es la de la firma",
         when(_was_signed_another_day), "1, 10"),
    Rule("AD10", rejects(), "La hora de emisión no es de la zona -05:00",
         when(lambda c: TIME.fullmatch(c.root.value("cbc:IssueTime")) is None)),
    Rule("AD11", rejects("C"), "El tipo de nota no existe", when(_type_is_unknown), "3b"),
    Rule("AD12", rejects("F"), "El tipo de factura no existe", when(_type_is_unknown)),
    Rule("AD15a", rejects(), "La moneda no está en ISO 4217",
         when(lambda c: _currency(c) not in codes.CURRENCIES)),
    Rule("AD16", rejects(), "El número de líneas no es el que dice el documento",
         when(_line_count_is_wrong)),
    Rule("AE02", rejects("C", "D"), "La nota sin referencia no dice desde cuándo corrige",
         when(lambda c: _period_lacks(c, "cbc:StartDate")), "2, 10"),
    Rule("AE04", rejects("C", "D"), "La nota sin referencia no dice hasta cuándo corrige",
         when(lambda c: _period_lacks(c, "cbc:EndDate")), "2, 10"),
    Rule("AI02", rejects("F"), "Falta el número de la factura en papel que se transcribe",
         when(_paper_is_missing), "2, 3b"),
    Rule("BF03", rejects(*NOTES), "El concepto de la nota no existe",
         when(_concept_is_unknown), "3, 10"),
    Rule("BG02", rejects(*NOTES), "La nota no dice qué documento corrige",
         when(_has_no_reference)),
    Rule("BG04", rejects("NS"), "El documento que se corrige no se conoce en la DIAN",
         when(_is_unknown_reference)),
    Rule("BG04a", rejects("C", "D", "NA"), "El documento que se corrige no se conoce en la DIAN",
         when(_is_unknown_reference)),
    Rule("BG04b", rejects(*NOTES), "El documento que se corrige es de otro emisor",
         when(_corrects_anothers)),
    Rule("BG06", rejects(*NOTES), "La nota es anterior al documento que corrige",
         when(_is_before_what_it_corrects)),
    Rule("AR01", rejects(), "El documento en moneda extranjera no trae la tasa de cambio",
         when(_rate_is_missing), "3, 10"),
    Rule("AR02", rejects(), "La moneda de origen de la tasa no es la del documento",
         when(_source_differs), "3, 10"),
    Rule("AR04", rejects(), "La moneda de destino de la tasa no corresponde a la del documento",
         when(_target_is_wrong), "3, 10"),
    Rule("AR05", rejects(), "La base de la moneda de destino no es 1.00",
         when(_target_base_is_not_one), "3, 10"),
    Rule("AR06", rejects(), "Falta la tasa de cambio", when(_has_no_rate), "3, 10"),
    Rule("AR07", rejects(), "Falta la fecha de la tasa de cambio",
         when(_rate_has_no_day), "3, 10"),
    Rule("=CTG01", rejects("F", "DE"), "La firma no está dentro de una contingencia declarada",
         when(_is_outside_contingency), "1, 10"),
)
# fmt: on
