"""A real Postfix on loopback, unpacked from Debian's package and run from a folder of its own.

It is not installed: nothing of it stays, and it can stand beside another mail server.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

QUEUES = (
    "active bounce corrupt defer deferred flush hold incoming private maildrop public pid saved "
    "trace"
).split()
UNKNOWN, QUOTA = "desconocido@cliente.example", "lleno@lleno.example"
GOOD, GROUP = "ana@cliente.example", "grupo@cliente.example"
SMALL, POLICY, RELAY = "b@ligero.example", "c@estricto.example", "d@ajeno.example"
LATE = "e@tarde.example"

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


@dataclass
class Postfix:
    """A running Postfix; `port` takes mail."""

    home: Path
    port: int
    process: subprocess.Popen[bytes]

    def log(self) -> str:
        """What it said."""
        file = self.home / "mail.log"
        return file.read_text(errors="replace") if file.exists() else ""

    def stop(self) -> None:
        """End it and its children."""
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(10)


def start(root: Path, home: Path, *, intake: int) -> Postfix:
    """Postfix out of `root`, its reports going to the port `intake` by LMTP."""
    names = ("smtp", "quota", "small", "policy", "relay", "nobody")
    ports = dict(zip(names, _free_ports(len(names)), strict=True))
    home.chmod(0o755)
    for parent in home.parents:
        if parent != Path("/tmp") and parent.stat().st_mode & 0o055 != 0o055:
            parent.chmod(parent.stat().st_mode | 0o055)  # its parts run as others
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
    made = Postfix(home, ports["smtp"], process)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", made.port), 1).close()
            return made
        except OSError:
            time.sleep(0.1)
    made.stop()
    raise AssertionError(f"Postfix did not come up: {made.log()[-2000:]}")


def _services(told: str) -> str:
    """Ports become addresses on loopback; blanks inside a value are braced."""
    lines = []
    for line in told.strip().splitlines():
        port, _, rest = line.partition(" ")
        named = f"127.0.0.1:{port} {rest}" if port.isdigit() else line
        lines.append(named)
    return "\n".join(lines) + "\n"


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in sockets]
    finally:
        for one in sockets:
            one.close()
