"""A name server on loopback that says what it is told to, also what nobody should."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Mapping

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

Zone = Mapping[tuple[str, str], tuple[str, ...]]  # (name, kind) -> records as in a zone file


class DnsServer:
    """Answers from `zone` by UDP and TCP; `faults` say how a name fails.

    Faults: SERVFAIL, SILENT, NONSENSE, OTHER (the answer to another question), TRUNCATED.
    """

    def __init__(self, zone: Zone | None = None) -> None:
        self.zone: dict[tuple[str, str], tuple[str, ...]] = {}
        self.tell(zone or {})
        self.faults: dict[str, str] = {}
        self.asked: list[tuple[str, str]] = []
        self._udp, self._tcp = _one_port()
        self._threads = [
            threading.Thread(target=one, daemon=True) for one in (self._serve, self._serve_tcp)
        ]

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._udp.getsockname()[1]}"

    def tell(self, zone: Zone) -> None:
        self.zone |= {(name.lower(), kind): records for (name, kind), records in zone.items()}

    def __enter__(self) -> DnsServer:
        for one in self._threads:
            one.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._tcp.shutdown(socket.SHUT_RDWR)
        self._udp.sendto(b"", self._udp.getsockname())
        for one in self._threads:
            one.join()
        self._udp.close()
        self._tcp.close()

    def _serve(self) -> None:
        while True:
            data, peer = self._udp.recvfrom(4096)
            if not data:
                return
            if reply := self._reply(data, udp=True):
                self._udp.sendto(reply, peer)

    def _serve_tcp(self) -> None:
        while True:
            try:
                peer, _ = self._tcp.accept()
            except OSError:
                return
            with peer, peer.makefile("rb") as stream:
                (size,) = struct.unpack("!H", stream.read(2))
                reply = self._reply(stream.read(size), udp=False)
                peer.sendall(struct.pack("!H", len(reply)) + reply)

    def _reply(self, data: bytes, *, udp: bool) -> bytes:
        query = dns.message.from_wire(data)
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True).lower()
        kind = question.rdtype.name
        self.asked.append((name, kind))
        fault = self.faults.get(name)
        reply = dns.message.make_response(query)
        reply.flags |= dns.flags.RA
        if fault == "SILENT":
            return b""
        if fault == "NONSENSE":
            return data[:2] + b"\xff" * 20
        if fault == "OTHER":
            reply.question[0] = dns.rrset.from_text("otra.example.", 60, "IN", kind)
            return reply.to_wire()
        if fault == "SERVFAIL":
            reply.set_rcode(dns.rcode.SERVFAIL)
            return reply.to_wire()
        if fault == "TRUNCATED" and udp:
            reply.flags |= dns.flags.TC
            return reply.to_wire()
        self._answer(reply, name, kind)
        return reply.to_wire(max_size=65535)

    def _answer(self, reply: dns.message.Message, name: str, kind: str) -> None:
        for record in (kind, "CNAME"):
            if told := self.zone.get((name, record)):
                reply.answer.append(dns.rrset.from_text(f"{name}.", 60, "IN", record, *told))
                return
        if not any(there == name for there, _ in self.zone):
            reply.set_rcode(dns.rcode.NXDOMAIN)


def _one_port() -> tuple[socket.socket, socket.socket]:
    """A socket of each kind on one port; a port that is free for one may be taken for the other."""
    while True:
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(("127.0.0.1", 0))
        try:
            return udp, socket.create_server(udp.getsockname())
        except OSError:
            udp.close()


def text(value: str) -> str:
    """A TXT record of a zone file: strings of at most 255, as a long key needs."""
    pieces = [value[place : place + 255] for place in range(0, len(value), 255)]
    return " ".join('"' + one.replace("\\", "\\\\").replace('"', '\\"') + '"' for one in pieces)
