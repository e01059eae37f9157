"""facho speaks to the pretended DIAN: run by `interop_dian.py` inside its throwaway environment.

`python facho_driver.py <folder>` reads `asked.json` there and writes `told.json`: what was said, by
the name of the step. It runs on Python 3.8 to 3.10 and imports nothing of this repository but the
files beside it.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
import zipfile
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import facho_wsdl
import xmlsig
from facho import fe
from facho.fe import form, form_xml
from facho.fe.client import dian
from facho_documents import (
    BOGOTA,
    TAX_NAME,
    added,
    built,
    extensions,
    filled,
    invoice,
    mended,
    rooted,
    signed,
)
from lxml import etree
from zeep.exceptions import Fault

POLICY = "https://facturaelectronica.dian.gov.co/politicadefirma/v2/politicadefirmav2.pdf"
NOBODYS = "0" * 96
SET = "0c8f3a52-6f0e-4b0d-9a53-5d1f0f7f6a11"
OTHER_KEY = "0" * 40


class Conversation:
    """facho's client, and its documents, against one address."""

    def __init__(self, asked: dict[str, Any], address: str, folder: Path) -> None:
        self.asked = asked
        self.told: list[dict[str, str]] = []
        wsdl = folder / "service.wsdl"
        wsdl.write_text(facho_wsdl.written(address), encoding="utf-8")
        dian.Habilitacion.WSDL = str(wsdl)
        self.client = dian.DianSignatureClient(asked["key"], asked["certificate"])

    def step(self, name: str, call: Callable[[], str]) -> None:
        """Do it, and remember what was said; what facho itself stumbles over is said too."""
        try:
            said = call()
        except Fault as fault:
            codes = [str(code).rpartition(":")[2] for code in fault.subcodes or []]
            said = " ".join(["fault", *(code.rpartition("}")[2] for code in codes)])
        except Exception as error:  # what facho cannot read is an outcome of its step
            said = f"facho: {type(error).__name__}"
        self.told.append({"step": name, "said": said})

    def ask(self, service: Any, client: Any = None) -> Any:
        """The whole answer, before facho picks members from it."""
        service.build_response = lambda answer: answer
        return (client or self.client).request(service)

    def send(self, text: str) -> str:
        """SendBillSync with the names that the annex asks."""
        names = self.names(1)
        return _verdict(self.ask(dian.Habilitacion.SendBillSync(names[0], _zip(names[1], text))))

    def upload(self, text: str, names: tuple[str, str]) -> str:
        """SendTestSetAsync, then GetStatusZip of its ticket."""
        taken = self.ask(dian.Habilitacion.SendTestSetAsync(names[0], _zip(names[1], text), SET))
        if not taken.ZipKey:
            return "no ticket"
        (answer,) = self.ask(dian.Habilitacion.GetStatusZip(taken.ZipKey))
        if (answer.StatusDescription or "").startswith("Batch en proceso"):
            return "ticket, pending"
        return f"ticket, {_verdict(answer)}"

    def names(self, consecutive: int) -> tuple[str, str]:
        """Names of ZIP and XML."""
        now = datetime.now(BOGOTA)
        stem = f"{int(self.asked['issuer']['nit']):010}000{now:%y}{consecutive:08x}"
        return f"z{stem}.zip", f"fv{stem}.xml"


def told_alone(talk: Conversation) -> None:
    """What facho computes without asking anybody: the dossier's vectors, the policy's hash."""
    asked = talk.asked
    noon = datetime(2026, 11, 25, 10, 30, tzinfo=BOGOTA)
    document = invoice(asked, "SETP990000123", quantity=2, at=noon)
    xml = form_xml.DIANInvoiceXML(document)
    for one in extensions(asked, document, key=asked["technical_key"], pin=asked["pin"]):
        xml.add_extension(one)
    talk.step("vector-cufe", lambda: xml.get_element_text("./cbc:UUID"))
    code = ".//sts:SoftwareSecurityCode"
    talk.step("vector-code", lambda: xml.root.find(code, fe.fe.NAMESPACES).text)
    policy = Path(fe.fe.__file__).parent / "data/dian/politicadefirmav2.pdf"
    digest = hashlib.sha256(policy.read_bytes()).digest()
    talk.step("policy-hash", lambda: b64encode(digest).decode())


def told_by_asking(talk: Conversation) -> None:
    """What is asked before anything is sent."""
    asked, issuer = talk.asked, talk.asked["issuer"]["nit"]
    asking = (issuer, issuer, asked["software"])
    talk.step("ranges", lambda: _ranges(talk.ask(dian.Habilitacion.GetNumberingRange(*asking))))
    talk.step(
        "ranges-read",
        lambda: str(talk.client.request(dian.Habilitacion.GetNumberingRange(*asking))),
    )
    talk.step("unknown", lambda: _verdict(talk.ask(dian.Habilitacion.GetStatus(NOBODYS))))
    old = dian.DianClient("user", "password")
    talk.step("password", lambda: _verdict(talk.ask(dian.Habilitacion.GetStatus(NOBODYS), old)))


