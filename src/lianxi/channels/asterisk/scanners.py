"""Sources that try names and passwords are throttled: the switch refuses them without a look.

The switch tells of each failure as a security event of its manager interface, with the source as a
field of its own; its log would be no witness, for a caller chooses what his headers say there.
Whoever fails too often within a minute is put on the list of refused addresses for a while. No
firewall is needed for that, and none is replaced: packets still arrive.

The other side chooses the source of a UDP packet, so nobody may have a carrier shut out by
pretending to be it: addresses of trunks and of this machine are never refused.
"""

import asyncio
import ipaddress
import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import Final

import structlog

from lianxi.channels.asterisk.address import Address
from lianxi.channels.asterisk.ami import Signed, signed_in
from lianxi.channels.asterisk.hands import Hands
from lianxi.channels.asterisk.provisioning import ROOT
from lianxi.channels.asterisk.session import AriRefused
from lianxi.kernel.errors import ChannelFault

log = structlog.get_logger(__name__)

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

FAILURES: Final = frozenset(
    {"InvalidAccountID", "InvalidPassword", "ChallengeResponseFailed", "RequestBadFormat"}
)
"""What counts. The first comes only when a source sent more than five unknown requests in 5 s."""

MOST = 10
WITHIN_S = 60.0
REFUSED_FOR_S = 600.0
MOST_SOURCES = 500
"""Of refused sources, and of watched ones ten times as many: memory has an end."""

AGAIN_AFTER_S = 2.0
REFUSED: Final = "refused-source"
NOBODY: Final = {
    "identify_by": "header", "context": "from-agent", "disallow": "all", "allow": "alaw",
    "deny": "0.0.0.0/0.0.0.0,::/0",
}  # fmt: skip
"""An endpoint that nobody may be: whoever is taken for it hears 403, whatever was asked."""


class Watch:
    """Counts failures by source. Pure: the time comes in.

    Args:
        most: so many failures are let pass, within so many seconds.
        refused_for_s: how long a source is refused then.
    """

    def __init__(
        self,
        *,
        most: int = MOST,
        within_s: float = WITHIN_S,
        refused_for_s: float = REFUSED_FOR_S,
    ) -> None:
        self._most = most
        self._within_s = within_s
        self._refused_for_s = refused_for_s
        self._failed: dict[str, deque[float]] = {}
        self._refused: dict[str, float] = {}

    @property
    def refused(self) -> tuple[str, ...]:
        """Sources that are refused now."""
        return tuple(self._refused)

    @property
    def next_end(self) -> float | None:
        """When the first of them is heard again."""
        return min(self._refused.values(), default=None)

    def failed(self, source: str, at: float) -> bool:
        """One more failure; whether the source is refused from now on."""
        if source in self._refused:
            return False
        times = self._failed.setdefault(source, deque(maxlen=self._most + 1))
        times.append(at)
        if len(self._failed) > 10 * MOST_SOURCES:
            del self._failed[next(iter(self._failed))]
        if len(times) <= self._most or at - times[0] > self._within_s:
            return False
        del self._failed[source]
        if len(self._refused) >= MOST_SOURCES:
            del self._refused[next(iter(self._refused))]
        self._refused[source] = at + self._refused_for_s
        return True

    def over(self, at: float) -> list[str]:
        """Sources whose time is over; they are heard again."""
        done = [source for source, until in self._refused.items() if until <= at]
        for source in done:
            del self._refused[source]
        return done


class Guard:
    """Hears the security events of the switch and has sources refused.

    Args:
        address: of ARI, and of the manager interface.
        hands: ask the switch.
        exempt: networks that are never refused, asked each time.
    """

    def __init__(
        self,
        address: Address,
        hands: Hands,
        exempt: Callable[[], Iterable[Network]],
        *,
        watch: Watch | None = None,
    ) -> None:
        self._address = address
        self._hands = hands
        self._told: frozenset[str] = frozenset()
        self._exempt = exempt
        self.watch = Watch() if watch is None else watch

    async def run(self) -> None:
        """Watch until cancelled."""
        while True:
            try:
                async with signed_in(self._address, events="security") as signed:
                    await self._listen(signed)
            except (OSError, EOFError, ChannelFault) as error:
                log.debug("security_events_unheard", error=repr(error))
            await asyncio.sleep(AGAIN_AFTER_S)  # back-off: the switch starts, or is away

    async def _listen(self, signed: Signed) -> None:
        self._told = frozenset()  # perhaps another switch: it is told anew
        await self._tell()
        while True:
            said = await signed.heard(before=self.watch.next_end)
            now = asyncio.get_running_loop().time()
            released = self.watch.over(now)
            for source in released:
                log.info("sip_source_released", source=source)
            caught = self._look(said, now)
            if released or caught:
                await self._tell()

    def _look(self, said: Mapping[str, str], now: float) -> bool:
        if said.get("Event") not in FAILURES:
            return False
        source = source_of(said.get("RemoteAddress", ""))
        if source is None or self._is_exempt(source):
            return False
        is_caught = self.watch.failed(source, now)
        if is_caught:
            log.warning("sip_source_throttled", source=source, by=said["Event"])
        return is_caught

    def _is_exempt(self, source: str) -> bool:
        address = ipaddress.ip_address(source)
        return any(
            address.version == network.version and address in network for network in self._exempt()
        )

    async def _tell(self) -> None:
        """Give the switch the list as it is now."""
        wanted = frozenset(self.watch.refused)
        try:
            if wanted and not self._told:
                await self._put("endpoint", REFUSED, NOBODY)
            for source in self._told - wanted:
                await self._hands.if_there("DELETE", f"{ROOT}/identify/{_name(source)}")
            for source in wanted - self._told:
                await self._put("identify", _name(source), _marked(source))
            self._told = wanted
        except AriRefused as refused:
            log.error("sip_sources_not_refused", what=refused.what)
        except ChannelFault as fault:
            log.warning("sip_sources_not_refused", what=fault.what)

    async def _put(self, kind: str, name: str, fields: Mapping[str, str]) -> None:
        listed = [{"attribute": key, "value": value} for key, value in fields.items()]
        await self._hands.ari.call("PUT", f"{ROOT}/{kind}/{name}", body={"fields": listed})


def _name(source: str) -> str:
    return f"{REFUSED}-{re.sub('[.:]', '-', source)}"


def _marked(source: str) -> dict[str, str]:
    """The switch writes into the topmost Via where a message came from, whatever stood there."""
    return {"endpoint": REFUSED, "match_header": f"Via: /;received={re.escape(source)}(;|$)/"}


def source_of(remote: str) -> str | None:
    """The address in `IPV4/UDP/192.0.2.1/5060`."""
    parts = remote.split("/")
    try:
        return str(ipaddress.ip_address(parts[2]))
    except (IndexError, ValueError):
        return None


def networks_in(words: Iterable[str]) -> list[Network]:
    """Those of the words that are addresses or networks; names of hosts are none."""
    found: list[Network] = []
    for word in words:
        try:
            found.append(ipaddress.ip_network(word, strict=False))
        except ValueError:
            continue
    return found
