"""One call over one TCP connection, message by message: a carrier that says what it is told to."""

import asyncio
import re

SDP = (
    "v=0\r\no=- 1 1 IN IP4 127.0.0.2\r\ns=-\r\nc=IN IP4 127.0.0.2\r\nt=0 0\r\n"
    "m=audio 49170 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n"
)
"""Voice at an address where nobody listens."""


class TcpPeer:
    """A carrier's side."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self.writer = writer
        self.host, self.port = writer.get_extra_info("sockname")[:2]
        self.to = "<sip:4001@127.0.0.1>"
        self.target = "sip:4001@127.0.0.1;transport=tcp"

    async def heard(self, *, within_s: float = 10.0) -> str:
        """The next message, with what is in it."""
        async with asyncio.timeout(within_s):
            head = ""
            while not head:  # empty lines keep a silent connection open
                head = (await self._reader.readuntil(b"\r\n\r\n")).decode().lstrip("\r\n")
            length = re.search(r"Content-Length:\s*(\d+)", head, re.IGNORECASE)
            return head + (await self._reader.readexactly(int(length[1] if length else 0))).decode()

    async def final(self) -> str:
        """The next answer that is the last one."""
        while (said := await self.heard()).startswith("SIP/2.0 1"):
            pass
        return said

    def ask(self, method: str, number: int, *headers: str, body: str = "") -> None:
        """Send a request of the one call."""
        self._send(
            f"{method} {self.target} SIP/2.0",
            f"Via: SIP/2.0/TCP {self.host}:{self.port};branch=z9hG4bK{method}{number}{self.port}",
            "Max-Forwards: 70",
            f"From: <sip:13800138000@{self.host}>;tag=1",
            f"To: {self.to}",
            f"Call-ID: tcp-{self.port}",
            f"CSeq: {number} {method}",
            f"Contact: <sip:13800138000@{self.host}:{self.port};transport=tcp>",
            *headers,
            *(["Content-Type: application/sdp"] if body else []),
            body=body,
        )

    def answer(self, request: str, status: str, *headers: str, body: str = "") -> None:
        """Answer what was asked."""
        kept = re.findall(r"^(?:Via|From|Call-ID|CSeq): .*$", request, re.MULTILINE)
        to = header(request, "To")
        self._send(
            f"SIP/2.0 {status}",
            *(each.strip() for each in kept),
            f"To: {to}" if ";tag=" in to else f"To: {to};tag=2",
            f"Contact: <sip:{self.host}:{self.port};transport=tcp>",
            *headers,
            *(["Content-Type: application/sdp"] if body else []),
            body=body,
        )

    def _send(self, *lines: str, body: str = "") -> None:
        message = "\r\n".join([*lines, f"Content-Length: {len(body)}", "", body])
        self.writer.write(message.encode())


def header(message: str, name: str) -> str:
    """What a header says; empty when it is not there."""
    found = re.search(rf"^{name}:\s*(.*?)\s*$", message, re.MULTILINE | re.IGNORECASE)
    return found[1] if found else ""
