"""The form of an event: what passes, and the one thing that fails with exactly its code."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha384

import pytest
from lxml import etree

from acuse_sandbox.dian import xsd
from acuse_sandbox.dian.rulebook import RutEntry, event_rules, table
from tests.sandbox.dian.rulebook.cases_mistakes import Know, as_it_is, in_rut, knowing, shorter
from tests.sandbox.dian.rulebook.changes import Change, drop, mark, put, same, together
from tests.sandbox.dian.rulebook.documents import extensions
from tests.sandbox.dian.rulebook.facts import FACTS
from tests.sandbox.dian.rulebook.kinds import BUYER, ISSUER, NAMES, PIN, UBL, Element
from tests.sandbox.dian.rulebook.sealing import write

RECEIVED = "cd" * 48
SENT_BY_OURSELVES = f"""<cac:PartyTaxScheme><cbc:RegistrationName
 >{NAMES[ISSUER]}</cbc:RegistrationName
 ><cbc:CompanyID schemeID="1" schemeName="31">{ISSUER}</cbc:CompanyID><cac:TaxScheme><cbc:ID
 >01</cbc:ID><cbc:Name>IVA</cbc:Name></cac:TaxScheme></cac:PartyTaxScheme>"""


def event() -> Element:
    """An accepted purchase: the expressed acceptance (033) of an invoice."""
    text = f"""<ApplicationResponse xmlns="{UBL}:ApplicationResponse-2"
 xmlns:cac="{UBL}:CommonAggregateComponents-2" xmlns:cbc="{UBL}:CommonBasicComponents-2"
 xmlns:ext="{UBL}:CommonExtensionComponents-2" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"
 xmlns:sts="dian:gov:co:facturaelectronica:Structures-2-1"
 xmlns:xades="http://uri.etsi.org/01903/v1.3.2#">{extensions("")}<cbc:UBLVersionID
 >UBL 2.1</cbc:UBLVersionID><cbc:CustomizationID>1</cbc:CustomizationID><cbc:ProfileID
 >DIAN 2.1: ApplicationResponse de Factura Electrónica de Venta</cbc:ProfileID
 ><cbc:ProfileExecutionID>2</cbc:ProfileExecutionID><cbc:ID>AR7</cbc:ID><cbc:UUID schemeID="2"
 schemeName="CUDE-SHA384"/><cbc:IssueDate>2026-11-25</cbc:IssueDate><cbc:IssueTime
 >10:30:00-05:00</cbc:IssueTime><cac:SenderParty>{SENT_BY_OURSELVES}</cac:SenderParty
 ><cac:ReceiverParty
 >{
        SENT_BY_OURSELVES.replace(ISSUER, BUYER).replace('schemeID="1"', 'schemeID="4"')
    }</cac:ReceiverParty><cac:DocumentResponse><cac:Response><cbc:ResponseCode>033</cbc:ResponseCode
 ><cbc:Description>Aceptación expresa</cbc:Description></cac:Response><cac:DocumentReference
 ><cbc:ID>FE77</cbc:ID><cbc:UUID schemeName="CUFE-SHA384">{RECEIVED}</cbc:UUID><cbc:DocumentTypeCode
 >01</cbc:DocumentTypeCode></cac:DocumentReference></cac:DocumentResponse></ApplicationResponse>"""
    root = etree.fromstring(text)
    seal(root)
    return root


def seal(root: Element) -> None:
    """Write the CUDE and what follows from it."""
    told = [root.findtext("{*}" + name) or "" for name in ("ID", "IssueDate", "IssueTime")]
    cude = sha384(("".join(told) + ISSUER + BUYER + "033" + "FE77" + "01" + PIN).encode())
    write(root, cude.hexdigest(), told[0])


@dataclass(frozen=True)
class Mistake:
    """What breaks a rule."""

    code: str
    change: Change = same
    note: str = ""
    facts: Know = as_it_is
    after_seal: bool = False


MISTAKES = (
    Mistake("AAB02", drop("//DianExtensions")),
    Mistake("AAB19b", together(put("//ProviderID", BUYER), mark("//ProviderID", "schemeID", "4")),
            facts=in_rut(**{f"n{BUYER}": RutEntry(NAMES[BUYER], active=False)})),
    Mistake("AAB22b", mark("//ProviderID", "schemeID", "3")),
    Mistake("AAB24a", drop("//SoftwareID")),
    Mistake("AAB24b", facts=knowing(software={})),
    Mistake("AAB27b", shorter("//SoftwareSecurityCode"), after_seal=True),
    Mistake("AAB31", put("//AuthorizationProviderID", ISSUER)),
    Mistake("AAD01", put("UBLVersionID", "2.1")),
    Mistake("AAD03", put("ProfileID", "DIAN 2.1: ApplicationResponse")),
    Mistake("AAD04", put("ProfileExecutionID", "1")),
    Mistake("AAD06", shorter("UUID"), after_seal=True),
    Mistake("AAD06", put("DocumentResponse/Response/ResponseCode", "030"), "of another event"),
    Mistake("AAD08", mark("UUID", "schemeName", "CUFE-SHA384")),
    Mistake("AAD09e", put("//SigningTime", "2026-11-26T00:00:00.000-05:00")),
    Mistake("AAD10", put("IssueTime", "10:30:00")),
)  # fmt: skip


def test_a_good_event_breaks_no_rule() -> None:
    assert event_rules(event(), FACTS) == []


def test_a_good_event_is_valid() -> None:
    if not xsd.are_there():
        pytest.skip("no published schemas (ACUSE_AUTHORITY_DIR)")
    assert xsd.complaint(event()) == ""


@pytest.mark.parametrize("mistake", [pytest.param(m, id=f"{m.code} {m.note}") for m in MISTAKES])
def test_one_mistake_fails_with_its_code(mistake: Mistake) -> None:
    root = event()
    mistake.change(root)
    if not mistake.after_seal:
        seal(root)
    found = event_rules(root, mistake.facts(FACTS))
    assert [(one.code, one.severity) for one in found] == [(mistake.code, "R")]


def test_every_code_has_its_mistake() -> None:
    told = {row.code for row in table.rows() if row.kind == "AA"}
    assert told == {mistake.code for mistake in MISTAKES}


def test_a_software_without_a_known_pin_is_taken() -> None:
    root = event()
    put("//SoftwareSecurityCode", "0" * 96)(root)
    assert event_rules(root, replace(FACTS, software=dict.fromkeys(FACTS.software))) == []
