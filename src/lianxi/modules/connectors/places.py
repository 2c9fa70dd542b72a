"""Where a name leads: looked up once, and the address that was checked is the one gone to."""

import asyncio
import ipaddress
import socket

from lianxi.modules.connectors import rules
from lianxi.modules.connectors.contracts import Unreachable


async def checked_address(host: str, port: int, *, is_internal: bool) -> str:
    """The address to go to: every address of the name must be one that is allowed.

    Args:
        host: a name or an address.
        port: of the service.
        is_internal: addresses of our own network are allowed too.

    Raises:
        Unreachable: the name is unknown, or leads into our own network.
    """
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Unreachable("name_unknown") from error
    addresses = [str(ipaddress.ip_address(str(one[4][0]).split("%")[0])) for one in found]
    if not addresses:
        raise Unreachable("name_unknown")
    if not is_internal and not all(rules.is_outside(one) for one in addresses):
        raise Unreachable("address_internal")
    return addresses[0]
