"""The SIP side of the switch, played: a browser's telephone registers, rings, picks up, hangs up.

No sound goes anywhere; the offer is one that a browser accepts, so that its own telephone answers.
"""

import re
from dataclasses import dataclass, field
from itertools import count

from playwright.async_api import BrowserContext, WebSocketRoute

_SDP = "\r\n".join(
    (
        "v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0",
        "m=audio 9 UDP/TLS/RTP/SAVPF 8 101", "c=IN IP4 127.0.0.1", "a=mid:0", "a=rtcp-mux",
        "a=ice-ufrag:play", "a=ice-pwd:playedplayedplayedplayed", "a=setup:actpass",
        "a=fingerprint:sha-256 " + ":".join(["AB"] * 32),
        "a=rtpmap:8 PCMA/8000", "a=rtpmap:101 telephone-event/8000", "a=sendrecv", "",
    )
)  # fmt: skip

_HEADER = re.compile(r"^([A-Za-z-]+): *(.*?)\r?$", re.MULTILINE)


def _fields(message: str) -> dict[str, str]:
    """The headers of a message by name in small letters; of several the first."""
    found: dict[str, str] = {}
    for name, value in _HEADER.findall(message.partition("\r\n\r\n")[0]):
        found.setdefault(name.lower(), value)
    return found


@dataclass
class Telephone:
    """One window's telephone."""

    line: WebSocketRoute
    contact: str = ""
    """Where it can be reached; empty when it is not registered."""

    heard: list[str] = field(default_factory=list)
    """What it said: `REGISTER`, `180`, `200`, `BYE`…, the oldest first."""


class PlayedSwitch:
    """Answers the browser's SIP. Like the real one it keeps the last contact of an account only."""

    def __init__(self) -> None:
        self.telephones: list[Telephone] = []
        self._numbers = count(1)

    async def serve(self, computer: BrowserContext) -> None:
        """Stand where the switch is, for every window of a computer opened from now on."""
        await computer.route_web_socket("**/sip", self._opened)

    @property
    def registered(self) -> Telephone | None:
        """The telephone that calls go to."""
        return next((one for one in reversed(self.telephones) if one.contact), None)

    def rings(self, offer: str) -> Telephone:
        """Call the telephone for an offer."""
        telephone = self.registered
        assert telephone is not None, "no telephone is registered"
        number = next(self._numbers)
        telephone.line.send(
            f"INVITE {telephone.contact} SIP/2.0\r\n"
            f"Via: SIP/2.0/WS switch.invalid;branch=z9hG4bKplayed{number}\r\nMax-Forwards: 70\r\n"
            f"From: <sip:queue@switch.invalid>;tag=f{number}\r\nTo: <{telephone.contact}>\r\n"
            f"Call-ID: played-{number}\r\nCSeq: {number} INVITE\r\n"
            f"Contact: <sip:switch@switch.invalid;transport=ws>\r\nX-Offer: {offer}\r\n"
            f"Content-Type: application/sdp\r\nContent-Length: {len(_SDP)}\r\n\r\n{_SDP}"
        )
        return telephone

    def _opened(self, line: WebSocketRoute) -> None:
        telephone = Telephone(line)
        self.telephones.append(telephone)
        line.on_message(lambda message: self._hear(telephone, str(message)))

    def _hear(self, telephone: Telephone, message: str) -> None:
        first, _, _ = message.partition("\r\n")
        if not first.strip():
            return  # keeps the line alive
        fields = _fields(message)
        method = first.split(" ")[1 if first.startswith("SIP/2.0") else 0]
        telephone.heard.append(method)
        if first.startswith("SIP/2.0"):
            if method == "200" and fields["cseq"].endswith("INVITE"):
                self._acknowledge(telephone, fields)
            return
        if method == "ACK":
            return
        expires = "90"
        if method == "REGISTER":
            expires = self._register(telephone, fields)
        telephone.line.send(
            "SIP/2.0 200 OK\r\n"
            f"Via: {fields['via']}\r\nFrom: {fields['from']}\r\n"
            f"To: {fields['to']}{'' if ';tag=' in fields['to'] else ';tag=played'}\r\n"
            f"Call-ID: {fields['call-id']}\r\nCSeq: {fields['cseq']}\r\n"
            + (
                f"Contact: {fields['contact']}\r\n"
                if expires != "0" and "contact" in fields
                else ""
            )
            + f"Expires: {expires}\r\nContent-Length: 0\r\n\r\n"
        )

    def _register(self, telephone: Telephone, fields: dict[str, str]) -> str:
        expires = fields.get("expires", "90")
        for one in self.telephones:
            one.contact = ""
        if expires != "0":
            found = re.search(r"<([^>]+)>", fields["contact"])
            telephone.contact = found.group(1) if found else ""
        return expires

    def _acknowledge(self, telephone: Telephone, fields: dict[str, str]) -> None:
        number = fields["cseq"].split(" ")[0]
        target = re.search(r"<([^>]+)>", fields["contact"])
        assert target is not None
        telephone.line.send(
            f"ACK {target.group(1)} SIP/2.0\r\n"
            f"Via: SIP/2.0/WS switch.invalid;branch=z9hG4bKack{number}\r\nMax-Forwards: 70\r\n"
            f"From: {fields['from']}\r\nTo: {fields['to']}\r\nCall-ID: {fields['call-id']}\r\n"
            f"CSeq: {number} ACK\r\nContent-Length: 0\r\n\r\n"
        )
