"""RTP with G.711 a-law both ways, one packet each 20 ms (RFC 3550, 3551), and keys (RFC 4733).

The pace is a media clock: packet n leaves at start + n x 20 ms on the event loop's own clock,
so a late packet does not delay the ones after it.
"""

import asyncio
import secrets
import struct
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import cast

from lianxi.channels.fake.sip.address import Address
from lianxi.channels.fake.sip.alaw import FRAME_S, FRAME_SAMPLES, SILENCE
from lianxi.channels.fake.sip.dtmf import KeyListener, KeyPacket, key_press
from lianxi.channels.fake.sip.hearing import Hearing
from lianxi.channels.fake.sip.sdp import ALAW
from lianxi.channels.fake.sip.sound import Sound

_HEADER = struct.Struct("!BBHII")
_FRAMES_BETWEEN_KEYS = 5
_LATE_FRAMES_SENT = 10
"""After a stall of the loop at most so many packets are sent at once; the rest are left out."""


@dataclass(slots=True)
class Packet:
    """The parts of a received RTP packet that matter here."""

    payload_type: int
    sequence: int
    timestamp: int
    source: int
    payload: bytes


def parse_packet(datagram: bytes) -> Packet | None:
    """Read an RTP packet; None for RTCP and anything else."""
    if len(datagram) < _HEADER.size:
        return None
    first, second, sequence, timestamp, source = _HEADER.unpack_from(datagram)
    if first >> 6 != 2 or 192 <= second <= 223:  # RTCP packet types, RFC 5761 section 4
        return None
    start = _HEADER.size + 4 * (first & 0x0F)
    if first & 0x10 and len(datagram) >= start + 4:
        start += 4 + 4 * int.from_bytes(datagram[start + 2 : start + 4], "big")
    end = len(datagram) - (datagram[-1] if first & 0x20 else 0)
    return Packet(second & 0x7F, sequence, timestamp, source, datagram[start:end])


class Reception:
    """Counts of the packets of one stream as they come in."""

    def __init__(self) -> None:
        self.received = 0
        self.lost = 0
        """Gaps in the sequence numbers, less packets that came late after all; never below 0."""

        self.longest_gap_ms = 0.0
        """Longest time between two packets that followed each other."""

        self._source: int | None = None
        self._newest = 0
        self._last_at: float | None = None

    def count(self, packet: Packet, at: float) -> None:
        """Take note of one packet that came at `at` (monotonic seconds)."""
        self.received += 1
        if self._last_at is not None:
            self.longest_gap_ms = max(self.longest_gap_ms, (at - self._last_at) * 1000)
        self._last_at = at
        if packet.source == self._source:
            ahead = (packet.sequence - self._newest) & 0xFFFF
            if ahead >= 0x8000:
                self.lost = max(self.lost - 1, 0)
                return
            self.lost += max(ahead - 1, 0)
        self._source = packet.source
        self._newest = packet.sequence


