"""What is known about mail domains and about addresses that are none. Source: mail.md 1.

The lists are ours to extend; none of them is needed for an address to be valid.
"""

from __future__ import annotations

# Providers that people of this market write by heart: a near miss of one is a slip of the finger.
WELL_KNOWN = (
    "gmail.com",
    "hotmail.com",
    "outlook.com",
    "yahoo.com",
    "icloud.com",
    "hotmail.es",
    "outlook.es",
    "yahoo.es",
    "yahoo.com.co",
    "yahoo.com.pe",
    "live.com",
    "msn.com",
    "une.net.co",
    "etb.net.co",
    "racsa.co.cr",
    "ice.co.cr",
)

# Exist in their own right although they look like a slip.
REAL = frozenset(
    {
        *WELL_KNOWN,
        "mail.com",
        "email.com",
        "ymail.com",
        "me.com",
        "aol.com",
        "yahoo.com.ve",
        "hotmail.fr",
        "hotmail.it",
        "outlook.fr",
        "outlook.cl",
    }
)

COMMON_ENDINGS = ("com", "co", "net", "org", "edu", "gob", "gov", "info", "pe", "cr", "es")

# What stands before the country's label where anybody may have a name below it.
ZONES = {
    "co": ("com", "net", "org", "edu", "gov", "mil", "nom"),
    "pe": ("com", "gob", "edu", "net", "org", "mil", "nom", "sld"),
    "cr": ("co", "fi", "go", "ac", "or", "ed", "sa"),
}

# Last labels without a country that are in use here; others are let pass unless they look like one.
GENERIC = frozenset(
    "com net org edu gov mil int info biz name pro aero coop museum app dev io cloud shop store "
    "online site tech agency group company legal consulting digital email global live law bank "
    "xyz top club travel tours hotel restaurant cafe food farm fish energy solar health clinic "
    "dental care school academy university church mobi lat tienda abogado srl inc llc ltd".split()
)

# ISO 3166 codes in use as last labels.
COUNTRIES = frozenset(
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs "
    "bt bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee "
    "eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm "
    "hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb "
    "lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz "
    "na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs "
    "ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl "
    "tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw".split()
)

# Never reachable from outside. RFC 2606, RFC 6761, RFC 6762, ICANN's "internal".
RESERVED = frozenset(
    "invalid test local localhost localdomain example internal intranet lan home corp private "
    "onion arpa".split()
)
RESERVED_DOMAINS = frozenset({"example.com", "example.net", "example.org"})

# What people write where a form forces them to write something.
NOTHING = frozenset(
    {
        "",
        "-",
        "--",
        ".",
        "x",
        "0",
        "n/a",
        "n.a.",
        "n.a",
        "na",
        "no",
        "s/c",
        "s/e",
        "ninguno",
        "ninguna",
        "nada",
        "no aplica",
        "no tiene",
        "no tiene correo",
        "sin correo",
        "sin email",
        "sin e-mail",
        "null",
        "none",
    }
)
PLACEHOLDER_LOCALS = frozenset(
    {
        "noaplica",
        "no.aplica",
        "notiene",
        "no.tiene",
        "notienecorreo",
        "nocorreo",
        "noemail",
        "sincorreo",
        "sin.correo",
        "sinemail",
        "sinmail",
        "ninguno",
    }
)
# Placeholders where the domain says the same again: na@na.co, correo@correo.com.
PLACEHOLDER_ECHOES = frozenset(
    "na no nn xx xxx xxxx aaa abc 123 1234 correo email mail cliente prueba test nada asd".split()
)
PLACEHOLDERS = frozenset(
    {
        "no@tiene.com",
        "no@aplica.com",
        "no@tengo.com",
        "no@hay.com",
        "sin@correo.com",
        "cliente@mail.com",
        "cliente@correo.com",
        "correo@mail.com",
        "correo@gmail.com",
        "usuario@dominio.com",
        "email@email.com",
    }
)

ROLES = frozenset(
    {"postmaster", "abuse", "noreply", "no-reply", "no_reply", "donotreply", "hostmaster", "root"}
)
LOOPS = frozenset({"mailer-daemon", "mailerdaemon"})

# Mailboxes that anyone may read, or that vanish: kept, marked.
DISPOSABLE = frozenset(
    {
        "mailinator.com",
        "yopmail.com",
        "guerrillamail.com",
        "10minutemail.com",
        "temp-mail.org",
        "tempmail.com",
        "trashmail.com",
        "sharklasers.com",
        "dispostable.com",
        "getnada.com",
    }
)
