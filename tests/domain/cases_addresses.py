"""What people type into a field of addresses, by the rows of mail.md 1: for every way in."""

from __future__ import annotations

from acuse.domain.email import Decision

OK, FIX, SPLIT, WARN, ASK, NO = Decision

ACCEPTED = [
    ("A1", "Rosa@Taller.COM.PE", OK, "Rosa@taller.com.pe"),
    ("A2", " rosa@t.pe", FIX, "rosa@t.pe"),
    ("A2", "rosa@t.pe\u00a0\t\r\n", FIX, "rosa@t.pe"),
    ("A2", "\u200brosa@t.pe\ufeff", FIX, "rosa@t.pe"),
    ("A3", "rosa@t.pe.", FIX, "rosa@t.pe"),
    ("A3", "rosa@t.pe,", FIX, "rosa@t.pe"),
    ("A3", "rosa@t.pe;", FIX, "rosa@t.pe"),
    ("A3", "rosa@t.pe/", FIX, "rosa@t.pe"),
    ("A4", "mailto:rosa@t.pe?subject=Factura", FIX, "rosa@t.pe"),
    ("A4", "<rosa@t.pe>", FIX, "rosa@t.pe"),
    ("A4", "Rosa Núñez <rosa@t.pe>", FIX, "rosa@t.pe"),
    ("A4", '"Núñez, Rosa" <rosa@t.pe>', FIX, "rosa@t.pe"),
    ("A10", "rosa+facturas@t.pe", OK, "rosa+facturas@t.pe"),
    ("A10", "d'alessio@t.pe", OK, "d'alessio@t.pe"),
    ("A10", "--help@t.pe", OK, "--help@t.pe"),
    ("A10", "a=b!#$&*%x@t.pe", OK, "a=b!#$&*%x@t.pe"),
    ("A12", "rosa@muñoz.pe", FIX, "rosa@xn--muoz-hqa.pe"),
    ("A12", "rosa@xn--muoz-hqa.pe", OK, "rosa@xn--muoz-hqa.pe"),
    ("A12", "rosa@t．pe", FIX, "rosa@t.pe"),
    ("A13", "josé@t.pe", WARN, "josé@t.pe"),
    ("A21", "postmaster@t.pe", WARN, "postmaster@t.pe"),
    ("A21", "no-reply@t.pe", WARN, "no-reply@t.pe"),
    ("A22", "rosa@mailinator.com", WARN, "rosa@mailinator.com"),
    ("A26", "Rosa@t.pe, rosa@T.pe", FIX, "Rosa@t.pe"),
    ("A4", "rosa@t.pe <rosa@t.pe>", FIX, "rosa@t.pe"),
    ("A4", '"Rosa@t.pe" <rosa@t.pe>', FIX, "rosa@t.pe"),
    ("A12", "rosa@compañía.co", FIX, "rosa@xn--compaa-7va5a.co"),
    ("A12", "rosa@xn--compaa-7va5a.co", OK, "rosa@xn--compaa-7va5a.co"),
]

SEVERAL = [
    "a@t.pe;b@t.pe",
    "a@t.pe, b@t.pe",
    "a@t.pe / b@t.pe",
    "a@t.pe/b@t.pe",
    "a@t.pe /b@t.pe",
    "a@t.pe/ b@t.pe",
    "a@t.pe//b@t.pe/",
    "a@t.pe &b@t.pe",
    "a@t.pe y b@t.pe",
    "a@t.pe o b@t.pe",
    "a@t.pe and b@t.pe",
    "a@t.pe b@t.pe",
    "a@t.pe|b@t.pe",
    "a@t.pe\tb@t.pe",
    "a@t.pe\r\nb@t.pe\r\n",
    "a@t.pe;;b@t.pe;",
    "Ana <a@t.pe> Beto <b@t.pe>",
    "a@t.pe<b@t.pe>",
    "a@t.pe <b@t.pe>",
    "a@t.pe / a@t.pe <mailto:b@t.pe>",
    "<a@t.pe> b@t.pe",
    "Ana <a@t.pe> / b@t.pe <b@t.pe>",
    "Equipo: a@t.pe, b@t.pe;",
]

ASKED = [
    ("rosa @t.pe", "rosa@t.pe"),
    ("rosa@ t.pe", "rosa@t.pe"),
    ("rosa@t .pe", "rosa@t.pe"),
    ("rosa@@t.pe", "rosa@t.pe"),
    ("rosa(at)t.pe", "rosa@t.pe"),
    ("rosa[arroba]t.pe", "rosa@t.pe"),
    ("rosa arroba t punto pe", "rosa@t.pe"),
    ("rosaarrobat.pe", "rosa@t.pe"),
    ("rosa@t,com", "rosa@t.com"),
    ("rosa@taller.comm", "rosa@taller.com"),
    ("rosa@taller.con", "rosa@taller.com"),
    ("rosa@taller.c", "rosa@taller.com"),
    ("rosa@taller.com.com", "rosa@taller.com"),
    ("Rosa rosa@t.pe", "rosa@t.pe"),
    ("ｒｏｓａ@t.pe", "rosa@t.pe"),
    ('"a@t.pe" <rosa@t.pe>', "rosa@t.pe"),
    ("Ana a@t.pe <rosa@t.pe>", "rosa@t.pe"),
    ("/rosa@t.pe", "rosa@t.pe"),
    ("rosa@t", "rosa@t.com"),
    ("rosa@gmial", "rosa@gmail.com"),
    ("rosa@racsa", "rosa@racsa.co.cr"),
    ("rosa@taller.con.co", "rosa@taller.com.co"),
    ("rosa@taller.cm.pe", "rosa@taller.com.pe"),
    ("rosa@taller.gov.pe", "rosa@taller.gob.pe"),
    ("rosa@taller.com.cr", "rosa@taller.co.cr"),
    ("rosa@taller.com.c", "rosa@taller.com.co"),
]

