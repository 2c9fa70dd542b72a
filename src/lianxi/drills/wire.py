"""A listener on the wire: sees every packet of the drill's network, whoever sent it.

What the customer really received is read from the loopback interface, not asked of the product or
of the program that plays the customer. Times are the kernel's, in epoch seconds, so they can be
compared with the journal's and the browser's.
"""

import asyncio
import socket
import struct
from array import array
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from lianxi.channels.fake.sip.alaw import FRAME_S, level_dbfs
from lianxi.channels.fake.sip.dtmf import KeyListener
from lianxi.drills.patience import patient

AUDIBLE_DBFS = -50.0
"""Louder than this is sound; coded silence stays below -60."""

_ALL_PROTOCOLS = 3
_TIMESTAMP_NS = 35
_OUTGOING = 4
"""The kernel shows loopback packets twice: as they leave and as they arrive."""

_ALAW, _TELEPHONE_EVENT = 8, 101
_UDP = 17
_LONGEST = 65_535
_RECEIVE_BUFFER = 8 * 1024 * 1024


@dataclass(slots=True)
class Sound:
    """RTP towards one port: when each packet came and how loud it was."""

    at: "array[float]" = field(default_factory=lambda: array("d"))
    level: "array[float]" = field(default_factory=lambda: array("f"))
    keys: list[tuple[float, str]] = field(default_factory=list)
    """Telephone keys (RFC 4733) and when they went down."""

    _keys: KeyListener = field(default_factory=KeyListener)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, at: float, rtp: bytes) -> None:
        """Take in one packet."""
        kind = rtp[1] & 0x7F
        payload = rtp[12 + 4 * (rtp[0] & 0x0F) :]
        if kind == _TELEPHONE_EVENT:
            key = self._keys.hear(payload, int.from_bytes(rtp[4:8], "big"))
            if key is not None:
                self.keys.append((at, key))
        elif kind == _ALAW:
            self.at.append(at)
            self.level.append(level_dbfs(payload))
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    def packets(self, since: float, until: float = float("inf")) -> int:
        """How many packets came in a stretch of time."""
        return bisect_left(self.at, until) - bisect_left(self.at, since)

    def audible_s(self, since: float, until: float = float("inf")) -> float:
        """Seconds of sound in a stretch of time; pauses do not count."""
        heard = self.level[bisect_left(self.at, since) : bisect_left(self.at, until)]
        return sum(level > AUDIBLE_DBFS for level in heard) * FRAME_S

    def audible_share(self, since: float, until: float = float("inf")) -> float:
        """Which part (0 to 1) of the packets held sound: music is near 1, speech lower."""
        packets = self.packets(since, until)
        return self.audible_s(since, until) / FRAME_S / packets if packets else 0.0

    def longest_gap_s(self, since: float, until: float) -> float:
        """The longest time without any packet inside a stretch of time, in seconds."""
        inside = self.at[bisect_left(self.at, since) : bisect_left(self.at, until)]
        edges = [since, *inside, until]
        return max(later - earlier for earlier, later in pairwise(edges))

    def first_audible(self, since: float) -> float | None:
        """When the first sound after a moment came."""
        for index in range(bisect_left(self.at, since), len(self.at)):
            if self.level[index] > AUDIBLE_DBFS:
                return self.at[index]
        return None

    async def until(self, reached: Callable[[], bool], *, within_s: float) -> bool:
        """Wait until something is so; looked at with each packet. False when time is up."""
        try:
            async with asyncio.timeout(patient(within_s)):
                while not reached():
                    await self._changed.wait()
        except TimeoutError:
            return False
        return True

    async def until_audible(self, seconds: float, *, since: float, within_s: float) -> bool:
        """Wait until so many seconds of sound came after a moment."""
        return await self.until(lambda: self.audible_s(since) >= seconds, within_s=within_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class SipSeen:
    """One SIP message."""

    at: float
    first_line: str
    call_id: str
    source: tuple[str, int]
    target: tuple[str, int]


class Wire:
    """Listens on the loopback interface. Use as `async with Wire(sip_port=5060) as wire`."""

    def __init__(self, *, sip_port: int) -> None:
        self.sip: list[SipSeen] = []
        self._sip_port = sip_port
        self._towards: dict[int, Sound] = {}
        self._from: dict[int, Sound] = {}
        self._socket: socket.socket | None = None

    async def __aenter__(self) -> "Wire":
        listening = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(_ALL_PROTOCOLS))
        listening.setsockopt(socket.SOL_SOCKET, _TIMESTAMP_NS, 1)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER)
        listening.bind(("lo", 0))
        listening.setblocking(False)
        asyncio.get_running_loop().add_reader(listening, self._receive)
        self._socket = listening
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._socket is not None:
            asyncio.get_running_loop().remove_reader(self._socket)
            self._socket.close()

    def towards(self, port: int) -> Sound:
        """What arrives at a UDP port, from the first call of this on."""
        return self._towards.setdefault(port, Sound())

    def coming_from(self, port: int) -> Sound:
        """What is sent from a UDP port, from the first call of this on."""
        return self._from.setdefault(port, Sound())

    def calls(self, first_word: str, *, since: float = 0.0) -> list[SipSeen]:
        """The SIP messages whose first line begins so, e.g. "INVITE" or "SIP/2.0 401"."""
        return [one for one in self.sip if one.first_line.startswith(first_word) and one.at > since]

    def _receive(self) -> None:
        if self._socket is None:
            return
        for _ in range(200):
            try:
                packet, ancillary, _, address = self._socket.recvmsg(
                    _LONGEST, socket.CMSG_SPACE(16)
                )
            except BlockingIOError:
                return
            if address[2] != _OUTGOING and packet[:1] and packet[0] >> 4 == 4:
                self._take(packet, _instant(ancillary))

    def _take(self, packet: bytes, at: float) -> None:
        head = (packet[0] & 0x0F) * 4
        if packet[9] != _UDP or len(packet) < head + 8:
            return
        source, target = struct.unpack_from("!HH", packet, head)
        content = packet[head + 8 :]
        sounds = self._towards.get(target), self._from.get(source)
        if len(content) >= 12 and content[0] >> 6 == 2:
            for sound in sounds:
                if sound is not None:
                    sound.hear(at, content)
        elif self._sip_port in (source, target) and content[:1].isalpha():
            addresses = socket.inet_ntoa(packet[12:16]), socket.inet_ntoa(packet[16:20])
            self._take_sip(content, at, (addresses[0], source), (addresses[1], target))

    def _take_sip(
        self, content: bytes, at: float, source: tuple[str, int], target: tuple[str, int]
    ) -> None:
        lines = content.decode(errors="replace").split("\r\n")
        call_id = next(
            (
                line.partition(":")[2].strip()
                for line in lines
                if line.lower().startswith("call-id:")
            ),
            "",
        )
        self.sip.append(
            SipSeen(at=at, first_line=lines[0], call_id=call_id, source=source, target=target)
        )


def _instant(ancillary: list[tuple[int, int, bytes]]) -> float:
    for level, kind, content in ancillary:
        if level == socket.SOL_SOCKET and kind == _TIMESTAMP_NS:
            seconds, nanoseconds = struct.unpack("qq", content[:16])
            return float(seconds) + float(nanoseconds) / 1e9
    raise OSError("the kernel gave a packet without its time")
