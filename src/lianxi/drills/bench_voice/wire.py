"""What the loopback interface tells of a round: how long each call took to be answered, and whether
sound was lost.

A filter in the kernel lets only SIP of the customers and the heads of RTP towards customers and
agents through, so that listening costs little.
"""

import ctypes
import json
import re
import socket
import struct
import threading
from dataclasses import dataclass, field
from typing import Final

_ALL_PROTOCOLS: Final = 3
_TIMESTAMP_NS: Final = 35
_ATTACH_FILTER: Final = 26
_RECEIVE_BUFFER_FORCE: Final = 33
_RECEIVE_BUFFER: Final = 32 * 1024 * 1024
_OUTGOING: Final = 4
_CALL_ID = re.compile(rb"\r\n(?:Call-ID|i): *([^\r\n]+)", re.IGNORECASE)
_FROM = re.compile(rb"\r\nFrom: <sip:(\d+)@")
_ENTERED: Final = b'"ChannelEnteredBridge"'
_TCP: Final = 6
_FRAME: Final = 160
"""RTP timestamp steps of 20 ms."""


@dataclass(slots=True)
class Stream:
    """RTP from the switch towards one port."""

    first: int
    last: int
    packets: int = 1


@dataclass(slots=True)
class Heard:
    """What was on the wire in one round."""

    invited: dict[bytes, float] = field(default_factory=dict)
    answered: dict[bytes, float] = field(default_factory=dict)
    streams: dict[tuple[int, int], Stream] = field(default_factory=dict)
    numbers: dict[bytes, str] = field(default_factory=dict)
    """The number each call shows."""

    joined: dict[str, float] = field(default_factory=dict)
    """When the switch said that a caller of this number stands in a bridge with an agent."""

    @property
    def answer_ms(self) -> list[float]:
        """From each customer's first INVITE to its 200, by which app_queue has joined the two."""
        return [
            (at - self.invited[call]) * 1000
            for call, at in self.answered.items()
            if call in self.invited
        ]

    @property
    def joined_ms(self) -> list[float]:
        """From each customer's first INVITE to standing in the bridge with an agent, for calls that
        are answered before that: the customer has been answered then as well."""
        return [
            (max(self.joined[self.numbers[call]], at) - self.invited[call]) * 1000
            for call, at in self.answered.items()
            if self.numbers.get(call) in self.joined
        ]

    @property
    def lost(self) -> tuple[int, int]:
        """Packets of sound that never came out of the switch, and those that should have: by the
        timestamps of each stream, which go on whether or not a packet comes."""
        wanted = sum((one.last - one.first) // _FRAME + 1 for one in self.streams.values())
        came = sum(one.packets for one in self.streams.values())
        return max(wanted - came, 0), wanted


class Listener:
    """Listens in a thread of its own. Use as `with Listener(...) as heard`.

    Args:
        customers_port: of the customers' SIPp.
        ari_port: of the switch's words to the Driver.
        media: the switch's ports for sound, when sound is looked at too.
    """

    def __init__(self, *, customers_port: int, ari_port: int, media: range | None) -> None:
        self.heard = Heard()
        self._ari_port = ari_port
        self._callers: dict[str, str] = {}
        self._customers_port = customers_port
        self._media = media
        self._since, self._until = 0.0, float("inf")
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._socket: socket.socket | None = None

    def look_between(self, since: float, until: float) -> None:
        """Sound counts only between these moments, epoch seconds."""
        self._since, self._until = since, until

    def __enter__(self) -> "Listener":
        listening = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(_ALL_PROTOCOLS))
        _attach(listening, _program(self._customers_port, self._ari_port, self._media))
        listening.setsockopt(socket.SOL_SOCKET, _TIMESTAMP_NS, 1)
        try:
            listening.setsockopt(socket.SOL_SOCKET, _RECEIVE_BUFFER_FORCE, _RECEIVE_BUFFER)
        except OSError:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER)
        listening.bind(("lo", 0))
        listening.settimeout(0.2)
        self._socket = listening
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()
        if self._socket is not None:
            self._socket.close()

    def _listen(self) -> None:
        if self._socket is None:
            return
        space = socket.CMSG_SPACE(16)
        while not self._is_over.is_set():
            try:
                packet, ancillary, _, _ = self._socket.recvmsg(65_535, space)
            except TimeoutError:
                continue
            at = _instant(ancillary)
            head = (packet[0] & 0x0F) * 4
            source, target = struct.unpack_from("!HH", packet, head)
            if packet[9] == _TCP:
                self._take_words(packet[head + (packet[head + 12] >> 4) * 4 :], at)
            elif self._customers_port in (source, target):
                self._take_sip(packet[head + 8 :], at, is_answer=target == self._customers_port)
            elif self._since <= at <= self._until:
                self._take_sound(packet, head + 8, target)

    def _take_sip(self, message: bytes, at: float, *, is_answer: bool) -> None:
        if is_answer:
            if message.startswith(b"SIP/2.0 200") and b" INVITE\r\n" in message:
                self.heard.answered.setdefault(_call_id(message), at)
        elif message.startswith(b"INVITE "):
            call = _call_id(message)
            self.heard.invited.setdefault(call, at)
            if (shown := _FROM.search(message)) is not None:
                self.heard.numbers[call] = shown.group(1).decode()

    def _take_words(self, words: bytes, at: float) -> None:
        place = words.find(_ENTERED)
        while place >= 0:
            self._take_entry(words[words.rfind(b"{", 0, place) :], at)
            place = words.find(_ENTERED, place + len(_ENTERED))

    def _take_entry(self, words: bytes, at: float) -> None:
        """One leg more stands in a bridge; with the second one the two are together."""
        try:
            told, _ = json.JSONDecoder().raw_decode(words.decode(errors="replace"))
            bridge, channel = told["bridge"], told["channel"]
        except (ValueError, KeyError):
            return  # the rest came in another packet
        name = str(bridge["id"])
        if channel["channelvars"].get("LX_ROLE") == "customer":
            self._callers[name] = str(channel["caller"]["number"])
        if len(bridge["channels"]) > 1 and name in self._callers:
            self.heard.joined.setdefault(self._callers[name], at)

    def _take_sound(self, packet: bytes, at: int, target: int) -> None:
        if len(packet) < at + 12 or packet[at] >> 6 != 2 or packet[at + 1] & 0x7F != 8:
            return
        timestamp, source = struct.unpack_from("!II", packet, at + 4)
        stream = self.heard.streams.get((target, source))
        if stream is None:
            self.heard.streams[target, source] = Stream(timestamp, timestamp)
        else:
            stream.last = max(stream.last, timestamp)
            stream.packets += 1


