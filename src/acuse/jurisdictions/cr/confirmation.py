"""The signed MensajeReceptor by which a document is accepted or rejected. Source: costa-rica.md 6.

Its amounts are the document's own, figure by figure as they stand in it: never a sum of ours.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from acuse.domain.jurisdiction import Credential, Sealed
from acuse.domain.money import ZERO, plain, trimmed
from acuse.domain.party import Company
from acuse.domain.received import (
    DeclarationSeries,
    ReceivedDocument,
    Reception,
    ReceptionKind,
)
from acuse.domain.traits import FieldSpec, FieldType, Scope
from acuse.jurisdictions.cr import ids
from acuse.jurisdictions.cr.doubts import POLICY
from acuse.jurisdictions.cr.kinds import NAMESPACE
from acuse.jurisdictions.cr.received import amount
from acuse.jurisdictions.cr.rules_reception import ANSWERS, CONDITIONS, USUAL_PLACE
from acuse.xml import parse
from acuse.xml.build import EMPTY, Leaf, Markup, joined, leaf, maybe, namespace_declarations
from acuse.xml.xades import sign_xades

NAMESPACES = {"": f"{NAMESPACE}mensajeReceptor"}
START = f"<MensajeReceptor{namespace_declarations(NAMESPACES)}>"
END = "</MensajeReceptor>"
DIGITS = 10

_clave = leaf("Clave")
_issuer = leaf("NumeroCedulaEmisor")
_confirmed = leaf("FechaEmisionDoc")
_message = leaf("Mensaje")
_detail = leaf("DetalleMensaje")
_tax = leaf("MontoTotalImpuesto")
_activity = leaf("CodigoActividad")
_condition = leaf("CondicionImpuesto")
_credit = leaf("MontoTotalImpuestoAcreditar")
_expense = leaf("MontoTotalDeGastoAplicable")
_total = leaf("TotalFactura")
_receiver = leaf("NumeroCedulaReceptor")
_consecutive = leaf("NumeroConsecutivoReceptor")


def seal_reception(
    reception: Reception, company: Company, credential: Credential, at: datetime
) -> Sealed:
    """The signed confirmation; its fiscal id is "clave-consecutivo". Same arguments, same bytes."""
    document, extra = reception.document, reception.extra
    root = parse.parse(document.content)
    body = joined(
        _clave(document.fiscal_id),
        _issuer(document.issuer.number),
        _confirmed(ids.stamp(at)),
        _message(ANSWERS[reception.kind].message),
        maybe(_detail, reception.note.strip()),
        maybe(_tax, amount(root, "TotalImpuesto")),
        maybe(_activity, str(extra.get("activity", ""))),
        maybe(_condition, str(extra.get("tax_condition", ""))),
        _amount(_credit, extra.get("tax_credit")),
        _amount(_expense, extra.get("expense")),
        _total(amount(root, "TotalComprobante")),
        _receiver(ids.compact(company.tax_id.number)),
        _consecutive(reception.number),
    )
    name = f"{document.fiscal_id}-{reception.number}"
    signed = sign_xades(
        f"{START}{body}",
        END,
        namespaces=NAMESPACES,
        credential=credential,
        signature_id=f"S-{name}",
        at=at.astimezone(ids.COSTA_RICA),
        policy=POLICY,
    )
    return Sealed(signed.content, name, reception.number, f"{name}.xml", at)


def series(kind: ReceptionKind, company: Company) -> DeclarationSeries:
    """Branch, terminal and kind: each has a counter of its own (section 2)."""
    known = sorted(company.ranges, key=lambda one: one.id)
    places = [one.series for one in known if ids.is_series(one.series)]
    place = places[0] if places else USUAL_PLACE
    return DeclarationSeries(f"{place}{ANSWERS[kind].code}", DIGITS)


def fields(
    kind: ReceptionKind, document: ReceivedDocument, company: Company
) -> tuple[FieldSpec, ...]:
    """What becomes of the tax, where the document is accepted at least in part."""
    if not ANSWERS[kind].taxed:
        return ()
    tax = tax_of(document)
    return (
        FieldSpec(
            "tax_condition",
            Scope.RECEPTION,
            FieldType.CHOICE,
            "Condición del IVA",
            choices=tuple(CONDITIONS.items()),
        ),
        FieldSpec(
            "tax_credit",
            Scope.RECEPTION,
            FieldType.DECIMAL,
            "IVA por acreditar",
            help=f"El documento tiene {trimmed(tax, 5, 2).replace('.', ',')} de impuesto.",
        ),
        FieldSpec("expense", Scope.RECEPTION, FieldType.DECIMAL, "Gasto aplicable"),
        FieldSpec(
            "activity",
            Scope.RECEPTION,
            FieldType.TEXT,
            "Actividad económica",
            help="Seis cifras: la tuya en que usas la compra.",
            default=str(company.extra.get("activity", "")),
        ),
    )


def tax_of(document: ReceivedDocument) -> Decimal:
    """The document's tax; 0 where it tells none."""
    return Decimal(amount(parse.parse(document.content), "TotalImpuesto") or ZERO)


def _amount(element: Leaf, value: object) -> Markup:
    return element(plain(value, 5)) if isinstance(value, Decimal) else EMPTY