def told_by_sending(talk: Conversation) -> None:
    """One invoice at a time: as facho writes it, mended, and wrong in one thing."""
    asked = talk.asked
    talk.step("untouched", lambda: talk.send(signed(asked, built(asked, 1).tostring())))
    text = rooted(built(asked, 2))
    talk.step("rooted", lambda: talk.send(signed(asked, text)))
    fe.fe.POLICY_ID = POLICY
    good = built(asked, 3)
    sent = signed(asked, rooted(mended(good)))
    talk.step("mended", lambda: talk.send(sent))
    uuid = good.get_element_text("./cbc:UUID")
    answer = talk.ask(dian.Habilitacion.GetStatus(uuid))
    talk.step("status", lambda: _verdict(answer))
    talk.step("receipt", lambda: _verified(answer.XmlBase64Bytes))
    talk.step("again", lambda: talk.send(sent))
    for name, wrong in {
        "two-units": built(asked, 4, quantity=2),
        "other-key": built(asked, 5, key=OTHER_KEY),
        "other-pin": built(asked, 6, pin="00000"),
    }.items():
        wrong = signed(asked, rooted(mended(wrong)))
        talk.step(name, lambda wrong=wrong: talk.send(wrong))
    touched = signed(asked, rooted(mended(built(asked, 7)))).replace("Servicio", "Servicios")
    talk.step("touched", lambda: talk.send(touched))


def told_by_test_set(talk: Conversation) -> None:
    """The asynchronous way, with facho's names in the ZIP and with the annex's."""
    asked = talk.asked
    hashed = signed(asked, rooted(mended(built(asked, 8))))
    talk.step("set-hashed", lambda: talk.upload(hashed, ("SETP990000008.zip", "")))
    named = signed(asked, rooted(mended(built(asked, 9))))
    talk.step("set-named", lambda: talk.upload(named, talk.names(9)))


def told_of_note(talk: Conversation) -> None:
    """A credit note to an invoice that was taken: CUDE, with the PIN."""
    asked = talk.asked
    corrected = built(asked, 10)
    talk.send(signed(asked, rooted(mended(corrected))))
    uuid = corrected.get_element_text("./cbc:UUID")
    reference = form.InvoiceDocumentReference("SETP990000010", uuid, datetime.now(BOGOTA))
    note = filled(form.CreditNote(reference), asked, "NCRED1", quantity=1, operation="20")
    xml = form_xml.DIANCreditNoteXML(note)
    code = fe.DianXMLExtensionCUDE(note, asked["pin"], fe.AMBIENTE_PRUEBAS)
    for one in (*added(asked, note, pin=asked["pin"]), code):
        xml.add_extension(one)
    talk.step("note-rooted", lambda: talk.send(signed(asked, rooted(xml))))
    xml.set_element(TAX_NAME, "IVA")
    talk.step("note-mended", lambda: talk.send(signed(asked, rooted(xml))))


def told_with_schemas(talk: Conversation) -> None:
    """What only a service that validates against the published schemas says."""
    fe.fe.POLICY_ID = POLICY
    unordered = signed(talk.asked, rooted(mended(built(talk.asked, 1), in_order=False)))
    talk.step("schema-order", lambda: talk.send(unordered))
    ordered = signed(talk.asked, rooted(mended(built(talk.asked, 2))))
    talk.step("schema-mended", lambda: talk.send(ordered))


def _zip(name: str, text: str) -> bytes:
    """One XML in facho's ZIP, which names it by a hash, or under a name of our own."""
    content = io.BytesIO()
    if not name:
        with fe.DianZIP(content) as archive:
            archive.add_invoice_xml("SETP990000008", text)
        return content.getvalue()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return content.getvalue()


def _verified(receipt: bytes) -> str:
    """Whether facho's XML signature library takes the signature of an ApplicationResponse.

    Not its XAdES library: that compares the issuer's name as text, and this one is written
    2.5.4.5=… where it would write SERIALNUMBER=….
    """
    root = etree.fromstring(receipt)
    signature = root.find(f".//{{{fe.fe.NAMESPACES['ds']}}}Signature")
    root.append(signature)  # where the library looks for it, as facho's own verifier knows
    xmlsig.SignatureContext().verify(signature)
    return "verified"


def _verdict(answer: Any) -> str:
    """The status and the rules that reject or remark, sorted."""
    errors = answer.ErrorMessage.string if answer.ErrorMessage else []
    rules = sorted(one.partition(",")[0].replace("Regla: ", "") for one in errors)
    return " ".join([answer.StatusCode, *rules])


def _ranges(answer: Any) -> str:
    found = answer.ResponseList.NumberRangeResponse if answer.ResponseList else []
    told = (f"{one.Prefix} {one.FromNumber} {one.ToNumber}" for one in found)
    return " ".join([answer.OperationCode, *told])


WITHOUT_SCHEMAS = (told_alone, told_by_asking, told_by_sending, told_by_test_set, told_of_note)


def main() -> None:
    """Speak to every address that was asked for."""
    folder = Path(sys.argv[1])
    asked = json.loads((folder / "asked.json").read_text(encoding="utf-8"))
    told: list[dict[str, str]] = []
    for address, parts in (
        (asked["address"], WITHOUT_SCHEMAS),
        (asked["address_with_schemas"], (told_with_schemas,)),
    ):
        if address:
            talk = Conversation(asked, address, folder)
            for part in parts:
                part(talk)
            told += talk.told
    (folder / "told.json").write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main()
