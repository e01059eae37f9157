"""sunat-py speaks to the pretended SUNAT: run by `interop_sunat.py` inside its environment.

`python sunat_py_driver.py <folder>` reads `asked.json` there and writes `told.json`. sunat-py has
its addresses in WSDL files of its own and in two texts of its client of the guías: a copy of the
files is changed, and the texts on their way out.
"""

from __future__ import annotations

import re
import shutil
import sys
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import requests
import sunat_told
from sunat_py import (
    SunatError,
    build_zeep_client,
    get_gre_token,
    get_status,
    load_cert_from_pfx,
    pack_invoice,
    send_bill,
    send_gre,
    send_summary,
    sign_invoice_xml,
)
from sunat_py.sunat import client, gre_client
from sunat_py_documents import DAY, Papers, line
from sunat_told import Talk, same

ADDRESSES = {"billService.wsdl": "billService", "billService_otroscpe.wsdl": "otherService"}
HOSTS = ("https://api-seguridad.sunat.gob.pe/", "https://api-cpe.sunat.gob.pe/")


CREDIT = """
    <cac:PaymentTerms>
      <cbc:ID>FormaPago</cbc:ID>
      <cbc:PaymentMeansID>Credito</cbc:PaymentMeansID>
      <cbc:Amount currencyID="PEN">590.00</cbc:Amount>
    </cac:PaymentTerms>
    <cac:PaymentTerms>
      <cbc:ID>FormaPago</cbc:ID>
      <cbc:PaymentMeansID>Cuota001</cbc:PaymentMeansID>
      <cbc:Amount currencyID="PEN">590.00</cbc:Amount>
      <cbc:PaymentDueDate>{}</cbc:PaymentDueDate>
    </cac:PaymentTerms>"""


def on_credit(xml: str) -> str:
    """A factura of 590.00 on credit, which sunat-py cannot write."""
    cash = re.compile(r"<cac:PaymentTerms>.*?</cac:PaymentTerms>", re.DOTALL)
    return cash.sub(CREDIT.format(DAY + timedelta(days=30)).strip(), xml)


class Client:
    """sunat-py with one issuer's certificate against one service."""

    def __init__(self, asked: dict[str, Any], issuer: str, service: Any) -> None:
        self.asked, self.ruc = asked, asked["issuers"][issuer]
        content = Path(asked["pkcs12"][issuer]).read_bytes()
        self.bundle = load_cert_from_pfx(content, asked["password"])
        sol = (self.ruc, asked["user"], asked["password"])
        self.service = build_zeep_client("beta", *sol, service=service)

    def packed(self, stem: str, xml: str, change: sunat_told.Change) -> tuple[bytes, str]:
        """The signed ZIP and its stem."""
        name = f"{self.ruc}-{stem}"
        return pack_invoice(sign_invoice_xml(change(xml), self.bundle), name), name

    def answer(self, stem: str, xml: str, change: sunat_told.Change = same) -> Any:
        """What sunat-py makes of the answer to sendBill."""
        content, name = self.packed(stem, xml, change)
        return send_bill(self.service, content, f"{name}.zip")

    def bill(self, stem: str, xml: str, change: sunat_told.Change = same) -> str:
        """sendBill: the CDR's verdict, or the fault."""
        found = self.answer(stem, xml, change)
        return sunat_told.verdict(found.cdr_xml) if found.cdr_xml else f"fault {found.code}"

    def summary(self, stem: str, xml: str, change: sunat_told.Change = same) -> str:
        """sendSummary, then getStatus of its ticket."""
        content, name = self.packed(stem, xml, change)
        try:
            ticket = send_summary(self.service, content, f"{name}.zip")
        except SunatError as error:
            return f"fault {error.code}"
        found = get_status(self.service, ticket, interval=0.1)
        return f"ticket, {sunat_told.verdict(found.cdr_xml)}"

    def guia(self, stem: str, xml: str, change: sunat_told.Change = same) -> str:
        """The guía by REST: token, sending, ticket."""
        asked = self.asked
        content, name = self.packed(stem, xml, change)
        token = get_gre_token(
            client_id="cliente-inventado",
            client_secret="secreto-inventado",
            ruc=self.ruc,
            username=asked["user"],
            password=asked["password"],
        )
        found = send_gre(
            token=token, ruc=self.ruc, zip_bytes=content, filename_base=name, poll_interval=0.1
        )
        said = sunat_told.verdict(found.cdr_zip) if found.cdr_zip else found.description
        return f"ticket, {said}"


