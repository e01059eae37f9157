"""One request to a mail provider, by the house's own client."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit, urlunsplit

from acuse.domain.submission import Call, CallPurpose, NoReply, Reply
from acuse.gateways import http

CONNECT_SECONDS, READ_SECONDS = 10.0, 60.0
Word = str | bytes
OURS = {"content-length", "connection", "host", "accept-encoding"}  # the client's own to say


class Unanswered(Exception):
    """Nothing readable came back; `answer` says whether the request may have left."""

    def __init__(self, answer: NoReply) -> None:
        super().__init__(answer.reason)
        self.answer = answer


def carried(
    method: str, url: str, headers: Mapping[Word, Word], body: Word | None, api: str
) -> Reply:
    """The provider's answer; raises Unanswered. `api` stands for the provider on this machine.

    Headers and body are as whoever wrote the request has them, texts or bytes.
    """
    told = {_text(name): _text(word) for name, word in headers.items()}
    kept = {name: word for name, word in told.items() if name.lower() not in OURS}
    raw = body.encode() if isinstance(body, str) else bytes(body or b"")
    answer = http.perform(
        Call(
            CallPurpose.SEND,
            method,
            instead(url, api),
            kept,
            raw,
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
        ),
        sandbox_url=None,
    )
    if isinstance(answer, NoReply):
        raise Unanswered(answer)
    return answer


def _text(word: Word) -> str:
    return word.decode("latin-1") if isinstance(word, bytes) else word


def instead(url: str, api: str) -> str:
    """The same address at the pretended provider, where there is one.

    Raises ValueError for a pretended provider that is not on this machine: keys go there.
    """
    if not api:
        return url
    place = urlsplit(api)
    if not ip_address(place.hostname or "").is_loopback:
        raise ValueError("a pretended provider stands on this machine, by number")
    return urlunsplit((place.scheme, place.netloc, *urlsplit(url)[2:]))