class RtpSession(asyncio.DatagramProtocol):
    """One audio stream each way. Made with `open_rtp`."""

    def __init__(self, hearing: Hearing) -> None:
        self.hearing = hearing
        self.reception = Reception()
        self.sent = 0
        self.loses_every = 0
        """Every so manieth packet is numbered and not sent; 0 = all are."""

        self.on_packet: Callable[[float], None] | None = None
        """Told the loudness in dBFS of every received audio packet."""

        self.on_key: Callable[[str], None] | None = None
        """Told every key the other side presses."""

        self._transport: asyncio.DatagramTransport | None = None
        self._listener = KeyListener()
        self._peer: Address | None = None
        self._key_payload: int | None = None
        self._sound: Sound | None = None
        self._keys: deque[str] = deque()
        self._pressing: Iterator[KeyPacket] | None = None
        self._press_timestamp = 0
        self._press_starts = False
        self._pause_frames = 0
        self._source = secrets.randbits(32)
        self._sequence = secrets.randbits(16)
        self._timestamp = secrets.randbits(32)
        self._is_first = True
        self._due_at = 0.0
        self._timer: asyncio.Handle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the event loop when the socket is bound."""
        self._transport = cast(asyncio.DatagramTransport, transport)

    @property
    def address(self) -> Address:
        """Where we listen."""
        assert self._transport is not None
        host, port = self._transport.get_extra_info("sockname")[:2]
        return (host, port)

    def aim(self, peer: Address, key_payload: int | None) -> None:
        """Send to `peer` from now on; the first call starts the stream.

        Args:
            peer: where the other side listens.
            key_payload: payload type for RFC 4733 keys, None when it takes none.
        """
        self._peer = peer
        self._key_payload = key_payload
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._due_at = loop.time()
            self._timer = loop.call_soon(self._send_due)

    def mute(self) -> None:
        """Send nothing until aimed again (the other side put us on hold)."""
        self._peer = None

    def say(self, sound: Sound | None) -> None:
        """Say something instead of what is being said now; None = silence."""
        self._sound = sound

    def press(self, keys: str) -> None:
        """Press one key after the other, 160 ms each with 100 ms between.

        Raises:
            ValueError: one of them is no telephone key.
        """
        for key in keys:
            next(key_press(key))
            self._keys.append(key)

    def close(self) -> None:
        """Stop sending and give the port back."""
        if self._timer is not None:
            self._timer.cancel()
        if self._transport is not None:
            self._transport.close()

    def _send_due(self) -> None:
        loop = asyncio.get_running_loop()
        late = int((loop.time() - self._due_at) / FRAME_S)
        skipped = max(late - _LATE_FRAMES_SENT, 0)
        self._due_at += skipped * FRAME_S
        self._timestamp = (self._timestamp + skipped * FRAME_SAMPLES) & 0xFFFFFFFF
        while self._due_at <= loop.time():
            self._send_frame()
            self._due_at += FRAME_S
        self._timer = loop.call_at(self._due_at, self._send_due)

    def _send_frame(self) -> None:
        frame = (self._sound.next_frame() if self._sound is not None else None) or SILENCE
        if self._key_payload is not None and (packet := self._next_key_packet()) is not None:
            marker = 0x80 if self._press_starts else 0
            self._press_starts = False
            self._send(marker | self._key_payload, self._press_timestamp, packet.render())
        else:
            self._send(0x80 | ALAW if self._is_first else ALAW, self._timestamp, frame)
        self._timestamp = (self._timestamp + FRAME_SAMPLES) & 0xFFFFFFFF

    def _next_key_packet(self) -> KeyPacket | None:
        if self._pressing is not None:
            packet = next(self._pressing, None)
            if packet is not None:
                return packet
            self._pressing = None
            self._pause_frames = _FRAMES_BETWEEN_KEYS
        if self._pause_frames > 0:
            self._pause_frames -= 1
            return None
        if not self._keys:
            return None
        self._pressing = key_press(self._keys.popleft())
        self._press_timestamp = self._timestamp
        self._press_starts = True
        return next(self._pressing)

    def _send(self, marker_and_type: int, timestamp: int, payload: bytes) -> None:
        if self._transport is None or self._peer is None:
            return
        header = _HEADER.pack(0x80, marker_and_type, self._sequence, timestamp, self._source)
        self._sequence = (self._sequence + 1) & 0xFFFF
        self._is_first = False
        if self.loses_every and self._sequence % self.loses_every == 0:
            return
        self._transport.sendto(header + payload, self._peer)
        self.sent += 1

    def datagram_received(self, datagram: bytes, peer: tuple[str | int, ...]) -> None:
        """Called by the event loop with every packet."""
        packet = parse_packet(datagram)
        if packet is None:
            return
        self.reception.count(packet, asyncio.get_running_loop().time())
        if packet.payload_type == ALAW:
            level = self.hearing.hear(packet.payload)
            if self.on_packet is not None:
                self.on_packet(level)
        elif packet.payload_type == self._key_payload:
            key = self._listener.hear(packet.payload, packet.timestamp)
            if key is not None and self.on_key is not None:
                self.on_key(key)


async def open_rtp(local_host: str, hearing: Hearing) -> RtpSession:
    """Bind a port chosen by the system and make a session on it; nothing is sent yet."""
    loop = asyncio.get_running_loop()
    _, session = await loop.create_datagram_endpoint(
        lambda: RtpSession(hearing), local_addr=(local_host, 0)
    )
    return session
