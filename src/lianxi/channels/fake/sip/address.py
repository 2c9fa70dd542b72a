"""SIP addresses: what a From, To or Contact header holds (RFC 3261 sections 19.1 and 20.10)."""

import re
import socket
from dataclasses import dataclass

Address = tuple[str, int]
"""Host and UDP port of a peer."""

_NAME_ADDRESS = re.compile(r'^\s*(?:"((?:[^"\\]|\\.)*)"|([^<"]*?))\s*<([^>]+)>(.*)$', re.DOTALL)
_URI = re.compile(r"^sips?:(?:([^@;?]*)@)?(\[[^\]]+\]|[^:;?>]+)(?::(\d+))?")


@dataclass(frozen=True, slots=True)
class NameAddress:
    """A display name, a URI and the header's own parameters."""

    display_name: str
    uri: str
    tag: str
    expires_s: int | None

    @property
    def user(self) -> str:
        """The user part of the URI, empty when there is none."""
        found = _URI.match(self.uri)
        return (found.group(1) or "") if found else ""


def parse_name_address(value: str) -> NameAddress:
    """Read one From, To, Contact or Route value; a bare URI is accepted too."""
    found = _NAME_ADDRESS.match(value)
    if found:
        quoted, plain, uri, rest = found.groups()
        name = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else (plain or "")
    else:
        uri, _, rest = value.strip().partition(";")
        name, rest = "", ";" + rest
    parameters = dict(_parameters(rest))
    expires = parameters.get("expires", "")
    return NameAddress(
        display_name=name.strip(),
        uri=uri.strip(),
        tag=parameters.get("tag", ""),
        expires_s=int(expires) if expires.isdigit() else None,
    )


def _parameters(text: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for part in text.split(";"):
        name, _, value = part.strip().partition("=")
        if name:
            pairs.append((name.strip().lower(), value.strip().strip('"')))
    return pairs


def with_tag(value: str, tag: str) -> str:
    """The header value with `tag`, unless it carries one already."""
    return value if ";tag=" in value.lower() else f"{value};tag={tag}"


def branch_of(via: str) -> str:
    """The branch parameter of a Via value, empty when there is none."""
    return dict(_parameters(via.partition(";")[2])).get("branch", "")


def local_host_towards(peer: Address) -> str:
    """The address of this machine from which packets to `peer` leave. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(peer)
        return str(probe.getsockname()[0])
