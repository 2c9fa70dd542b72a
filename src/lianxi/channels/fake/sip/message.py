"""SIP messages as text: parse a datagram, render a message (RFC 3261 section 7).

Headers keep their order and are looked up without regard to case; the compact forms of
RFC 3261 section 7.3.3 are read and always written out in full.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

_COMPACT = {
    "c": "Content-Type",
    "e": "Content-Encoding",
    "f": "From",
    "i": "Call-ID",
    "k": "Supported",
    "l": "Content-Length",
    "m": "Contact",
    "s": "Subject",
    "t": "To",
    "v": "Via",
}


class MalformedMessage(ValueError):
    """The datagram is not a SIP message."""


class Headers:
    """Header fields in order; a name may occur more than once."""

    def __init__(self, fields: Iterable[tuple[str, str]] = ()) -> None:
        self.fields: list[tuple[str, str]] = list(fields)

    def get(self, name: str, default: str = "") -> str:
        """The first value of `name`, or `default` when the header is absent."""
        wanted = name.lower()
        return next((value for key, value in self.fields if key.lower() == wanted), default)

    def every(self, name: str) -> list[str]:
        """All values of `name` in order, with comma-joined lists taken apart."""
        return [part for value in self.unsplit(name) for part in split_outside_quotes(value)]

    def unsplit(self, name: str) -> list[str]:
        """All values of `name` in order as they stand, for headers with commas of their own."""
        wanted = name.lower()
        return [value for key, value in self.fields if key.lower() == wanted]

    def add(self, name: str, value: str) -> None:
        """Append a header."""
        self.fields.append((name, value))

    def replace(self, name: str, value: str) -> None:
        """Set the only value of `name`, keeping the place of the first one."""
        wanted = name.lower()
        kept: list[tuple[str, str]] = []
        is_placed = False
        for key, old in self.fields:
            if key.lower() != wanted:
                kept.append((key, old))
            elif not is_placed:
                kept.append((name, value))
                is_placed = True
        if not is_placed:
            kept.append((name, value))
        self.fields = kept

    def without(self, *names: str) -> "Headers":
        """A copy that lacks the named headers."""
        unwanted = {name.lower() for name in names}
        return Headers((key, value) for key, value in self.fields if key.lower() not in unwanted)

    def copy(self) -> "Headers":
        """An independent copy."""
        return Headers(self.fields)


@dataclass(slots=True)
class Request:
    """A SIP request."""

    method: str
    uri: str
    headers: Headers
    body: bytes = b""

    def render(self) -> bytes:
        """The datagram of this request."""
        return _render(f"{self.method} {self.uri} SIP/2.0", self.headers, self.body)


@dataclass(slots=True)
class Response:
    """A SIP response."""

    status: int
    reason: str
    headers: Headers = field(default_factory=Headers)
    body: bytes = b""

    def render(self) -> bytes:
        """The datagram of this response."""
        return _render(f"SIP/2.0 {self.status} {self.reason}", self.headers, self.body)


REASONS = {
    100: "Trying",
    180: "Ringing",
    183: "Session Progress",
    200: "OK",
    401: "Unauthorized",
    404: "Not Found",
    480: "Temporarily Unavailable",
    481: "Call/Transaction Does Not Exist",
    486: "Busy Here",
    487: "Request Terminated",
    488: "Not Acceptable Here",
    501: "Not Implemented",
    603: "Decline",
}


def response_to(request: Request, status: int, *, tag: str = "") -> Response:
    """A response to `request` with the headers RFC 3261 section 8.2.6 asks for.

    Args:
        request: what is answered.
        status: SIP status code, 100..699.
        tag: our tag, added to To when it carries none yet.
    """
    headers = Headers(
        (key, value)
        for key, value in request.headers.fields
        if key.lower() in {"via", "from", "call-id", "cseq", "record-route"}
    )
    to_value = request.headers.get("To")
    if tag and status > 100 and ";tag=" not in to_value.lower():
        to_value += f";tag={tag}"
    headers.add("To", to_value)
    return Response(status=status, reason=REASONS.get(status, "Unknown"), headers=headers)


def parse(datagram: bytes) -> Request | Response:
    """Read one SIP message.

    Raises:
        MalformedMessage: the datagram is no SIP message (also keep-alives of a few bytes).
    """
    head, _, body = datagram.partition(b"\r\n\r\n")
    try:
        lines = head.decode("utf-8").split("\r\n")
    except UnicodeDecodeError as error:
        raise MalformedMessage("the head is not UTF-8") from error
    headers = Headers(_header_lines(lines[1:]))
    for name in ("Via", "From", "To", "Call-ID", "CSeq"):
        if not headers.get(name).strip():
            raise MalformedMessage(f"no {name}")
    length = headers.get("Content-Length")
    if length.isdigit():
        body = body[: int(length)]
    start = lines[0].split(" ", 2)
    if len(start) != 3:
        raise MalformedMessage(f"no start line: {lines[0][:40]!r}")
    if start[0] == "SIP/2.0":
        if not start[1].isdigit():
            raise MalformedMessage(f"no status code: {lines[0][:40]!r}")
        return Response(status=int(start[1]), reason=start[2], headers=headers, body=body)
    if start[2] != "SIP/2.0":
        raise MalformedMessage(f"not SIP/2.0: {lines[0][:40]!r}")
    return Request(method=start[0], uri=start[1], headers=headers, body=body)


def _header_lines(lines: list[str]) -> list[tuple[str, str]]:
    unfolded: list[str] = []
    for line in lines:
        if line[:1] in {" ", "\t"} and unfolded:
            unfolded[-1] += " " + line.strip()
        else:
            unfolded.append(line)
    fields: list[tuple[str, str]] = []
    for line in unfolded:
        name, colon, value = line.partition(":")
        if not colon:
            raise MalformedMessage(f"header without a colon: {line[:40]!r}")
        name = name.strip()
        fields.append((_COMPACT.get(name.lower(), name), value.strip()))
    return fields


def _render(start_line: str, headers: Headers, body: bytes) -> bytes:
    lines = [start_line]
    lines += [f"{key}: {value}" for key, value in headers.without("Content-Length").fields]
    lines += [f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode() + body


def split_outside_quotes(value: str) -> list[str]:
    """Split at commas that stand outside double quotes and angle brackets."""
    parts: list[str] = []
    start = 0
    is_quoted = False
    depth = 0
    for position, sign in enumerate(value):
        if sign == '"' and value[position - 1 : position] != "\\":
            is_quoted = not is_quoted
        elif is_quoted:
            continue
        elif sign == "<":
            depth += 1
        elif sign == ">":
            depth -= 1
        elif sign == "," and depth == 0:
            parts.append(value[start:position].strip())
            start = position + 1
    parts.append(value[start:].strip())
    return parts
