"""How providers themselves name a failure, by provider, in lower case.

`SUPPRESSED` is certain whatever else is said: the provider did not try. Whoever leaves a list
(Brevo's unsubscribe, Postmark's SubscriptionChange) has had the mail: what is dropped afterwards
has its own event. The others are asked only where the addressee's server left no words that we
know: there a bounce that is called hard holds its address. Source: each provider's webhook papers;
mail.md 4 and 7.
"""

from __future__ import annotations

from acuse.domain.bounce import BounceReason as B
from acuse.domain.route import Provider as P

SUPPRESSED: dict[P, frozenset[str]] = {
    P.SES: frozenset({"permanent/suppressed", "permanent/onaccountsuppressionlist",
                      "onaccountsuppressionlist", "permanent/unsubscribedrecipient"}),
    P.BREVO: frozenset({"blocked"}),
    P.MAILGUN: frozenset({"suppress-bounce", "suppress-complaint", "suppress-unsubscribe"}),
    P.POSTMARK: frozenset({"manuallydeactivated", "unconfirmed"}),
    P.SENDGRID: frozenset({"bounced address", "spam reporting address", "unsubscribed address"}),
    P.RESEND: frozenset({"permanent/suppressed", "email.suppressed",
                         "permanent/onaccountsuppressionlist"}),
}  # fmt: skip

WORDS: dict[tuple[P, str], B] = {
    (P.SES, "permanent/noemail"): B.USER_UNKNOWN,
    (P.SES, "permanent/general"): B.USER_UNKNOWN,
    (P.SES, "transient/mailboxfull"): B.MAILBOX_FULL,
    (P.SES, "transient/messagetoolarge"): B.TOO_BIG,
    (P.SES, "transient/contentrejected"): B.CONTENT_ERROR,
    (P.SES, "transient/attachmentrejected"): B.CONTENT_ERROR,
    (P.SES, "transient/customtimeoutexceeded"): B.EXPIRED,
    (P.SES, "reject"): B.VIRUS_DETECTED,
    (P.BREVO, "invalid_email"): B.USER_UNKNOWN,
    (P.BREVO, "hard_bounce"): B.USER_UNKNOWN,
    (P.BREVO, "error"): B.SYSTEM_ERROR,
    (P.POSTMARK, "bademailaddress"): B.USER_UNKNOWN,
    (P.POSTMARK, "hardbounce"): B.USER_UNKNOWN,
    (P.POSTMARK, "spamnotification"): B.SPAM_DETECTED,
    (P.POSTMARK, "virusnotification"): B.VIRUS_DETECTED,
    (P.POSTMARK, "blocked"): B.BLOCKED,
    (P.POSTMARK, "dmarcpolicy"): B.AUTH_FAILURE,
    (P.POSTMARK, "smtpapierror"): B.SYSTEM_ERROR,
    (P.SENDGRID, "invalid"): B.USER_UNKNOWN,
    (P.SENDGRID, "bounce"): B.USER_UNKNOWN,  # what it does not call "blocked"
    (P.SENDGRID, "spam content"): B.SPAM_DETECTED,
    (P.SENDGRID, "expired"): B.EXPIRED,
    (P.SENDGRID, "recipient list over package quota"): B.SPEEDING,
    (P.MAILGUN, "old"): B.EXPIRED,
    (P.MAILGUN, "bounce"): B.USER_UNKNOWN,
    (P.RESEND, "permanent/noemail"): B.USER_UNKNOWN,
    (P.RESEND, "permanent/general"): B.USER_UNKNOWN,
    (P.RESEND, "transient/mailboxfull"): B.MAILBOX_FULL,
    (P.RESEND, "transient/messagetoolarge"): B.TOO_BIG,
    (P.RESEND, "transient/contentrejected"): B.CONTENT_ERROR,
    (P.RESEND, "transient/attachmentrejected"): B.CONTENT_ERROR,
}

# These say "for now" of a failure that the provider tries no more: no address is held by it alone.
PASSING = ("transient/", "soft_bounce", "softbounce", "blocked", "undetermined/")
