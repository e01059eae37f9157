"""What comes back: the report on a mail that was taken and could then not be delivered."""

from __future__ import annotations

import smtplib
from datetime import datetime
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.parser import BytesHeaderParser
from email.utils import format_datetime

FROM = "MAILER-DAEMON@sandbox.example"
PATIENCE = 10.0  # seconds for the server that takes reports


def report(sender: str, recipient: str, message: bytes, words: str, at: datetime) -> bytes:
    """The report (RFC 3464) on that mail: `words` are the answer of the recipient's server.

    `words` begin with the reply's code and the enhanced one: "550 5.1.1 no such user".
    """
    status = words.split(" ")[1]
    whole = MIMEMultipart("report", report_type="delivery-status")
    whole["From"] = f"Mail Delivery System <{FROM}>"
    whole["To"] = sender
    whole["Date"] = format_datetime(at)
    whole["Subject"] = "Undelivered Mail Returned to Sender"
    whole["Auto-Submitted"] = "auto-replied"
    whole.attach(MIMEText(f"The mail to <{recipient}> could not be delivered: {words}\n"))
    whole.attach(_status(recipient, status, words, at))
    headers = Message()
    headers["Content-Type"] = "text/rfc822-headers"
    headers.set_payload(str(BytesHeaderParser().parsebytes(message)))
    whole.attach(headers)
    return whole.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _status(recipient: str, status: str, words: str, at: datetime) -> Message:
    of_mail, of_recipient = Message(), Message()
    of_mail["Reporting-MTA"] = "dns; sandbox.example"
    of_mail["Arrival-Date"] = format_datetime(at)
    of_recipient["Final-Recipient"] = f"rfc822; {recipient}"
    of_recipient["Action"] = "failed"
    of_recipient["Status"] = status
    of_recipient["Diagnostic-Code"] = f"smtp; {words}"
    told = Message()
    told["Content-Type"] = "message/delivery-status"
    told.set_payload([of_mail, of_recipient])
    return told


def hand_back(sender: str, written: bytes, to: str) -> None:
    """Hand the report to the server at host:port; raises OSError where it does not take it."""
    host, _, port = to.rpartition(":")
    try:
        with smtplib.SMTP(host, int(port), timeout=PATIENCE) as server:
            server.sendmail("", [sender], written)
    except smtplib.SMTPException as error:
        raise OSError(f"the report was not taken: {error}") from error
