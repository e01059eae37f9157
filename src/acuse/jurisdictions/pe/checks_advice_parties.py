"""What is wrong with those who take part in a trip. Source: peru.md 12; SUNAT's codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from acuse.domain.document import Document
from acuse.domain.party import Company, TaxId
from acuse.domain.problem import Problem
from acuse.jurisdictions.pe import identities
from acuse.jurisdictions.pe.checks_document import CLIENT, identity_problems
from acuse.jurisdictions.pe.content_despatch import SUBCONTRACTOR, THIRD, Party, Trip
from acuse.jurisdictions.pe.fields_despatch import PAYERS
from acuse.jurisdictions.pe.rules_despatch import Addressee, Need, Reason
from acuse.jurisdictions.pe.wording import problem, text_problems

LONGEST_NAME = 250


@dataclass(frozen=True, slots=True)
class Told:
    """SUNAT's codes for what is wrong with a party: missing or not to be told, and its parts."""

    name: str  # of our fields: buyer_kind, buyer_id, buyer_name
    words: str
    kind: str
    number: str
    form: str
    called: str
    unfit: str
    must: str = ""
    must_not: str = ""


BUYER = Told(
    "buyer",
    "El comprador",
    kind="PE-3331",
    number="PE-3333",
    form="PE-3337",
    called="PE-3339",
    unfit="PE-4381",
    must="PE-4378",
    must_not="PE-4377",
)
SUPPLIER = Told(
    "supplier",
    "El proveedor",
    kind="PE-2552",
    number="PE-2723",
    form="PE-2724",
    called="PE-3449",
    unfit="PE-4106",
    must="PE-4375",
    must_not="PE-4054",
)
SHIPPER = Told(
    "shipper",
    "El remitente",
    kind="PE-2541",
    number="PE-3383",
    form="PE-3384",
    called="PE-3387",
    unfit="PE-4422",
    must="PE-3383",
)
PAYER = Told(
    "payer",
    "Quien paga el flete",
    kind="PE-4401",
    number="PE-4402",
    form="PE-3400",
    called="PE-4370",
    unfit="PE-4423",
    must="PE-4402",
    must_not="PE-OWN-20",
)
SUBCONTRACTS = Told(
    "subcontractor",
    "El subcontratador",
    kind="PE-3391",  # always a RUC: nobody is asked for it
    number="PE-4424",
    form="PE-3391",
    called="PE-4426",
    unfit="PE-4427",
    must="PE-4424",
)


def addressee_problems(
    document: Document, reason: Reason | None, company: Company
) -> Iterator[Problem]:
    """Who the goods go to: with a good identity, and ourselves or another as the reason says."""
    to, number = document.counterparty, f"{CLIENT}.number"
    yield from identity_problems(
        CLIENT,
        "El destinatario",
        to.tax_id,
        kinds=tuple(identities.codes()),
        code="PE-2760",
        form="PE-2758",
    )
    yield from text_problems(
        "client.name", "PE-4152", "El destinatario", to.name, least=1, most=LONGEST_NAME
    )
    if reason is None:
        return
    ours = to.tax_id == company.tax_id
    if reason.addressee is Addressee.OURSELVES and not ours:
        text = f"Con este motivo el destinatario eres tú (RUC {company.tax_id.number}). Cámbialo."
        yield problem(number, "PE-2554", text)
    elif reason.addressee is Addressee.ANOTHER and ours:
        text = "Con este motivo el destinatario es otro y está tu RUC. Cámbialo."
        yield problem(number, "PE-2555", text)
    elif reason.ruc and to.tax_id.kind != "RUC":
        text = "Con este motivo el destinatario debe tener RUC. Usa su RUC."
        yield problem(f"{CLIENT}.type", "PE-3417", text)


def others_problems(
    document: Document, told: Trip, reason: Reason | None, company: Company
) -> Iterator[Problem]:
    """The others: who buys and sells in a sender's advice, who sends and pays in a carrier's."""
    ours = company.tax_id
    if reason is not None:
        yield from _party(BUYER, told.buyer, reason.buyer)
        yield from _party(SUPPLIER, told.supplier, reason.supplier)
        yield from _same(BUYER, told.buyer, ours, "PE-3334", "quien remite")
        yield from _same(
            BUYER, told.buyer, document.counterparty.tax_id, "PE-3335", "el destinatario"
        )
        yield from _same(SUPPLIER, told.supplier, ours, "PE-3448", "quien remite")
        return
    pays = told.freight_payer
    if pays not in dict(PAYERS):
        text = "Falta quién paga el flete: el remitente, el subcontratador o un tercero. Elígelo."
        yield problem("extra.freight_payer", "PE-4388", text)
    yield from _party(SHIPPER, told.shipper, Need.MUST)
    yield from _same(SHIPPER, told.shipper, ours, "PE-2560", "el transportista")
    yield from _party(PAYER, told.payer, Need.MUST if pays == THIRD else Need.NOT)
    subcontracted = Need.MUST if pays == SUBCONTRACTOR else Need.MAY
    yield from _party(SUBCONTRACTS, told.subcontractor, subcontracted)
    yield from _same(SUBCONTRACTS, told.subcontractor, ours, "PE-3390", "el transportista")


def _party(codes: Told, party: Party | None, need: Need) -> Iterator[Problem]:
    of = f"extra.{codes.name}"
    # A subcontractor has a RUC and nothing else: there is no field for the kind.
    number = f"{of}_ruc" if codes is SUBCONTRACTS else f"{of}_id"
    if party is None:
        if need is Need.MUST:
            text = f"{codes.words} falta: su documento y su nombre. Complétalos."
            yield problem(number, codes.must, text)
        return
    if need is Need.NOT:
        yield problem(number, codes.must_not, f"{codes.words} no va en este traslado. Quítalo.")
        return
    if not party.identity.kind:
        text = f"Falta qué documento tiene: {codes.words.lower()}. Elígelo."
        yield problem(f"{of}_kind", codes.kind, text)
    elif not party.identity.number:
        text = f"Falta el número de documento: {codes.words.lower()}. Escríbelo."
        yield problem(number, codes.number, text)
    else:
        for found in identity_problems(
            of,
            codes.words,
            party.identity,
            kinds=tuple(identities.codes()),
            code=codes.form,
            form=codes.form,
        ):
            yield problem(number, found.code, found.text)
    if not party.name:
        text = f"Falta el nombre: {codes.words.lower()}. Escríbelo."
        yield problem(f"{of}_name", codes.called, text)
    else:
        yield from text_problems(
            f"{of}_name", codes.unfit, codes.words, party.name, least=1, most=LONGEST_NAME
        )


def _same(codes: Told, party: Party | None, other: TaxId, code: str, who: str) -> Iterator[Problem]:
    if party is not None and party.identity == other:
        text = f"{codes.words} tiene el mismo documento que {who}. Corrígelo."
        field = "ruc" if codes is SUBCONTRACTS else "id"
        yield problem(f"extra.{codes.name}_{field}", code, text)
