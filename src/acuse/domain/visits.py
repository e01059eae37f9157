"""Whether a person or a machine opened a page: a guess from what a request says of itself.

Never evidence of anything in law. Source: product.md 3, rows 33 and 34.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

SOON = timedelta(seconds=15)  # nobody reads a mail so soon after it left; scanners do

# Programs that say what they are. CUBOT is a maker of telephones.
MACHINES = re.compile(
    r"(?<!cu)bot\b|crawl|spider|\bscan|preview|proxy|headless|phantomjs|monitor|externalhit"
    r"|safelinks|proofpoint|mimecast|barracuda|zscaler|symantec|fortiguard|trendmicro|cloudmark"
    r"|sophos|urldefense|\bcurl\b|\bwget\b|python|okhttp|httpclient|libwww",
    re.IGNORECASE,
)


NAMELESS = {"Mozilla/4.0", "Mozilla/5.0"}  # of programs that load every image ahead of people


@dataclass(frozen=True, slots=True)
class Visit:
    """What a request says of itself.

    `mode` and `site` are the browser's Sec-Fetch-Mode and Sec-Fetch-Site, "" from one that sends
    none; `purpose` is said of pages fetched ahead; `automated` is the page's script's word; `image`
    is the mail's own, which a program loads as one; `since_left` is the time since the mail with
    the link left: None where the link was given by other means, zero while that mail has not left.
    """

    method: str
    agent: str
    mode: str = ""
    site: str = ""
    purpose: str = ""
    automated: bool = False
    image: bool = False
    since_left: timedelta | None = None


def by_machine(visit: Visit) -> bool:
    """Whether no person seems to be behind it."""
    return (
        visit.method == "HEAD"
        or visit.automated
        or bool(visit.purpose)
        or not visit.agent.startswith("Mozilla/")
        or visit.agent in NAMELESS
        or MACHINES.search(visit.agent) is not None
        or (visit.method == "GET" and visit.mode not in _modes(visit))
        or (visit.method == "POST" and visit.site not in ("", "same-origin"))
        or (visit.since_left is not None and visit.since_left < SOON)
    )


def _modes(visit: Visit) -> tuple[str, ...]:
    """What a browser, or a mail program, says of how it loads such an address."""
    return ("", "no-cors") if visit.image else ("", "navigate")
