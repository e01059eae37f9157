"""A real Exim on loopback, unpacked from Debian's package and run from a folder of its own."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.support.mta import GOOD, NOBODY, Server, came_up, free_ports, opened_up

CONFIGURATION = r"""
exim_user = daemon
exim_group = daemon
spool_directory = {home}/spool
log_file_path = {home}/%slog
pid_file_path = {home}/exim.pid
keep_environment =
add_environment = <; {added}
exim_path = {root}/usr/sbin/exim4
primary_hostname = mx.cliente.example
local_interfaces = 127.0.0.1
daemon_smtp_ports = {smtp} : {small} : {policy} : {relay}
tls_advertise_hosts =
chunking_advertise_hosts =
dsn_advertise_hosts = *
never_users =
deliver_drop_privilege = true
message_size_limit = ${{if eq{{$received_port}}{{{small}}}{{2K}}{{50M}}}}
delay_warning = 1s
# Of itself it warns of no delay of a mail that says, as ours do, that a program wrote it.
delay_warning_condition = yes
acl_smtp_rcpt = rcpt
begin acl
rcpt:
  deny condition = ${{if eq{{$received_port}}{{{policy}}}}}
       message = 5.7.1 refused by local policy
  deny condition = ${{if eq{{$received_port}}{{{relay}}}}}
       message = relay not permitted
  accept
begin routers
next:
  driver = manualroute
  domains = ligero.example : estricto.example : ajeno.example : tarde.example
  transport = next
  self = send
  route_list = * 127.0.0.1
returned:
  driver = manualroute
  domains = b.acuse.example
  transport = returned
  self = send
  route_list = * 127.0.0.1
group:
  driver = redirect
  local_parts = grupo
  data = {good}, nadie@cliente.example
local:
  driver = accept
  domains = cliente.example : lleno.example
  local_parts = ana : lleno
  transport = ${{if eq{{$local_part}}{{lleno}}{{full}}{{box}}}}
begin transports
next:
  driver = smtp
  # Else mail that waits for one port goes down a connection to another port of the same host.
  connection_max_messages = 1
  port = ${{if eq{{$domain}}{{ligero.example}}{{{small}}}\
    {{${{if eq{{$domain}}{{estricto.example}}{{{policy}}}\
    {{${{if eq{{$domain}}{{ajeno.example}}{{{relay}}}{{{nobody}}}}}}}}}}}}}
  allow_localhost
  hosts_try_dane =
returned:
  driver = smtp
  protocol = lmtp
  port = {intake}
  allow_localhost
  hosts_try_dane =
box:
  driver = appendfile
  directory = {home}/boxes/ana
  maildir_format
  user = daemon
full:
  driver = appendfile
  directory = {home}/boxes/lleno
  maildir_format
  user = daemon
  quota = 1K
begin retry
lleno.example quota
* * F,1h,1s
"""


def start(root: Path, home: Path, *, intake: int) -> Server:
    """Exim out of `root`, its reports going to the port `intake` by LMTP."""
    opened_up(home)
    names = ("smtp", "small", "policy", "relay")
    ports = dict(zip(names, free_ports(len(names)), strict=True)) | {"nobody": NOBODY}
    for folder in ("spool", "boxes"):
        (home / folder).mkdir()
        os.chown(home / folder, 1, 1)
    os.chown(home, 1, 1)
    libraries = root / "usr/lib/x86_64-linux-gnu"
    environment = {  # it cleans its own and then runs itself again
        "LD_LIBRARY_PATH": str(libraries),
        "LD_PRELOAD": str(libraries / "libnss_wrapper.so"),
        "NSS_WRAPPER_PASSWD": str(home / "passwd"),
        "NSS_WRAPPER_GROUP": str(home / "group"),
    }
    added = " ; ".join(f"{name}={value}" for name, value in environment.items())
    facts = {"root": root, "home": home, "added": added, "intake": intake, "good": GOOD}
    (home / "exim.conf").write_text(CONFIGURATION.format(**facts, **ports))
    (home / "passwd").write_text(
        Path("/etc/passwd").read_text() + "Debian-exim:x:1:1::/nonexistent:/usr/sbin/nologin\n"
    )
    (home / "group").write_text(Path("/etc/group").read_text() + "Debian-exim:x:1:\n")
    process = subprocess.Popen(
        [str(root / "usr/sbin/exim4"), "-C", str(home / "exim.conf"), "-bdf", "-q1s"],
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", **environment},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    return came_up(Server(ports["smtp"], process, (home / "mainlog", home / "paniclog")))
