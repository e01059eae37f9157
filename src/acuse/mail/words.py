"""The words of servers: those that weigh more than numbers (CERTAIN), and the others.

First come, first served. Matched in lower case, without accents, addresses and host names; the
languages are those in which servers of this market answer. Source: mail.md 4.
"""

from __future__ import annotations

import re

from acuse.domain.bounce import BounceReason as B

Words = tuple[tuple[re.Pattern[str], B], ...]


def _table(*rows: tuple[str, B]) -> Words:
    return tuple((re.compile(pattern), one) for pattern, one in rows)


GREYLISTING = re.compile(r"gr[ea]y-?list", re.IGNORECASE)
CERTAIN = _table(
    # Exchange's ways to say that nobody has that address; Postfix says the same words, with 5.7.1,
    # of whoever its rules refuse.
    (r"resolver\.adr\.recip\w*notfound|"
     r"\b5\.4\.1\b[^a-z]{0,40}recipient address rejected: access denied|"
     r"recipient address rejected: access denied\W{0,4}as\(", B.USER_UNKNOWN),
    # Of us.
    (r"\b(?:spf|dkim|dmarc)\b|sender policy framework|unauthenticated (?:mail|email|message)|"
     r"authentication (?:checks?|required|failed|information)|not authenticated", B.AUTH_FAILURE),
    (r"helo command rejected|cannot find your|reverse dns|\bptr\b|\brdns\b|"
     r"reverse (?:hostname|lookup)|dns inversa", B.REQUIRE_PTR),
    (r"reputation|reputacion|\[tss?\d+\]", B.BAD_REPUTATION),
    (r"too many (?:(?:new|concurrent|simultaneous|smtp|tls) ){0,3}(?:connections|sessions)|"
     r"concurrent (?:smtp )?(?:connections|sessions)|concurrency|"
     r"(?:connection|session)s? (?:rate )?limit|demasiadas conexiones", B.TOO_MANY_CONNECTIONS),
    (r"rate.?limit|too much mail|too many (?:messages|mails|emails|requests|attempts|auth commands|"
     r"recipients from)|throttl|too fast|exceed[^.]{0,40}\brate\b|unusual rate|"
     r"sending (?:rate|limit|quota)|(?:hourly|daily)[^.]{0,30}(?:limit|quota)|"
     r"demasiados (?:mensajes|correos)", B.SPEEDING),
    (r"(?:block|black|deny).?list|dnsbl|\brbl\b|spamhaus|spamcop|barracuda|"
     r"(?:\bip\b|\bhost\b|sender|connection|access|network|domain)[^.]{0,60}"
     r"(?:blocked|banned|bloquead)|blocked (?:using|by)|lista negra", B.BLOCKED),
    (r"\bspam\b|unsolicited|junk ?mail|correo no deseado|classified as (?:spam|bulk)",
     B.SPAM_DETECTED),
    (r"relay(?:ing)? (?:access )?(?:is )?(?:denied|not (?:permitted|allowed)|prohibited|"
     r"no permitido)|not permitted to relay|unable to relay|do(?:es)? not relay", B.NO_RELAYING),
    (r"sender (?:address )?(?:is )?(?:rejected|denied|not allowed|invalid|verify failed)|"
     r"(?:bad|invalid) sender|remitente (?:rechazado|no valido|invalido)", B.REJECTED),
    (r"polic(?:y|ies)|administrative(?:ly)? prohib|resolver\.rst|not authorized to send|"
     r"permission to (?:post|send)|politica", B.POLICY_VIOLATION),
    (r"starttls", B.FAILED_STARTTLS),
    (r"suppression list|lista de supresion", B.SUPPRESSED),
    # Of the packet.
    (r"virus|malware|infected", B.VIRUS_DETECTED),
    (r"\b(?:message|size|attachment)s?\b[^.]{0,40}(?:too (?:big|large)|exceeds|exceeded)|"
     r"\be?-?mails? (?:is |size )?(?:too (?:big|large)|exceed)|"
     r"(?:mensaje|adjunto)[^.]{0,30}(?:demasiado grande|supera|excede)", B.TOO_BIG),
    # Of the mailbox.
    (r"(?:mailbox|inbox|account|user|recipient|folder)(?:'s)?[^.]{0,25}(?:is |are )?"
     r"(?:full\b|over ?(?:its )?quota|out of (?:storage|space))|over ?quota|"
     r"quota (?:is )?(?:exceeded|full)|exceeded (?:storage|its quota|the quota)|"
     r"buzon[^.]{0,30}lleno|cuota[^.]{0,30}(?:excedida|superada|llena)|sin espacio",
     B.MAILBOX_FULL),
    (r"(?:account|mailbox|user|recipient)[^.]{0,40}(?:disabled|suspended|inactive|deactivated|"
     r"not active|locked|expired)|inactive (?:user|account|mailbox)|"
     r"(?:cuenta|buzon|usuario)[^.]{0,30}(?:inactiv|suspendid|deshabilitad|desactivad)",
     B.SUSPENDED),
    (r"has moved|no longer (?:works|employed)|new (?:e-?mail )?address is|cambio de direccion",
     B.HAS_MOVED),
    # Of the address.
    (GREYLISTING.pattern, B.EXPIRED),  # nobody came again in time
    (r"(?:unknown|invalid|nonexistent|non-existent|no such) (?:local )?"
     r"(?:user|recipient|mailbox|account|address)|(?:user|recipient|mailbox)(?: is)? "
     r"(?:unknown|not found|invalid)|not a valid (?:user|recipient|mailbox)|"
     r"(?:user|address|account|mailbox|recipient)[^.]{0,80}(?:does not|doesn't|do not|don't) exist|"
     r"(?:no mailbox|nobody)(?: here)? by that name|no (?:such )?(?:user|mailbox) here|"
     r"(?:user|address|recipient|account)[^.]{0,40}not (?:exist|listed|recognized)|"
     r"(?:usuario|destinatario|buzon|cuenta|direccion|casilla)[^.]{0,40}"
     r"(?:no existe|desconocid|no (?:se )?encontr|inexistente|no valid|invalid)|"
     r"no existe (?:el |la |ese |esa )?(?:usuario|buzon|cuenta|direccion)", B.USER_UNKNOWN),
    (r"null mx|does not accept (?:any )?(?:mail|e-?mail)|no acepta correo", B.NOT_ACCEPTED),
    (r"(?:domain|host)(?: or domain name)? (?:not found|unknown|does not exist|no existe)(?!.*try "
     r"again)|no such (?:domain|host)|unknown (?:domain|host)|unrouteable|"
     r"dominio[^.]{0,30}(?:no existe|desconocid|inexistente)|"
     r"couldn't find any host", B.HOST_UNKNOWN),
)  # fmt: skip

