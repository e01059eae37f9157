"""The words of the printed form: titles, legal texts, qualities. Source: colombia.md 1, 2 and 8."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from acuse.domain.document import Document
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import rounded, trimmed
from acuse.domain.numbering import NumberingRange
from acuse.domain.party import Address, Company, TaxId
from acuse.domain.traits import Role
from acuse.jurisdictions.co import codes, ids
from acuse.jurisdictions.co.content import HOME
from acuse.jurisdictions.co.forms import form_of
from acuse.jurisdictions.co.traits import TRAITS

_K = DocumentKind
TITLES = {
    _K.INVOICE: "FACTURA ELECTRÓNICA DE VENTA",
    _K.EXPORT_INVOICE: "FACTURA ELECTRÓNICA DE VENTA – EXPORTACIÓN",
    _K.PAPER_INVOICE: "FACTURA ELECTRÓNICA DE VENTA – TRANSCRIPCIÓN DE CONTINGENCIA",
    _K.CREDIT_NOTE: "NOTA CRÉDITO DE FACTURA ELECTRÓNICA DE VENTA",
    _K.DEBIT_NOTE: "NOTA DÉBITO DE FACTURA ELECTRÓNICA DE VENTA",
    _K.RECEIPT: "DOCUMENTO EQUIVALENTE ELECTRÓNICO POS",
    _K.RECEIPT_NOTE: "NOTA DE AJUSTE AL DOCUMENTO EQUIVALENTE ELECTRÓNICO",
    _K.PURCHASE: "DOCUMENTO SOPORTE EN ADQUISICIONES A NO OBLIGADOS A FACTURAR",
    _K.PURCHASE_NOTE: "NOTA DE AJUSTE AL DOCUMENTO SOPORTE",
}
AUTHORISATIONS = {  # what the DIAN's resolution is about, where it is not invoices
    _K.RECEIPT: "documento equivalente electrónico",
    _K.PURCHASE: "documento soporte",
}
_FISCAL_IDS = {
    _K.INVOICE: "CUFE",
    _K.EXPORT_INVOICE: "CUFE",
    _K.PURCHASE: "CUDS",
    _K.PURCHASE_NOTE: "CUDS",
}
QUALITIES = {
    "O-13": "Gran contribuyente",
    "O-15": "Autorretenedor",
    "O-23": "Agente de retención de IVA",
    "O-47": "Régimen simple de tributación",
}
REGIMES = {"48": "Responsable de IVA", "49": "No responsable de IVA"}
MAKER = "Acuse"
NO_BREAK = "\N{NO-BREAK SPACE}"
SIGNED = "Documento firmado digitalmente."


def fiscal_id_name(kind: DocumentKind) -> str:
    """What the DIAN calls the document's identifier."""
    return _FISCAL_IDS.get(kind, "CUDE")


def is_purchase(kind: DocumentKind) -> bool:
    """Whether we buy by such a document, and the other party sells."""
    traits = TRAITS.kind(kind)
    return traits is not None and traits.role is Role.SELLER


def role(kind: DocumentKind) -> str:
    """Who the issuer is, where it is not the seller as usual."""
    return "Adquirente, que expide este documento" if is_purchase(kind) else ""


def drawn(kind: DocumentKind) -> str:
    """What the paper is."""
    return f"Representación gráfica de: {TITLES[kind].capitalize().replace(' pos', ' POS')}."


def contingency(document: Document) -> str:
    """How the document came to be where the usual way was closed, "" for the usual one."""
    if document.contingency:
        made = TRAITS.agree(document.kind, "Expedid{o}")
        code = form_of(document).code
        return f"{made} en contingencia de la DIAN (tipo {code}): su validación es posterior."
    if document.kind is not _K.PAPER_INVOICE:
        return ""
    number, day = document.extra.get("paper_number", ""), document.extra.get("paper_date")
    on = f" del {day:%d/%m/%Y}" if isinstance(day, date) else ""
    return f"Transcribe la factura de contingencia en papel n.º {number}{on}."


def authorisation(one: NumberingRange) -> str:
    """The range's resolution with its dates, prefix and numbers."""
    told = one.extra.get("resolution", "")
    given = one.extra.get("resolution_date") or one.valid_from
    on = f" del {given:%d/%m/%Y}" if isinstance(given, date) else ""
    prefix = f", prefijo {one.series}" if one.series else ""
    what = AUTHORISATIONS.get(one.kind, "facturación electrónica")
    text = f"Autorización de numeración de {what} N.º {told}{on}{prefix}, desde {one.first} "
    return f"{text}hasta {one.last}{_validity(one)}."


def _validity(one: NumberingRange) -> str:
    if one.valid_from is None or one.valid_until is None:
        return ""
    start, end = one.valid_from, one.valid_until
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    return f", vigencia {months} meses (hasta el {end:%d/%m/%Y})"


def qualities(company: Company) -> str:
    """What the issuer is to the DIAN: its regime and its responsibilities, in words."""
    told = str(company.extra.get("responsibilities") or "").split(";")
    regime = REGIMES.get(str(company.extra.get("regime") or "48"), "")
    return " · ".join(part for part in (regime, *map(QUALITIES.get, told)) if part)


def software(company: Company) -> str:
    """Who made the software: the company itself, whose own software it is to the DIAN."""
    return f"Software: {MAKER}. Fabricante: {company.legal_name}, {identity(company.tax_id)}."


def identity(tax_id: TaxId) -> str:
    """The identity with its kind, a NIT with its check digit: "NIT 999.888.777-1"."""
    label = next((one.label for one in TRAITS.tax_ids if one.key == tax_id.kind), tax_id.kind)
    if tax_id.kind != "NIT":
        return f"{label} {tax_id.number}"
    return f"{label} {int(tax_id.number):,}-{ids.check_digit(tax_id.number)}".replace(",", ".")


def place(address: Address | None) -> str:
    """The address in one line, with the names of the DIAN's lists."""
    if address is None:
        return ""
    if address.country not in ("", HOME):
        country = codes.countries().get(address.country, address.country)
        return _joined(address.line, address.city, address.region, country)
    city = codes.municipalities().get(address.place, address.city)
    region = codes.departments().get(address.place[:2], address.region)
    return _joined(address.line, city, "" if city.startswith(region) else region)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def figure(amount: Decimal) -> str:
    """As Colombia writes it: 1.234,56."""
    return _turned(f"{rounded(amount):,.2f}")


def quantity(amount: Decimal) -> str:
    """With no more decimals than it has: 2, 0,5."""
    whole, _, decimals = trimmed(amount, 6).partition(".")
    return _turned(f"{int(whole):,}" + (f".{decimals}" if decimals else ""))


def price(amount: Decimal) -> str:
    """With two decimals, and the further ones that it has: 1.234,50, 0,034682."""
    whole, _, decimals = trimmed(amount, 6, 2).partition(".")
    return _turned(f"{int(whole):,}.{decimals}")


def percent(rate: Decimal) -> str:
    """A rate as Colombia writes it: 0,966 %."""
    return f"{trimmed(rate, 3).replace('.', ',')}{NO_BREAK}%"


def _turned(text: str) -> str:
    return text.translate(str.maketrans(",.", ".,"))
