"""facturacion-electronica-sunat-sdk speaks to the pretended SUNAT, inside its environment.

`python sunat_sdk_driver.py <folder>` reads `asked.json` there and writes `told.json`. The SDK
(Rust inside) computes nothing: the amounts are ours. It takes every address as an argument.
"""

from __future__ import annotations

import sys
from base64 import b64decode
from pathlib import Path
from typing import Any

import sunat_sdk
import sunat_sdk_documents as documents
import sunat_told
from sunat_sdk_documents import ADDRESS, CASH, DAY, EXEMPT, LINE, MIXED, TOTALS, note, now
from sunat_told import Talk


class Sdk:
    """The SDK with one issuer's certificate against one service."""

    def __init__(self, asked: dict[str, Any], issuer: str, service: str) -> None:
        self.ruc = asked["issuers"][issuer]
        self.pem = [Path(asked[what][issuer]).read_text() for what in ("certificate", "key")]
        self.sol = (f"{self.ruc}{asked['user']}", asked["password"])
        self.address, self.service = asked["address"], service
        self.client = ("cliente-inventado", "secreto-inventado")
        self.issuer = {
            "ruc": self.ruc,
            "legal_name": "EMISOR DE PRUEBA S.A.C.",
            "address": ADDRESS,
        }
        self.buyer = {
            "document_type": "6",
            "document_number": asked["buyer"],
            "legal_name": "COMPRADOR DE PRUEBA S.A.C.",
        }
        self.person = {
            "document_type": "1",
            "document_number": asked["person"],
            "legal_name": "PERSONA DE PRUEBA",
        }

    def signed(self, document: dict[str, Any]) -> dict[str, str]:
        """The name and the signed XML of a document."""
        built = sunat_sdk.build(document)
        return {"name": built["file_name"], "xml": sunat_sdk.sign(built["xml"], *self.pem)["xml"]}

    def asks(self, kind: Any, told: dict[str, Any], service: str = "") -> dict[str, Any]:
        """What the SDK makes of the answer to one call."""
        address = f"{self.address}/{service or self.service}"
        return sunat_sdk.exchange(kind, told, *self.sol, address)

    def bill(self, document: dict[str, Any]) -> str:
        """sendBill: the CDR's verdict, or the fault."""
        return said(self.asks("send", self.signed(document)))

    def summary(self, document: dict[str, Any]) -> str:
        """sendSummary, then getStatus of its ticket."""
        taken = self.asks("summary", self.signed(document))
        if taken["outcome"] != "ticket":
            return said(taken)
        return f"ticket, {said(self.asks('ticket', {'ticket': taken['ticket']}))}"

    def guia(self, document: dict[str, Any]) -> str:
        """The guía by REST: token, sending, ticket."""
        bases = (f"{self.address}/v1/clientessol", f"{self.address}/v1")
        taken = sunat_sdk.gre_send(self.signed(document), *self.client, *self.sol, *bases)
        if taken["outcome"] != "ticket":
            return f"{taken['outcome']} {taken.get('errors', '')}"
        told = sunat_sdk.gre_ticket(taken["ticket"], *self.client, *self.sol, *bases)
        return f"ticket, {said(told)}"

    def validity(self, series: str, number: int, total: str) -> str:
        """What the consulta integrada says of a document of today."""
        asked = {
            "ruc": self.ruc,
            "document_type": "01" if series[0] == "F" else "03",
            "series": series,
            "number": number,
            "issue_date": f"{DAY}",
            "total": total,
        }
        told = sunat_sdk.validity(
            asked,
            *self.client,
            token_base=f"{self.address}/v1/clientesextranet",
            base=f"{self.address}/v1/contribuyente/contribuyentes",
        )
        return str(told.get("state", told["outcome"]))

    def sale(self, kind: str, series: str, number: int, **more: Any) -> dict[str, Any]:
        """An invoice of 118.00 for cash, or a note about one with `note`."""
        told = {
            "kind": kind,
            "ubl_version": "2.1",
            "document_type": "03" if series[0] == "B" else "01",
            "series": series,
            "number": str(number),
            "issue_date": now(),
            "currency": "PEN",
            "issuer": self.issuer,
            "customer": self.buyer,
            "lines": [LINE],
            "totals": TOTALS,
            "legends": [],
        }
        if kind == "invoice":
            told["operation_type"] = "0101"
        return {**told, **(CASH if series[0] == "F" and kind == "invoice" else {}), **more}


def said(answer: dict[str, Any]) -> str:
    """The verdict of an outcome, from the CDR's own bytes."""
    content = answer.get("cdr_zip_base64") or (answer.get("cdr") or {}).get("zip_base64")
    if content:
        return sunat_told.verdict(b64decode(content))
    return f"{answer['outcome']} {answer.get('code', '')}".strip()


def told_of_bills(talk: Talk, sdk: Sdk) -> None:
    """Factura, boleta, notes, and what is asked of them."""
    talk.step("factura", lambda: sdk.bill(sdk.sale("invoice", "F001", 1)))
    again = sdk.signed(sdk.sale("invoice", "F001", 1))
    talk.step("again", lambda: said(sdk.asks("send", again)))
    talk.step("again-read", lambda: str(sdk.asks("send", again)["class"]))
    mixed = sdk.sale("invoice", "F001", 2, lines=[LINE, EXEMPT], totals=MIXED)
    talk.step("factura-mixed", lambda: sdk.bill(mixed))
    talk.step("boleta", lambda: sdk.bill(sdk.sale("invoice", "B001", 1, customer=sdk.person)))
    credit = sdk.sale("note", "FC01", 1, document_type="07", note=note("01", "Anulación"))
    talk.step("credit", lambda: sdk.bill(credit))
    debit = sdk.sale("note", "FD01", 1, document_type="08", note=note("01", "Intereses"))
    talk.step("debit", lambda: sdk.bill(debit))
    asked = {"ruc": sdk.ruc, "document_type": "01", "series": "F001", "number": 1}
    talk.step("consult", lambda: said(sdk.asks("status", asked, "billConsultService")))
    talk.step("validity", lambda: sdk.validity("B001", 1, "118.00"))
    talk.step("validity-unknown", lambda: sdk.validity("B001", 9, "118.00"))


def told_of_files(talk: Talk, sdk: Sdk) -> None:
    """Summary and voiding: by ticket."""
    talk.step("summary", lambda: sdk.summary(documents.summary(sdk.issuer, sdk.person)))
    talk.step("voided", lambda: sdk.summary(documents.voided(sdk.issuer)))


def told_of_others(talk: Talk, sdk: Sdk, asked: dict[str, Any]) -> None:
    """Retención, liquidación de compra and its reversal, guía."""
    other = Sdk(asked, "retains", "otherService")
    retention = documents.retention(other.issuer, other.buyer)
    talk.step("retention", lambda: other.bill(retention))
    purchase = documents.purchase(sdk.issuer, sdk.person)
    talk.step("purchase", lambda: sdk.bill(purchase))
    other = Sdk(asked, "ordinary", "otherService")
    talk.step("reversal", lambda: other.summary(documents.reversal(other.issuer)))
    talk.step("guia", lambda: sdk.guia(documents.guia(sdk.issuer, sdk.buyer)))


def main() -> None:
    """Speak of all."""
    folder = Path(sys.argv[1])
    asked = sunat_told.asked(folder)
    talk = Talk("sunat-sdk")
    sdk = Sdk(asked, "ordinary", "billService")
    told_of_bills(talk, sdk)
    told_of_files(talk, sdk)
    told_of_others(talk, sdk, asked)
    talk.write(folder)


if __name__ == "__main__":
    main()