LIKELY = _table(
    (r"mailbox (?:is )?unavailable|requested action not taken: mailbox", B.USER_UNKNOWN),
    (r"insufficient (?:system|disk) (?:storage|space)|disk full|no space left", B.SYSTEM_FULL),
    (r"retry time(?:out)?|time ?out exceeded|expired|too old|(?:given|giving) up|tried for|"
     r"could not be delivered (?:for|within)|4\.4\.7", B.EXPIRED),
    (r"connection (?:timed out|refused|reset|closed|dropped)|no route to host|unreachable|"
     r"lost connection|try again|couldn't connect|tiempo de espera", B.NETWORK_ERROR),
    (r"mail (?:loop|forwarding loop)|too many hops|loops? back|routing loop", B.SYSTEM_ERROR),
    (r"command died|child process|\bpipe\b|procmail|local delivery agent", B.MAILER_ERROR),
    (r"bare (?:lf|cr)|malformed|rfc ?\d{3,4}|not compliant", B.NOT_COMPLIANT),
    (r"attachment|content (?:rejected|not accepted|filter)|adjunto", B.CONTENT_ERROR),
    (r"syntax error|command (?:not )?(?:recognized|unrecognized|implemented)", B.SYNTAX_ERROR),
    (r"rejected by (?:the )?(?:recipient|user)|filtered|does not want|no desea recibir",
     B.FILTERED),
    (r"(?:temporary|local|internal|system|server) (?:\w+ )?(?:error|problem|failure)|"
     r"service (?:is )?(?:unavailable|not available)", B.SYSTEM_ERROR),
)  # fmt: skip
