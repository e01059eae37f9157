"""The roads by which mail leaves: the installation's, or one of the company's own.

Source: product.md 5.10 (the sender's three modes), mail.md 7 and 10 (providers).
"""

from __future__ import annotations

from enum import StrEnum


class RouteKind(StrEnum):
    """What a stored road is."""

    SMTP = "SMTP"
    PROVIDER = "PROVIDER"  # a mail provider's HTTP interface
    DOMAIN = "DOMAIN"  # the installation's road, under an address of the company's own domain


class Provider(StrEnum):
    """The mail providers that are spoken to by their own interface."""

    SES = "SES"
    BREVO = "BREVO"
    MAILGUN = "MAILGUN"
    POSTMARK = "POSTMARK"
    SENDGRID = "SENDGRID"
    RESEND = "RESEND"


# What may be asked once more after an answer was lost: these keep our Message-ID (Postmark because
# we ask it to), or know the request again by its key (Resend, for a day). SES puts its own, so two
# requests are two mails that nobody can merge (reliability.md 5.1); of Brevo and SendGrid it is
# UNCONFIRMED. There a person decides.
SENDS_AGAIN = frozenset({Provider.MAILGUN, Provider.POSTMARK, Provider.RESEND})


def sends_again(provider: str) -> bool:
    """Whether a mail without an answer is sent once more by that road; "" is a mail server's."""
    return not provider or provider in SENDS_AGAIN