def pointed(asked: dict[str, Any], folder: Path) -> None:
    """sunat-py's addresses are the sandbox's."""
    copy = folder / "wsdl"
    shutil.copytree(client.WSDL_DIR, copy)
    for name, service in ADDRESSES.items():
        path = copy / "beta" / name
        to = f'location="{asked["address"]}/{service}"'
        path.write_text(re.sub(r'location="https://[^"]+"', to, path.read_text("utf-8")), "utf-8")
    client.WSDL_DIR = copy

    def local(address: str) -> str:
        for host in HOSTS:
            if address.startswith(host):
                return f"{asked['address']}/{address.removeprefix(host)}"
        raise LookupError(address)

    gre_client.requests = SimpleNamespace(
        post=lambda address, **told: requests.post(local(address), **told),
        get=lambda address, **told: requests.get(local(address), **told),
    )


def told_of_bills(talk: Talk, client: Client, papers: Papers) -> None:
    """Factura, boleta and their notes."""
    factura = papers.factura(1)
    talk.step("factura", lambda: client.bill("01-F001-1", factura))
    talk.step("again", lambda: client.bill("01-F001-1", factura))
    mixed = papers.factura(2, line("50", quantity="2"), line("30", affectation="20"))
    talk.step("factura-mixed", lambda: client.bill("01-F001-2", mixed))
    decimals = papers.factura(3, line("1.102", quantity="700"))
    talk.step("factura-decimals", lambda: client.bill("01-F001-3", decimals))
    talk.step("boleta", lambda: client.bill("03-B001-1", papers.boleta(1)))
    fine = papers.boleta(2, line("1.102", quantity="7000"))
    talk.step("boleta-decimals", lambda: client.bill("03-B001-2", fine))
    fine = papers.boleta(3, line("1.102", quantity="7000"))
    talk.step("boleta-read", lambda: client.answer("03-B001-3", fine).status)
    talk.step("credit", lambda: client.bill("07-FC01-1", papers.credit(1, 1)))
    talk.step("debit", lambda: client.bill("08-FD01-1", papers.debit(1, 1)))
    talk.step("credit-unknown", lambda: client.bill("07-FC01-2", papers.credit(2, 99)))


def told_of_summaries(talk: Talk, client: Client, papers: Papers) -> None:
    """Summary and voiding: by ticket."""
    stem = f"RC-{DAY:%Y%m%d}"
    talk.step("summary", lambda: client.summary(f"{stem}-1", papers.summary(1, 10)))
    talk.step("summary-twice", lambda: client.summary(f"{stem}-2", papers.summary(2, 10)))
    stem = f"RA-{DAY:%Y%m%d}"
    client.bill("01-F001-20", papers.factura(20))
    talk.step("voided", lambda: client.summary(f"{stem}-1", papers.voided(1, 20)))
    talk.step("voided-unknown", lambda: client.summary(f"{stem}-2", papers.voided(2, 98)))


def told_of_withholding(talk: Talk, asked: dict[str, Any]) -> None:
    """Retención and percepción: the other service."""
    client, papers = Client(asked, "retains", "otroscpe"), Papers(asked, "retains")
    talk.step("retention", lambda: client.bill("20-R001-1", papers.retention(1)))
    wrong = Client(asked, "retains", "bill")
    talk.step("retention-elsewhere", lambda: wrong.bill("20-R001-2", papers.retention(2)))
    client, papers = Client(asked, "perceives", "otroscpe"), Papers(asked, "perceives")
    internal = papers.perception(1, "02", "2.00", "11.80")
    talk.step("perception", lambda: client.bill("40-P001-1", internal))
    unknown = papers.perception(2, "01", "2.00", "11.80")
    talk.step("perception-unknown", lambda: client.bill("40-P001-2", unknown))
    sold = Client(asked, "perceives", "bill")
    sold.bill("01-F001-100", papers.factura(100, line("500")), on_credit)
    mended = papers.perception(3, "01", "2.00", "11.80")
    talk.step("perception-mended", lambda: client.bill("40-P001-3", mended))


def told_of_guias(talk: Talk, client: Client, papers: Papers) -> None:
    """The guía of the sender."""
    talk.step("guia", lambda: client.guia("09-T001-1", papers.guia(1)))


def main() -> None:
    """Speak of all."""
    folder = Path(sys.argv[1])
    asked = sunat_told.asked(folder)
    pointed(asked, folder)
    talk = Talk("sunat-py")
    client, papers = Client(asked, "ordinary", "bill"), Papers(asked, "ordinary")
    told_of_bills(talk, client, papers)
    told_of_summaries(talk, client, papers)
    told_of_withholding(talk, asked)
    told_of_guias(talk, client, papers)
    talk.write(folder)


if __name__ == "__main__":
    main()