def _call_id(message: bytes) -> bytes:
    found = _CALL_ID.search(message)
    return found.group(1) if found is not None else b""


def _instant(ancillary: list[tuple[int, int, bytes]]) -> float:
    for level, kind, content in ancillary:
        if level == socket.SOL_SOCKET and kind == _TIMESTAMP_NS:
            seconds, nanoseconds = struct.unpack("qq", content[:16])
            return float(seconds) + float(nanoseconds) / 1e9
    raise OSError("the kernel gave a packet without its time")


Line = tuple[int, int, int, int]
_LOAD_KIND: Final = 0xFFFFF000 + 4
"""`SKF_AD_OFF + SKF_AD_PKTTYPE`: whether a packet comes or goes."""


def _program(customers_port: int, ari_port: int, media: range | None) -> list[Line]:
    """Classic BPF: arriving UDP from or to the customers' SIP port, TCP from the switch's REST
    interface, and the first 64 bytes of what comes from the switch's media ports. (Op, jump when
    true, jump when false, value.)"""
    lines: list[tuple[int, str, str, int]] = [
        (0x28, "", "", _LOAD_KIND),
        (0x15, "drop", "", _OUTGOING),
        (0xB1, "", "", 0),
        (0x30, "", "", 9),
        (0x15, "", "udp", _TCP),
        (0x48, "", "", 0),
        (0x15, "take", "drop", ari_port),
        (0x15, "", "drop", 17),
        (0x48, "", "", 2),
        (0x15, "take", "", customers_port),
        (0x48, "", "", 0),
        (0x15, "take", "", customers_port),
    ]
    if media is not None:
        lines += [(0x35, "", "drop", media.start), (0x25, "drop", "head", media.stop - 1)]
    else:
        lines += [(0x05, "drop", "", 0)]
    places = {"udp": 7, "head": len(lines), "take": len(lines) + 1, "drop": len(lines) + 2}
    done: list[Line] = []
    for index, (op, yes, no, value) in enumerate(lines):
        to = [places[name] - index - 1 if name else 0 for name in (yes, no)]
        done.append((op, 0, 0, to[0]) if op == 0x05 else (op, to[0], to[1], value))
    return [*done, (0x06, 0, 0, 64), (0x06, 0, 0, 65_535), (0x06, 0, 0, 0)]


def _attach(listening: socket.socket, program: list[Line]) -> None:
    code = b"".join(struct.pack("HBBI", *line) for line in program)
    kept = ctypes.create_string_buffer(code, len(code))
    pointer = struct.pack("HL", len(program), ctypes.addressof(kept))
    listening.setsockopt(socket.SOL_SOCKET, _ATTACH_FILTER, pointer)


def quantile(values: list[float], share: float) -> float:
    """The value that this share of the values does not exceed; 0 when there are none."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0
