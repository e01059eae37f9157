"""What is wrong with a batch, beside the same batch without that fault."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from acuse.domain.batch import Batch, BatchKind
from acuse.domain.document import Tax
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number
from acuse.domain.party import TaxId
from tests.jurisdictions.pe.batch_makers import (
    DAY,
    MODIFY,
    VOID,
    D,
    batch,
    boleta,
    member,
    note,
)
from tests.support.makers import customer, document, line

REASON = "Error en el RUC"
F_NOTE = note(2, number=Number("FC01", 2))
BIG = boleta(
    counterparty=customer(tax_id=TaxId("", "")),
    lines=(line(quantity=D(1), price=D("593.23"), taxes=(Tax("IGV", D(18)),)),),  # 700.01
)
LESS = replace(BIG, lines=(line(quantity=D(1), price=D("593.22"), taxes=(Tax("IGV", D(18)),)),))
FACTURA = member(document(), VOID, REASON)
RA, RR = BatchKind.VOIDING, BatchKind.REVERSAL
WRONG: list[tuple[str, str, Batch, Batch]] = [  # code, field, with it, without it
    ("PE-OWN-40", "members", batch(*(member(boleta(n)) for n in range(1, 502))), batch()),
    ("PE-2220", "ordinal", batch(ordinal=100_000), batch(ordinal=99_999)),
    ("PE-2671", "referenceDate", batch(made_on=DAY - timedelta(days=1)), batch(made_on=DAY)),
    (
        "PE-3094",
        "members",
        batch(member(boleta(1)), member(boleta(1))),
        batch(member(boleta(1)), member(boleta(2))),
    ),
    ("PE-2348", "members", batch(FACTURA, FACTURA, kind=RA), batch(FACTURA, kind=RA)),
    (
        "PE-3095",
        "members",
        batch(member(boleta(1)), member(boleta(1), MODIFY)),
        batch(member(boleta(1)), member(boleta(2), MODIFY)),
    ),
    (
        "PE-3096",
        "members",
        batch(member(boleta(1), MODIFY), member(boleta(1), VOID)),
        batch(member(boleta(1), MODIFY), member(boleta(2), VOID)),
    ),
    (
        "PE-2663",
        "members",
        batch(member(boleta(1)), member(boleta(1), VOID)),
        batch(member(boleta(1)), member(boleta(2), VOID)),
    ),
    ("PE-2241", "members.0.kind", batch(FACTURA), batch()),
    ("PE-2308", "members.0.kind", batch(kind=RA), batch(FACTURA, kind=RA)),
    ("PE-2513", "members.0.number", batch(member(F_NOTE)), batch(member(note()))),
    (
        "PE-2310",
        "members.0.number",
        batch(member(note(), VOID, REASON), kind=RA),
        batch(member(F_NOTE, VOID, REASON), kind=RA),
    ),
    (
        "PE-2674",
        "members.0.number",
        batch(member(document(kind=DocumentKind.RETENTION), VOID, REASON), kind=RR),
        batch(
            member(document(kind=DocumentKind.RETENTION, number=Number("R001", 1)), VOID, REASON),
            kind=RR,
        ),
    ),
    (
        "PE-OWN-44",
        "members.0.date",
        batch(member(boleta(date=DAY - timedelta(days=1)))),
        batch(member(boleta(date=DAY))),
    ),
    (
        "PE-2375",
        "members.0.date",
        batch(member(document(date=DAY - timedelta(days=1)), VOID, REASON), kind=RA),
        batch(FACTURA, kind=RA),
    ),
    (
        "PE-2315",
        "members.0.reason",
        batch(member(document(), VOID, "  "), kind=RA),
        batch(FACTURA, kind=RA),
    ),
    (
        "PE-4203",
        "members.0.reason",
        batch(member(document(), VOID, "ab"), kind=RA),
        batch(member(document(), VOID, "abc"), kind=RA),
    ),
    (
        "PE-4203",
        "members.0.reason",
        batch(member(document(), VOID, "x" * 101), kind=RA),
        batch(member(document(), VOID, "x" * 100), kind=RA),
    ),
    ("PE-2514", "members.0.counterparty", batch(member(BIG)), batch(member(LESS))),
    ("PE-2514", "members.0.counterparty", batch(member(BIG, MODIFY)), batch(member(BIG, VOID))),
    (
        "PE-2524",
        "members.0.references",
        batch(member(note(references=()))),
        batch(member(note(references=()), VOID)),
    ),
    (
        "PE-2989",
        "members.1.references",
        batch(member(boleta(7)), member(note(about="B001-7"))),
        batch(member(boleta(7)), member(note(about="B001-6"))),
    ),
]
