"""Session descriptions with one audio stream: G.711 a-law and telephone events (RFC 4566, 3264)."""

import secrets
from dataclasses import dataclass

from lianxi.channels.fake.sip.address import Address

ALAW = 8
"""The static payload type of G.711 a-law (RFC 3551)."""

TELEPHONE_EVENT = 101
"""The payload type we offer for RFC 4733 digits."""

_TURNED = {
    "sendrecv": "sendrecv",
    "sendonly": "recvonly",
    "recvonly": "sendonly",
    "inactive": "inactive",
}


@dataclass(frozen=True, slots=True)
class Audio:
    """What a session description says about its audio stream."""

    address: Address
    payloads: tuple[int, ...]
    telephone_event: int | None
    direction: str
    """From the writer's point of view: sendrecv, sendonly, recvonly or inactive."""

    @property
    def has_alaw(self) -> bool:
        """Whether a-law can be spoken."""
        return ALAW in self.payloads

    @property
    def answering_direction(self) -> str:
        """The direction our answer carries."""
        return _TURNED[self.direction]

    @property
    def takes_audio(self) -> bool:
        """Whether the writer wants to hear us."""
        return self.direction in {"sendrecv", "recvonly"}


def parse_audio(body: bytes) -> Audio | None:
    """The audio stream of a description, or None when there is none that is switched on."""
    host = ""
    port = 0
    payloads: tuple[int, ...] = ()
    event: int | None = None
    direction = "sendrecv"
    section = "session"
    for line in body.decode("utf-8", errors="replace").splitlines():
        kind, _, value = line.strip().partition("=")
        words = value.split()
        if kind == "m":
            section = words[0] if words else ""
            if section == "audio" and port == 0 and len(words) > 3:
                port = int(words[1].partition("/")[0])
                payloads = tuple(int(word) for word in words[3:] if word.isdigit())
        elif section not in {"session", "audio"}:
            continue
        elif kind == "c" and len(words) == 3:
            host = words[2].partition("/")[0]
        elif kind == "a" and value in _TURNED:
            direction = value
        elif kind == "a" and value.lower().startswith("rtpmap:"):
            number, _, name = value[7:].partition(" ")
            if name.strip().lower() == "telephone-event/8000" and number.isdigit():
                event = int(number)
    if not host or port == 0:
        return None
    return Audio(
        address=(host, port), payloads=payloads, telephone_event=event, direction=direction
    )


class Description:
    """Our own session description; its version grows with every change (RFC 3264 section 8)."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._session = secrets.randbelow(2**31)
        self._version = 0

    def render(self, *, direction: str = "sendrecv", telephone_event: int | None) -> bytes:
        """The text, with telephone events when a payload type for them is given."""
        self._version += 1
        host, port = self._address
        lines = [
            "v=0",
            f"o=- {self._session} {self._version} IN IP4 {host}",
            "s=-",
            f"c=IN IP4 {host}",
            "t=0 0",
            f"m=audio {port} RTP/AVP {ALAW}"
            + (f" {telephone_event}" if telephone_event is not None else ""),
            f"a=rtpmap:{ALAW} PCMA/8000",
        ]
        if telephone_event is not None:
            lines += [
                f"a=rtpmap:{telephone_event} telephone-event/8000",
                f"a=fmtp:{telephone_event} 0-16",
            ]
        lines += ["a=ptime:20", f"a={direction}", ""]
        return "\r\n".join(lines).encode()
