"""A real Postfix on loopback, unpacked from Debian's package and run from a folder of its own.

It is not installed: nothing of it stays, and it can stand beside another mail server.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.support.mta import GOOD, GROUP, NOBODY, Server, came_up, free_ports, opened_up

QUEUES = (
    "active bounce corrupt defer deferred flush hold incoming private maildrop public pid saved "
    "trace"
).split()

SERVICES = """
{smtp}   inet n - n - - smtpd
{quota}  inet n - n - - smtpd
    -o {{ smtpd_recipient_restrictions = check_recipient_access static:{{552 5.2.2 Mailbox full}} }}
{small}  inet n - n - - smtpd -o message_size_limit=2000 -o cleanup_service_name=tiny
{policy} inet n - n - - smtpd -o smtpd_recipient_restrictions=reject
{relay}  inet n - n - - smtpd -o mynetworks=192.0.2.1/32
    -o smtpd_relay_restrictions=reject_unauth_destination
pickup    unix n - n 60 1 pickup
cleanup   unix n - n - 0 cleanup
tiny      unix n - n - 0 cleanup
qmgr      unix n - n 1 1 qmgr
rewrite   unix - - n - - trivial-rewrite
bounce    unix - - n - 0 bounce
defer     unix - - n - 0 bounce
trace     unix - - n - 0 bounce
verify    unix - - n - 1 verify
flush     unix n - n 1000? 0 flush
proxymap  unix - - n - - proxymap
smtp      unix - - n - - smtp
relay     unix - - n - - smtp
showq     unix n - n - - showq
error     unix - - n - - error
retry     unix - - n - - error
discard   unix - - n - - discard
virtual   unix - n n - - virtual
lmtp      unix - - n - - lmtp
anvil     unix - - n - 1 anvil
scache    unix - - n - 1 scache
postlog   unix-dgram n - n - 1 postlogd
"""
MAIN = """
compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
command_directory = {root}/usr/sbin
daemon_directory = {root}/usr/lib/postfix/sbin
shlib_directory = {root}/usr/lib/postfix
import_environment = MAIL_CONFIG MAIL_DEBUG MAIL_LOGTAG TZ LANG=C LD_LIBRARY_PATH
mail_owner = daemon
setgid_group = mail
default_privs = nobody
maillog_file = {home}/mail.log
maillog_file_prefixes = {home}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.cliente.example
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
virtual_mailbox_domains = cliente.example
virtual_mailbox_maps = texthash:{home}/mailboxes
virtual_alias_maps = texthash:{home}/aliases
virtual_mailbox_base = {home}/boxes
virtual_uid_maps = static:1
virtual_gid_maps = static:1
virtual_minimum_uid = 1
transport_maps = texthash:{home}/transport
smtpd_reject_unlisted_recipient = no
smtpd_relay_restrictions = permit_mynetworks, reject
delay_warning_time = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 2s
queue_run_delay = 1s
bounce_queue_lifetime = 1h
maximal_queue_lifetime = 1h
"""
TRANSPORT = """
b.acuse.example lmtp:inet:127.0.0.1:{intake}
lleno.example smtp:[127.0.0.1]:{quota}
ligero.example smtp:[127.0.0.1]:{small}
estricto.example smtp:[127.0.0.1]:{policy}
ajeno.example smtp:[127.0.0.1]:{relay}
tarde.example smtp:[127.0.0.1]:{nobody}
"""


def start(root: Path, home: Path, *, intake: int) -> Server:
    """Postfix out of `root`, its reports going to the port `intake` by LMTP."""
    names = ("smtp", "quota", "small", "policy", "relay")
    ports = dict(zip(names, free_ports(len(names)), strict=True)) | {"nobody": NOBODY}
    opened_up(home)
    for folder in ("conf", "data", "boxes", *(f"queue/{one}" for one in QUEUES)):
        (home / folder).mkdir(parents=True, exist_ok=True)
        if folder != "conf":
            os.chown(home / folder, 1, 1)
    os.chown(home / "queue" / "pid", 0, 0)
    os.chown(home / "queue", 0, 0)
    facts = {"home": home, "root": root, "intake": intake, **ports}
    (home / "conf" / "master.cf").write_text(_services(SERVICES.format(**facts)))
    (home / "conf" / "main.cf").write_text(MAIN.format(**facts))
    (home / "transport").write_text(TRANSPORT.format(**facts))
    (home / "mailboxes").write_text(f"{GOOD} ana/\n")
    (home / "aliases").write_text(f"{GROUP} {GOOD}, nadie@cliente.example\n")
    libraries = f"{root}/usr/lib/postfix:{root}/usr/lib/x86_64-linux-gnu"
    process = subprocess.Popen(
        [str(root / "usr/lib/postfix/sbin/master"), "-c", str(home / "conf"), "-d"],
        env={
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "MAIL_CONFIG": str(home / "conf"),
            "LD_LIBRARY_PATH": libraries,
        },
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    return came_up(Server(ports["smtp"], process, (home / "mail.log",)))


def _services(told: str) -> str:
    """Ports become addresses on loopback; blanks inside a value are braced."""
    lines = []
    for line in told.strip().splitlines():
        port, _, rest = line.partition(" ")
        named = f"127.0.0.1:{port} {rest}" if port.isdigit() else line
        lines.append(named)
    return "\n".join(lines) + "\n"
