"""SUNAT's sheets of checks, read: what of each row can be judged mechanically, and how.

A row says its condition in a handful of phrases; TEMPLATES knows those. Nothing of a phrase is
kept: a row becomes element, check, argument and code.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

AUTHORITY = Path(os.environ.get("ACUSE_AUTHORITY_DIR", "../shared/authority")) / "pe"

SHEETS = {  # kind: sheet
    "01": "factura",
    "03": "boleta",
    "04": "liquidacion-compra",
    "07": "nota-credito",
    "08": "nota-debito",
    "20": "retencion",
    "40": "percepcion",
    "RA": "comunicacion-baja",
    "RC": "resumen-diario",
    "RR": "resumen-reversiones",
    "09": "gre-remitente-codes",
    "31": "gre-transportista-codes",
    "firma": "firma",  # of every kind
    "general": "general",
}
UNREAD = frozenset({"09", "31", "firma", "general"})  # no phrases, or not of a document
# What each kind calls the same thing; the table says LINE, QUANTITY and so on.
WORDS = {
    "07": {"CreditNoteLine": "InvoiceLine", "CreditedQuantity": "InvoicedQuantity"},
    "08": {
        "DebitNoteLine": "InvoiceLine",
        "DebitedQuantity": "InvoicedQuantity",
        "RequestedMonetaryTotal": "LegalMonetaryTotal",
    },
}
# Elements that may stand several times: a check is of each one.
REPEATED = frozenset(
    """cac:InvoiceLine cac:TaxSubtotal cac:TaxTotal cac:AllowanceCharge cac:AdditionalItemProperty
    cac:PaymentTerms cac:PaymentMeans cac:PrepaidPayment cac:AdditionalDocumentReference
    cac:DespatchDocumentReference cac:BillingReference cac:AlternativeConditionPrice
    SummaryDocumentsLine VoidedDocumentsLine BillingPayment SUNATRetentionDocumentReference
    SUNATPerceptionDocumentReference SUNATPerceptionSummaryDocumentReference cac:Payment
    SUNATRetentionInformation SUNATPerceptionInformation cac:ExchangeRate cac:DeliveryTerms
    cac:Delivery cac:Consignment cac:MeasurementDimension cac:TransportEquipment
    cac:DriverPerson cac:DespatchLine cac:ShipmentStage""".split()
)
OTHER_LISTS = {"016": "13", "006": "06", "017": "11", "018": "19", "005": "05", "019": "22"}

OPERATION = "/cbc:InvoiceTypeCode/@listID"
CONCEPT = "cbc:NameCode"
WHENS = (  # what a condition begins with, and what that asks
    (
        r"(?:Si |De existir )(?:el )?'?c[óo]digo del? concepto'? (?:es igual a |es |igual a? ?)?",
        CONCEPT,
    ),
    (r"De existir 'código del concepto' ", CONCEPT),
    (r"Si (?:el )?'tipo de operación' es (?:igual a )?", OPERATION),
    (
        r"Si '?c[óo]digo (?:de )?producto (?:de )?sunat'? de la linea es ",
        "cac:Item/cac:CommodityClassification/cbc:ItemClassificationCode",
    ),
    (r"Si 'tipo de documento relacionado' es diferente a ", "!cbc:ID/@schemeID"),
    (r"Si 'tipo de documento' es ", "cbc:DocumentTypeCode"),
    (r"Si el 'indicador' es ", "cbc:ID"),
)
VALUE = r"(?:'[^']*'|[0-9]{2,8}'?)"
VALUES = re.compile(rf"{VALUE}(?:(?:, ?o|,| o| y)? ?{VALUE})*", re.I)

TEMPLATES = (  # phrase, check, argument
    (r"no existe (el|el tag|el tag ubl|el atributo)( ubl)? o es vac[ií]o\.?", "missing", ""),
    (r"no existe el tag( ubl)?\.?", "missing", ""),
    (r"es vac[ií]o", "empty", ""),
    (r"no existe el atributo", "missing", ""),
    (r"(el valor d)?el tag ubl (es|está|esta) vac[ií]o", "missing", ""),
    (r"el tag ubl es vac[ií]o", "missing", ""),
    (r"(?:V)?alfanumérico de hasta (?P<b>\d+) car[aá]cteres.*", "text", "1-{b}"),
    (
        r"(?:V)?alfanumérico de (?:entre )?(?P<a>\d+) (?:a|hasta|y) (?P<b>\d+) car[aá]ct[eé]res.*",
        "text",
        "{a}-{b}",
    ),
    (r"(?:V)?numérico de (?P<a>\d+) dígitos\.?", "digits", "{a}-{a}"),
    (r"(?:V)?numérico (?:positivo )?(?:de )?hasta (?P<b>\d+) dígitos", "digits", "1-{b}"),
    (r"(?:V)?numérico de hasta 3 dígitos; o, es igual cero\.?", "count", "3"),
    (
        r"(?:V)?decimal \(?(?:positivo mayor a cero\)?) de (?P<a>\d+) enteros"
        r" y hasta (?P<b>\d+) decimales\.?",
        "above",
        "{a}.{b}",
    ),
    (
        r"(?:V)?decimal positivo de (?P<a>\d+) enteros y (?P<b>\d+) decimales o es cero \(0\)",
        "above",
        "{a}.{b}",
    ),
    (
        r"(?:V)?decimal(?: positivo)? de (?P<a>\d+) enteros y hasta (?P<b>\d+) decimales"
        r"( y diferente de cero)?(\. Nota.*)?\.?",
        "decimal",
        "{a}.{b}",
    ),
    (r"(?:V)?YYYY-MM-DD", "date", ""),
    (r"(?:V)?cat[aá]logo (?:nro\.? )?0?(?P<a>\d+)\.?", "in", "{a}"),
    (
        r"(?:el (?:valor|tag)[^']*)?"
        r"(?:no está en el|diferente al|no existe en el|no se encuentra en el) listado\.?",
        "in",
        "LIST",
    ),
    (r"(?:V)?(?P<v>'[^']*'(?:(?:,| o| y|, o)? ?'[^']*')*)\.?", "is", "{v}"),
    (r"(?:V)?(?P<v>PE|2\.1|6|6 \(RUC\)|'6' \(RUC\))", "is", "{v}"),
    (
        r"el valor es diferente al ingresado en 'tipo de moneda[^']*'",
        "same",
        "/cbc:DocumentCurrencyCode",
    ),
    (r"[^']*cac:TaxSubtotal con el mismo valor del Tag UBL \(cbc:ID\)", "once", ""),
    (
        r"(?:no existe (?:el|el tag) con (?:valor|código|codigo|id)(?: igual a)?) '(?P<v>\d{4})'*"
        r"(?P<any> por lo menos en una línea)?",
        "some",
        "{v}",
    ),
    (r"el valor absoluto es mayor a 1", "small", "1"),
    (r"el valor del tag ubl es menor a 1", "least", "1"),
)
# "The format (or value) of the element differs from": never with another element's name between.
DIFFERS = (
    r"(?:el |Si el )?(?:(?:formato|valor)[^',]*? |tag(?: ubl)? |atributo[^',]*? )?"
    r"(?:es |est[áa] )?(?:diferente|distinto)(?: a| de| al)? (?:entero |formato )?"
)
COMPILED = tuple(
    (re.compile(phrase.replace("(?:V)?", DIFFERS), re.I), check, argument)
    for phrase, check, argument in TEMPLATES
)


CODES = re.compile(r"(?:[A-Z0-9.]{1,5}|true|false)(?:\|[A-Z0-9.]{1,5})*")


THERE = re.compile(
    r"^(Si )?(existe el (tag|tag ubl|atributo)|el (tag|tag ubl|atributo)( ubl)? existe)"
    r"( y es diferente de vacío)?( y |, )",
    re.I,
)
OBSERVATIONS = 4000  # the range that only remarks
UNSPSC = "25"  # a catalogue too large to hold


class Row(NamedTuple):
    """One check of one kind, as facts."""

    kind: str
    context: str
    path: str
    check: str
    argument: str
    when: str
    code: str
    severity: str = ""  # where the sheet says otherwise than the code's range


class Entry(NamedTuple):
    """A row of a sheet, tidied."""

    kind: str
    code: str
    path: str
    condition: str
    catalogue: str
    severity: str


def tidy(text: str) -> str:
    """One line, one kind of quotes."""
    return re.sub(r"[\"“”‘’´`]", "'", " ".join(text.split()))


def entries(kind: str) -> Iterator[Entry]:
    """The rows of a kind's sheet that carry a code."""
    element = ""
    with (AUTHORITY / "rules" / f"{SHEETS[kind]}.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            path = re.sub(
                r"\s*[(\n].*$", "", (row.get("xpath") or row.get("node") or "").strip(), flags=re.S
            )
            path = f"{element}/{path}" if path.startswith("@") else path or element
            element = (
                path.partition("/@")[0]
                if "@" not in path or "/@" in path
                else path.partition("@")[0]
            )
            if row["code"].isdigit():
                yield Entry(
                    kind,
                    row["code"],
                    plain(path, kind),
                    tidy(row.get("condition") or row.get("check") or ""),
                    row.get("list") or "",
                    row["severity"],
                )


