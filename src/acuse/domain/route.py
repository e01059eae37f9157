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
