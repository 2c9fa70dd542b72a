"""What is wrong with trunks and routes beyond their limits."""

import ipaddress
import re
from collections.abc import Iterator

from lianxi.engine.messages.routing import Routing
from lianxi.engine.messages.trunks import Route, Trunk
from lianxi.modules.routing.contracts import RoutingFlaw, RoutingProblem

CODECS = ("alaw", "ulaw", "g722")
"""What agents' devices speak, too."""

SERVER = re.compile(r"([0-9A-Za-z](?:[0-9A-Za-z.-]{0,252})|\[[0-9A-Fa-f:]+\])(:[1-9][0-9]{0,4})?")
ACCOUNT = re.compile(r"[0-9A-Za-z+*#._-]{0,80}")
PATTERN = re.compile(r"\+?[0-9XZN*#]{0,40}\.?")
DIGITS = re.compile(r"\+?[0-9*#]{0,40}")
WIDEST = {4: 8, 6: 32}
"""A network of more addresses is no carrier's: everybody in it could call in."""


def of_trunks(routing: Routing) -> Iterator[RoutingProblem]:
    """Everything wrong with trunks, routes and emergency numbers."""
    for trunk in routing.trunks:
        yield from _of_trunk(trunk)
    yield from _shared(routing)
    for route in routing.routes:
        yield from _of_route(route)
    for index, number in enumerate(routing.emergency):
        if not DIGITS.fullmatch(number) or not number:
            yield _bad("centre", f"emergency[{index}]", RoutingFlaw.BAD_PATTERN, number)
    yield from _of_shown_numbers(routing)


def _of_trunk(trunk: Trunk) -> Iterator[RoutingProblem]:
    where = f"trunk:{trunk.id}"
    if trunk.server and not SERVER.fullmatch(trunk.server):
        yield _bad(where, "server", RoutingFlaw.BAD_ADDRESS, trunk.server)
    for index, address in enumerate(trunk.addresses):
        if not _is_carriers(address):
            yield _bad(where, f"addresses[{index}]", RoutingFlaw.BAD_ADDRESS, address)
    for name in ("username", "contact_user"):
        if not ACCOUNT.fullmatch(getattr(trunk, name)):
            yield _bad(where, name, RoutingFlaw.BAD_NAME, getattr(trunk, name))
    for index, codec in enumerate(trunk.codecs):
        if codec not in CODECS:
            yield _bad(where, f"codecs[{index}]", RoutingFlaw.BAD_CODEC, codec)
    if not trunk.codecs:
        yield _bad(where, "codecs", RoutingFlaw.MISSING, "")
    if trunk.registers:
        for name in ("server", "username", "password_mark"):
            if not getattr(trunk, name):
                field = "password" if name == "password_mark" else name
                yield _bad(where, field, RoutingFlaw.MISSING, "")
    for index, pattern in enumerate(trunk.caller_numbers):
        if not PATTERN.fullmatch(pattern) or not pattern:
            yield _bad(where, f"caller_numbers[{index}]", RoutingFlaw.BAD_PATTERN, pattern)
    if not DIGITS.fullmatch(trunk.caller_number):
        yield _bad(where, "caller_number", RoutingFlaw.BAD_PATTERN, trunk.caller_number)


def _of_shown_numbers(routing: Routing) -> Iterator[RoutingProblem]:
    """Numbers shown to who is called: nothing else ever becomes a part of an address."""
    centre = routing.calling.caller_number
    if not DIGITS.fullmatch(centre):
        yield _bad("centre", "calling.caller_number", RoutingFlaw.BAD_PATTERN, centre)
    for queue in routing.queues:
        if not DIGITS.fullmatch(queue.caller_number):
            where, given = f"queue:{queue.id}", queue.caller_number
            yield _bad(where, "caller_number", RoutingFlaw.BAD_PATTERN, given)


def _shared(routing: Routing) -> Iterator[RoutingProblem]:
    """Two trunks with one address: nobody could say on which of them a call came."""
    seen: set[str] = set()
    for trunk in routing.trunks:
        for index, address in enumerate(trunk.addresses):
            if address in seen:
                where = f"trunk:{trunk.id}"
                yield _bad(where, f"addresses[{index}]", RoutingFlaw.DUPLICATE, address)
            seen.add(address)


def _of_route(route: Route) -> Iterator[RoutingProblem]:
    where = f"route:{route.pattern[:80]}"
    if not PATTERN.fullmatch(route.pattern) or not route.pattern:
        yield _bad(where, "pattern", RoutingFlaw.BAD_PATTERN, route.pattern)
    if not DIGITS.fullmatch(route.prepend):
        yield _bad(where, "prepend", RoutingFlaw.BAD_PATTERN, route.prepend)
    if not route.trunks:
        yield _bad(where, "trunks", RoutingFlaw.MISSING, "")
    for trunk in dict.fromkeys(each for each in route.trunks if route.trunks.count(each) > 1):
        yield _bad(where, "trunks", RoutingFlaw.DUPLICATE, trunk)


def _is_carriers(address: str) -> bool:
    try:
        network = ipaddress.ip_network(address, strict=False)
    except ValueError:
        return False
    is_anybodys = network.is_multicast or network.network_address.is_unspecified
    return network.prefixlen >= WIDEST[network.version] and not is_anybodys


def _bad(where: str, field: str, flaw: RoutingFlaw, given: str) -> RoutingProblem:
    return RoutingProblem(where=where, field=field, flaw=flaw, given=given[:80])