def plain(path: str, kind: str) -> str:
    """A path of ours: without root and without SUNAT's prefix, attributes behind a slash."""
    path = re.sub(r"(?<!/)@", "/@", path)
    if path.startswith("/"):
        path = path.lstrip("/").partition("/")[2]
    path = re.sub(r"\b(sac|ext):", "", path)
    for theirs, ours in WORDS.get(kind, {}).items():
        path = path.replace(theirs, ours)
    return path.replace("cac:Allowancecharge", "cac:AllowanceCharge")


def codes(kind: str) -> set[str]:
    """All codes of a sheet."""
    return {entry.code for entry in entries(kind)}


@cache
def unusual(kind: str) -> dict[str, str]:
    """The codes whose severity in a kind's sheet is not that of their range."""
    return {
        entry.code: entry.severity
        for entry in entries(kind)
        if entry.severity != ("OBSERV" if int(entry.code) >= OBSERVATIONS else "ERROR")
    }


def split(path: str) -> tuple[str, str]:
    """The path of the innermost element that may repeat, and the rest."""
    steps = path.split("/")
    last = max((n for n, step in enumerate(steps[:-1]) if step in REPEATED), default=-1)
    return "/".join(steps[: last + 1]), "/".join(steps[last + 1 :])


def read(entry: Entry) -> Row | None:
    """The check that a row asks for; None if no template knows its phrase."""
    asked = _asked(entry.condition)
    if asked is None:
        return None
    when, condition = asked
    condition = THERE.sub("", condition).removeprefix("Si ")
    for phrase, check, argument in COMPILED:
        found = phrase.fullmatch(condition)
        if found:
            return _row(entry, check, _filled(argument, found, entry), when, found)
    return None


