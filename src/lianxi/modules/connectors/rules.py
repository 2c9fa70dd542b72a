"""What a connector may be, where it may lead, and what of an answer a flow may have. Pure."""

import ipaddress
import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlsplit

from lianxi.engine.messages.expressions import LONGEST_TEXT, Value
from lianxi.modules.connectors.contracts import Connector
from lianxi.modules.connectors.errors import ConnectorInvalid, NotAnswered

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
HEADER = re.compile(r"[A-Za-z0-9-]{1,60}")
PLACE = re.compile(r"\{([a-z][a-z0-9_]{0,39})\}")
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")
SET_BY_US = frozenset({"host", "content-length", "content-type", "transfer-encoding"})
LONGEST_URL = 1_000
MOST_HEADERS = 20
DEEPEST = 4
MOST_FIELDS = 200


def check(connector: Connector, secrets: Mapping[str, str]) -> None:
    """Whether it may be set up.

    Raises:
        ConnectorInvalid: with the field that is wrong.
    """
    parts = urlsplit(PLACE.sub("x", connector.url))
    host = urlsplit(connector.url).netloc
    wrong = {
        "name": not NAME.fullmatch(connector.name),
        "title": not 1 <= len(connector.title) <= 80,
        "url": len(connector.url) > LONGEST_URL
        or parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.username is not None
        or "{" in host
        or bool(UNPRINTABLE.search(connector.url))
        or "#" in connector.url,
        "headers": not _are_headers({**connector.headers, **secrets}),
    }
    for name, is_wrong in wrong.items():
        if is_wrong:
            raise ConnectorInvalid(field=name)


def _are_headers(headers: Mapping[str, str]) -> bool:
    return len(headers) <= MOST_HEADERS and all(
        HEADER.fullmatch(name)
        and name.lower() not in SET_BY_US
        and value.isascii()
        and not UNPRINTABLE.search(value)
        for name, value in headers.items()
    )


def address_of(
    url: str, arguments: Mapping[str, Value], secrets: Iterable[str]
) -> tuple[str, set[str]]:
    """The address for these arguments, and which of them are in it.

    Raises:
        NotAnswered: an argument is missing, or a secret one would be in the address, which others
            write into their logs.
    """
    used = set(PLACE.findall(url))
    if used & set(secrets):
        raise NotAnswered("secret_in_address")
    if used - set(arguments):
        raise NotAnswered("argument_missing")
    return PLACE.sub(lambda place: quote(text_of(arguments[place[1]]), safe=""), url), used


def text_of(value: Value) -> str:
    """A value as others read it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def is_outside(address: str) -> bool:
    """Whether an address is one of the public network: neither ours, nor this machine, nor one by
    which clouds tell secrets (169.254.169.254)."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if inner is not None:
            found = inner
        elif found in NAT64:
            found = ipaddress.IPv4Address(int(found) & 0xFFFF_FFFF)
    return found.is_global and not found.is_multicast and not found.is_reserved


NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def fields_of(answer: object) -> dict[str, Value]:
    """What an answer says, by dotted name: {"customer": {"level": 2}} is customer.level = 2.

    Raises:
        NotAnswered: it is no object.
    """
    if not isinstance(answer, dict):
        raise NotAnswered("answer_no_object")
    found: dict[str, Value] = {}
    _gather(answer, "", found, DEEPEST)
    return found


def _gather(part: Mapping[str, object], prefix: str, found: dict[str, Value], deep: int) -> None:
    for name, value in part.items():
        if len(found) >= MOST_FIELDS:
            return
        if isinstance(value, str):
            found[prefix + name] = value[:LONGEST_TEXT]
        elif isinstance(value, bool | int | float):
            found[prefix + name] = value
        elif isinstance(value, dict) and deep > 1:
            _gather(value, f"{prefix}{name}.", found, deep - 1)