GMAIL = "gmial.com gamil.com gmai.com gmal.com gmail.co gmail.con gmail.cm gmail.om gnail.com"
GMAIL += " gmaill.com g.mail.com gmailcom gmail.com.com www.gmail.com gmail.com.co gmail"
HOTMAIL = "hotmial.com hotmil.com hotmal.com hormail.com hotmail.con hotmai.com homail.com"

HOTMAIL += " hotnail.com hotmail.com.co"

SLIPS = [
    *((slip, "gmail.com") for slip in GMAIL.split()),
    *((slip, "hotmail.com") for slip in HOTMAIL.split()),
    *((slip, "outlook.com") for slip in "outlok.com outllok.com otlook.com".split()),
    *((slip, "yahoo.com") for slip in "yaho.com yahho.com yahooo.com".split()),
    *((slip, "icloud.com") for slip in "iclud.com icoud.com".split()),
    *((slip, "une.net.co") for slip in "une.net.com une.net.c nue.net.co".split()),
    *((slip, "racsa.co.cr") for slip in "racs.co.cr rasca.co.cr racsa.co.rc".split()),
    ("etb.net.com", "etb.net.co"),
    ("ice.co.r", "ice.co.cr"),
    ("live.con", "live.com"),
    ("msn.cm", "msn.com"),
    ("mns.com", "msn.com"),
    ("gma\u0131l.com", "gmail.com"),  # row A14: an i without its point
    ("xn--gmal-nza.com", "gmail.com"),  # the same as it goes over the wire
    ("gm\u00e1il.com", "gmail.com"),
]

FILLERS = (
    "na@na.pe noaplica@noaplica.com no@tiene.com sincorreo@sincorreo.com notiene@gmail.com "
    "xxx@xxx.com 123@123.com correo@correo.com cliente@mail.com rosa@t\u0430ller.pe "
    "rosa@xn--e1afmkfd.co rosa@tal\u0131er.pe r\u043esa@t.pe".split()
)

REFUSED = [
    "=?a?=@t.pe",
    "rosa..n@t.pe",
    ".rosa@t.pe",
    "rosa.@t.pe",
    '"rosa núñez"@t.pe',
    '"a@b"@t.pe',
    '"<script>"@t.pe',
    "ro\u200bsa@t.pe",
    "rosa\u202e@t.pe",
    "ro\0sa@t.pe",
    "rosa@t.pe\r\nBcc: otro@t.pe",
    "rosa@t.pe%0d%0aBcc:otro",
    "rosa@[192.0.2.1]",
    "rosa@[IPv6:2001:db8::1]",
    "rosa@192.0.2.1",
    "rosa@localhost",
    "rosa@co",
    "rosa@t.invalid",
    "rosa@t.test",
    "rosa@t.local",
    "rosa@t.example",
    "rosa@example.com",
    "rosa@t.123",
    "mailer-daemon@t.pe",
    "rosa(x)@t.pe",
    "rosa@(x)t.pe",
    "<@a,@b:c@d>",
    "rosa@-t.pe",
    "rosa@t_x.pe",
    "@t.pe",
    "rosagmail",
    "Undisclosed recipients:;",
]

NOTHING = ["", "  ", "-", ".", "N/A", "ninguno", "No tiene", "sin correo"]
NO_MAIL = [  # what a file has where an address is expected
    *("987654321", "+57 (601) 555-0100", "tel. 555 0100", "987 654 321 / 987 654 322"),
    *("900.123.456-7", "NIT 900123456-7", "RUC: 20999000119", "3-101-999888"),
    *("https://t.pe", "www.taller.pe/contacto"),
]

LENGTHS = [
    ("l" * 64 + "@t.pe", "l" * 65 + "@t.pe"),
    ("ñ" * 32 + "@t.pe", "ñ" * 33 + "@t.pe"),
    ("r@" + "d" * 63 + ".pe", "r@" + "d" * 64 + ".pe"),
    ("l" * 64 + "@" + "d." * 92 + "dd.pe", "l" * 64 + "@" + "d." * 93 + "dd.pe"),
]

HOSTILE = [
    "a" * 1_000_000,
    "a@t.pe;" * 10_000,
    "<" * 4000,
    '"' * 4095,
    "a@" * 2000,
    "\n" * 4000,
    " " * 4000 + "@",
    "a." * 2000,
    "(arroba" * 580,
    "\u0301" * 4000,
    "ñ" * 2000 + "@" + "ñ." * 1000,
]

DOTTED = ["rosa..n@t.pe", ".rosa@t.pe", "rosa.@t.pe"]  # row A9
