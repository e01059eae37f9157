"""People and machines told apart by what a request says of itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from acuse.domain.visits import SOON, Visit, by_machine

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36"
)
PHONE = "Mozilla/5.0 (Linux; Android 14; CUBOT KINGKONG) AppleWebKit/537.36 Chrome/140.0 Mobile"
OUTLOOK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; Microsoft Outlook 16.0.17628) Chrome/140.0"
PEOPLE = (
    Visit("POST", CHROME, "cors", "same-origin"),
    Visit("POST", CHROME),  # a browser of before Sec-Fetch
    Visit("POST", OUTLOOK, "cors", "same-origin"),
    Visit("POST", PHONE, "same-origin", "same-origin"),
    Visit("GET", CHROME, "navigate", "cross-site"),
    Visit("GET", CHROME, "navigate", "none"),
    Visit("GET", CHROME, "no-cors", "cross-site", image=True),
    Visit("GET", OUTLOOK, image=True),
    Visit("GET", CHROME, "navigate", "same-origin", since_left=SOON),
    Visit("GET", CHROME, "navigate", "same-origin", since_left=timedelta(days=90)),
)
MACHINES = {
    "head": Visit("HEAD", CHROME, "navigate"),
    "prefetch": Visit("GET", CHROME, "navigate", purpose="prefetch;prerender"),
    "preview": Visit("GET", CHROME, "navigate", purpose="preview"),
    "script": Visit("POST", CHROME, "cors", "same-origin", automated=True),
    "another site": Visit("POST", CHROME, "cors", "cross-site"),
    "image": Visit("GET", CHROME, "no-cors", "same-origin"),
    "with the mail": Visit("GET", CHROME, "navigate", since_left=timedelta()),
    "soon": Visit("POST", CHROME, "cors", "same-origin", since_left=timedelta(seconds=14)),
    "clock": Visit("GET", CHROME, "navigate", since_left=timedelta(seconds=-5)),
    "nothing": Visit("GET", ""),
    "mail program ahead of its people": Visit("GET", "Mozilla/5.0", image=True),
    "the mail's image as a page": Visit("GET", CHROME, "navigate", image=True),
    "curl": Visit("GET", "curl/8.5.0"),
    "python": Visit("GET", "python-requests/2.32"),
    "google": Visit("GET", "Mozilla/5.0 (compatible; Googlebot/2.1)", "navigate"),
    "image proxy": Visit("GET", "Mozilla/5.0 (via ggpht.com GoogleImageProxy)", "navigate"),
    "scanner": Visit("GET", f"{CHROME} Barracuda Sentinel", "navigate"),
    "headless": Visit("GET", CHROME.replace("Chrome/", "HeadlessChrome/"), "navigate"),
    "skype": Visit("GET", "Mozilla/5.0 (Windows NT 6.1) SkypeUriPreview Preview/0.5", "navigate"),
}


@pytest.mark.parametrize("visit", PEOPLE)
def test_a_browser_in_somebodys_hands_is_a_person(visit: Visit) -> None:
    assert not by_machine(visit)


@pytest.mark.parametrize("visit", MACHINES.values(), ids=MACHINES)
def test_what_nobody_looks_at_is_a_machine(visit: Visit) -> None:
    assert by_machine(visit)
