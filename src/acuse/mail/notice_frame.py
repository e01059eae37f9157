"""The frame of a mail to a company's own people: what is told, one button, of whom and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Frame:
    """Whom the mail is about; `watermark` is "" of what is valid."""

    company_name: str
    company_tax_id: str
    watermark: str
    url: str

    @property
    def who(self) -> str:
        """The company, as the foot names it."""
        return f"{self.company_name} · {self.company_tax_id}"


def marked(frame: Frame, subject: str) -> str:
    """The subject, with the words for "no validity" where they belong."""
    return f"[{frame.watermark}] {subject}" if frame.watermark else subject


def plain(frame: Frame, told: Sequence[str], *, button: str, why: str) -> str:
    """The plain text around these lines."""
    lines = [f"*** {frame.watermark} ***", ""] if frame.watermark else []
    lines += [*told, "", f"{button}: {frame.url}", "", "--", frame.who, why, ""]
    return "\n".join(lines)


def paragraph(text: str) -> str:
    """A paragraph; `text` is escaped here."""
    return f'<p style="margin:0 0 12px">{escape(text)}</p>'


PAGE = (
    '<!doctype html><html lang="es"><body style="margin:0;background:#f7f8fa;color:#1b2430;'
    'font-family:Inter,Segoe UI,Helvetica,Arial,sans-serif;font-size:15px;line-height:1.5">'
    '<table role="presentation" width="100%"><tr><td align="center" style="padding:24px 12px">'
    '<table role="presentation" width="600" style="max-width:600px;width:100%;background:#ffffff;'
    'border:1px solid #e3e7ec;border-radius:6px"><tr><td style="padding:24px">'
)
BUTTON = (
    '<p style="margin:20px 0 0"><a href="{url}" style="display:inline-block;background:#0b5d66;'
    'color:#ffffff;text-decoration:none;padding:10px 18px;border-radius:6px">{words}</a></p>'
)
FOOT = (
    '<p style="margin:20px 0 0;color:#5b6675;font-size:12px">{who}<br>{why}</p></td></tr></table>'
    "</td></tr></table></body></html>"
)


def html(frame: Frame, inner: str, *, button: str, why: str) -> str:
    """The HTML around `inner`, which is HTML already."""
    mark = ""
    if frame.watermark:
        words = escape(frame.watermark)
        mark = f'<p style="color:#b42318;font-weight:bold;margin:0 0 12px">{words}</p>'
    pressed = BUTTON.format(url=escape(frame.url), words=escape(button))
    return f"{PAGE}{mark}{inner}{pressed}{FOOT.format(who=escape(frame.who), why=escape(why))}"
