"""The members of the service's answers, read by namespace and local name, never by prefix.

Source: colombia.md 6 and 6b (data contracts of the WSDL).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from acuse.domain.verdict import Remark
from acuse.jurisdictions.co.rules_verdicts import NO_RULE, OUR_WORDS
from acuse.jurisdictions.co.service import WCF
from acuse.xml import parse

CONTRACTS = "http://schemas.datacontract.org/2004/07/"
DIAN = f"{CONTRACTS}DianResponse"
UPLOAD = f"{CONTRACTS}UploadDocumentResponse"
UPLOADED = f"{CONTRACTS}XmlParamsResponseTrackId"
ARRAYS = "http://schemas.microsoft.com/2003/10/Serialization/Arrays"
LONGEST_TEXT = 2000
MOST = 500  # of anything listed

_RULE = re.compile(
    r"\s*Regla:\s*(?P<code>[\w.-]{0,30})\s*,\s*(?P<kind>Rechazo|Notificaci[oó]n)\s*:?(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Told:
    """One DianResponse; `valid` is None where IsValid says neither."""

    valid: bool | None
    code: str
    description: str
    message: str
    errors: tuple[str, ...]
    key: str
    receipt: str = field(repr=False)  # base64

    @property
    def words(self) -> str:
        """Its texts, for the tables and the log."""
        parts = (self.description, self.message, *self.errors)
        return " ".join(dict.fromkeys(part for part in parts if part))[:LONGEST_TEXT]

    @property
    def empty(self) -> bool:
        """Whether it says nothing but no."""
        return not (self.code or self.words or self.receipt)


def result(body: parse.Element, operation: str) -> parse.Element | None:
    """The `<Op>Result` of that operation's answer; None for another operation's."""
    if body.tag != f"{{{WCF}}}{operation}Response":
        return None
    return body.find(f"{{{WCF}}}{operation}Result")


def member(element: parse.Element, contract: str, name: str) -> str:
    """The text of a member, "" where it is absent, nil or empty."""
    return parse.text(element.find(f"{{{contract}}}{name}"))


def told(element: parse.Element) -> tuple[Told, ...]:
    """The DianResponses of a result: itself, or those that it lists."""
    listed = element.findall(f"{{{DIAN}}}DianResponse")[:MOST]
    return tuple(_told(one) for one in listed or [element])


def _told(element: parse.Element) -> Told:
    errors = element.findall(f"{{{DIAN}}}ErrorMessage/{{{ARRAYS}}}string")[:MOST]
    texts = (parse.text(one)[:LONGEST_TEXT] for one in errors)
    return Told(
        valid={"true": True, "false": False}.get(member(element, DIAN, "IsValid").lower()),
        code=member(element, DIAN, "StatusCode"),
        description=member(element, DIAN, "StatusDescription")[:LONGEST_TEXT],
        message=member(element, DIAN, "StatusMessage")[:LONGEST_TEXT],
        errors=tuple(text for text in texts if text),
        key=member(element, DIAN, "XmlDocumentKey"),
        receipt=member(element, DIAN, "XmlBase64Bytes"),
    )


@dataclass(frozen=True, slots=True)
class Rules:
    """Reasons of a rejection and mere remarks, each told once, in the DIAN's order."""

    reasons: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()

    def has(self, code: str) -> bool:
        """Whether a reason carries that code."""
        return any(remark.code == code for remark in self.reasons)


def rules_of(errors: Iterable[str], lines: Iterable[tuple[str, str]] = (), *, valid: bool) -> Rules:
    """What ErrorMessage and the ApplicationResponse's lines say together.

    A string that does not parse, and a line (which has no severity), is a reason where the
    document is not valid and a remark otherwise. A line that repeats a string's code says nothing
    new.
    """
    reasons: list[Remark] = []
    remarks: list[Remark] = []
    for error in errors:
        found = _RULE.fullmatch(error)
        rejects = found["kind"].lower() == "rechazo" if found else not valid
        remark = worded(found["code"], found["text"].strip()) if found else Remark("", error)
        (reasons if rejects else remarks).append(remark)
    seen = {remark.code for remark in (*reasons, *remarks)}
    more = [worded(code, text) for code, text in lines if code not in NO_RULE | seen]
    (remarks if valid else reasons).extend(more)
    return Rules(tuple(dict.fromkeys(reasons)), tuple(dict.fromkeys(remarks)))


def worded(code: str, text: str) -> Remark:
    """The rule with our words before the DIAN's, where we have some."""
    ours = OUR_WORDS.get(code, "")
    return Remark(code, f"{ours} (DIAN: {text})" if ours and text else ours or text)
