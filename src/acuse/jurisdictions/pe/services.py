"""Which of SUNAT's services takes which kind, where each one is, and for how long.

What a file is stands in its name, `RUC-TT-SERIE-NUM.xml` or `RUC-RC-YYYYMMDD-n.xml`, and a case
keeps that name: its second part is the code by which everything here is found. Source: peru.md 1,
2, 5.1.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from acuse.domain.party import Company
from acuse.domain.submission import Case
from acuse.jurisdictions.pe import terms
from acuse.jurisdictions.pe.content import LIMA
from acuse.jurisdictions.pe.endpoints import ENDPOINTS
from acuse.jurisdictions.pe.traits import TRAITS

KIND_CODES = {one.kind: one.code for one in TRAITS.kinds}  # catalogue 01
TAKEN_BY = {  # code in the file's name: name of the endpoint that takes it
    "01": "bill",
    "03": "bill",
    "04": "bill",  # which of the two is UNCONFIRMED 12
    "07": "bill",
    "08": "bill",
    "RC": "bill",
    "RA": "bill",
    "20": "other",
    "40": "other",
    "RR": "other",
    "09": "gre",
    "31": "gre",
}
BATCHES = frozenset({"RC", "RA", "RR"})
CONSULTED = frozenset({"01", "07", "08"})  # by getStatusCdr, and only series that begin with F
REGISTERED = frozenset({"01", "03", "04", "07", "08"})  # by the consulta integrada
REGISTER_SECRETS = frozenset({"register_client_id", "register_client_secret"})
# A call begun in the last minutes of the last day may be received on the next one.
ON_THE_WAY = timedelta(minutes=5)
DAY = timedelta(days=1)


def code_of(case: Case) -> str:
    """The code of the document or the batch, "" for a name of another form."""
    found = re.match(r"[0-9]{11}-([0-9A-Z]{2})-", case.file_name)
    return found[1] if found else ""


def ruc_of(case: Case) -> str:
    """The issuer's RUC."""
    return case.file_name.partition("-")[0]


def endpoint(company: Company, name: str) -> str:
    """The service's address: the company's own, else the environment's, "" where it has none.

    An OSE has all operations under one address (peru.md 5.1): who sends there asks there too.
    """
    own = company.endpoints.get(name)
    if own:
        return own
    if name == "consult" and company.endpoints.get("bill"):
        return company.endpoints["bill"]
    return ENDPOINTS[company.environment].get(name, "")


def consults(case: Case, company: Company) -> bool:
    """Whether the consult service answers about this document."""
    serves = code_of(case) in CONSULTED and case.number.startswith("F")
    return serves and bool(endpoint(company, "consult"))


def registers(company: Company) -> bool:
    """Whether the company can ask the register of SUNAT (the consulta integrada)."""
    return company.secrets >= REGISTER_SECRETS and bool(endpoint(company, "register"))


def too_late(case: Case, at: datetime) -> bool:
    """Whether its term is over: SUNAT would refuse it, or burn its number (2108)."""
    found = re.search(rb"<cbc:IssueDate>([0-9-]{10})</cbc:IssueDate>", case.sealed)
    if found is None:
        return False
    issued = date.fromisoformat(found[1].decode())
    term = terms.to_send(code_of(case), case.number, issued)
    return term is not None and (at + ON_THE_WAY).astimezone(LIMA).date() > issued + term.days * DAY
