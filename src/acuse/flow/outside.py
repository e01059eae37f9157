"""This process's ways to the outside, put together once from the settings.

The verbs of flow talk through here; nothing in it opens a transaction.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from threading import Lock
from urllib.parse import urlsplit

from django.conf import settings

from acuse import jurisdictions
from acuse.domain.constancia import Constancia
from acuse.domain.face import Face
from acuse.domain.jurisdiction import Credential, Draws
from acuse.domain.mailbox import Place, Protocol, Security
from acuse.domain.party import Company, Environment
from acuse.domain.patience import Patience
from acuse.domain.problem import Blocked, Problem
from acuse.domain.submission import Call, NoReply, Note, Reply
from acuse.domain.traits import Traits
from acuse.domain.verdict import Verdict
from acuse.gateways import http, mailbox, signer, vault
from acuse.gateways.render import Renderer
from acuse.gateways.report_reader import ReportReader
from acuse.gateways.table_reader import TableReader
from acuse.store import channels, companies, ranges
from acuse.store.documents import Issued

LOGIN_PAUSED = "login_paused"  # the note that says until when nobody logs in for the company
_STARTING = Lock()


def now() -> datetime:
    """This moment, UTC; the only clock that flow reads."""
    return datetime.now(UTC)


def draws() -> Draws:
    """What is drawn once for a document, from a secure source."""
    return Draws(security_code=f"{secrets.randbelow(10**8):08d}")


def with_file(drawn: Draws, traits: Traits, company_id: int, on: date) -> Draws:
    """The same with a number for a further file of that year, where the country counts files.

    The counter is held until the caller's transaction ends.
    """
    if not traits.numbers_files:
        return drawn
    return replace(drawn, file=ranges.next_file(company_id, on.year))


def patience(environment: Environment) -> Patience:
    """The waits of that environment; a rehearsal may be hurried by setting."""
    if environment is Environment.SANDBOX and settings.SANDBOX_HURRY != 1:
        return Patience().hurried(settings.SANDBOX_HURRY)
    return Patience()


@cache
def secret_vault() -> vault.Vault:
    """The vault of credentials and tokens; private keys have another, held by the signer."""
    return vault.load_or_create_keys(settings.KEYS, "vault")


@cache
def _signer() -> signer.SignerClient:
    return signer.SignerClient(settings.SIGNER_SOCKET)


@cache
def _one_renderer() -> Renderer:
    return Renderer()


def _renderer() -> Renderer:
    """The child that draws; threads that begin together start one, not one each."""
    with _STARTING:
        return _one_renderer()


@cache
def _one_report_reader() -> ReportReader:
    return ReportReader()


def report_reader() -> ReportReader:
    """The child that reads what comes back of mail, one for all threads."""
    with _STARTING:
        return _one_report_reader()


@cache
def _one_table_reader() -> TableReader:
    return TableReader()


def table_reader() -> TableReader:
    """The child that reads uploaded tables, one for all threads."""
    with _STARTING:
        return _one_table_reader()


def open_certificate(company_id: int, content: bytes, password: str) -> signer.Opened:
    """The facts of an uploaded .p12 and its key wrapped for the signer; raises as signer says."""
    return _signer().open_pkcs12(content, password, company_id)


def credential(company: Company) -> Credential:
    """The company's means to sign and to log in; raises Blocked without a certificate."""
    if company.certificate is None:
        raise Blocked(
            [
                Problem(
                    "company.certificate",
                    "XX-CRT-1",
                    "La empresa no tiene certificado digital. Súbelo en Configuración > "
                    "Facturación > Certificado y credenciales.",
                )
            ]
        )
    stored = cache(partial(companies.certificate, company.id))
    return signer.credential(_signer(), company.id, stored, _secrets(company.id))


def _secrets(company_id: int) -> Callable[[str], str]:
    """What opens one of the company's secrets, raising KeyError; most signings need none."""
    wrapped = cache(partial(companies.secrets, company_id))
    return lambda name: open_secret(company_id, name, wrapped()[name])


def wrap_secret(company_id: int, name: str, plain: str) -> bytes:
    """The credential as it is stored."""
    return secret_vault().wrap(plain.encode(), company=company_id, name=name)


def open_secret(company_id: int, name: str, wrapped: bytes) -> str:
    """The stored credential in plain."""
    return secret_vault().unwrap(wrapped, company=company_id, name=name).decode()


def notes(company_id: int) -> dict[str, Note]:
    """What log-ins left for the company, in plain."""
    return {
        name: Note(open_secret(company_id, f"note:{name}", wrapped), until)
        for name, (wrapped, until) in channels.notes(company_id).items()
    }


def keep_notes(company_id: int, kept: Mapping[str, Note | None]) -> None:
    """Keep (wrapped) or forget what a log-in left."""
    channels.keep_notes(
        company_id,
        {
            name: (wrap_secret(company_id, f"note:{name}", note.value), note.until)
            if note
            else None
            for name, note in kept.items()
        },
    )


def perform(call: Call) -> Reply | NoReply:
    """What came back from the authority."""
    return http.perform(call, sandbox_url=settings.SANDBOX_URL or None)


def masked(call: Call) -> bytes:
    """The request as it may be kept and shown."""
    return http.masked(call)


def endpoint(call: Call) -> str:
    """The host behind a call: what one breaker stands for."""
    parts = urlsplit(call.url)
    return f"{parts.scheme}://{parts.netloc}"


def paper(issued: Issued, verdict: Verdict | None) -> bytes:
    """The PDF of an issued document as its issuer was then, with the logo of today."""
    country = jurisdictions.find(issued.issuer.jurisdiction)
    face = country.face(issued.document, issued.issuer, issued.sealed, verdict)
    return render(face, companies.logo(issued.company_id))


def render(face: Face, logo: bytes | None) -> bytes:
    """The PDF of the printed form, made by a child process with limits."""
    return _renderer().render(face, logo)


def render_constancia(told: Constancia) -> bytes:
    """Its PDF, made by the same child."""
    return _renderer().constancia(told)


def mail_largest() -> int:
    """How many bytes a message may have."""
    return int(settings.MAIL_LARGEST)


def mail_account(environment: Environment, place: Place, password: str) -> mailbox.Account | None:
    """The way into a mailbox: a rehearsal's never leaves the pretended world, None without one."""
    if environment is not Environment.SANDBOX:
        return mailbox.Account(place, password, private=settings.PRIVATE_MAILBOXES)
    imap = place.protocol is Protocol.IMAP
    told = settings.SANDBOX_IMAP if imap else settings.SANDBOX_POP3
    host, _, port = told.rpartition(":")
    if not host:
        return None
    pretended = replace(place, host=host, port=int(port), security=Security.NONE)
    return mailbox.Account(pretended, password, private=True)


def claim_lease() -> timedelta:
    """How long a batch is claimed, whosesoever rows are in it: the shortest of the leases here."""
    return min(patience(environment).lease for environment in Environment)
