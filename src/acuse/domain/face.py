"""What the printed form shows, already worded by the jurisdiction."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that the customer gets; `optional`: the law asks for the packet without it."""

    name: str
    content_type: str
    content: bytes
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled text: "RUC" → "20999888772"."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class FaceLine:
    """One row of the printed table, in the order of `Face.columns`."""

    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the printed table: heading, share of the width, whether it holds figures."""

    heading: str
    share: float
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Labelled texts under a heading of their own: a route, a vehicle, another party."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Face:
    """All that the printed form shows; figures are formatted, words are Spanish.

    `watermark` is the country's words for "no validity" outside production, else "";
    `qr` is the exact content of the code, "" for none; `xml` is embedded in the PDF.
    """

    title: str  # "FACTURA ELECTRÓNICA"
    number: str
    issuer_name: str
    issuer: tuple[Field, ...]
    issuer_id: str  # "RUC 20999888772"
    counterparty: tuple[Field, ...]
    facts: tuple[Field, ...]  # dates, currency, payment …
    columns: tuple[Column, ...]
    lines: tuple[FaceLine, ...]
    totals: tuple[Field, ...]  # the last one is the amount to pay, or what else sums it up
    words: str  # the amount in words, "" where the country has no such line
    notes: tuple[str, ...]
    legal: tuple[str, ...]
    fiscal_id_label: str
    fiscal_id: str
    qr: str
    watermark: str
    xml_name: str
    xml: bytes
    paper: str = "A4"  # or "80mm", a till roll
    qr_level: str = "q"  # error correction of the code: l, m, q, h
    qr_each_page: bool = False
    sections: tuple[Section, ...] = ()  # what stands between the facts and the lines
    moment: int = 0  # of the sealing, UNIX seconds: the PDF's own date, so that it never varies
    language: str = "es"