def _asked(condition: str) -> tuple[str, str] | None:
    """What a condition begins with, as a term of ours, and the rest; None if it has no values."""
    for start, path in WHENS:
        found = re.match(start, condition, re.I)
        listed = VALUES.match(condition[found.end() :]) if found else None
        if found is None or listed is None:
            continue
        values = re.findall(r"'([A-Z][a-zA-Z]+)'|'?(\d{2,8})[^,o']*'?", listed.group())
        rest = re.sub(r"^[, ]*(y )?(el )?", "", condition[found.end() + listed.end() :])
        sign = "!=" if path.startswith("!") else "="
        term = f"{path.lstrip('!')}{sign}{'|'.join(a or b for a, b in values)}"
        return (term, rest) if values else None
    return "", condition


def _filled(argument: str, found: re.Match[str], entry: Entry) -> str:
    if argument == "LIST":
        number = re.search(r"\d+", entry.catalogue)
        if number is None:
            return "?"
        listed = number.group()
        return OTHER_LISTS.get(listed, "?") if "arám" in entry.catalogue else listed[-2:]
    parts = {name: value or "" for name, value in found.groupdict().items()}
    if argument == "{v}":
        quoted = re.findall(r"'([^']*)'", parts["v"])
        return "|".join(quoted) if quoted else parts["v"].partition(" ")[0]
    return argument.format(**parts).zfill(2) if argument == "{a}" else argument.format(**parts)


def _row(entry: Entry, check: str, argument: str, when: str, found: re.Match[str]) -> Row | None:
    context, path = split(entry.path)
    words = check == "is" and "/@" not in path and not CODES.fullmatch(argument)
    listless = check == "in" and (argument == UNSPSC or "Contribuyentes" in entry.catalogue)
    if argument == "?" or words or listless:
        return None
    if check == "some":  # in each line, or in any
        context = "" if found["any"] else split(context)[0]
        path = entry.path.removeprefix(f"{context}/")
    severity = unusual(entry.kind).get(entry.code, "")
    return Row(entry.kind, context, path, check, argument, when, entry.code, severity)
